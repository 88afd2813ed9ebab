"""A budget's version counts every change of it, by triggers: no writer passes them by.

The admin, an import, a loader of fixtures and raw SQL each count it up: once a statement on
PostgreSQL, once a row on SQLite. A deed that writes many rows says first that it counts by itself
(``begin``), and then counts once. The version never goes down: a save of a row that was read
earlier counts up, too. ``finsam/apps.py`` has them put up after every ``migrate``.
"""

from django.db import connection

BUDGETS, ONCE, SETTING = "budgets_budget", "budgets_countedonce", "finsam.counted_once"
PARTS = {  # each part's table, and the budget of its {row}
    "budgets_amount": "(SELECT l.budget_id FROM budgets_budgetline l WHERE l.id = {row}.line_id)",
    "budgets_budgetline": "{row}.budget_id",
    "budgets_budgetcolumn": "{row}.budget_id",
}
SEEN = {"insert": ["NEW"], "update": ["OLD", "NEW"], "delete": ["OLD"]}
PREFIX = "counted"


def begin(budget):
    """Let changes of the ``budget`` be counted by who makes them, until ``end``.

    Only within a transaction, and under the budget's lock.
    """
    budget.counts_itself = True
    if connection.vendor == "postgresql":
        _ask("SELECT set_config(%s, %s, true)", SETTING, str(budget.pk))
    else:
        _ask(f"INSERT OR IGNORE INTO {ONCE} (budget_id) VALUES (%s)", budget.pk)


def is_begun(budget):
    """Tell whether who changes the ``budget`` counts its version."""
    return getattr(budget, "counts_itself", False)


def end(budget):
    """Let the database count again."""
    budget.counts_itself = False
    if connection.vendor == "postgresql":
        _ask("SELECT set_config(%s, '', true)", SETTING)
    else:
        _ask(f"DELETE FROM {ONCE} WHERE budget_id = %s", budget.pk)


def _ask(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def create_statements(vendor):
    """Yield the SQL that puts the triggers up."""
    if vendor == "sqlite":
        yield f"CREATE TABLE {ONCE} (budget_id bigint PRIMARY KEY)"
    for table, budget in PARTS.items():
        for event, rows in SEEN.items():
            make = _sqlite if vendor == "sqlite" else _postgres
            yield from make(table, event, [budget.format(row=row) for row in rows])
    if vendor == "postgresql":
        yield from _postgres_emptied()
    yield from _never_down(vendor)


def _sqlite(table, event, budgets):
    yield (
        f"CREATE TRIGGER {PREFIX}_{table}_{event} AFTER {event.upper()} ON {table} FOR EACH ROW "
        f"BEGIN UPDATE {BUDGETS} SET version = version + 1 WHERE id IN ({', '.join(budgets)}) "
        f"AND id NOT IN (SELECT budget_id FROM {ONCE}); END"
    )


def _postgres(table, event, budgets):
    """A trigger for each statement, also where a session takes itself for a replica."""
    seen = [(f"{row.lower()}_rows", row) for row in SEEN[event]]
    called = " ".join(f"{row} TABLE AS {name}" for name, row in seen)
    changed = " UNION ".join(
        f"SELECT {budget.replace(f'{row}.', f'{name}.')} FROM {name}"
        for (name, row), budget in zip(seen, budgets, strict=True)
    )
    yield from _function(
        f"{PREFIX}_{table}_{event}",
        f"UPDATE {BUDGETS} SET version = version + 1 WHERE id IN ({changed}) "
        f"AND id::text IS DISTINCT FROM current_setting('{SETTING}', true); RETURN NULL;",
        f"AFTER {event.upper()} ON {table} REFERENCING {called} FOR EACH STATEMENT",
        table,
    )


def _postgres_emptied():
    for table in PARTS:
        yield from _function(
            f"{PREFIX}_{table}_truncate",
            f"UPDATE {BUDGETS} SET version = version + 1 WHERE adopted_on IS NULL; RETURN NULL;",
            f"AFTER TRUNCATE ON {table} FOR EACH STATEMENT",
            table,
        )


def _function(name, body, when, table):
    yield (f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
    yield f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()"
    yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"


def _never_down(vendor):
    """SQLite's runs after the change, when an adopted budget is sealed: adoption counts itself."""
    name = f"{PREFIX}_{BUDGETS}_update"
    if vendor == "sqlite":
        yield (
            f"CREATE TRIGGER {name} AFTER UPDATE ON {BUDGETS} FOR EACH ROW "
            "WHEN NEW.version <= OLD.version AND NEW.adopted_on IS NULL BEGIN "
            f"UPDATE {BUDGETS} SET version = OLD.version + 1 WHERE id = NEW.id; END"
        )
        return
    yield from _function(
        name,
        "NEW.version = OLD.version + 1; RETURN NEW;",
        f"BEFORE UPDATE ON {BUDGETS} FOR EACH ROW WHEN (NEW.version <= OLD.version)",
        BUDGETS,
    )


def drop_statements(vendor, standing):
    """Yield the SQL that takes the triggers down that are ``standing`` (names)."""
    for name in standing:
        yield f"DROP TRIGGER {name}" if vendor == "sqlite" else f"DROP FUNCTION {name}() CASCADE"
    yield f"DROP TABLE IF EXISTS {ONCE}"
