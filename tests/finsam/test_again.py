"""What is made of rows is made anew when any of them has changed, by whatever road."""

import pytest
from django.db import connection
from django.urls import reverse

from associations.models import Association
from budgets.models import Amount, BudgetLine
from finsam import again, pdf
from interventions.models import Intervention
from plans.models import Chapter, Plan
from plans.printing import printed
from tests.counting import queries_of
from tests.factories import InterventionFactory

pytestmark = pytest.mark.django_db

CHANGES = [
    "UPDATE plans_chapter SET body = body || ' Kvittenblom.' WHERE plan_id = {plan}",
    "DELETE FROM plans_chapter WHERE plan_id = {plan} AND position = 2",
    "UPDATE plans_plan SET title = 'Kvittenblom' WHERE id = {plan}",
    "UPDATE plans_historicalchapter SET history_date = '2031-05-06' WHERE plan_id = {plan}",
    "UPDATE associations_association SET colour = '#123456'",
    "UPDATE associations_organisation SET name = 'Kvittenblom ' || id",
    "DELETE FROM associations_membership",
    "UPDATE budgets_amount SET kronor = kronor + 1 WHERE line_id IN "
    "(SELECT id FROM budgets_budgetline WHERE budget_id = {budget})",
    "UPDATE budgets_budgetline SET label = 'Kvittenblom ' || id WHERE budget_id = {budget}",
    "UPDATE budgets_budget SET version = version + 1 WHERE id = {budget}",
    "UPDATE interventions_intervention SET name = 'Kvittenblom ' || id",
    "UPDATE interventions_intervention SET public = NOT public",
    "UPDATE interventions_goal SET text = 'Kvittenblom ' || id",
]


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    monkeypatch.setattr(again, "_kept", type(again._kept)())


@pytest.fixture
def draft():
    return Plan.objects.get(
        association__slug="sodra-vatterbygden", year=2020, kind="plan", adopted_on=None
    )


def fresh(plan):
    return printed(Plan.objects.get(pk=plan.pk))


def asked(plan):
    return again.once(plan.pk, lambda: fresh(plan))


def test_what_is_listened_to_is_the_same_page_and_is_made_once(draft):
    page = asked(draft)
    assert page == fresh(draft)
    assert asked(draft) is page


@pytest.mark.parametrize("sql", CHANGES)
def test_a_change_by_raw_sql_makes_another_page(draft, sql):
    before = asked(draft)
    with connection.cursor() as cursor:
        cursor.execute(sql.format(plan=draft.pk, budget=draft.budget_id))
        assert cursor.rowcount > 0
    after = asked(draft)
    assert after == fresh(draft) != before
    assert asked(draft) is after


def test_every_way_of_reading_rows_is_unmoved_by_a_listener():
    rows = Association.objects.order_by("pk")

    def read():
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM associations_association ORDER BY id")
            first, rest = cursor.fetchone(), cursor.fetchmany(2)
            cursor.execute("SELECT id FROM associations_association ORDER BY id")
            every = list(cursor)
        names = [each.name for each in rows.iterator(chunk_size=2)]
        return first, rest, every, names, rows.count(), rows.exists(), rows.first().pk

    assert again.once("read", read) == read()


def test_what_writes_or_holds_bytes_is_never_kept(draft):
    def write():
        return Chapter.objects.filter(plan=draft).update(title="Kvittenblom")

    def hold():
        with connection.cursor() as cursor:
            cursor.execute("SELECT data FROM plans_sealedfile")
            return len(cursor.fetchall())

    again.once("write", write)
    assert "write" not in again._kept
    if connection.vendor == "postgresql" and again.once("hold", hold):
        assert "hold" not in again._kept


def test_no_more_is_kept_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(again, "MOST", 3)
    for key in range(9):
        again.once(key, Association.objects.count)
    assert list(again._kept) == [6, 7, 8]


def test_a_drafts_pdf_asks_as_much_however_long_its_budget_is(
    client_for, draft, monkeypatch, tmp_path
):
    pages, made = [], tmp_path / "a.pdf"
    made.write_bytes(b"%PDF")
    monkeypatch.setattr(pdf, "ask", lambda page: pages.append(page) or made)
    client, address = client_for("chef-sodra"), reverse("plan_draft_pdf", args=[draft.pk])
    first, second = queries_of(client, address), queries_of(client, address)
    assert second <= first and pages[0] is pages[1]
    column = draft.budget.columns.first()
    for number in range(20):
        intervention = InterventionFactory(name=f"Insats {number}", lead=draft.association)
        line = BudgetLine.objects.create(
            budget=draft.budget, section="cost", position=100 + number, label=f"Insats {number}",
            intervention=intervention, individual=100,
        )  # fmt: skip
        Amount.objects.create(line=line, column=column, kronor=1000)
    assert Intervention.objects.filter(budget_lines__budget=draft.budget).count() >= 20
    client.get(address)
    assert "Insats 19" in pages[2].html and pages[2] == fresh(draft)
    assert queries_of(client, address) == second
    again._kept.clear()
    assert queries_of(client, address) == first
