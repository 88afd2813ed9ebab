"""What the editor remembers of a budget is what stands there, whatever road a change came."""

import random
import threading
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from tablib import Dataset

from budgets.editor import desk, editing, stamps
from budgets.editor.contents import read_contents
from budgets.models import Amount, Budget
from budgets.resources import AmountResource
from tests.budgets.test_editing import cell_of, save

pytestmark = pytest.mark.django_db(transaction=True)
IS_POSTGRES = connection.vendor == "postgresql"
on_postgres = pytest.mark.skipif(
    not IS_POSTGRES, reason="SQLite has no statement triggers to write stamps"
)

SPLIT = "individual = 7, structural = 93, competence = 0, administration = 0"
ROADS = {
    "an amount": "UPDATE budgets_amount SET kronor = kronor + 7 WHERE id = {amount}",
    "many amounts": "UPDATE budgets_amount SET kronor = -kronor WHERE line_id = {line}",
    "no amount": "DELETE FROM budgets_amount WHERE id = {amount}",
    "an amount moved": (
        "DELETE FROM budgets_amount WHERE line_id = {other}; "
        "UPDATE budgets_amount SET line_id = {other} WHERE line_id = {line}"
    ),
    "a split": f"UPDATE budgets_budgetline SET {SPLIT} WHERE id = {{line}}",
    "an order": "UPDATE budgets_budgetline SET position = 1000 - position WHERE id = {line}",
    "a line gone": (
        "DELETE FROM budgets_amount WHERE line_id = {line}; "
        "DELETE FROM budgets_budgetline WHERE id = {line}"
    ),
    "a payer's kind": (
        "UPDATE associations_organisation SET kind = CASE kind WHEN 'region' "
        "THEN 'municipality' ELSE 'region' END WHERE id IN "
        "(SELECT organisation_id FROM budgets_budgetline WHERE budget_id = {budget})"
    ),
}
ROADS_OF_POSTGRES = {
    "a line gone before its amounts": (
        "SET CONSTRAINTS ALL DEFERRED; DELETE FROM budgets_budgetline WHERE id = {line}; "
        "DELETE FROM budgets_amount WHERE line_id = {line}"
    ),
    "a payer anew": (
        "CREATE TEMP TABLE payer ON COMMIT DROP AS SELECT * FROM associations_organisation "
        "WHERE id IN (SELECT organisation_id FROM budgets_budgetline WHERE budget_id = {budget}); "
        "DELETE FROM associations_organisation WHERE id IN (SELECT id FROM payer); "
        "UPDATE payer SET kind = 'other'; INSERT INTO associations_organisation TABLE payer"
    ),
    "rows from a copy": (
        "SET LOCAL session_replication_role = replica; "
        "UPDATE budgets_amount SET kronor = kronor + 1 WHERE line_id = {line}"
    ),
}
if IS_POSTGRES:
    ROADS |= ROADS_OF_POSTGRES
NEW_LINE = (
    "INSERT INTO budgets_budgetline (budget_id, section, position, label, note, "
    "individual, structural, competence, administration) "
    "VALUES ({budget}, 'income', 99, 'Ny', '', 0, 0, 0, 0) RETURNING id"
)


def assert_true(budget):
    """Assert that a desk has what the database has, read anew."""
    at_desk, stands = desk.Desk(budget), read_contents(budget.pk)
    assert (at_desk.lines, at_desk.keys, at_desk.interventions) == stands[:3]
    assert (at_desk.amounts, at_desk.rows) == (stands.amounts, stands.rows)


def by_the_editor(draft, user, choose):
    """Save a cell with another amount, or none."""
    at_desk = desk.Desk(draft)
    place = choose.choice([(line, column) for line in at_desk.keys for column in at_desk.columns])
    was = at_desk.amounts.get(place)
    typed = choose.choice(["", str((was or 0) + choose.randint(1, 9))])
    cell = f"cell-{place[0]}-{place[1]}"
    outcome, sheet = editing.change_cell(draft.pk, cell, typed, was, user)
    assert outcome.state in (editing.SAVED, editing.UNCHANGED)
    assert sheet.table == Budget.objects.with_table().get(pk=draft.pk).table()


