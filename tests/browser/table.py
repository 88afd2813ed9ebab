"""The editor's table as the tests point at it: cells, computed amounts, the status line."""

import re

from budgets.models import Amount

SAVED = re.compile(r"^Sparat[:.] ")


def cell(page, label, column="Budget 2020"):
    return page.get_by_label(f"{label}, {column}, kronor", exact=True)


def box(page, label, column="Budget 2020"):
    """Return the table cell around a field: it carries the state."""
    return cell(page, label, column).locator("xpath=..")


def status(page):
    return page.locator("[data-editor-status]")


def computed(page, budget, name, year):
    """Return the element that shows a computed amount of the year's last column."""
    column = budget.columns.filter(year=year).last()
    return page.locator(f"#{name}-{column.pk}")


def focused(page):
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def stored(budget, label, year=2020):
    """Return the amount in the database, or None for no amount."""
    amounts = Amount.objects.filter(line__budget=budget, line__label=label, column__year=year)
    return amounts.values_list("kronor", flat=True).first()
