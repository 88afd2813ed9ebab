"""Triggers that keep adopted rows as they were, whatever road a change takes (rule 10).

A migration runs ``Seal(table, adopted)``: ``adopted`` is SQL with ``{row}`` for the changed row,
true when the row is adopted or belongs to something adopted. An UPDATE that itself adopts is
let through, since the old row is not adopted yet.
"""

from django.db.migrations.operations.base import Operation

MESSAGE = "Det är fastställt och kan inte ändras. Gör en revidering i stället."
EVENTS = {"insert": ["NEW"], "update": ["OLD", "NEW"], "delete": ["OLD"]}


def _rows(event, own):
    """The rows to look at: a row that is adopted itself may become so, so only OLD counts."""
    return ["OLD"] if own else EVENTS[event]


def create_statements(vendor, table, adopted, *, own, joins=""):
    """Return the SQL that seals ``table`` on the database ``vendor``.

    ``own`` says that the row itself carries the adoption (a budget); without it the row belongs
    to something adopted (a line), and may not be inserted either. A new row first waits on
    PostgreSQL for who adopts what it ``joins`` (SQL with ``{row}`` that finds it), and that one
    for the row; SQLite has one writer at a time.
    """
    statements = list(drop_statements(vendor, table))
    for event in EVENTS:
        if own and event == "insert":
            continue
        condition = " OR ".join(f"({adopted.format(row=row)})" for row in _rows(event, own))
        name = f"{table}_sealed_{event}"
        if vendor == "sqlite":
            statements.append(
                f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} FOR EACH ROW "
                f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
            continue
        result = "OLD" if event == "delete" else "NEW"
        waits = f"PERFORM FROM {joins.format(row='NEW')} FOR KEY SHARE; "
        waits = waits if joins and event == "insert" else ""
        statements.append(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {waits}"
            f"IF {condition} THEN RAISE EXCEPTION '{MESSAGE}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {result}; END $$"
        )
        statements.append(
            f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
    return statements


def drop_statements(vendor, table):
    """Return the SQL that unseals ``table``; used when a migration is undone."""
    for event in EVENTS:
        name = f"{table}_sealed_{event}"
        if vendor == "sqlite":
            yield f"DROP TRIGGER IF EXISTS {name}"
        else:
            yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
            yield f"DROP FUNCTION IF EXISTS {name}()"


class Seal(Operation):
    """Migration operation that seals a table. Run it again after a change of the table.

    On SQLite a change may make the table anew and lose its triggers, and is refused while other
    tables' triggers name it: ``Unseal`` them all first, then seal them again.
    """

    reversible = True

    def __init__(self, table, adopted, own=False, joins=""):
        self.table, self.adopted, self.own, self.joins = table, adopted, own, joins

    def state_forwards(self, app_label, state):
        """The models do not change."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        vendor = schema_editor.connection.vendor
        statements = create_statements(
            vendor, self.table, self.adopted, own=self.own, joins=self.joins
        )
        for statement in statements:
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for statement in drop_statements(schema_editor.connection.vendor, self.table):
            schema_editor.execute(statement, params=None)

    def describe(self):
        return f"Seal adopted rows of {self.table}"


class Unseal(Seal):
    """Migration operation that takes a seal away before the table is changed."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        super().database_backwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Unseal {self.table}"
