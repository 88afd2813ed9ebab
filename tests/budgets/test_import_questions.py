"""What a sheet leaves in doubt is asked on the preview, and stays answered in later rounds."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.budgets.test_import_page import budget, do, hidden, show, stored

__all__ = ["budget"]  # a fixture

pytestmark = pytest.mark.django_db

ADDING = {"unit": "", "add_missing": "on"}


def again(client, budget, answer, **sent):
    """Send the preview's choices anew."""
    fields = {"sheet": hidden(answer)["sheet"], "new_cost": "individual", **ADDING, **sent}
    return client.post(reverse("budget_import", args=[budget.pk]), fields)


def book(*tables, hidden_rows=()):
    """Return an uploaded workbook with a sheet for each (name, rows); hidden rows in the last."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in tables:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for row in hidden_rows:
        sheet.row_dimensions[row].hidden = True
    content = io.BytesIO()
    made.save(content)
    return SimpleUploadedFile("x.xlsx", content.getvalue())


def is_silent(answer):
    found = answer.context["preview"]
    return answer.context["page"].can_be_done and not found.to_confirm


def test_what_is_not_to_be_read_stays_so_in_every_later_round(chef, budget):
    text = "\tBudget 2020\tPlan 2023\nKostnader\nNy insats\t5\t6\nEnter\t1\t2\n"
    first = show(chef, budget, text, **ADDING)
    assert len(first.context["preview"].new_rows) == 1
    left = {"row-3": "no", "column-3": "no"}
    second = again(chef, budget, first, **left)
    third = again(chef, budget, second, new_cost="structural", **left)
    for answer in (second, third):
        found = answer.context["preview"]
        assert not found.new_rows and not found.new_columns
        assert answer.text.count('<option value="no" selected>') == 2
    assert not third.context["preview"].sums.differences
    taken = again(chef, budget, third, new_cost="structural", **{"row-3": "", "column-3": "no"})
    assert taken.context["preview"].new_rows[0].add == "+cost:structural"


def test_a_unit_that_the_sheet_gainsays_is_asked_about(chef, budget):
    text = "Belopp i tkr\tBudget 2020\nEnter\t2 915\n"
    assert "belopp i tusental kronor" in show(chef, budget, text, unit="").text
    wrong = show(chef, budget, text, unit="kr")
    assert set(wrong.context["preview"].to_confirm) == {"unit", "size"}
    before = stored(budget)
    assert do(chef, budget, wrong, confirm=["unit"]).status_code == 409
    assert stored(budget) == before
    unsaid = show(chef, budget, "\tBudget 2020\nEnter\t2 915\nIT-spåret\t356\n")
    assert unsaid.context["preview"].to_confirm == ("size",)
    assert "2 av 2 ändrade belopp blir omkring tusendelen" in unsaid.text
    both = show(chef, budget, "Belopp i tkr eller kr\tBudget 2020\nEnter\t2 915\n", unit="")
    assert "Välj enhet nedan" in both.text and not both.context["page"].can_be_done


def test_costs_below_zero_are_turned_when_that_is_chosen(chef, budget):
    text = "\tBudget 2020\nKostnader\nEnter\t-2 915 000\nIT-spåret\t-357 000\n"
    asked = show(chef, budget, text)
    assert "Alla kostnader i Budget 2020 är under noll." in asked.text
    assert not asked.context["page"].can_be_done
    turned = again(chef, budget, asked, signs="turn")
    assert sorted(each.new for each in turned.context["preview"].changes) == [357_000, 2_915_000]
    kept = again(chef, budget, asked, signs="keep")
    assert kept.context["page"].can_be_done
    do(chef, budget, turned)
    assert stored(budget)["Enter", "cost", "Budget 2020"] == 2_915_000


def test_another_sheet_and_hidden_rows_are_read_when_chosen(chef, budget):
    cover = ("Omslag", [["Budget 2020"], ["Förslag till styrelsen"]])
    table = [["", "Budget 2020"], ["Enter", 2_915_000], ["IT-spåret", 357_000]]
    first = show(chef, budget, file=book(cover, ("Tabell", table), hidden_rows=[3]), unit="")
    second = again(chef, budget, first, unit="", name="Tabell")
    assert [each.row for each in second.context["preview"].changes] == ["Enter"]
    assert "rad 3" in second.text and "Läs också dolda rader" in second.text
    third = again(chef, budget, second, name="Tabell", hidden="on")
    assert [each.row for each in third.context["preview"].changes] == ["Enter", "IT-spåret"]
    assert do(chef, budget, third).status_code == 302
    assert stored(budget)["IT-spåret", "cost", "Budget 2020"] == 357_000


def test_a_row_of_unknown_kind_is_asked_about_and_then_read(chef, budget):
    text = "\tBudget 2020\nInsatser\nEnter\t2 915 000\nÖvrigt i år\nHyra av lokal\t40 000\n"
    asked = show(chef, budget, text, **ADDING)
    assert "Vad är raden?" in asked.text and not asked.context["page"].can_be_done
    answered = again(chef, budget, asked, **{"row-5": "+cost:administration"})
    assert is_silent(answered)
    do(chef, budget, answered)
    assert budget.lines.get(label="Hyra av lokal").administration == 100


def test_the_budget_s_own_sum_afterwards_is_compared_too(chef, budget):
    """The sheet agrees with itself, but the budget has lines that it doesn't mention."""
    text = (
        "\tBudget 2020\nKostnader\nEnter\t2 915 000\nKansli\t860 000\nSumma kostnader\t3 775 000\n"
    )
    answer = show(chef, budget, text)
    difference = answer.context["preview"].sums.differences[0]
    assert difference.saved and difference.apart[0].found == 7_329_800
    assert "Står i budgeten, men inte i bladet" in difference.why[0]
    whole = show(chef, budget, text.replace("3 775 000", "7 329 800"))
    assert is_silent(whole) and "Bladets summor stämmer" in whole.text
    none = show(chef, budget, "\tBudget 2020\nEnter\t2 915 000\n")
    assert is_silent(none) and "Bladet har inga summor att stämma av mot." in none.text


def test_a_paste_of_5000_by_60_is_refused_at_once(chef, budget):
    row = "\t".join(["Rad", *map(str, range(1, 60))])
    answer = show(chef, budget, "\n".join([row] * 5_000))
    assert answer.status_code == 422 and "En budget läses in med högst" in answer.text
