"""The triggers that stand beside the tables, put up anew after every ``migrate``.

They are taken down before tables are changed (SQLite makes a table anew and loses them). On
PostgreSQL every trigger of the house, the seals in migrations too, then looks only where its
tables are: a table of the same name elsewhere can't stand in for one of ours.
"""

from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from associations import keeping
from budgets import counting

KINDS = (counting, keeping)

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


def take_down(using="default", **kwargs):
    """Remove the triggers before tables are changed."""
    connection = connections[using]
    for kind in KINDS:
        _execute(connection, kind.drop_statements(connection.vendor, standing(connection, kind)))


def put_up(using="default", **kwargs):
    """Make the triggers anew, when the whole schema is there."""
    connection = connections[using]
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return  # somebody has migrated to an earlier state; the next whole migrate puts them up
    take_down(using)
    for kind in KINDS:
        _execute(connection, kind.create_statements(connection.vendor))
    if connection.vendor == "postgresql":
        _execute(connection, [LOOK_HERE])


def standing(connection, kind):
    """Return the names of the triggers of a ``kind`` that there are, in order."""
    name, place = "tgname", "pg_trigger"
    if connection.vendor == "sqlite":
        name, place = "name", "sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM {place}")
        return sorted(each for (each,) in cursor if each.startswith(f"{kind.PREFIX}_"))


def _execute(connection, statements):
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
