"""What is written down stays: triggers that let the history's tables take inserts only.

Of simple-history's tables, and of the admin's own log. Whoever wants a record changed adds
another. ``finsam/triggers.py`` puts them up after every ``migrate``.
"""

from django.apps import apps

MESSAGE = "Historiken ändras aldrig. Det som har hänt står kvar."
PREFIX = "kept"


def tables():
    """Return the tables of the history, in order."""
    histories = [model for model in apps.get_models() if hasattr(model, "history_id")]
    kept = [*histories, apps.get_model("admin", "LogEntry")]
    return sorted(model._meta.db_table for model in kept)


def create_statements(vendor):
    """Yield the SQL that puts the triggers up."""
    if vendor == "postgresql":
        yield (
            f"CREATE FUNCTION {PREFIX}_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    for table in tables():
        if vendor == "sqlite":
            for event in ("UPDATE", "DELETE"):
                yield (
                    f"CREATE TRIGGER {PREFIX}_{table}_{event.lower()} BEFORE {event} ON {table} "
                    f"FOR EACH ROW BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
                )
            continue
        for name, event, each in (
            ("row", "UPDATE OR DELETE", "ROW"),
            ("table", "TRUNCATE", "STATEMENT"),
        ):
            yield (
                f"CREATE TRIGGER {PREFIX}_{table}_{name} BEFORE {event} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION {PREFIX}_history()"
            )


def drop_statements(vendor, standing):
    """Yield the SQL that takes the triggers down that are ``standing`` (names)."""
    if vendor == "postgresql":
        yield f"DROP FUNCTION IF EXISTS {PREFIX}_history() CASCADE"
        return
    for name in standing:
        yield f"DROP TRIGGER {name}"
