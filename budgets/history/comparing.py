"""Two tables of one year side by side, column by column: versions of a budget, or its editions."""

from dataclasses import dataclass

from budgets import comparison, sums
from budgets.sides import no_side, side


@dataclass(frozen=True)
class Standing:
    """A table as it stood, with its BudgetLines, and its name within a sentence."""

    name: str
    table: sums.Table
    lines: list


@dataclass(frozen=True)
class Pair:
    """A column of two tables, with what differs in it. ``name`` stands for it in an address.

    ``changed`` counts the typed cells that differ; ``absent`` names the tables without the column.
    """

    name: str
    label: str
    found: comparison.Comparison
    changed: int
    absent: tuple[str, ...]

    @property
    def has_moved(self):
        """True when a column that both have opens or ends with another amount."""
        both = (self.found.sums["opening"], self.found.sums["result"])
        return not self.absent and any(each.a != each.b for each in both)


def pairs(a: Standing, b: Standing):
    """Return the Pair of every column of ``b``, and of those that only ``a`` has, last.

    A column is the same by its key, else by its year and kind.
    """
    left = {each.column.key: each.column for each in a.table.columns}
    found = []
    for each in b.table.columns:
        own = each.column
        same = [c for c in left.values() if (c.year, c.kind) == (own.year, own.kind)]
        before = left.get(own.key) or next(iter(same), None)
        if before:
            del left[before.key]
        found.append(_pair(a, b, before, own))
    return found + [_pair(a, b, column, None) for column in left.values()]


def _pair(a, b, before, after):
    named = after or before
    sides = [
        side(standing.table, standing.lines, column.key, standing.name)
        if column
        else no_side(named, standing.name)
        for standing, column in ((a, before), (b, after))
    ]
    found = comparison.compare(*sides)
    opened = [column.opening if column else None for column in (before, after)]
    changed = sum(each.a != each.b for each in (*found.income, *found.cost))
    absent = [each.name for each, column in ((a, before), (b, after)) if column is None]
    return Pair(
        f"{named.kind}.{named.year}",
        named.label,
        found,
        changed + (opened[0] != opened[1]),
        tuple(absent),
    )
