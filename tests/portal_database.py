"""The tests' database: made once with all fixtures and the demo's logins, kept as a copy, put back.

Tests within a transaction (``db``) leave nothing behind. Those that commit (``transactional_db``,
``live_server``) flush the tables; after each of them the copy is laid back, which takes some
milliseconds on SQLite and a tenth of a second on PostgreSQL.
"""

import io
import sqlite3
from contextlib import closing
from pathlib import Path

from django.core.management import call_command, get_commands
from django.db import connection


def _copy_sqlite(source, target):
    """Copy the database file ``source`` over ``target``, whoever else has it open."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _copy_postgres(source, target):
    """Copy the database ``source`` to ``target``; the latter's connections are cut."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


class PortalDatabase:
    """The test database and the untouched copy of it."""

    def __init__(self):
        self.name = str(connection.settings_dict["NAME"])
        self.copy_name = f"{self.name}_whole"
        self._copy = _copy_sqlite if connection.vendor == "sqlite" else _copy_postgres

    def load(self):
        """Load the fixtures and the logins as the demo does, and keep a copy."""
        if "demo" in get_commands():
            call_command("demo", stdout=io.StringIO())
        connection.close()
        self._copy(self.name, self.copy_name)

    def restore(self):
        """Make the test database equal to the copy."""
        connection.close()
        self._copy(self.copy_name, self.name)

    def drop_copy(self):
        """Remove the copy."""
        if connection.vendor == "sqlite":
            Path(self.copy_name).unlink(missing_ok=True)
        else:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{self.copy_name}"')
