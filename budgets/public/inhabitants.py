"""Kronor per inhabitant, on a date when the inhabitants of every member municipality are known.

Pure. Without such a date there is no figure: a sum over some of the municipalities would be too
low by as many as are missing.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from associations.models import Membership, Organisation, Population
from associations.prepared import Prepared


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
    """Return PerInhabitant of one column (sums.ColumnSums), in two queries at the most."""
    first, last = (datetime.date(column.column.year, *day) for day in ((1, 1), (12, 31)))
    names = {
        key: name
        for key, name, valid_from, valid_to in _MUNICIPALITIES(association.pk)
        if (valid_from is None or valid_from <= last) and (valid_to is None or valid_to >= first)
    }
    populations = {name: {} for name in names.values()}
    for key, date, inhabitants in _POPULATIONS(list(names)) if names else ():
        populations[names[key]][date] = inhabitants
    return per_inhabitant(
        populations,
        populations,
        year=column.column.year,
        contributions=column.contributions,
        cost=column.cost,
    )


_MUNICIPALITIES = Prepared(
    lambda association: (
        Membership.objects.filter(
            association=association, organisation__kind=Organisation.Kind.MUNICIPALITY
        )
        .order_by("organisation__name", "pk")
        .values_list("organisation", "organisation__name", "valid_from", "valid_to")
    )
)
_POPULATIONS = Prepared(
    lambda organisations: (
        Population.objects.filter(organisation__in=organisations)
        .order_by("organisation", "date", "pk")
        .values_list("organisation", "date", "inhabitants")
    )
)
