"""A row changed with its record in the history, by SQL that is made once.

What ``row.save(update_fields=[...])`` does with django-simple-history, which takes five times as
long. Values, user, time and reason are the same: a test compares the two roads.
"""

from functools import cache

from django.db import connection
from django.utils import timezone


def save(row, *names):
    """Store the attributes ``names`` of a stored ``row``, and a record of the whole row.

    Raises the database's own errors, and DoesNotExist when the row is no longer stored.
    """
    model = type(row)
    history, recorded, insert = _record(model)
    user = history.get_default_history_user(row)
    told = {
        "history_date": timezone.now(),
        "history_user_id": user and user.pk,
        "history_change_reason": getattr(row, "_change_reason", None),
        "history_type": "~",
    }
    kept = [
        field.get_db_prep_save(
            told[field.attname] if field.attname in told else getattr(row, field.attname),
            connection,
        )
        for field in recorded
    ]
    changed, update = _update(model, names)
    new = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in changed]
    statements = [(update, [*new, row.pk]), (insert, kept)]
    if connection.vendor == "postgresql":  # in one: each answer is waited for
        both = f"WITH changed AS ({update} RETURNING 1) {insert} FROM changed"
        statements = [(both, [*new, row.pk, *kept])]
    with connection.cursor() as cursor:
        for statement, params in statements:
            cursor.execute(statement, params)
            if not cursor.rowcount:
                raise model.DoesNotExist(f"{model.__name__} {row.pk} is no longer stored.")


@cache
def _update(model, names):
    """Return the fields called ``names``, and the SQL that stores them in one row."""
    fields = [model._meta.get_field(name) for name in names]
    quote, meta = connection.ops.quote_name, model._meta
    values = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    return fields, f"UPDATE {quote(meta.db_table)} SET {values} WHERE {quote(meta.pk.column)} = %s"


@cache
def _record(model):
    """Return the history's model of ``model``, a record's fields, and the SQL that adds one."""
    history = model.history.model
    fields = [field for field in history._meta.concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    values = ", ".join(["%s"] * len(fields))
    return (
        history,
        fields,
        f"INSERT INTO {quote(history._meta.db_table)} ({columns}) SELECT {values}",
    )