def by_sql(draft, choose):
    """Change what stands there by one of the ROADS."""
    amounts = Amount.objects.filter(line__budget=draft, line__section="cost")
    amount = choose.choice(list(amounts.order_by("pk")))
    others = draft.lines.exclude(pk=amount.line_id).order_by("pk")
    keys = {"amount": amount.pk, "line": amount.line_id, "other": choose.choice(others).pk}
    execute(choose.choice(list(ROADS.values())).format(budget=draft.pk, **keys))


def execute(statements):
    """Execute SQL with semicolons between, in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        for sql in statements.split(";"):
            cursor.execute(sql)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_remembered_is_what_stands(draft, chef_sodra, seed):
    choose = random.Random(seed)
    for _ in range(40):
        if choose.random() < 0.7 or draft.lines.count() < 4:
            by_the_editor(draft, chef_sodra, choose)
        else:
            by_sql(draft, choose)
        assert_true(draft)


@pytest.mark.parametrize("road", ROADS)
def test_each_road_is_seen(draft, chef_sodra, road):
    amount = remembering(draft, chef_sodra)
    line = draft.lines.exclude(pk=amount.line_id).filter(section="cost", amounts__gt=0).last()
    keys = {"line": line.pk, "other": amount.line_id, "amount": amount.pk, "budget": draft.pk}
    execute(ROADS[road].format(**keys))
    assert not is_remembered(draft)
    assert_true(draft)


def remembering(draft, user):
    """Have what stands in ``draft`` remembered; return the amount that was saved for that."""
    amount = save_twice(draft, user)
    assert is_remembered(draft)
    return amount


def save_twice(draft, user):
    """Save 5 and then 6 in a cell: the first save sets the budget's first stamp. Return it."""
    cell, line, column = cell_of(draft)
    for typed in ("5", "6"):
        was = Amount.objects.get(line=line, column=column).kronor
        editing.change_cell(draft.pk, cell, typed, was, user)
    return Amount.objects.get(line=line, column=column)


def is_remembered(budget):
    """Tell whether a desk reads no amounts."""
    with CaptureQueriesContext(connection) as queries:
        desk.Desk(budget)
    return len(queries) == 1


def test_a_save_of_what_is_remembered_asks_for_no_lines_and_amounts(
    client_for, draft, chef_sodra, monkeypatch
):
    remembering(draft, chef_sodra)
    client, cell = client_for("chef-sodra"), cell_of(draft)[0]

    def queries_of_saving(typed, was):
        with CaptureQueriesContext(connection) as queries:
            assert save(client, draft, cell, typed, was)["Cell-State"] == "saved"
        return len(queries)

    queries_of_saving("5", 6)  # a login is a change of SQLite's
    few = queries_of_saving("7", 5)
    monkeypatch.setattr(stamps, "_remembered", stamps.OrderedDict())
    assert queries_of_saving("8", 7) == few + 2
    assert_true(draft)


def test_a_conflict_is_seen_from_what_another_process_wrote(draft, chef_sodra):
    amount = remembering(draft, chef_sodra)
    raw_elsewhere(f"UPDATE budgets_amount SET kronor = 99 WHERE id = {amount.pk}")
    outcome, _ = editing.change_cell(draft.pk, cell_of(draft)[0], "8", 6, chef_sodra)
    assert (outcome.state, outcome.stored) == (editing.CONFLICT, 99)


