"""What one chooses at an import, what it undoes to, and what is too large to be read."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.budgets.test_import_page import budget, do, hidden, show, stored, undo

__all__ = ["budget"]  # a fixture

pytestmark = pytest.mark.django_db


def test_empty_cells_are_counted_and_may_be_skipped(chef, budget):
    text = "\tBudget 2020\tPlan 2021\nEnter\t5\t\nIT-spåret\t\t–\n"
    before = stored(budget)
    answer = show(chef, budget, text)
    assert "varav 3 tas bort" in answer.text
    assert "3 belopp tas bort." in answer.text
    kept = hidden(answer)["sheet"]
    sent = {"sheet": kept, "unit": "kr", "new_cost": "individual", "skip_empty": "on"}
    again = chef.post(reverse("budget_import", args=[budget.pk]), sent)
    assert "2 belopp står kvar" in again.text and "1 belopp tas bort." in again.text
    do(chef, budget, again)
    expected = before | {("Enter", "cost", "Budget 2020"): 5}
    del expected["IT-spåret", "cost", "Plan 2021"]  # a dash is written: no amount
    assert stored(budget) == expected


def test_new_columns_open_with_the_year_before_and_the_preview_says_so(chef, budget):
    text = "\tPlan 2023\tPlan 2024\nEnter\t1\t2\n"
    before = stored(budget)
    answer = show(chef, budget, text, add_missing="on", chain="on")
    assert "Plan 2023 öppnar med resultatet i Plan 2022" in answer.text
    assert "Plan 2024 öppnar med resultatet i Plan 2023" in answer.text
    do(chef, budget, answer)
    chain = {c.label: c.opens_from and c.opens_from.label for c in budget.columns.all()}
    assert (chain["Plan 2023"], chain["Plan 2024"]) == ("Plan 2022", "Plan 2023")
    undo(chef, budget)
    assert stored(budget) == before and budget.columns.count() == 5
    opening = f"{budget.opening_label}\t\t7\n"
    typed = show(chef, budget, text + opening, add_missing="on", chain="on")
    assert "öppnar med resultatet i" not in typed.text
    do(chef, budget, typed)
    assert budget.columns.get(year=2024).opening == 7
    assert budget.columns.get(year=2023).opens_from is None


def test_an_import_of_new_rows_alone_is_one_undo_and_one_redo(chef, budget):
    before = stored(budget)
    answer = show(chef, budget, "\tBudget 2020\nKostnader\t\nAnnan\t5\nNy insats\t\n",
                  add_missing="on")  # fmt: skip
    do(chef, budget, answer)
    after = stored(budget)
    assert after != before
    undo(chef, budget)
    assert stored(budget) == before and not budget.lines.filter(label="Annan").exists()
    chef.post(reverse("budget_redo", args=[budget.pk]))
    assert stored(budget) == after


def test_a_too_large_paste_is_told_on_the_same_page(client_for, budget):
    before = stored(budget)
    answer = show(client_for("chef-sodra"), budget, text="1\t2\n" * 1_400_000)
    assert answer.status_code == 413
    assert "Det du klistrade in är större än 5 MB." in answer.text
    assert 'name="text"' in answer.text and stored(budget) == before
    foreign = show(client_for("chef-hoglandet"), budget, text="1\t2\n" * 1_400_000)
    assert foreign.status_code == 404


def test_the_page_still_asks_for_its_own_token(client_for, budget, chef_sodra):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(chef_sodra)
    for name in ("budget_import", "budget_import_do"):
        answer = strict.post(reverse(name, args=[budget.pk]), {"text": "Enter\t1\n", "unit": "kr"})
        assert answer.status_code == 403


def test_a_row_that_could_not_be_read_is_not_said_to_be_unchanged(chef, budget):
    same = "Kansli\t860 000\t890 000\n"
    text = f"\tBudget 2020\tPlan 2021\nEnter\t1.000\t2 991 000\n{same}IT-spåret\t5\t5\n"
    answer = show(chef, budget, text)
    assert answer.status_code == 422
    assert "Ingen ändring i Kansli." in answer.text
