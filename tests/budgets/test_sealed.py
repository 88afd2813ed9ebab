"""An adopted budget changes by no road: screens, files, the ORM or raw SQL, on both databases."""

from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction

from budgets.models import Amount, Budget, BudgetColumn, BudgetLine
from tests.budgets.screens import SCREENS
from tests.factories import ADOPTED_ON, AssociationFactory, BudgetFactory
from tests.roads import changed, sql

pytestmark = pytest.mark.django_db

TRIGGERS = {
    f"{table}_sealed_{event}"
    for table in ("budgets_budget", "budgets_budgetcolumn", "budgets_budgetline", "budgets_amount")
    for event in ("insert", "update", "delete")
} - {"budgets_budget_sealed_insert"}  # fixtures and revisions insert budgets


@pytest.fixture
def case(db):
    """An adopted budget with an empty cell, and a draft beside it: ``a`` and ``d``."""
    association = AssociationFactory()
    parts = {}
    for name, year in (("a", 2020), ("d", 2021)):
        budget = BudgetFactory(association=association, year=year)
        column = budget.columns.get()
        later = BudgetColumn.objects.create(budget=budget, position=5, year=2030, kind="plan")
        line = budget.lines.get(section="cost")
        amount = Amount.objects.get(line=line)
        parts[name] = SimpleNamespace(
            budget=budget, column=column, later=later, line=line, amount=amount
        )
    parts["a"].budget.adopted_on = ADOPTED_ON
    parts["a"].budget.save()
    return SimpleNamespace(**parts)


def snapshot(budget):
    """Return every value of the budget and of all that is in it."""
    own = {"budget": budget.pk}
    return [
        list(rows.order_by("pk").values())
        for rows in (
            Budget.objects.filter(pk=budget.pk),
            BudgetColumn.objects.filter(**own),
            BudgetLine.objects.filter(**own),
            Amount.objects.filter(line__budget=budget.pk),
            Amount.objects.filter(column__budget=budget.pk),
        )
    ]


def rows(model, row):
    return model.objects.filter(pk=row.pk)


def new_amount(case):
    return Amount(line=case.a.line, column=case.a.later, kronor=1)


def new_line(case):
    return BudgetLine(budget=case.a.budget, section="income", position=9, label="Ny")


def new_column(case):
    return BudgetColumn(budget=case.a.budget, position=9, year=2031, kind="plan")


# Each road ends in the database, which refuses it.
ROADS = {
    "budget.save": lambda c: changed(c.a.budget, comment="x").save(),
    "budget.save, no longer adopted": lambda c: changed(c.a.budget, adopted_on=None).save(),
    "budget.delete": lambda c: c.a.budget.delete(),
    "budgets.update": lambda c: rows(Budget, c.a.budget).update(comment="x"),
    "budgets.update, no longer adopted": lambda c: rows(Budget, c.a.budget).update(adopted_on=None),
    "budgets.delete": lambda c: rows(Budget, c.a.budget).delete(),
    "budgets.bulk_update": lambda c: Budget.objects.bulk_update(
        [changed(c.a.budget, year=1999)], ["year"]
    ),
    "budgets.update_or_create": lambda c: Budget.objects.update_or_create(
        pk=c.a.budget.pk, defaults={"dnr": "x"}
    ),
    "revised, then the old one": lambda c: (
        c.a.budget.revise(),
        changed(c.a.amount, kronor=1).save(),
    ),
    "amount.save": lambda c: changed(c.a.amount, kronor=1).save(),
    "amount.delete": lambda c: c.a.amount.delete(),
    "amounts.update": lambda c: rows(Amount, c.a.amount).update(kronor=1),
    "amounts.delete": lambda c: Amount.objects.filter(line=c.a.line).delete(),
    "amounts.create": lambda c: new_amount(c).save(),
    "amounts.bulk_create": lambda c: Amount.objects.bulk_create([new_amount(c)]),
    "amounts.bulk_create over": lambda c: Amount.objects.bulk_create(
        [Amount(line=c.a.line, column=c.a.column, kronor=1)],
        update_conflicts=True,
        unique_fields=["line", "column"],
        update_fields=["kronor"],
    ),
    "amounts.bulk_update": lambda c: Amount.objects.bulk_update(
        [changed(c.a.amount, kronor=1)], ["kronor"]
    ),
    "amounts.get_or_create": lambda c: Amount.objects.get_or_create(
        line=c.a.line, column=c.a.later, defaults={"kronor": 1}
    ),
    "amount moved out": lambda c: rows(Amount, c.a.amount).update(
        line=c.d.line, column=c.d.later
    ),
    "amount moved in": lambda c: rows(Amount, c.d.amount).update(line=c.a.line, column=c.a.later),
    "amount to another column": lambda c: rows(Amount, c.a.amount).update(column=c.a.later),
    "draft's amount to its column": lambda c: rows(Amount, c.d.amount).update(column=c.a.column),
    "draft's new amount in its column": lambda c: Amount.objects.create(
        line=c.d.line, column=c.a.later, kronor=1
    ),
    "line.save": lambda c: changed(c.a.line, label="x").save(),
    "line.delete": lambda c: c.a.line.delete(),
    "lines.update": lambda c: rows(BudgetLine, c.a.line).update(individual=0, structural=100),
    "lines.bulk_create": lambda c: BudgetLine.objects.bulk_create([new_line(c)]),
    "lines.bulk_update": lambda c: BudgetLine.objects.bulk_update(
        [changed(c.a.line, note="x")], ["note"]
    ),
    "budget.lines.add": lambda c: c.a.budget.lines.add(c.d.line, bulk=True),
    "line moved out": lambda c: rows(BudgetLine, c.a.line).update(budget=c.d.budget),
    "line moved in": lambda c: rows(BudgetLine, c.d.line).update(budget=c.a.budget),
    "column.save": lambda c: changed(c.a.column, opening=5).save(),
    "column.delete": lambda c: c.a.later.delete(),
    "columns.update": lambda c: rows(BudgetColumn, c.a.column).update(opening=5),
    "columns.create": lambda c: new_column(c).save(),
    "columns.bulk_create": lambda c: BudgetColumn.objects.bulk_create([new_column(c)]),
    "column opens from another": lambda c: rows(BudgetColumn, c.a.later).update(
        opens_from=c.a.column
    ),
    "column moved out": lambda c: rows(BudgetColumn, c.a.later).update(
        budget=c.d.budget, year=2040
    ),
    "column moved in": lambda c: rows(BudgetColumn, c.d.later).update(
        budget=c.a.budget, year=2040
    ),
    "SQL: update budget": lambda c: sql(
        "UPDATE budgets_budget SET dnr = 'x' WHERE id = %s", c.a.budget.pk
    ),
    "SQL: unseal budget": lambda c: sql(
        "UPDATE budgets_budget SET adopted_on = NULL WHERE id = %s", c.a.budget.pk
    ),
    "SQL: update everything": lambda c: sql("UPDATE budgets_budget SET comment = ''"),
    "SQL: delete budget": lambda c: sql("DELETE FROM budgets_budget WHERE id = %s", c.a.budget.pk),
    "SQL: update amount": lambda c: sql(
        "UPDATE budgets_amount SET kronor = 1 WHERE id = %s", c.a.amount.pk
    ),
    "SQL: insert amount": lambda c: sql(
        "INSERT INTO budgets_amount (line_id, column_id, kronor) VALUES (%s, %s, 1)",
        c.a.line.pk,
        c.a.later.pk,
    ),
    "SQL: delete amounts": lambda c: sql("DELETE FROM budgets_amount"),
    "SQL: update line": lambda c: sql(
        "UPDATE budgets_budgetline SET label = 'x' WHERE id = %s", c.a.line.pk
    ),
    "SQL: insert line": lambda c: sql(
        "INSERT INTO budgets_budgetline (budget_id, section, position, label, individual, "
        "structural, competence, administration, note) "
        "VALUES (%s, 'income', 9, 'x', 0, 0, 0, 0, '')",
        c.a.budget.pk,
    ),
    "SQL: delete line": lambda c: sql("DELETE FROM budgets_budgetline WHERE id = %s", c.a.line.pk),
    "SQL: update column": lambda c: sql(
        "UPDATE budgets_budgetcolumn SET opening = 5 WHERE id = %s", c.a.column.pk
    ),
    "SQL: insert column": lambda c: sql(
        "INSERT INTO budgets_budgetcolumn (budget_id, position, year, kind) "
        "VALUES (%s, 9, 2031, 'plan')",
        c.a.budget.pk,
    ),
    "SQL: delete column": lambda c: sql(
        "DELETE FROM budgets_budgetcolumn WHERE id = %s", c.a.later.pk
    ),
}  # fmt: skip


