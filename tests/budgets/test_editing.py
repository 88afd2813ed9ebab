"""The editor over http: one cell, the whole form, conflicts, and who may."""

import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgets import grid
from budgets.models import Amount, Budget, BudgetColumn, BudgetLine
from tests.factories import BudgetFactory

pytestmark = pytest.mark.django_db


def cell_of(budget, label="Enter", year=2020, kind="budget"):
    """Return (id of the cell, line, column)."""
    line = budget.lines.get(label=label)
    column = budget.columns.get(year=year, kind=kind)
    return grid.line_cell(line.pk, column.pk), line, column


def save(client, budget, cell, typed, was):
    data = {"cell": cell, "typed": typed, "was": "" if was is None else was}
    return client.post(reverse("budget_cell", args=[budget.pk]), data)


def sums_in(response):
    """Return id → text of every computed cell in an answer."""
    found = re.findall(r'<span id="((?:sum|share|opening)-[^"]+)"[^>]*>([^<]*)', response.text)
    return {ident: text.replace("\u00a0", " ") for ident, text in found}


def whole(budget, changes=(), loaded=()):
    """Return what the page's form sends, with some cells changed."""
    table = grid.of_budget(Budget.objects.with_table().get(pk=budget.pk), editing=True)
    fields = {ident: cell.written for ident, cell in table.typed.items()}
    was = {ident: cell.value for ident, cell in table.typed.items()} | dict(loaded)
    return fields | {"loaded": json.dumps(was)} | dict(changes)


def post_whole(client, budget, **kwargs):
    return client.post(reverse("budget_edit", args=[budget.pk]), whole(budget, **kwargs))


def test_a_saved_cell_answers_with_every_sum(client_for, draft):
    cell, line, column = cell_of(draft)
    answer = save(client_for("chef-sodra"), draft, cell, "2 915 000", 2_914_000)
    assert (answer.status_code, answer["Cell-State"]) == (200, "saved")
    later = {c.year: c.pk for c in draft.columns.exclude(year=2019)}
    shown = sums_in(answer)
    assert shown[f"sum-cost-{later[2020]}"] == "7 329 800"
    assert shown[f"sum-result-{later[2020]}"] == "135 870"
    assert shown[f"opening-{later[2021]}"] == "135 870"
    assert shown[f"sum-result-{later[2022]}"] == "62 570"
    assert Amount.objects.get(line=line, column=column).kronor == 2_915_000


def test_a_save_counts_the_version_and_leaves_history(client_for, draft, chef_sodra):
    cell, line, column = cell_of(draft)
    client = client_for("chef-sodra")
    save(client, draft, cell, "1", 2_914_000)
    save(client, draft, cell, "1", 1)
    version = draft.version
    draft.refresh_from_db()
    assert draft.version == version + 1
    last = Amount.history.filter(line_id=line.pk, column_id=column.pk).latest()
    assert (last.kronor, last.history_user) == (1, chef_sodra)
    assert draft.history.latest().version == draft.version


def test_clearing_a_cell_leaves_no_amount_and_a_zero_is_one(client_for, draft):
    cell, line, column = cell_of(draft)
    client = client_for("chef-sodra")
    assert save(client, draft, cell, " ", 2_914_000)["Cell-State"] == "saved"
    assert not Amount.objects.filter(line=line, column=column).exists()
    assert save(client, draft, cell, "0", None)["Cell-State"] == "saved"
    assert Amount.objects.get(line=line, column=column).kronor == 0


def test_a_typed_opening_balance_is_saved_and_a_chained_one_is_no_cell(client_for, draft):
    client = client_for("chef-sodra")
    typed = draft.columns.get(kind="forecast")
    answer = save(client, draft, grid.opening_cell(typed.pk), "2 122 971", 2_122_970)
    assert answer["Cell-State"] == "saved"
    typed.refresh_from_db()
    assert typed.opening == 2_122_971
    chained = draft.columns.get(year=2021)
    answer = save(client, draft, grid.opening_cell(chained.pk), "5", None)
    assert (answer.status_code, answer["Cell-State"]) == (422, "refused")


def test_a_refused_number_says_why_and_changes_nothing(client_for, draft):
    cell, line, column = cell_of(draft)
    answer = save(client_for("chef-sodra"), draft, cell, "1.000", 2_914_000)
    assert answer.status_code == 422
    text = answer.text.replace("\u00a0", " ")
    assert "Skriv 1000 eller 1 000" in text
    assert "Det gamla beloppet, 2 914 000 kr, står kvar." in text
    assert Amount.objects.get(line=line, column=column).kronor == 2_914_000


def test_two_who_write_the_same_cell_both_see_both(client_for, draft, redaktor_sodra):
    cell, line, column = cell_of(draft)
    save(client_for("redaktor-sodra"), draft, cell, "2 900 000", 2_914_000)
    answer = save(client_for("chef-sodra"), draft, cell, "3 000 000", 2_914_000)
    assert (answer.status_code, answer["Cell-State"]) == (409, "conflict")
    text = answer.text.replace("\u00a0", " ")
    assert "redaktor-sodra skrev 2 900 000 kr" in text
    assert "Du skrev 3 000 000" in text
    assert Amount.objects.get(line=line, column=column).kronor == 2_900_000


