"""Which columns a new draft gets from a budget: the same ones, or all of them a year on. Pure."""

import re
from dataclasses import dataclass

from budgets import sums

_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")

# For a new column of a kind: which of the old columns of its year its amounts come from, the
# first that there is. An outcome is never filled with what was only expected.
SOURCES = {
    "budget": ("budget", "plan", "forecast", "actual"),
    "forecast": ("forecast", "budget", "plan"),
    "plan": ("plan", "budget", "forecast"),
    "actual": ("actual",),
}
# Kinds that are copied from the year before when the budget did not reach the new year.
PROLONGED = ("budget", "plan")
# What a year opens with: the best known result of the year before.
BEST_KNOWN = ("actual", "forecast", "budget", "plan")


@dataclass(frozen=True)
class NewColumn:
    """A column of the new draft.

    ``opens_from`` is the place among the new columns of the one it opens with, ``opening`` a
    typed amount in kronor, ``amounts_from`` the key of the old column whose amounts it copies.
    """

    year: int
    kind: str
    opens_from: int | None = None
    opening: int | None = None
    amounts_from: int | None = None


def same(table: sums.Table):
    """Return the columns as they are: what a revision begins with."""
    places = _places(table)
    return [
        NewColumn(
            each.column.year,
            each.column.kind,
            places.get(each.column.opens_from),
            each.column.opening,
            each.column.key,
        )
        for each in table.columns
    ]


def next_year(table: sums.Table):
    """Return the columns a year on, with the same kinds and the same chain.

    Amounts come from the column of the same year: next year's plan becomes its budget, this
    year's budget the first forecast. The last plan, which no column knew, is copied from the year
    before. A typed opening becomes what the same year opened with here, computed or typed.
    """
    places = _places(table)
    return [_moved(table, each.column, places) for each in table.columns]


def best_known(year, columns):
    """Return the one of ``columns`` (pairs of kind and year) that knows ``year`` best, or None."""
    return next(((kind, year) for kind in BEST_KNOWN if (kind, year) in columns), None)


def dated(notes):
    """Return the pairs (label, note) whose note names a year, each as (label, its years)."""
    found = [(label, sorted(set(_YEAR.findall(note)))) for label, note in notes]
    return [(label, years) for label, years in found if years]


def _places(table):
    return {each.column.key: place for place, each in enumerate(table.columns)}


def _moved(table, column, places):
    year = column.year + 1
    source = table.column_of(year, SOURCES[column.kind])
    opens_from = places.get(column.opens_from)
    opening = None
    if opens_from is None:
        here = table.column_of(year, SOURCES["budget"])
        opening = here.opening if here else None
    if source is None and column.kind in PROLONGED:
        source = _latest_before(table, year)
    return NewColumn(year, column.kind, opens_from, opening, source.column.key if source else None)


def _latest_before(table, year):
    """Return the last column that is budget or plan before ``year``, or None."""
    known = [
        each for each in table.columns if each.column.kind in PROLONGED and each.column.year < year
    ]
    return max(known, key=lambda each: each.column.year, default=None)
