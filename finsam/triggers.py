"""What the database does by itself: triggers beside the tables, put up by ``migrate``.

They are taken down before tables are changed (SQLite makes a table anew and loses them) and put up
over the finished schema; with nothing to migrate, what stands as it is written here is left alone.
On PostgreSQL every trigger of the house, the seals in migrations too, then looks only where its
tables are: a table of the same name elsewhere can't stand in for one of ours.
"""

import hashlib
import re

from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from associations import keeping
from budgets import counting
from finsam.kept_pages import public_state
from finsam.search import index

# Each has PREFIX, create_statements(vendor) and drop_statements(vendor, standing).
KINDS = (index, counting, keeping, public_state)
STANDING = "finsam_standing"  # the sum of what was put up, by prefix
LONGEST_NAME = 63  # characters that PostgreSQL keeps
CREATED = re.compile(r"CREATE TRIGGER (\w+)")

# Our functions are those that triggers on our tables call. Temporary tables are looked in last.
LOOK_HERE = """
DO $$ DECLARE called regprocedure; BEGIN
    FOR called IN SELECT DISTINCT t.tgfoid::regprocedure FROM pg_trigger t
        JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
        AND p.pronamespace = c.relnamespace AND p.proconfig IS NULL
    LOOP
        EXECUTE format(
            'ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', called, current_schema()
        );
    END LOOP;
END $$"""


def take_down(using="default", plan=None, **kwargs):
    """Remove the triggers before the migrations of ``plan`` change tables."""
    if plan != []:
        for kind in KINDS:
            _execute(connections[using], _dropped(connections[using], kind))


def put_up(using="default", plan=None, **kwargs):
    """Make them anew when the whole schema is there; with an empty ``plan`` where they lack."""
    connection = connections[using]
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return  # somebody has migrated to an earlier state; the next whole migrate puts them up
    made = [kind for kind in KINDS if plan != [] or not stands(connection, kind)]
    for kind in made:
        created = list(kind.create_statements(connection.vendor))
        _execute(
            connection, [*_dropped(connection, kind), *created, *_remembered(kind.PREFIX, created)]
        )
    if made and connection.vendor == "postgresql":
        _execute(connection, [LOOK_HERE])


def stands(connection, kind):
    """True when a ``kind`` was put up as it is written now, and each of its triggers is there."""
    created = list(kind.create_statements(connection.vendor))
    longest = LONGEST_NAME if connection.vendor == "postgresql" else None
    names = {CREATED.search(sql)[1][:longest] for sql in created if CREATED.search(sql)}
    with connection.cursor() as cursor:
        if STANDING not in connection.introspection.table_names(cursor):
            return False
        cursor.execute(f"SELECT total FROM {STANDING} WHERE prefix = %s", [kind.PREFIX])
        return cursor.fetchone() == (_sum(created),) and names == set(standing(connection, kind))


def standing(connection, kind):
    """Return the names of the triggers of a ``kind`` that there are, in order."""
    name, place = "tgname", "pg_trigger"
    if connection.vendor == "sqlite":
        name, place = "name", "sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM {place}")
        return sorted(each for (each,) in cursor if each.startswith(f"{kind.PREFIX}_"))


def _dropped(connection, kind):
    return list(kind.drop_statements(connection.vendor, standing(connection, kind)))


def _remembered(prefix, created):
    yield f"CREATE TABLE IF NOT EXISTS {STANDING} (prefix text PRIMARY KEY, total text NOT NULL)"
    yield f"DELETE FROM {STANDING} WHERE prefix = '{prefix}'"
    yield f"INSERT INTO {STANDING} VALUES ('{prefix}', '{_sum(created)}')"


def _sum(statements):
    return hashlib.sha256("\n".join(statements).encode()).hexdigest()


def _execute(connection, statements):
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