def test_different_cells_merge(client_for, draft):
    first, second = cell_of(draft)[0], cell_of(draft, "Kansli")[0]
    save(client_for("redaktor-sodra"), draft, first, "2 900 000", 2_914_000)
    answer = save(client_for("chef-sodra"), draft, second, "860 001", 860_000)
    assert answer["Cell-State"] == "saved"
    column = cell_of(draft)[2]
    assert sums_in(answer)[f"sum-cost-{column.pk}"] == "7 314 801"


def test_an_adopted_budget_refuses_in_words_and_in_the_database(client_for, adopted):
    cell, line, column = cell_of(adopted)
    answer = save(client_for("chef-sodra"), adopted, cell, "1", 2_914_000)
    assert (answer.status_code, answer["Cell-State"]) == (409, "adopted")
    assert "Budgeten är fastställd och kan inte ändras." in answer.text
    assert post_whole(client_for("chef-sodra"), adopted).status_code == 409
    page = client_for("chef-sodra").get(reverse("budget_edit", args=[adopted.pk]))
    assert "data-cell" not in page.text
    assert Amount.objects.get(line=line, column=column).kronor == 2_914_000


def test_the_board_reads_and_does_not_write(client_for, draft):
    client = client_for("styrelse-sodra")
    page = client.get(reverse("budget_edit", args=[draft.pk]))
    assert page.status_code == 200
    assert "data-cell" not in page.text
    cell = cell_of(draft)[0]
    assert save(client, draft, cell, "1", 2_914_000).status_code == 403
    assert post_whole(client, draft).status_code == 403
    assert client.post(reverse("budget_revise", args=[draft.pk])).status_code == 403


@pytest.mark.parametrize("name", ["budget_edit", "budget_cell", "budget_revise"])
@pytest.mark.parametrize("username", ["chef-hoglandet", "visitor"])
def test_another_associations_budget_is_not_found(client_for, visitor, draft, name, username):
    client = visitor if username == "visitor" else client_for(username)
    address = reverse(name, args=[draft.pk])
    data = {"cell": cell_of(draft)[0], "typed": "1", "was": "2914000"}
    status = 401 if username == "visitor" else 404
    assert client.post(address, data).status_code == status
    if name == "budget_edit":
        assert client.get(address).status_code == (302 if username == "visitor" else 404)
        assert client.post(address, whole(draft)).status_code == status


def test_a_cell_of_another_budget_is_refused(client_for, draft, adopted):
    answer = save(client_for("chef-sodra"), draft, cell_of(adopted)[0], "1", None)
    assert (answer.status_code, answer["Cell-State"]) == (422, "refused")


def test_a_revision_is_made_once(client_for):
    budget = BudgetFactory(adopted=True)
    client = client_for("admin")
    answer = client.post(reverse("budget_revise", args=[budget.pk]))
    draft = Budget.objects.get(replaces=budget)
    assert answer.url == reverse("budget_edit", args=[draft.pk])
    assert "data-cell" in client.get(answer.url).text
    again = client.post(reverse("budget_revise", args=[budget.pk]), follow=True)
    assert "har redan en revidering" in again.text


def test_the_whole_form_saves_what_was_changed(client_for, draft):
    first, line, column = cell_of(draft)
    second = cell_of(draft, "Kansli")[0]
    changes = {first: "2 915 000", second: ""}
    answer = post_whole(client_for("chef-sodra"), draft, changes=changes)
    assert answer.status_code == 302
    assert Amount.objects.get(line=line, column=column).kronor == 2_915_000
    assert not Amount.objects.filter(line__label="Kansli", column=column).exists()


def test_the_whole_form_saves_all_or_nothing(client_for, draft):
    good, line, column = cell_of(draft)
    bad = cell_of(draft, "Kansli")[0]
    changes = {good: "2 915 000", bad: "1.000"}
    answer = post_whole(client_for("chef-sodra"), draft, changes=changes)
    assert answer.status_code == 422
    assert f'href="#{bad}"' in answer.text
    assert 'value="1.000"' in answer.text and 'value="2 915 000"' in answer.text
    assert Amount.objects.get(line=line, column=column).kronor == 2_914_000
    assert json.loads(answer.context["loaded"])[good] == 2_914_000


@pytest.mark.parametrize(("choice", "kronor"), [("theirs", 2_900_000), ("mine", 3_000_000)])
def test_a_conflict_in_the_whole_form_is_chosen(client_for, draft, choice, kronor):
    cell, line, column = cell_of(draft)
    seen = {"loaded": {cell: 2_914_000}, "changes": {cell: "3 000 000"}}
    save(client_for("redaktor-sodra"), draft, cell, "2 900 000", 2_914_000)
    answer = post_whole(client_for("chef-sodra"), draft, **seen)
    assert answer.status_code == 422
    value = re.search(rf'name="choice-{cell}" value="({choice}[^"]*)"', answer.text)[1]
    seen["changes"] |= {f"choice-{cell}": value}
    assert post_whole(client_for("chef-sodra"), draft, **seen).status_code == 302
    assert Amount.objects.get(line=line, column=column).kronor == kronor


