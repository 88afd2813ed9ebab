"""Kronor per inhabitant, on a date when the inhabitants of every member municipality are known.

Pure. Without such a date there is no figure: a sum over some of the municipalities would be too
low by as many as are missing.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PerInhabitant:
    """Inhabitants on a date and what two amounts are for each, in kronor (exact to be rounded).

    Without a common date ``inhabitants`` is None, and ``missing`` names the municipalities of
    which nothing is known (none, when each is known but never on the same date).
    """

    date: datetime.date | None = None
    inhabitants: int | None = None
    contributions: float | None = None
    cost: float | None = None
    missing: tuple[str, ...] = ()

    @property
    def is_known(self):
        """True when there is a figure to show."""
        return self.inhabitants is not None


def per_inhabitant(
    municipalities: Iterable[str],
    populations: Mapping[str, Mapping[datetime.date, int]],
    *,
    year,
    contributions,
    cost,
):
    """Return PerInhabitant of ``year``'s two amounts in kronor.

    ``populations`` maps a municipality to its inhabitants by date. The latest date is taken on
    which all ``municipalities`` are known, and which is no later than the year's end.
    """
    names = tuple(municipalities)
    last = datetime.date(year, 12, 31)
    known = [
        {date for date, number in populations.get(name, {}).items() if number and date <= last}
        for name in names
    ]
    common = set.intersection(*known) if known else set()
    if not common:
        missing = (name for name, dates in zip(names, known, strict=True) if not dates)
        return PerInhabitant(missing=tuple(missing))
    date = max(common)
    inhabitants = sum(populations[name][date] for name in names)
    return PerInhabitant(
        date=date,
        inhabitants=inhabitants,
        contributions=contributions / inhabitants,
        cost=cost / inhabitants,
    )


def of_column(association, column):
    """Return PerInhabitant of one column (sums.ColumnSums), in two queries."""
    first, last = (datetime.date(column.column.year, *day) for day in ((1, 1), (12, 31)))
    members = [
        each.organisation
        for each in association.memberships.select_related("organisation").prefetch_related(
            "organisation__populations"
        )
        if each.organisation.kind == "municipality"
        and (each.valid_from is None or each.valid_from <= last)
        and (each.valid_to is None or each.valid_to >= first)
    ]
    populations = {
        member.name: {each.date: each.inhabitants for each in member.populations.all()}
        for member in members
    }
    return per_inhabitant(
        dict.fromkeys(member.name for member in members),
        populations,
        year=column.column.year,
        contributions=column.contributions,
        cost=column.cost,
    )
