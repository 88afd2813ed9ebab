"""What stands in a budget: its lines and amounts, read as plain values in two queries."""

from collections import namedtuple
from functools import lru_cache
from typing import NamedTuple

from associations.prepared import Prepared
from budgets import sums
from budgets.models import Amount, BudgetLine

Known = namedtuple("Known", "pk intervention_id")


class Contents(NamedTuple):
    """The lines and amounts of a budget. The two mappings are copied before they are changed.

    ``summed`` is the sums.Table that was computed of them, and the words that it was told: what to
    call the row of openings, and the note there.
    """

    lines: tuple
    keys: frozenset
    interventions: tuple
    amounts: dict
    rows: dict
    summed: tuple = (None, ())


_LINES = Prepared(
    lambda budget: (
        BudgetLine.objects.filter(budget=budget)
        .order_by()
        .values_list(
            "section",
            "position",
            "pk",
            "label",
            "organisation__kind",
            "note",
            "intervention",
            *sums.CATEGORIES,
        )
    )
)
_AMOUNTS = Prepared(
    lambda budget: (
        Amount.objects.filter(line__budget=budget)
        .order_by()
        .values_list("line", "column", "kronor", "pk")
    )
)


def read_contents(budget):
    """Return what stands in ``budget`` (a key) now, as Contents."""
    lines = _lines(tuple(_LINES(budget)))
    amounts, rows = {}, {}
    for line, column, kronor, pk in _AMOUNTS(budget):
        amounts[line, column] = kronor
        rows[line, column] = pk
    return Contents(*lines, amounts, rows)


@lru_cache(maxsize=64)
def _lines(rows):
    """Return lines as sums.Line, their keys, and the interventions that some are about.

    ``rows`` are what was read. They seldom change, so the same need not be made again.
    """
    lines, interventions = [], []
    splits = {}  # most lines are divided in one of a few ways
    ordered = sorted(rows, key=lambda row: (row[0] != BudgetLine.Section.INCOME, *row[1:3]))
    for section, _, pk, label, payer, note, intervention, *parts in ordered:
        split = splits.get(tuple(parts))
        if split is None:
            split = splits[tuple(parts)] = tuple(zip(sums.CATEGORIES, parts, strict=True))
        lines.append(sums.Line(pk, section, label, payer, split, note))
        if intervention is not None:
            interventions.append(Known(pk, intervention))
    return tuple(lines), frozenset(line.key for line in lines), tuple(interventions)
