"""Lines and columns of a draft: added, changed, moved, removed; by whom, and what follows."""

import re

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from budgets.editor import shaping
from budgets.models import Budget, BudgetColumn
from budgets.raising import raised

pytestmark = pytest.mark.django_db


def post(client, name, *args, **data):
    return client.post(reverse(name, args=args), data, follow=True)


def of_line(line, **changes):
    """Return what the form of a line sends."""
    names = ["label", "individual", "structural", "competence", "administration", "note"]
    sent = {name: getattr(line, name) for name in names}
    return sent | {"intervention": line.intervention_id or ""} | changes


def of_column(column, **changes):
    sent = {"year": column.year, "kind": column.kind, "opens_from": column.opens_from_id or ""}
    return sent | {"opening": "" if column.opening is None else column.opening} | changes


def column_of(draft, year=2020, kind="budget"):
    return draft.columns.get(year=year, kind=kind)


def test_a_line_is_added_last_and_counts_the_version(chef, draft):
    sent = {"section": "cost", "label": "Ny insats", "individual": 60, "structural": 40}
    page = post(chef, "budget_line_new", draft.pk, **sent)
    assert "Raden Ny insats är sparad." in page.text
    line = draft.lines.filter(section="cost").last()
    assert (line.label, line.individual, line.structural) == ("Ny insats", 60, 40)
    assert Budget.objects.get(pk=draft.pk).version == draft.version + 1


def test_a_member_pays_an_income_and_its_split_is_nothing(chef, draft):
    member = draft.association.memberships.first().organisation
    sent = {"section": "income", "label": "Extra", "organisation": member.pk, "individual": 100}
    post(chef, "budget_line_new", draft.pk, **sent)
    line = draft.lines.get(label="Extra")
    assert (line.organisation, line.individual) == (member, 0)


def test_parts_that_are_not_the_whole_are_refused_in_words(chef, draft):
    line = draft.lines.get(label="Enter")
    page = post(chef, "budget_line", draft.pk, line.pk, **of_line(line, individual=95))
    assert page.status_code == 422
    assert "Delarna blir 95 procent tillsammans. De ska bli 100." in page.text
    assert 'value="95"' in page.text
    line.refresh_from_db()
    assert line.individual == 100


def test_a_split_changes_the_shares_and_a_note_gets_its_letter(chef, draft):
    line = draft.lines.get(label="Enter")
    before = {row.line.label: row.letter for row in draft.table().cost}
    sent = of_line(line, individual=50, structural=50, label="Enter två", note="Ny text.")
    post(chef, "budget_line", draft.pk, line.pk, **sent)
    line = draft.lines.get(label="Habo kommun")
    post(chef, "budget_line", draft.pk, line.pk, label=line.label, note="")
    table = Budget.objects.get(pk=draft.pk).table()
    rows = {row.line.label: row.letter for row in table.cost}
    assert (before["Enter"], rows["Enter två"]) == ("c", "b")
    assert dict(table.notes)["b"] == "Ny text."
    shares = {share.key: share.amount for share in table.by_key[column_of(draft).pk].categories}
    assert shares["structural"] > 2_914_000 / 2


def test_lines_change_places_within_their_section(chef, draft):
    labels = [row.line.label for row in draft.table().cost]
    second = draft.lines.get(label=labels[1])
    post(chef, "budget_line", draft.pk, second.pk, move="up")
    post(chef, "budget_line", draft.pk, second.pk, move="up")  # already first: nothing
    moved = [row.line.label for row in Budget.objects.get(pk=draft.pk).table().cost]
    assert moved == [labels[1], labels[0], *labels[2:]]


def test_a_line_goes_with_its_amounts_after_a_question(chef, draft):
    line = draft.lines.get(label="Enter")
    question = chef.get(reverse("budget_line_remove", args=[draft.pk, line.pk]))
    assert "5 belopp försvinner ur budgeten" in question.text
    assert draft.lines.filter(pk=line.pk).exists()
    post(chef, "budget_line_remove", draft.pk, line.pk)
    assert not draft.lines.filter(pk=line.pk).exists()
    assert Budget.objects.get(pk=draft.pk).table().by_key[column_of(draft).pk].cost == 4_414_800


