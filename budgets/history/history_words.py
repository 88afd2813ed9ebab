"""Changes of a budget in words: when, who, where, from what to what."""

import datetime
from dataclasses import dataclass

from django.urls import reverse

from associations.decimals import write
from budgets.history import history
from budgets.models import BudgetColumn, BudgetLine

DEEDS = {history.ADDED: "tillagd", history.CHANGED: "ändrad", history.REMOVED: "borttagen"}
ROWS = {history.BUDGET: "budgeten", history.COLUMN: "kolumnen", history.LINE: "raden"}
KRONOR = {"kronor", "opening"}
NOTHING = "inget"


@dataclass(frozen=True)
class Told:
    """One change for a reader. ``url`` leads to the history of its cell ("" when it has none)."""

    at: datetime.datetime
    who: str
    place: str
    what: str
    before: str
    after: str
    url: str = ""
    is_amount: bool = False


def tell(known, change):
    """Return the Told of ``change``; ``known`` is the budget's versions.History."""
    is_cell = change.field in KRONOR
    whole = change.field is None
    if whole:
        what = f"{ROWS[change.kind]} {DEEDS[change.deed]}"
    else:
        what = history.FIELDS[change.kind][change.field]
    return Told(
        at=change.at,
        who=known.who(change.by),
        place=place(known, change.line, change.column),
        what=what,
        before="" if whole else _value(known, change.field, change.before),
        after="" if whole else _value(known, change.field, change.after),
        url=address(known.budget, change.line, change.column) if is_cell else "",
        is_amount=is_cell,
    )


def place(known, line, column):
    """Return where something is, as ”Enter, Budget 2020”; "" for the budget as a whole."""
    names = [known.lines.get(line, ""), known.columns.get(column, "")]
    return ", ".join(name for name in names if name)


def address(budget, line, column):
    """Return the address of the history of one cell; without a line, of an opening balance."""
    if line is None:
        return reverse("budget_opening_history", args=[budget.pk, column])
    return reverse("budget_cell_history", args=[budget.pk, line, column])


def _value(known, field, value):
    if value is None or value == "":
        return NOTHING
    if field in KRONOR:
        return write(value)
    if field in ("organisation", "intervention"):
        return known.related.get((field, value), "borttagen")
    if field == "opens_from":
        return known.columns.get(value, "borttagen")
    if field == "kind":
        return BudgetColumn.Kind(value).label
    if field == "section":
        return BudgetLine.Section(value).label
    return str(value)
