"""Roads to a row past every screen, for what the database itself refuses."""

from django.db import connection


def changed(row, **values):
    """Return ``row`` with other values, unsaved."""
    for name, value in values.items():
        setattr(row, name, value)
    return row


def sql(statement, *values):
    """Run a statement as it is written."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