def test_a_column_is_copied_and_raised_so_that_the_parts_make_the_whole(chef, draft):
    source = column_of(draft)
    sent = {"year": 2023, "kind": "plan", "opens_from": column_of(draft, 2022, "plan").pk}
    sent |= {"source": source.pk, "percent": "2,5", "unit": 1000}
    page = post(chef, "budget_column_new", draft.pk, **sent)
    assert "Kolumnen Plan 2023 är sparad." in page.text
    made = Budget.objects.get(pk=draft.pk).table().by_key[column_of(draft, 2023, "plan").pk]
    assert made.cost == 7_512_000  # 1.025 × 7 328 800 = 7 512 020
    assert made.contributions == 6_847_000
    assert made.opening is not None
    amounts = column_of(draft, 2023, "plan").amounts.values_list("kronor", flat=True)
    assert all(kronor % 1000 == 0 for kronor in amounts)
    zero = draft.lines.get(label="Hälsoskola")
    assert zero.amounts.get(column__year=2023).kronor == 0


def test_a_column_that_is_there_already_is_refused_in_words(chef, draft):
    page = post(chef, "budget_column_new", draft.pk, year=2021, kind="plan")
    assert page.status_code == 422
    assert "Budgeten har redan en kolumn av det slaget för året." in page.text


def test_a_column_that_another_adds_meanwhile_is_refused_in_words(chef, draft, monkeypatch):
    saved = shaping.save_column

    def save_after_another(pk, column, *rest):
        saved(pk, BudgetColumn(budget=draft, year=column.year, kind=column.kind), *rest)
        return saved(pk, column, *rest)

    monkeypatch.setattr(shaping, "save_column", save_after_another)
    page = post(chef, "budget_column_new", draft.pk, year=2031, kind="plan")
    assert page.status_code == 422
    assert "Budgeten har redan en kolumn av det slaget för året." in page.text
    assert draft.columns.filter(year=2031).count() == 1


def test_columns_in_a_ring_are_refused_in_words(chef, draft):
    first, second = column_of(draft, 2019, "forecast"), column_of(draft)
    sent = of_column(first, opens_from=second.pk, opening="")
    page = post(chef, "budget_column", draft.pk, first.pk, **sent)
    assert "Kolumnerna öppnar från varandra i en ring." in page.text


def test_a_column_changes_kind_and_opening(chef, draft):
    column = column_of(draft, 2021, "plan")
    sent = of_column(column, kind="forecast", opens_from="", opening="1 000")
    post(chef, "budget_column", draft.pk, column.pk, **sent)
    column.refresh_from_db()
    assert (column.kind, column.opens_from, column.opening) == ("forecast", None, 1000)


def test_a_removed_column_leaves_the_chain_open(chef, draft):
    column, after = column_of(draft, 2021, "plan"), column_of(draft, 2022, "plan")
    post(chef, "budget_column_remove", draft.pk, column.pk)
    after.refresh_from_db()
    assert after.opens_from is None
    assert draft.columns.count() == 4


NAMES = ["budget_line", "budget_line_remove", "budget_column", "budget_column_remove"]


def address_of(draft, name):
    if name.endswith("_new"):
        return reverse(name, args=[draft.pk])
    part = draft.lines.first() if "line" in name else draft.columns.first()
    return reverse(name, args=[draft.pk, part.pk])


@pytest.mark.parametrize("name", [*NAMES, "budget_line_new", "budget_column_new"])
def test_nobody_else_may(client_for, visitor, draft, name):
    address = address_of(draft, name)
    before = (draft.lines.count(), draft.columns.count())
    assert client_for("chef-hoglandet").get(address).status_code == 404
    assert client_for("chef-hoglandet").post(address).status_code == 404
    assert visitor.post(address).status_code == 401
    told = client_for("styrelse-sodra").post(address, follow=True)
    assert "Din roll får läsa budgeten men inte ändra den." in told.text
    assert (draft.lines.count(), draft.columns.count()) == before


@pytest.mark.parametrize("name", [*NAMES, "budget_line_new", "budget_column_new"])
def test_an_adopted_budget_refuses(chef, draft, name):
    told = chef.post(address_of(draft.replaces, name), follow=True)
    assert "Budgeten är fastställd och kan inte ändras." in told.text


def test_a_line_of_another_budget_is_not_found(chef, draft):
    line = draft.replaces.lines.first()
    assert chef.get(reverse("budget_line", args=[draft.pk, line.pk])).status_code == 404


