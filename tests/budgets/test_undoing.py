"""Undo and redo of one's own changes: a cell, a form, an import, lines, columns, the comment."""

import re

import pytest
from django.urls import reverse

from budgets import grid
from budgets.models import Amount, Budget
from tests.budgets.test_editing import cell_of, post_whole, save
from tests.budgets.test_editing import whole as form_of

pytestmark = pytest.mark.django_db


def undo(client, draft):
    return client.post(reverse("budget_undo", args=[draft.pk]), headers={"HX-Request": "true"})


def redo(client, draft):
    return client.post(reverse("budget_redo", args=[draft.pk]), headers={"HX-Request": "true"})


def said(answer):
    return re.search(r'id="said"[^>]*data-said="([^"]*)"', answer.text)[1].replace("\u00a0", " ")


def test_undo_takes_back_one_change_after_the_other(client_for, draft):
    client = client_for("chef-sodra")
    cell, line, column = cell_of(draft)
    save(client, draft, cell, "1", 2_914_000)
    save(client, draft, cell, "", 1)
    answer = undo(client, draft)
    assert said(answer) == "Ångrat. 1 belopp står som förut: 1."
    assert f'id="after-{cell}"' in answer.text
    assert said(undo(client, draft)) == "Ångrat. 1 belopp står som förut: 2 914 000."
    assert Amount.objects.get(line=line, column=column).kronor == 2_914_000
    assert said(undo(client, draft)).startswith("Det finns ingen egen ändring att ångra.")


def test_the_first_change_of_a_draft_that_was_loaded_is_undone(client_for):
    loaded = Budget.objects.get(association__slug="hoglandet", adopted_on=None, replaces=None)
    amount = Amount.objects.filter(line__budget=loaded).first()
    cell = grid.line_cell(amount.line_id, amount.column_id)
    client = client_for("chef-hoglandet")
    save(client, loaded, cell, str(amount.kronor + 1), amount.kronor)
    assert said(undo(client, loaded)).startswith("Ångrat. 1 belopp står som förut")
    was = amount.kronor
    amount.refresh_from_db()
    assert amount.kronor == was


def test_a_whole_form_is_one_undo(client_for, draft):
    client = client_for("chef-sodra")
    first, second = cell_of(draft)[0], cell_of(draft, "Kansli")[0]
    before = dict(Amount.objects.filter(line__budget=draft).values_list("line", "kronor"))
    post_whole(client, draft, changes={first: "5", second: ""})
    assert said(undo(client, draft)) == "Ångrat. 2 belopp står som förut."
    assert dict(Amount.objects.filter(line__budget=draft).values_list("line", "kronor")) == before


def test_undo_stops_where_another_has_written_since(client_for, draft):
    cell, line, column = cell_of(draft)
    save(client_for("chef-sodra"), draft, cell, "1", 2_914_000)
    save(client_for("redaktor-sodra"), draft, cell, "2", 1)
    answer = undo(client_for("chef-sodra"), draft)
    assert said(answer) == "redaktor-sodra har skrivit där sedan dess. Inget ångrades."
    assert Amount.objects.get(line=line, column=column).kronor == 2


def test_undo_without_script_says_what_became_of_it(client_for, draft):
    client = client_for("chef-sodra")
    save(client, draft, cell_of(draft)[0], "1", 2_914_000)
    page = client.post(reverse("budget_undo", args=[draft.pk]), follow=True)
    assert "Ångrat. 1 belopp står som förut" in page.text


def test_undo_without_script_loses_nothing_typed_and_not_saved(client_for, draft):
    client = client_for("chef-sodra")
    (cell, line, column), (other, *_) = cell_of(draft), cell_of(draft, "Kansli")
    save(client, draft, cell, "1", 2_914_000)
    address = reverse("budget_undo", args=[draft.pk])
    answer = client.post(address, form_of(draft, changes={other: "77 777", cell: "1,5"}))
    assert answer.status_code == 422
    assert 'value="77 777"' in answer.text and 'value="1,5"' in answer.text
    assert answer.text.count("Spara hela tabellen först") >= 2
    assert Amount.objects.get(line=line, column=column).kronor == 1
    assert client.post(address, form_of(draft)).status_code == 302
    assert Amount.objects.get(line=line, column=column).kronor == 2_914_000


def test_redo_does_again_what_undo_took_back_one_by_one(client_for, draft):
    client = client_for("chef-sodra")
    cell, line, column = cell_of(draft)
    save(client, draft, cell, "1", 2_914_000)
    save(client, draft, cell, "2", 1)
    undo(client, draft), undo(client, draft)
    assert said(redo(client, draft)) == "Gjort om. 1 belopp står som förut: 1."
    assert said(redo(client, draft)) == "Gjort om. 1 belopp står som förut: 2."
    assert said(redo(client, draft)).startswith("Det finns inget ångrat att göra om.")
    assert said(undo(client, draft)) == "Ångrat. 1 belopp står som förut: 1."
    assert said(redo(client, draft)) == "Gjort om. 1 belopp står som förut: 2."
    undo(client, draft), undo(client, draft)
    assert Amount.objects.get(line=line, column=column).kronor == 2_914_000
    assert said(undo(client, draft)).startswith("Det finns ingen egen ändring")


