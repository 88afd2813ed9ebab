"""What comes out of the printer: amounts without boxes and buttons, and no column cut off."""

import pytest
from playwright.sync_api import expect

from budgets.models import Amount, BudgetColumn
from tests.browser.table import cell, status

# What is left between the margins of A4, in CSS pixels of 1/96 inch (finsam.css, @page).
STANDING, LYING = 174 / 25.4 * 96, 269 / 25.4 * 96
RIGHT = "each => each.getBoundingClientRect().right"


@pytest.mark.parametrize(
    ("columns", "room", "paper"), [(5, STANDING, "auto"), (11, LYING, "lying")]
)
def test_a_printed_budget_is_whole(editor, budget, columns, room, paper):
    line = budget.lines.get(label="Enter")
    for year in range(2023, 2023 + columns - 5):
        column = BudgetColumn.objects.create(budget=budget, position=year, year=year, kind="plan")
        Amount.objects.create(line=line, column=column, kronor=999_999_999)
    page = editor(viewport={"width": int(room), "height": 900})
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).page") == paper
    heads = page.locator(".editor-table thead th")
    expect(heads).to_have_count(columns)
    assert max(heads.evaluate_all(f"all => all.map({RIGHT})")) <= room
    amount = cell(page, "Enter")
    expect(amount).to_be_visible()
    expect(amount).to_have_css("border-top-width", "0px")
    assert amount.evaluate("each => each.scrollWidth <= each.clientWidth")
    expect(page.get_by_role("button")).to_have_count(0)
    expect(status(page)).to_be_hidden()