@pytest.mark.parametrize("percent", ["1001", "999 999 999 999 999", "999999999999999", "-101"])
def test_a_rise_beyond_reason_is_refused(chef, draft, percent):
    sent = {"year": 2031, "kind": "plan", "source": column_of(draft).pk, "percent": percent}
    page = post(chef, "budget_column_new", draft.pk, **sent)
    assert page.status_code == 422
    assert re.search("Skriv högst 1\u00a0000 procent|mindre än minus 100 procent", page.text)
    assert not draft.columns.filter(year=2031).exists()


def test_amounts_raised_beyond_the_largest_are_refused(chef, draft):
    source = column_of(draft)
    draft.lines.get(label="Enter").amounts.update_or_create(
        column=source, defaults={"kronor": 500_000_000_000}
    )
    sent = {"year": 2031, "kind": "plan", "source": source.pk, "percent": "1 000"}
    page = post(chef, "budget_column_new", draft.pk, **sent)
    assert page.status_code == 422
    assert "Ett belopp blir större än 999\u00a0999\u00a0999\u00a0999 kr." in page.text
    assert not draft.columns.filter(year=2031).exists()
    page = post(chef, "budget_column_new", draft.pk, **(sent | {"percent": "10"}))
    assert page.status_code == 200
    assert column_of(draft, 2031, "plan").amounts.get(line__label="Enter").kronor == 550_000_000_000


KRONOR = st.none() | st.integers(-10_000_000, 10_000_000)


@given(st.lists(KRONOR, max_size=12), st.integers(-100, 300), st.sampled_from([1, 100, 1000]))
def test_raised_parts_make_the_raised_whole(amounts, percent, unit):
    found = raised(amounts, percent, unit)
    assert [each is None for each in found] == [each is None for each in amounts]
    assert all(new == 0 for old, new in zip(amounts, found, strict=True) if old == 0)
    assert all(each % unit == 0 for each in found if each is not None)
    whole = sum(each for each in amounts if each and each > 0) * (100 + percent)
    parts = sum(new for old, new in zip(amounts, found, strict=True) if old is not None and old > 0)
    assert abs(100 * parts - whole) <= 100 * unit / 2


def of_comment(draft, comment):
    return {"comment": comment, "seen": draft.comment}


def test_a_comment_explains_a_deficit_and_counts_the_version(chef, draft):
    page = post(chef, "budget_comment", draft.pk, **of_comment(draft, "Sparade\r\npengar."))
    assert "Kommentaren är sparad." in page.text and "Ändra kommentaren" in page.text
    assert "Förklara det i kommentaren" not in page.text
    stored = Budget.objects.get(pk=draft.pk)
    assert (stored.comment, stored.version) == ("Sparade\npengar.", draft.version + 1)
    told = chef.get(reverse("budget_history", args=[draft.pk])).text
    assert "kommentar" in told.lower() and "Sparade" in told
    undone = post(chef, "budget_undo", draft.pk)
    assert "Ångrat. Budgetens text står som förut." in undone.text


def test_a_minus_that_a_comment_loses_is_told(chef, draft):
    page = post(chef, "budget_comment", draft.pk, **of_comment(draft, "- 500 000 kr i reserv."))
    assert "Kommentaren: Raden ”- 500 000 kr i reserv.” läses som en punkt" in page.text


def test_a_comment_is_not_written_over_another_s(chef, draft, client_for):
    first = of_comment(draft, "Min text")
    post(client_for("redaktor-sodra"), "budget_comment", draft.pk, **of_comment(draft, "Annans"))
    refused = post(chef, "budget_comment", draft.pk, **first)
    assert refused.status_code == 422
    assert "Annans" in refused.text and "Min text" in refused.text
    again = {"comment": "Min text", "seen": refused.context["form"]["seen"].value()}
    post(chef, "budget_comment", draft.pk, **again)
    assert Budget.objects.get(pk=draft.pk).comment == "Min text"


def test_only_who_may_change_the_budget_writes_its_comment(draft, client_for):
    page = post(client_for("styrelse-sodra"), "budget_comment", draft.pk, comment="x", seen="")
    assert "får läsa budgeten men inte ändra den" in page.text
    foreign = client_for("chef-hoglandet").get(reverse("budget_comment", args=[draft.pk]))
    assert foreign.status_code == 404