def test_redo_is_dropped_when_one_has_saved_something_else(client_for, draft):
    client = client_for("chef-sodra")
    cell, other = cell_of(draft)[0], cell_of(draft, "Kansli")[0]
    save(client, draft, cell, "1", 2_914_000)
    undo(client, draft)
    save(client, draft, other, "5", 860_000)
    assert said(redo(client, draft)).startswith("Det finns inget ångrat att göra om.")
    assert said(undo(client, draft)) == "Ångrat. 1 belopp står som förut: 860 000."
    page = client.post(reverse("budget_redo", args=[draft.pk]), follow=True)
    assert "Gjort om. 1 belopp står som förut: 5." in page.text


def test_another_s_save_elsewhere_leaves_redo_and_in_the_cell_stops_it(client_for, draft):
    client, colleague = client_for("chef-sodra"), client_for("redaktor-sodra")
    cell, line, column = cell_of(draft)
    save(client, draft, cell, "1", 2_914_000)
    undo(client, draft)
    save(colleague, draft, cell_of(draft, "Kansli")[0], "5", 860_000)
    assert said(redo(client, draft)) == "Gjort om. 1 belopp står som förut: 1."
    undo(client, draft)
    save(colleague, draft, cell, "9", 2_914_000)
    assert (
        said(redo(client, draft)) == "redaktor-sodra har skrivit där sedan dess. Inget gjordes om."
    )
    assert Amount.objects.get(line=line, column=column).kronor == 9


def whole(draft):
    """Return all that a budget holds, by its rows' keys."""
    rows = [draft.columns.order_by("pk").values(), draft.lines.order_by("pk").values()]
    amounts = Amount.objects.filter(line__budget=draft).order_by("line", "column")
    amounts = list(amounts.values_list("line", "column", "kronor"))
    return [*map(list, rows), amounts, Budget.objects.get(pk=draft.pk).comment]


def post(client, name, *keys, **sent):
    return client.post(reverse(name, args=keys), sent)


DEEDS = {
    "a removed line": lambda c, d: post(
        c, "budget_line_remove", d.pk, d.lines.get(label="Enter").pk
    ),
    "a removed column that another opens from": lambda c, d: post(
        c, "budget_column_remove", d.pk, d.columns.get(year=2021).pk
    ),
    "a moved line": lambda c, d: post(
        c, "budget_line", d.pk, d.lines.get(label="Enter").pk, move="down"
    ),
    "a copied column": lambda c, d: post(
        c, "budget_column_new", d.pk, year="2023", kind="plan", percent="2", unit="100",
        opens_from=d.columns.get(year=2022).pk, source=d.columns.get(year=2022).pk,
    ),
    "a column's opening typed instead of chained": lambda c, d: post(
        c, "budget_column", d.pk, d.columns.get(year=2021).pk,
        year="2021", kind="plan", opens_from="", opening="7",
    ),
    "a new line": lambda c, d: post(
        c, "budget_line_new", d.pk, section="cost", label="Ny", individual="100"
    ),
    "a comment": lambda c, d: post(c, "budget_comment", d.pk, comment="Ny text", seen=d.comment),
    "a whole form": lambda c, d: post_whole(
        c, d, changes={cell_of(d)[0]: "5", cell_of(d, "Kansli")[0]: ""}
    ),
}  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS)
def test_every_kind_of_change_goes_back_and_forth(client_for, draft, deed):
    client = client_for("chef-sodra")
    draft.refresh_from_db()
    before = whole(draft)
    assert DEEDS[deed](client, draft).status_code == 302
    after = whole(draft)
    assert after != before
    for _ in range(2):
        assert "Ångrat." in post_followed(client, "budget_undo", draft)
        assert whole(draft) == before
        assert "Gjort om." in post_followed(client, "budget_redo", draft)
        assert whole(draft) == after


def post_followed(client, name, draft):
    return client.post(reverse(name, args=[draft.pk]), follow=True).text


def test_a_line_that_another_has_written_in_does_not_go(client_for, draft):
    client = client_for("chef-sodra")
    DEEDS["a new line"](client, draft)
    cell, line, column = cell_of(draft, "Ny")
    save(client_for("redaktor-sodra"), draft, cell, "5", None)
    refused = post_followed(client, "budget_undo", draft)
    assert "redaktor-sodra har skrivit på raden eller i kolumnen sedan dess." in refused
    assert draft.lines.filter(label="Ny").exists()
    assert Amount.objects.get(line=line).kronor == 5


def test_a_line_that_another_renamed_or_a_column_that_another_added_is_left(client_for, draft):
    client, colleague = client_for("chef-sodra"), client_for("redaktor-sodra")
    DEEDS["a moved line"](client, draft)
    line = draft.lines.get(label="Enter")
    post(colleague, "budget_line", draft.pk, line.pk, section="cost", label="E", individual="100")
    assert "Någon annan har ändrat raden" in post_followed(client, "budget_undo", draft)
    DEEDS["a removed column that another opens from"](client, draft)
    post(colleague, "budget_column_new", draft.pk, year="2021", kind="plan", unit="1")
    before = whole(draft)
    assert "en kolumn av samma slag" in post_followed(client, "budget_undo", draft)
    assert whole(draft) == before


def test_other_rows_answer_with_the_page_anew(client_for, draft):
    client = client_for("chef-sodra")
    DEEDS["a new line"](client, draft)
    answer = undo(client, draft)
    assert answer["Budget-Shape"] == ""
    page = client.get(reverse("budget_edit", args=[draft.pk]))
    assert "Ångrat. Raden Ny är borttagen." in page.text
