"""The number of the last change that the public may see, kept by the database's own triggers.

Any statement that changes a public table advances it, in its own transaction: a form, an import,
another process and raw SQL alike. What concerns drafts of budgets and plans, logins, sessions and
the history does not. ``migrate`` puts the triggers up over the finished schema.

PostgreSQL writes a row for each transaction, so that nobody waits for another's; the state is how
many rows there are and their sum, for they may be committed in another order than they were begun
in. SQLite has one writer at a time, and counts.
"""

from django.apps import apps
from django.db import connection

TABLE = "finsam_publicchange"
PREFIX = "finsam_public"
ROOMS = ("associations", "interventions", "meetings", "budgets", "plans")
# Tables of these rooms that no page of a visitor's shows.
PRIVATE = {
    "associations_user", "associations_user_groups", "associations_user_user_permissions",
    "associations_access", "budgets_importmemory", "interventions_headmemory",
    "interventions_report",
    "plans_startingchapter",
}  # fmt: skip
_OPEN = (
    "({each}.adopted_on IS NOT NULL OR {each}.proposed_on IS NOT NULL "
    "OR {each}.published_in_id IS NOT NULL)"
)
_OF_BUDGET = "EXISTS (SELECT 1 FROM budgets_budget b WHERE b.id = {{row}}.budget_id AND {open})"
_OF_LINE = (
    "EXISTS (SELECT 1 FROM budgets_budgetline l JOIN budgets_budget b ON b.id = l.budget_id "
    "WHERE l.id = {{row}}.line_id AND {open})"
)
_OF_PLAN = "EXISTS (SELECT 1 FROM plans_plan b WHERE b.id = {{row}}.plan_id AND {open})"


def _when(pattern):
    return pattern.format(open=_OPEN.format(each="b"))


# When a changed row is of something that the public reads, where that is not always so.
WHEN = {
    "budgets_budget": _OPEN.format(each="{row}"),
    "budgets_budgetcolumn": _when(_OF_BUDGET),
    "budgets_budgetline": _when(_OF_BUDGET),
    "budgets_amount": _when(_OF_LINE),
    "plans_plan": _OPEN.format(each="{row}"),
    "plans_chapter": _when(_OF_PLAN),
}


def public_tables():
    """Return the names of the tables whose rows a visitor's page may show, in order."""
    models = (
        model
        for room in ROOMS
        for model in apps.get_app_config(room).get_models(include_auto_created=True)
        if not hasattr(model, "history_object") and model._meta.managed
    )
    return sorted({model._meta.db_table for model in models} - PRIVATE)


def current():
    """Return the state of what the public may see, as text; another one after each change."""
    sql = (
        f"SELECT number FROM {TABLE}"
        if connection.vendor == "sqlite"
        else f"SELECT count(*) || '.' || coalesce(sum(number), 0) FROM {TABLE}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return str(cursor.fetchone()[0])


def create_statements(vendor):
    """Return the SQL that makes the table and its triggers."""
    return [sql for statements in _structures(vendor).values() for sql in statements]


def drop_statements(vendor, standing):
    """Return the SQL that takes away the ``standing`` triggers, and the table."""
    if vendor == "sqlite":
        triggers = [f"DROP TRIGGER {name}" for name in standing]
        return [*triggers, f"DROP TABLE IF EXISTS {TABLE}"]
    functions = {*standing, f"{PREFIX}_changed"}
    triggers = [f"DROP FUNCTION IF EXISTS {name}() CASCADE" for name in sorted(functions)]
    return [*triggers, f"DROP TABLE IF EXISTS {TABLE}"]


def _structures(vendor):
    """Return the SQL of the table and of every trigger, by the trigger's name."""
    if vendor == "sqlite":
        table = [
            f"CREATE TABLE {TABLE} (number integer NOT NULL)",
            f"INSERT INTO {TABLE} VALUES (0)",
        ]
        made = _sqlite
    else:
        table = [
            f"CREATE TABLE {TABLE} (number bigint PRIMARY KEY)",
            f"CREATE FUNCTION {PREFIX}_changed() RETURNS trigger LANGUAGE plpgsql "
            f"AS $$ BEGIN {_ADVANCED} RETURN NULL; END $$",
        ]
        made = _postgres
    found = {TABLE: table}
    for name in public_tables():
        found |= made(name)
    return found


_ADVANCED = (
    f"INSERT INTO {TABLE} VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;"
)
_EVENTS = {"insert": ["NEW"], "update": ["OLD", "NEW"], "delete": ["OLD"]}
_SETS = {"NEW": "NEW TABLE AS changed_new", "OLD": "OLD TABLE AS changed_old"}


def _sqlite(table):
    found = {}
    for event, rows in _EVENTS.items():
        name = f"{PREFIX}_{table}_{event}"
        condition = " OR ".join(WHEN[table].format(row=row) for row in rows if table in WHEN)
        when = f"WHEN {condition} " if condition else ""
        found[name] = [
            f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} FOR EACH ROW {when}"
            f"BEGIN UPDATE {TABLE} SET number = number + 1; END"
        ]
    return found


def _postgres(table):
    """One trigger where each change counts; else one an event, which looks at the rows changed.

    A row that tells by itself is asked before anything is called: a draft's version counts often.
    """
    name = f"{PREFIX}_{table}"
    if table not in WHEN:
        return {name: [_trigger(name, "INSERT OR UPDATE OR DELETE OR TRUNCATE", table)]}
    found = {f"{name}_truncate": [_trigger(f"{name}_truncate", "TRUNCATE", table)]}
    for event, rows in _EVENTS.items():
        own = f"{name}_{event}"
        if "SELECT" not in WHEN[table]:
            told = " OR ".join(WHEN[table].format(row=row) for row in rows)
            found[own] = [
                f"CREATE TRIGGER {own} AFTER {event.upper()} ON {table} FOR EACH ROW "
                f"WHEN ({told}) EXECUTE FUNCTION {PREFIX}_changed()"
            ]
            continue
        open_one = " OR ".join(
            f"EXISTS (SELECT 1 FROM changed_{row.lower()} r WHERE {WHEN[table].format(row='r')})"
            for row in rows
        )
        sets = " ".join(_SETS[row] for row in rows)
        found[own] = [
            f"CREATE FUNCTION {own}() RETURNS trigger LANGUAGE plpgsql "
            f"AS $$ BEGIN IF {open_one} THEN {_ADVANCED} END IF; "
            "RETURN NULL; END $$",
            f"CREATE TRIGGER {own} AFTER {event.upper()} ON {table} REFERENCING {sets} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {own}()",
        ]
    return found


def _trigger(name, events, table):
    return (
        f"CREATE TRIGGER {name} AFTER {events} ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}_changed()"
    )
