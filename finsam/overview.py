"""What the front pages tell of each association, in a number of queries that never grows.

Everything passes ``.published()``; sums come from ``budgets.sums`` and nobody else.
"""

from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from associations.decimals import half_up
from associations.models import Association, Figure, Organisation
from associations.prepared import Prepared
from budgets import own_year, sums
from budgets.models import Budget
from budgets.public import printed
from finsam.charts import Part
from interventions import results, suppression
from interventions.models import Intervention, Result
from interventions.page import States


@dataclass(frozen=True)
class Money:
    """An association's newest known budget year, in kronor with carried-forward money.

    ``printed`` is True when only a printed total is known, not the budget it sums up; then
    ``shares`` are the printed per cents, else kronor by category. ``saved`` is the carried-forward
    money within, None where no source tells it.
    """

    kronor: int
    year: int
    printed: bool
    url: str
    shares: tuple[Part, ...] = ()
    base: str = ""
    saved: int | None = None

    @property
    def largest(self):
        """The largest share, or None when none are known."""
        return max(self.shares, key=lambda part: part.value, default=None)


def money_by_association(associations):
    """Return {association's key: Money}: the newest of published budgets and printed totals."""
    found = {}
    budgets = _CURRENT(_OF_LATEST_YEAR([each.pk for each in associations]))
    columns = own_year.own_year_sums(budgets, kinds=("budget",))
    for budget in budgets:
        if columns[budget.pk] is not None:
            found[budget.association_id] = _from_budget(budget, columns[budget.pk])
    for key, money in _from_figures(associations).items():
        if key not in found or money.year > found[key].year:
            found[key] = money
    return found


def _of_latest_year(associations):
    """Return the keys of each association's published budgets of its latest year, all editions."""
    published = Budget.objects.published()
    own = published.filter(association=OuterRef("association")).order_by("-year", "pk")
    latest = published.filter(association__in=associations, year=Subquery(own.values("year")[:1]))
    return latest.order_by().values_list("pk", flat=True)


_OF_LATEST_YEAR = Prepared(_of_latest_year)
_CURRENT = Prepared(
    lambda keys: Budget.objects.filter(pk__in=keys).current().select_related("association")
)


def _from_budget(budget, column):
    """Return the Money of the budget's own year, whose sums ``column`` are."""
    return Money(
        kronor=column.income,
        year=budget.year,
        printed=False,
        url=budget.get_absolute_url(),
        shares=tuple(
            Part(share.label, share.amount, share.rounded, share.key)
            for share in column.categories
            if share.amount > 0 and share.rounded is not None
        ),
        base="kostnaden",
        saved=column.opening,
    )


def _from_figures(associations):
    """Return {association's key: Money} of the newest printed totals, with printed shares."""
    totals, shares, bases = {}, {}, {}
    for figure in _FIGURES([each.pk for each in associations]):
        if figure.key == printed.TOTAL:
            totals[figure.owner] = figure
            continue
        place = (figure.owner, figure.year)
        shares.setdefault(place, []).append(_printed_share(figure))
        bases[place] = figure.base
    return {
        owner: Money(
            kronor=half_up(total.value),
            year=total.year,
            printed=True,
            url="",
            shares=tuple(sorted(shares.get((owner, total.year), ()), key=_place)),
            base=bases.get((owner, total.year), ""),
        )
        for owner, total in totals.items()
    }


_FIGURES = Prepared(
    lambda associations: (
        Figure.objects.filter(
            Q(key=printed.TOTAL) | Q(key__startswith=printed.SHARE),
            associations__in=associations,
            year__isnull=False,
            value__isnull=False,
        )
        .annotate(owner=F("associations"))
        .order_by("year", "pk")
    )
)


def _printed_share(figure):
    kind = figure.key.removeprefix(printed.SHARE)
    label = sums.CATEGORY_LABELS.get(kind, figure.subject)
    return Part(label, figure.value, figure.value, kind)


def _place(part):
    """Return where a share stands: in the categories' order, an unknown one last."""
    known = part.kind in sums.CATEGORIES
    return sums.CATEGORIES.index(part.kind) if known else len(sums.CATEGORIES)


def states_by_association():
    """Return {association's key: States} of its public interventions, without national systems."""
    counted = _STATES(timezone.localdate().year)
    return {key: States.of(*counts) for key, *counts in counted}


_STATES = Prepared(
    lambda year: (
        Intervention.objects.published()
        .exclude(form=Intervention.Form.SYSTEM)
        .counted_by_association(year)
    )
)


def places_by_association(associations):
    """Return {association's key: ”Habo, Jönköping och Vaggeryd”} of its member municipalities."""
    names = {}
    for owner, name in _PLACES([each.pk for each in associations]):
        names.setdefault(owner, []).append(name)
    return {key: listed(places) for key, places in names.items()}


_PLACES = Prepared(
    lambda associations: (
        Organisation.objects.filter(
            kind=Organisation.Kind.MUNICIPALITY,
            memberships__association__in=associations,
            memberships__valid_to__isnull=True,
        )
        .annotate(owner=F("memberships__association"))
        .order_by("short_name", "pk")
        .values_list("owner", "short_name")
    )
)


def listed(words):
    """Return ”a”, ”a och b” or ”a, b och c”."""
    *first, last = words
    return f"{', '.join(first)} och {last}" if first else last


def result_by_association(associations):
    """Return {association's key: Outcome}: one of its own newest that can be told with its base."""
    wanted = {pk for pk in _SURE([each.pk for each in associations]) if pk is not None}
    own = {}
    for result in _BESIDE(sorted(wanted)):
        own.setdefault(result.intervention_id, []).append(result)
    return {
        each.result.intervention.lead_id: each
        for outcomes in results.outcomes_of(list(own), own).values()
        for each in outcomes
        if each.result.pk in wanted
    }


def _sure(associations):
    """Return the key of one result, or None, for each of ``associations``."""
    counted = Q(total__gte=suppression.FEWEST, counts_persons=True) & ~Q(base="")
    sure = Result.objects.filter(
        Q(percent__isnull=False) | Q(base_count__gte=suppression.LEAST_BASE) | counted,
        intervention__in=Intervention.objects.published(),
        intervention__lead=OuterRef("pk"),
    ).order_by(F("year").desc(nulls_last=True), F("base_count").desc(nulls_last=True), "pk")
    return (
        Association.objects.filter(pk__in=associations)
        .order_by()
        .values_list(Subquery(sure.values("pk")[:1]), flat=True)
    )


_SURE = Prepared(_sure)
_BESIDE = Prepared(  # all results of the interventions that some are of
    lambda keys: Result.objects.filter(
        intervention__in=Result.objects.filter(pk__in=keys).order_by().values("intervention")
    ).select_related("intervention")
)
