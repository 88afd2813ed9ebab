"""A row changed with its record in the history, by two statements whose SQL is made once.

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
    history, tracked, told, insert = _record(model)
    user = history.get_default_history_user(row)
    record = {
        "history_date": timezone.now(),
        "history_user_id": user and user.pk,
        "history_change_reason": getattr(row, "_change_reason", None),
        "history_type": "~",
    }
    changed, update = _update(model, names)
    with connection.cursor() as cursor:
        cursor.execute(update, [*_stored(changed, row), row.pk])
        if not cursor.rowcount:
            raise model.DoesNotExist(f"{model.__name__} {row.pk} is no longer stored.")
        values = [field.get_db_prep_save(record[field.attname], connection) for field in told]
        cursor.execute(insert, [*_stored(tracked, row), *values])


def _stored(fields, row):
    """Return what the database stores of the ``fields``."""
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]


@cache
def _update(model, names):
    """Return the fields called ``names``, and the SQL that stores them in one row."""
    fields = [model._meta.get_field(name) for name in names]
    quote, meta = connection.ops.quote_name, model._meta
    values = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    return fields, f"UPDATE {quote(meta.db_table)} SET {values} WHERE {quote(meta.pk.column)} = %s"


@cache
def _record(model):
    """Return the history's model of ``model``, its fields of the row and of the change, and SQL."""
    history = model.history.model
    tracked = [history._meta.get_field(field.name) for field in history.tracked_fields]
    fields = [field for field in history._meta.concrete_fields if not field.primary_key]
    told = [field for field in fields if field not in tracked]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in (*tracked, *told))
    values = ", ".join(["%s"] * len(fields))
    table = quote(history._meta.db_table)
    return history, tracked, told, f"INSERT INTO {table} ({columns}) VALUES ({values})"
