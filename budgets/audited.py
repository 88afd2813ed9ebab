"""A row changed with its record in the history, by SQL that is made once.

What ``row.save(update_fields=[...])`` does with django-simple-history, which takes five times as
long. Values, user, time, reason and save are the same: a test compares the two roads.
"""

from functools import cache

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.utils import timezone

from associations.prepared import execute_by_name
from associations.recording import current_save


def save(row, *names):
    """Store the attributes ``names`` of a stored ``row``, and a record of the whole row.

    Raises the database's own errors, and DoesNotExist when the row is no longer stored.
    """
    model = type(row)
    _, _, insert = _record(model)
    kept = _kept(row)
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


def record(row, name):
    """Add a record of the ``row`` with what is stored as ``name``, which the row gets, too.

    Of what the database itself has counted up. Raises DoesNotExist as ``save``.
    """
    model = type(row)
    sql, at = _stored(model, name)
    kept = _kept(row)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*kept[:at], *kept[at + 1 :], row.pk])
        found = cursor.fetchone()
    if found is None:
        raise model.DoesNotExist(f"{model.__name__} {row.pk} is no longer stored.")
    setattr(row, name, found[0])


def save_counted(row, name, counted, number):
    """Store the attribute ``name`` of ``row``, with its record and one of ``counted``.

    The database counts ``number`` of ``counted`` up by one when ``row`` changes; it gets that, too.
    Raises as ``save``.
    """
    if connection.vendor != "postgresql":
        save(row, name)
        record(counted, number)
        return
    sql, at, types = _counted(type(row), name, type(counted), number)
    (field,), _ = _update(type(row), (name,))
    new = field.get_db_prep_save(getattr(row, name), connection)
    own, kept = _kept(row), _kept(counted)  # in this order: a version holds what came before it
    with connection.cursor() as cursor:
        values = [new, row.pk, *own, *kept[:at], *kept[at + 1 :], counted.pk]
        places = [(place, True) for place in range(len(values))]
        known_as = f"finsam_{type(row).__name__}_{name}_counted".lower()
        execute_by_name(cursor, known_as, sql, places, types, values)
        found = cursor.fetchone()
    if found is None:
        raise type(row).DoesNotExist(f"{type(row).__name__} {row.pk} is no longer stored.")
    setattr(counted, number, found[0])


def _kept(row):
    """Return the values of a record of ``row``, in the order of its fields."""
    history, recorded, _ = _record(type(row))
    database = connections[DEFAULT_DB_ALIAS]  # looked up once, and not for each value
    user = history.get_default_history_user(row)
    told = {
        "history_date": timezone.now(),
        "history_user_id": user and user.pk,
        "history_change_reason": getattr(row, "_change_reason", None),
        "history_type": "~",
        "save_id": current_save(),
    }
    values = [
        told[field.attname] if field.attname in told else getattr(row, field.attname)
        for field in recorded
    ]
    return [
        None if value is None else field.get_db_prep_save(value, database)
        for field, value in zip(recorded, values, strict=True)
    ]


@cache
def _counted(model, name, counted, number):
    """Return PostgreSQL's statement of ``save_counted``, the counted field's place, and types.

    The number is read as it was before the statement: its triggers count when it ends.
    """
    (field,), update = _update(model, (name,))
    _, own, insert = _record(model)
    record_of_counted, at = _stored(counted, number, plus=" + 1", beside="kept, ")
    kept = f"kept AS ({insert} FROM changed RETURNING 1)"
    first, second = [field, model._meta.pk, *own], _record(counted)[1]
    fields = [*first, *second[:at], *second[at + 1 :], counted._meta.pk]
    types = [
        each.rel_db_type(connection) if each.primary_key else each.db_type(connection)
        for each in fields
    ]
    return f"WITH changed AS ({update} RETURNING 1), {kept} {record_of_counted}", at, types


@cache
def _stored(model, name, plus="", beside=""):
    """Return the SQL of a record with what is stored as ``name``, and that field's place."""
    history, recorded, insert = _record(model)
    at = [field.attname for field in recorded].index(name)
    quote, meta = connection.ops.quote_name, model._meta
    head, _, _ = insert.rpartition(" SELECT ")
    own = quote(name) + plus
    values = ", ".join(own if number == at else "%s" for number in range(len(recorded)))
    source = f"FROM {beside}{quote(meta.db_table)} WHERE {quote(meta.pk.column)} = %s"
    return f"{head} SELECT {values} {source} RETURNING {quote(name)}", at


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