@pytest.mark.parametrize("road", ROADS)
def test_no_road_of_the_program_changes_it(case, road):
    before = snapshot(case.a.budget)
    assert all(before)
    with pytest.raises(IntegrityError, match="fastställt"), transaction.atomic():
        ROADS[road](case)
    assert snapshot(case.a.budget) == before


def test_a_row_is_not_replaced_by_sqlite_s_own_words(case):
    if connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's.")
    before = snapshot(case.a.budget)
    for statement, values in [
        ("INSERT OR REPLACE INTO budgets_amount (id, line_id, column_id, kronor) "
         "VALUES (%s, %s, %s, 1)", (case.a.amount.pk, case.d.line.pk, case.d.later.pk)),
        ("UPDATE OR REPLACE budgets_amount SET id = %s WHERE id = %s",
         (case.a.amount.pk, case.d.amount.pk)),
        ("INSERT OR REPLACE INTO budgets_budget (id, association_id, year, edition, dnr, "
         "adopted_paragraph, source_note, opening_label, opening_note, result_label, comment, "
         "version) VALUES (%s, %s, 1999, 1, '', '', '', '', '', '', '', 1)",
         (case.a.budget.pk, case.a.budget.association_id)),
    ]:  # fmt: skip
        with pytest.raises(IntegrityError, match="fastställt"), transaction.atomic():
            sql(statement, *values)
    assert snapshot(case.a.budget) == before


@pytest.mark.parametrize("road", SCREENS)
def test_no_screen_changes_it_not_even_an_administrator_s(case, client_for, road):
    before = snapshot(case.a.budget)
    with transaction.atomic():
        answer = SCREENS[road](client_for("admin"), case)
    assert answer.status_code < 500
    assert snapshot(case.a.budget) == before


def test_a_draft_changes_by_the_same_roads(case, client_for):
    """The roads above are open: it is the seal that shuts them."""
    case.a = case.d
    client = client_for("admin")
    for road in ("cell", "read in", "undo", "redo", "new line", "new column", "comment",
                 "admin: delete amount"):  # fmt: skip
        before = snapshot(case.d.budget)
        assert SCREENS[road](client, case).status_code < 400
        assert snapshot(case.d.budget) != before
    for road in ("lines.update", "SQL: update column", "amounts.create"):
        before = snapshot(case.d.budget)
        ROADS[road](case)
        assert snapshot(case.d.budget) != before


def test_every_trigger_is_in_place():
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(query[connection.vendor])
        found = {name for (name,) in cursor.fetchall()}
    assert len(TRIGGERS) == 11
    sealing = {name for name in found if name.startswith("budgets_") and "_sealed_" in name}
    assert sealing == TRIGGERS
