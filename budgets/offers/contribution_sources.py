"""What is known before anyone types: an association's payers, and what they paid and accepted.

Last year's contributions come from the newest published budget that has a column of that year;
the state's offer and the accepted rises from the printed figures (``state-offer``,
``accepted-increase-percent-<key>``). What is not known is None, and is left to be typed.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum
from django.utils.text import slugify

from associations.models import Association, Document, Figure, Organisation, Population
from budgets.contributions import MUNICIPALITY, REGION, STATE
from budgets.models import Amount, Budget, BudgetColumn

OFFER = "state-offer"
ACCEPTED = "accepted-increase-percent-"
KIND_ORDER = ("budget", "actual", "forecast", "plan")
STATE_AGENCY = Organisation.Kind.STATE_AGENCY


@dataclass(frozen=True)
class Party:
    """A region or municipality that pays. ``key`` is its name in addresses; amounts in kronor.

    ``previous`` is last year's contribution, ``accepted`` the largest rise in per cent and
    ``weight`` its amount in the asked year's published budget.
    """

    key: str
    pk: int
    label: str
    kind: str
    previous: int | None
    accepted: Decimal | None
    weight: int | None
    inhabitants: tuple[tuple[datetime.date, int], ...] = ()

    @property
    def is_municipality(self):
        """True when it pays a part of the municipal quarter."""
        return self.kind == MUNICIPALITY


@dataclass(frozen=True)
class Known:
    """What is known of an association's contributions in one year."""

    association: Association
    year: int
    parties: tuple[Party, ...]
    offer: Decimal | None
    state_previous: int | None
    source: BudgetColumn | None
    key_source: BudgetColumn | None
    printed_in: tuple[Document, ...] = ()

    @property
    def previous_year(self):
        """The year before."""
        return self.year - 1

    @property
    def municipalities(self):
        """The municipalities among the payers."""
        return [party for party in self.parties if party.is_municipality]

    @property
    def population_dates(self):
        """The dates, newest first, on which the inhabitants of every municipality are known."""
        known = [{day for day, _number in party.inhabitants} for party in self.municipalities]
        return sorted(set.intersection(*known), reverse=True) if known else []


def known_of(association, year):
    """Return what is Known of ``association``'s contributions in ``year``."""
    organisations = list(_payers(association, year))
    source = _column(association, year - 1, KIND_ORDER)
    key_source = _column(association, year, ("budget", "plan"))
    paid = _amounts([column for column in (source, key_source) if column])
    figures = _figures(association, year)
    values = {key: figure.value for key, figure in figures.items()}
    dates = _inhabitants(organisations)
    state = {
        column: kronor
        for (column, _pk, kind), kronor in paid.items()
        if kind == STATE_AGENCY
    }  # fmt: skip

    def party(organisation, key):
        place = (organisation.pk, organisation.kind)
        return Party(
            key=key,
            pk=organisation.pk,
            label=organisation.short_name,
            kind=organisation.kind,
            previous=paid.get((source.pk, *place)) if source else None,
            accepted=values.get(ACCEPTED + key),
            weight=paid.get((key_source.pk, *place)) if key_source else None,
            inhabitants=tuple(dates.get(organisation.pk, ())),
        )

    return Known(
        association=association,
        year=year,
        parties=tuple(party(*each) for each in _with_keys(organisations)),
        offer=values.get(OFFER),
        printed_in=tuple(dict.fromkeys(f.source for f in figures.values() if f.source)),
        state_previous=state.get(source.pk) if source else None,
        source=source,
        key_source=key_source,
    )


def _payers(association, year):
    """Return the regions and municipalities that are members some day of ``year``."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    member = Q(memberships__valid_from__isnull=True) | Q(memberships__valid_from__lte=last)
    member &= Q(memberships__valid_to__isnull=True) | Q(memberships__valid_to__gte=first)
    return (
        Organisation.objects.filter(
            member, memberships__association=association, kind__in=[REGION, MUNICIPALITY]
        )
        .distinct()
        .order_by("-kind", "name", "pk")
    )


def _with_keys(organisations):
    """Yield each organisation with its name in addresses: no two alike, the only region plain."""
    taken = {STATE}
    regions = [each for each in organisations if each.kind == REGION]
    for organisation in organisations:
        key = slugify(organisation.short_name)
        if regions == [organisation]:
            key = REGION
        if not key or key in taken:
            key = f"{key}-{organisation.pk}"
        taken.add(key)
        yield organisation, key


def _column(association, year, kinds):
    """Return the column of ``year`` to read, in the newest published budget that has one."""
    columns = BudgetColumn.objects.filter(
        budget__in=Budget.objects.published().filter(association=association),
        year=year,
        kind__in=kinds,
    ).select_related("budget")
    newest_first = columns.order_by("-budget__year", "-budget__edition", "pk")
    return min(newest_first, key=lambda column: kinds.index(column.kind), default=None)


def _amounts(columns):
    """Return (column, organisation, kind) → kronor; all the state's members count as one."""
    rows = (
        Amount.objects.filter(column__in=columns, line__organisation__isnull=False)
        .order_by()
        .values_list("column", "line__organisation", "line__organisation__kind")
        .annotate(Sum("kronor"))
    )
    amounts = {}
    for column, organisation, kind, kronor in rows:
        place = (column, None if kind == STATE_AGENCY else organisation, kind)
        amounts[place] = amounts.get(place, 0) + kronor
    return amounts


def _figures(association, year):
    """Return the printed figures of the offer and the accepted rises, by key."""
    return {
        figure.key: figure
        for figure in Figure.objects.filter(
            Q(key=OFFER, unit=Figure.Unit.KRONOR)
            | Q(key__startswith=ACCEPTED, unit=Figure.Unit.PERCENT),
            associations=association,
            year=year,
            value__isnull=False,
        ).select_related("source")
    }


def _inhabitants(organisations):
    """Return organisation → (date, inhabitants), newest first."""
    dates = {}
    rows = Population.objects.filter(organisation__in=organisations).order_by("-date", "pk")
    for pk, date, inhabitants in rows.values_list("organisation", "date", "inhabitants"):
        dates.setdefault(pk, []).append((date, inhabitants))
    return dates