def test_what_another_wrote_meanwhile_survives_an_untouched_cell(client_for, draft):
    cell, line, column = cell_of(draft)
    sent = whole(draft)
    save(client_for("redaktor-sodra"), draft, cell, "2 900 000", 2_914_000)
    client_for("chef-sodra").post(reverse("budget_edit", args=[draft.pk]), sent)
    assert Amount.objects.get(line=line, column=column).kronor == 2_900_000


def large_budget(lines):
    """Return a draft of five columns with ``lines`` lines, all cells filled."""
    budget = BudgetFactory()
    columns = list(budget.columns.all())
    columns += [
        BudgetColumn.objects.create(budget=budget, position=9 + n, year=2021 + n, kind="plan")
        for n in range(4)
    ]
    for number in range(lines):
        line = BudgetLine.objects.create(
            budget=budget, section="cost", position=number, label=f"Rad {number}", individual=100
        )
        for column in columns:
            Amount.objects.create(line=line, column=column, kronor=number)
    return budget


@pytest.mark.parametrize("typed", ["123 456", "", "1.000"])
def test_a_cell_save_asks_at_most_twelve_queries(client_for, chef_sodra, typed):
    budget = large_budget(300)
    chef_sodra.associations.add(budget.association)
    cell, line, column = cell_of(budget, "Rad 7")
    client = client_for("chef-sodra")
    save(client, budget, cell, "8", 7)
    with CaptureQueriesContext(connection) as queries:
        answer = save(client, budget, cell, typed, 8)
    assert answer["Cell-State"] == ("refused" if typed == "1.000" else "saved")
    assert len(queries) <= 12, "\n".join(query["sql"][:120] for query in queries)


def test_the_editor_asks_as_much_with_a_hundred_lines_as_with_twenty(client_for, chef_sodra):
    counts = []
    for lines in (20, 100):
        budget = large_budget(lines)
        chef_sodra.associations.add(budget.association)
        client = client_for("chef-sodra")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("budget_edit", args=[budget.pk])).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


UNREADABLE = ["1e999", "-Infinity", "NaN", "1.5", "true", "9" * 5000, "[" * 100_000]


@pytest.mark.parametrize("number", UNREADABLE, ids=lambda number: number[:9])
def test_a_form_that_no_page_sent_is_refused_in_words(client_for, draft, number):
    cell, line, column = cell_of(draft)
    address, client = reverse("budget_edit", args=[draft.pk]), client_for("chef-sodra")
    for loaded in (f'{{"{cell}": {number}}}', number):
        answer = client.post(address, {"loaded": loaded, cell: "1"})
        assert answer.status_code == 400
        assert "Formuläret kunde inte läsas." in answer.text
    assert Amount.objects.get(line=line, column=column).kronor == 2_914_000


@pytest.mark.parametrize("cell", ["cell-²-1", f"cell-{'9' * 50}-1", f"opening-{'9' * 50}", "-"])
def test_a_cell_that_no_page_has_is_refused_in_words(client_for, draft, cell):
    answer = save(client_for("chef-sodra"), draft, cell, "1", None)
    assert (answer.status_code, answer["Cell-State"]) == (422, "refused")


def test_a_text_too_long_for_an_amount_is_refused_at_its_cell(client_for, draft):
    cell, line, column = cell_of(draft)
    client = client_for("chef-sodra")
    for digits in (201, 5000):
        answer = post_whole(client, draft, changes={cell: "9" * digits})
        assert answer.status_code == 422
        assert "Texten är för lång för ett belopp." in answer.text
    assert Amount.objects.get(line=line, column=column).kronor == 2_914_000


def test_access_without_a_role_reads_no_draft(client_for, draft):
    chef, other = client_for("chef-sodra"), client_for("chef-hoglandet")
    pages = [
        reverse("budget_edit", args=[draft.pk]),
        reverse("budget_edit", args=[draft.replaces_id]),
        reverse("budget_since", args=[draft.pk, draft.version + 1]),
        *(reverse("budget_export", args=[draft.pk, form]) for form in ("csv", "xlsx", "json")),
        reverse("contributions", args=[draft.association.slug, 2020]),
        reverse("contributions_meeting", args=[draft.association.slug, 2020]),
    ]
    assert {chef.get(page).status_code for page in pages} == {200}
    get_user_model().objects.get(username="chef-sodra").groups.clear()
    assert {chef.get(page).status_code for page in pages} == {403}
    assert post_whole(chef, draft).status_code == 403
    assert {other.get(page).status_code for page in pages} == {404}
