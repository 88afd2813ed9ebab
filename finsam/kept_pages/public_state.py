"""The number of the last change that the public may see, kept by the database's own triggers.

Any statement that changes a public table advances it, in its own transaction: a form, an import,
another process and raw SQL alike. What concerns drafts of budgets and plans, logins, sessions and
the history does not. ``migrate`` puts the triggers up over the finished schema.

PostgreSQL writes a row for each transaction, so that nobody waits for another's; the state is the
rows' sums, which grow at each commit, in whatever order they were begun. Now and then the rows are
added together, which leaves the sums as they are. SQLite has one writer at a time, and one row.
The clock is in both, so that no state comes again after a backup is laid back.
"""

from django.apps import apps
from django.db import connection

from associations.prepared import execute_by_name

TABLE = "finsam_publicchange"
PREFIX = "finsam_public"
_STATE = f"SELECT sum(number) || '.' || sum(clock) FROM {TABLE}"
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
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"SELECT number FROM {TABLE}")
        else:
            execute_by_name(cursor, f"{PREFIX}_state", _STATE, (), (), ())
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
    triggers.append(f"DROP FUNCTION IF EXISTS {PREFIX}_advance()")
    return [*triggers, f"DROP TABLE IF EXISTS {TABLE}"]


def _structures(vendor):
    """Return the SQL of the table and of every trigger, by the trigger's name."""
    if vendor == "sqlite":
        table = [
            f"CREATE TABLE {TABLE} (number integer NOT NULL)",
            f"INSERT INTO {TABLE} VALUES ({_MILLISECONDS})",
        ]
        made = _sqlite
    else:
        table = [
            f"CREATE TABLE {TABLE} (added boolean NOT NULL, number numeric NOT NULL, "
            "clock numeric NOT NULL, PRIMARY KEY (added, number))",
            f"INSERT INTO {TABLE} VALUES (true, 0, {_MICROSECONDS})",
            f"CREATE FUNCTION {PREFIX}_advance() RETURNS void LANGUAGE plpgsql "
            f"AS $$ BEGIN {_ADVANCE} END $$",
            f"CREATE FUNCTION {PREFIX}_changed() RETURNS trigger LANGUAGE plpgsql "
            f"AS $$ BEGIN {_ADVANCED} RETURN NULL; END $$",
        ]
        made = _postgres
    found = {TABLE: table}
    for name in public_tables():
        found |= made(name)
    return found


ADDED_EACH = 100  # transactions; between them the rows of as many are counted
_MILLISECONDS = "CAST((julianday('now') - 2440587.5) * 86400000 AS integer)"
_MICROSECONDS = "trunc(extract(epoch FROM clock_timestamp()) * 1000000)"
_ADVANCED = f"PERFORM {PREFIX}_advance();"
# Who finds another adding passes by: nobody waits.
_ADVANCE = f"""
    INSERT INTO {TABLE} VALUES (false, pg_current_xact_id()::text::numeric, {_MICROSECONDS})
        ON CONFLICT DO NOTHING;
    IF FOUND AND pg_current_xact_id()::text::numeric % {ADDED_EACH} = 0 THEN
        PERFORM 1 FROM {TABLE} WHERE added FOR UPDATE SKIP LOCKED;
        IF FOUND THEN
            WITH gone AS (
                DELETE FROM {TABLE}
                WHERE NOT added AND number <> pg_current_xact_id()::text::numeric
                RETURNING number, clock
            ), sums AS (SELECT sum(number) AS number, sum(clock) AS clock FROM gone)
            UPDATE {TABLE} t SET number = t.number + s.number, clock = t.clock + s.clock
                FROM sums s WHERE t.added AND s.number IS NOT NULL;
        END IF;
    END IF;"""
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
            f"BEGIN UPDATE {TABLE} SET number = max(number + 1, {_MILLISECONDS}); END"
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
