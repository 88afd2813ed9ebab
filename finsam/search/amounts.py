"""Amounts in the budgets that everybody may read: 2914000 and 2 914 000 kr find the same lines."""

from dataclasses import dataclass

from budgets.models import Amount, Budget
from finsam.search import swedish

MOST = 20  # lines that are shown; the newest budgets' come first


@dataclass(frozen=True)
class Amounts:
    """The lines with one amount: how much, how many they are, and those that are shown."""

    kronor: int = 0
    number: int = 0
    rows: tuple = ()

    @property
    def left_out(self):
        """How many are not shown."""
        return self.number - len(self.rows)


def amounts_of(text):
    """Return the Amounts that ``text`` asks for, none when it asks for anything else.

    Whole kronor, either sign; of each year's budget in force. Two queries at the most.
    """
    kronor = swedish.amount(text)
    if kronor is None:
        return Amounts()
    public = Budget.objects.published().current().values("pk")
    found = Amount.objects.filter(kronor__in=(kronor, -kronor), line__budget__in=public)
    rows = found.select_related("line__budget__association", "column").order_by(
        "-line__budget__year", "line__budget__association", "column__position", "pk"
    )
    shown = tuple(rows[: MOST + 1])
    if len(shown) <= MOST:
        return Amounts(kronor, len(shown), shown)
    return Amounts(kronor, found.count(), shown[:MOST])