@pytest.mark.skipif(IS_POSTGRES, reason="PostgreSQL's stamps are the same for every connection")
def test_what_one_connection_remembers_is_not_anothers(draft, chef_sodra):
    amount = remembering(draft, chef_sodra)
    seen = []

    def look():
        seen.append(is_remembered(draft))
        editing.change_cell(draft.pk, cell_of(draft)[0], "7", amount.kronor, chef_sodra)
        seen.append(is_remembered(draft))
        connection.close()

    other = threading.Thread(target=look)
    other.start()
    other.join()
    assert seen == [False, True]
    assert not is_remembered(draft)
    assert_true(draft)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE budgets_budget SET opening_label = 'Sparat' WHERE id = {budget}",
        "UPDATE budgets_budget SET opening_note = 'En annan not.' WHERE id = {budget}",
        "UPDATE budgets_budgetcolumn SET opening = 77 WHERE budget_id = {budget} "
        "AND opens_from_id IS NULL",
        "UPDATE budgets_budgetcolumn SET opens_from_id = NULL WHERE budget_id = {budget}",
        "UPDATE budgets_budgetcolumn SET year = year + 20 WHERE budget_id = {budget}",
    ],
)
def test_what_is_no_line_and_no_amount_is_read_each_time(draft, chef_sodra, sql):
    cell = cell_of(draft)[0]
    remembering(draft, chef_sodra)
    execute(sql.format(budget=draft.pk))
    _, sheet = editing.change_cell(draft.pk, cell, "7", 6, chef_sodra)
    assert sheet.table == Budget.objects.with_table().get(pk=draft.pk).table()


def test_what_a_deed_on_many_rows_leaves_is_read_anew(draft, chef_sodra):
    amount = remembering(draft, chef_sodra)

    def deed(at_desk):
        at_desk.write((amount.line_id, amount.column_id), 8)
        at_desk.budget.lines.exclude(pk=amount.line_id).update(position=F("position") + 1)

    desk.at_desk(draft.pk, chef_sodra, deed)
    assert not is_remembered(draft)
    assert_true(draft)


def raw_elsewhere(sql):
    """Execute ``sql`` on a connection of its own, committed."""
    with elsewhere() as cursor:
        cursor.execute(sql)


