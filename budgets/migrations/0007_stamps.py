"""PostgreSQL stamps a budget whenever its lines or amounts change: ``budgets/editor/stamps.py``.

Row 0 is a stamp that all budgets share: for what is not, or not yet, seen to be of one budget.
"""

from django.db import migrations

TABLE = """
CREATE TABLE budgets_stamp (
    budget_id bigint PRIMARY KEY, changed_at timestamptz NOT NULL, number bigint NOT NULL
)"""
STAMP = """
INSERT INTO budgets_stamp (budget_id, changed_at, number)
SELECT DISTINCT budget_id, now(), 1 FROM ({changed}) AS changed ORDER BY budget_id
ON CONFLICT (budget_id) DO UPDATE SET changed_at = now(), number = budgets_stamp.number + 1"""
ALL = "SELECT 0 AS budget_id"

# The budgets of the changed rows, which stand in {rows}: before the change, or after it.
CHANGED = {
    "budgets_amount": "SELECT coalesce(l.budget_id, 0) AS budget_id FROM {rows} r "
    "LEFT JOIN budgets_budgetline l ON l.id = r.line_id",
    "budgets_budgetline": "SELECT r.budget_id FROM {rows} r",
}
# A line's payer is of its organisation's kind. Its name and the like are no matter.
PAYERS = "associations_organisation"
OTHER_KIND = {
    "insert": "SELECT FROM after JOIN budgets_budgetline l ON l.organisation_id = after.id",
    "update": "SELECT id, kind FROM after EXCEPT SELECT id, kind FROM before",
}
SEEN = {"insert": ["after"], "update": ["before", "after"], "delete": ["before"]}
CALLED = {"before": "OLD TABLE AS before", "after": "NEW TABLE AS after"}


def stamping(table, event, changed, seen=()):
    """Return the SQL for a trigger that stamps the ``changed`` after each ``event`` on ``table``.

    ALWAYS: in a session that takes itself for a replica, too.
    """
    name = f"{table}_stamped_{event}"
    rows = f"REFERENCING {' '.join(CALLED[each] for each in seen)} " if seen else ""
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {STAMP.format(changed=changed)}; RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} {rows}"
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
    ]


def forwards():
    """Return the SQL for the table and its triggers."""
    statements = [TABLE]
    for table, changed in CHANGED.items():
        for event, seen in SEEN.items():
            rows = " UNION ALL ".join(changed.format(rows=each) for each in seen)
            statements += stamping(table, event, rows, seen)
        statements += stamping(table, "truncate", ALL)
    for event, other in OTHER_KIND.items():
        statements += stamping(PAYERS, event, f"{ALL} WHERE EXISTS ({other})", SEEN[event])
    return statements


def backwards():
    """Return the SQL that takes them away."""
    events = [(table, event) for table in CHANGED for event in (*SEEN, "truncate")]
    for table, event in (*events, *((PAYERS, event) for event in OTHER_KIND)):
        yield f"DROP TRIGGER {table}_stamped_{event} ON {table}"
        yield f"DROP FUNCTION {table}_stamped_{event}()"
    yield "DROP TABLE budgets_stamp"


class OnPostgres(migrations.RunSQL):
    """SQL for PostgreSQL alone."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):
    dependencies = [
        ("associations", "0004_review_rhythm_and_terms"),
        ("budgets", "0006_years_within_reach"),
    ]

    operations = [OnPostgres(forwards(), list(backwards()))]
