"""What a person chose to see beside the budget's own columns: deviation, granted money, groups."""

from collections.abc import Mapping
from dataclasses import dataclass

from budgets import comparison, rules, sums


@dataclass(frozen=True)
class View:
    """A choice of how the table is shown. ``compare`` is (base, other), two columns' keys.

    ``known`` gives what is granted, when that is to be shown beside what is budgeted.
    """

    compare: tuple[int, int] | None = None
    grouped: bool = False
    thousands: bool = False
    known: rules.Known | None = None

    @property
    def money(self):
        """The unit of amounts, in short."""
        return "tkr" if self.thousands else "kr"


PLAIN = View()


@dataclass(frozen=True)
class Extra:
    """A computed column after the budget's own. ``values``: a line's key or a sum's name → value.

    ``unit``: kronor, skillnad (kronor more or less) or andel (a share of one).
    """

    key: str
    label: str
    unit: str
    values: Mapping[int | str, object]


def extras(table: sums.Table, current, view: View):
    """Return the extra columns of ``view``; ``current`` is the column of the year in question."""
    found = []
    if view.compare:
        found += _deviation(table, *view.compare, view.money)
    if view.known is not None and current is not None:
        found += _granted(table, current.column, view.known, view.money)
    return tuple(found)


def _deviation(table, a, b, money):
    """Return how far column ``b`` is from the base ``a``, in kronor and per cent."""
    compared = comparison.deviation(table, a, b)
    rows = (*table.income, *table.cost)
    each = {
        row.line.key: difference
        for row, difference in zip(rows, (*compared.income, *compared.cost), strict=True)
    }
    each |= compared.sums
    places = [[column.column.key for column in table.columns].index(key) for key in (a, b)]
    for group in sums.by_category(table):
        first, second = (group.sums[place] for place in places)
        each[group.category] = comparison.Difference(group.category, first, second)
    head = f"{compared.b.name} mot {compared.a.name.lower()}"
    return _columns("avvikelse", f"Avvikelse, {head}", each, money)


def _granted(table, column, known, money):
    """Return what is granted in the year's column, and how far the budgeted is from it."""
    each = {
        line: comparison.Difference("", kronor, table.amounts.get((line, column.key)))
        for (line, key), kronor in known.granted.items()
        if key == column.key
    }
    granted = {line: difference.a for line, difference in each.items()}
    label = f"Beviljat {column.year}"
    return [
        Extra("beviljat", label, "kronor", granted),
        *_columns("avdrag", f"{column.label} mot beviljat", each, money),
    ]


def _columns(key, label, differences, money):
    kronor = {row: difference.kronor for row, difference in differences.items()}
    shares = {row: difference.share for row, difference in differences.items()}
    return [
        Extra(f"{key}-kr", f"{label}, {money}", "skillnad", kronor),
        Extra(f"{key}-procent", f"{label}, procent", "andel", shares),
    ]