@contextmanager
def elsewhere():
    """Give a cursor on a connection of its own, without a transaction of Django's."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            yield cursor
    finally:
        other.close()


@on_postgres
def test_a_payers_kind_is_seen_when_it_is_committed_after_the_first_saves(draft, chef_sodra):
    raw_elsewhere("DELETE FROM budgets_stamp")
    with elsewhere() as payer:
        payer.execute("BEGIN")
        payer.execute(ROADS["a payer's kind"].format(budget=draft.pk))
        save_twice(draft, chef_sodra)  # waits for nobody
        payer.execute("COMMIT")
    assert_true(draft)


@on_postgres
def test_an_amount_on_a_line_that_nobody_saw_yet_is_seen_when_it_is_committed(draft, chef_sodra):
    column = draft.columns.first().pk
    with elsewhere() as line, elsewhere() as amount:
        line.execute(f"BEGIN; {NEW_LINE.format(budget=draft.pk)}")
        values = f"({line.fetchone()[0]}, {column}, 5)"
        amount.execute(
            f"BEGIN; INSERT INTO budgets_amount (line_id, column_id, kronor) VALUES {values}"
        )
        line.execute("COMMIT")
        remembering(draft, chef_sodra)
        amount.execute("COMMIT")
    assert_true(draft)


@on_postgres
def test_nothing_is_remembered_where_rows_come_by_a_subscription(draft, chef_sodra):
    remembering(draft, chef_sodra)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL allow_system_table_mods = on; INSERT INTO pg_subscription_rel "
            "VALUES (1, 'budgets_amount'::regclass, 'r', NULL)"
        )
        assert not is_remembered(draft)
        transaction.set_rollback(True)
    assert is_remembered(draft)


@on_postgres
def test_who_writes_in_the_middle_of_a_save_waits_and_is_not_forgotten(
    draft, chef_sodra, monkeypatch
):
    amount = remembering(draft, chef_sodra)
    other = Amount.objects.filter(line__budget=draft).exclude(pk=amount.pk).first()
    write, version = desk.Desk.write_one, Budget.objects.get(pk=draft.pk).version
    raw = f"UPDATE budgets_amount SET kronor = 31 WHERE id = {other.pk}"
    writer = threading.Thread(target=raw_elsewhere, args=[raw])

    def slow(self, place, kronor):
        write(self, place, kronor)
        writer.start()
        writer.join(0.3)  # until it waits for the budget's version

    monkeypatch.setattr(desk.Desk, "write_one", slow)
    editing.change_cell(draft.pk, cell_of(draft)[0], "7", 6, chef_sodra)
    writer.join()
    assert not is_remembered(draft)
    assert_true(draft)
    assert Budget.objects.get(pk=draft.pk).version == version + 2


@on_postgres
def test_an_import_in_the_admin_and_a_saved_cell_wait_for_each_other(
    draft, chef_sodra, monkeypatch
):
    amounts = list(Amount.objects.filter(line__budget=draft).order_by("pk")[:3])
    rows = [(str(each.pk), str(each.kronor + 1)) for each in amounts]
    last, outcomes, store = amounts[-1], [], Amount.save

    def save_a_cell():
        cell = f"cell-{last.line_id}-{last.column_id}"
        outcomes.append(editing.change_cell(draft.pk, cell, "7", last.kronor, chef_sodra)[0])
        connection.close()

    cell = threading.Thread(target=save_a_cell)

    def slow(self, *args, **kwargs):
        store(self, *args, **kwargs)
        if not cell.ident and self.pk == amounts[0].pk:
            cell.start()
            cell.join(0.3)  # until it waits

    monkeypatch.setattr(Amount, "save", slow)
    resource = AmountResource()
    resource.user = chef_sodra
    read = resource.import_data(Dataset(*rows, headers=["id", "belopp (kronor)"]))
    cell.join()
    assert not read.has_errors() and read.totals["update"] == 3
    assert [(each.state, each.stored) for each in outcomes] == [("conflict", last.kronor + 1)]
    assert_true(draft)


def test_what_was_rolled_back_is_not_remembered(draft, chef_sodra):
    remembering(draft, chef_sodra)
    with transaction.atomic():
        editing.change_cell(draft.pk, cell_of(draft)[0], "7", 6, chef_sodra)
        transaction.set_rollback(True)
    assert is_remembered(draft) == IS_POSTGRES  # what stood before it
    assert_true(draft)


@on_postgres
def test_nothing_is_remembered_while_a_trigger_is_off_nor_from_before(draft, chef_sodra):
    amount = remembering(draft, chef_sodra)
    name = "budgets_amount_stamped_update"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE budgets_amount DISABLE TRIGGER {name}")
        try:
            assert not is_remembered(draft)
            cursor.execute("UPDATE budgets_amount SET kronor = 5 WHERE id = %s", [amount.pk])
            assert_true(draft)
        finally:
            cursor.execute(f"ALTER TABLE budgets_amount ENABLE ALWAYS TRIGGER {name}")
    assert not is_remembered(draft)
    assert_true(draft)


@on_postgres
def test_an_emptied_table_is_seen(draft, chef_sodra):
    remembering(draft, chef_sodra)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE budgets_amount")
    assert_true(draft)
    assert desk.Desk(draft).amounts == {}


def test_only_the_latest_budgets_are_remembered(monkeypatch):
    monkeypatch.setattr(stamps, "BUDGETS", 2)
    monkeypatch.setattr(stamps, "_remembered", stamps.OrderedDict())
    for budget in (1, 2, 3):
        stamps.remember(budget, "stamp", budget)
    assert [stamps.remembered(budget, "stamp") for budget in (1, 2, 3)] == [None, 2, 3]
    assert stamps.remembered(2, "another") is None
