"""The tests' database: made with all fixtures and the demo's logins, kept as a copy, put back.

Tests within a transaction (``db``) leave nothing behind. Those that commit (``transactional_db``,
``live_server``) flush the tables; after each of them the copy is laid back, which takes some
milliseconds on SQLite and a fifth of a second on PostgreSQL.

On SQLite the finished database is also kept from run to run (in pytest's cache, which git ignores)
until a migration, a fixture, the demo command or a lock changes: eight seconds less each time.
"""

import hashlib
import io
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

MAKERS = [
    "*/migrations/*.py",
    "*/management/**/*.py",
    "finsam/demo.py",
    "finsam/triggers.py",
    "associations/keeping.py",
    "budgets/counting.py",
    "budgets/models/budget.py",
    "finsam/search/*.py",
    "finsam/kept_pages/public_state.py",
    "associations/roles.py",
    "fixtures/**/*",
    "requirements.lock",
]


def kept_file(folder):
    """Return where in ``folder`` a finished database of this state of the code is kept."""
    digest = hashlib.sha256()
    for pattern in MAKERS:
        for path in sorted(Path(settings.BASE_DIR).glob(pattern)):
            if path.is_file():
                digest.update(path.name.encode() + path.read_bytes())
    return Path(folder) / f"portal-{digest.hexdigest()[:16]}.sqlite3"


def copy_sqlite(source, target):
    """Copy the database file ``source`` over ``target``, whoever else has it open."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def copy_postgres(source, target):
    """Copy the database ``source`` to ``target``; the latter's connections are cut."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


class PortalDatabase:
    """The test database and the untouched copy of it."""

    def __init__(self):
        self.name = str(connection.settings_dict["NAME"])
        if not Path(self.name).name.startswith("test"):
            raise RuntimeError("No test database: mark the test with pytest.mark.django_db.")
        self.copy_name = f"{self.name}_whole"
        self._copy = copy_sqlite if connection.vendor == "sqlite" else copy_postgres

    def load(self):
        """Load the fixtures and the logins as the demo does."""
        call_command("demo", stdout=io.StringIO())

    def keep(self, path):
        """Keep SQLite's finished database for later runs, in place of older ones."""
        for older in path.parent.glob("portal-*.sqlite3"):
            older.unlink(missing_ok=True)
        own = path.with_name(f"{path.name}-{os.getpid()}")
        copy_sqlite(self.name, own)
        own.rename(path)

    def copy(self):
        """Make the copy equal to the test database."""
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
