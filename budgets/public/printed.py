"""What the sources print about a budget, beside what is computed from its table.

A printed figure can be rounded, or wrong (domain.md, rule 8): it is shown as printed, never used
in a sum.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from associations.decimals import divided
from associations.models import Document, Figure
from budgets import sums

TOTAL, SHARE = "budget-total", "budget-share-"
PAYER_KEYS = {"budget-state": "state_agency", "budget-region": "region"}
ORDER = [TOTAL, *PAYER_KEYS, *(SHARE + category for category in sums.CATEGORIES)]


@dataclass(frozen=True)
class Printed:
    """One figure as printed. ``computed`` is None when no table gives the figure."""

    label: str
    value: Decimal
    unit: str
    base: str
    note: str
    source: Document | None
    key: str
    computed: int | None = None

    @property
    def verdict(self):
        """``same``, ``rounded`` (to whole thousands), ``differs``, or ``alone``."""
        if self.computed is None:
            return "alone"
        if self.value == self.computed:
            return "same"
        rounded = self.unit == "kronor" and self.value == 1000 * divided(self.computed, 1000)
        return "rounded" if rounded else "differs"


@dataclass(frozen=True)
class Elsewhere:
    """A year's column in another year's budget. ``more``: the printed sum less its income (kr)."""

    budget: object
    sums: sums.ColumnSums
    more: Decimal | None

    @property
    def less(self):
        """How much less the printed sum is, in kronor, when it is less."""
        return -self.more if self.more is not None and self.more < 0 else None


def elsewhere(budgets, year, total):
    """Return each column of ``year`` in ``budgets``, beside the printed ``total`` (or None)."""
    return [
        Elsewhere(budget, column, None if total is None else total - column.income)
        for budget in budgets
        for column in budget.told_table().columns
        if column.column.year == year
    ]


def total(figures, year):
    """Return the sum in kronor that is printed for ``year``, or None."""
    known = (each.value for each in figures if (each.key, each.year) == (TOTAL, year))
    return next(known, None)


def of_association(association):
    """Return the association's printed budget figures, in a constant number of queries."""
    keys = Q(key=TOTAL) | Q(key__in=PAYER_KEYS) | Q(key__startswith=SHARE)
    return (
        Figure.objects.filter(keys, associations=association, year__isnull=False)
        .exclude(value=None)
        .select_related("source")
        .prefetch_related("source__associations")
    )


def of_year(figures, year, column=None):
    """Return ``figures`` of ``year`` as Printed, with what ``column`` (ColumnSums) gives."""
    known = [figure for figure in figures if figure.year == year]
    return [
        Printed(
            label=_label(figure),
            value=figure.value,
            unit=figure.unit,
            base=figure.base,
            note=figure.note,
            source=figure.source,
            key=figure.key,
            computed=_computed(figure.key, column) if column else None,
        )
        for figure in sorted(known, key=_place)
    ]


def common_source(printed):
    """Return the public document that all of ``printed`` stand in, or None."""
    sources = {each.source for each in printed}
    source = sources.pop() if len(sources) == 1 else None
    return source if source is not None and source.public else None


def parts(printed):
    """Return the printed shares as parts of a chart: label, value, percent, kind (category)."""
    return [
        {
            "label": each.label,
            "value": each.value,
            "percent": each.value,
            "kind": each.key.removeprefix(SHARE),
        }
        for each in printed
        if each.key.removeprefix(SHARE) in sums.CATEGORIES
    ]


def _place(figure):
    return ORDER.index(figure.key) if figure.key in ORDER else len(ORDER)


def _label(figure):
    if figure.key == TOTAL:
        return "Summa"
    if figure.key in PAYER_KEYS:
        return sums.PAYER_LABELS[PAYER_KEYS[figure.key]]
    return sums.CATEGORY_LABELS.get(figure.key.removeprefix(SHARE), figure.subject)


def _computed(key, column):
    """Return what the table gives for a printed figure's key, or None."""
    if key == TOTAL:
        return column.income
    for share in column.payers:
        if PAYER_KEYS.get(key) == share.key:
            return share.amount
    for share in column.categories:
        if key == SHARE + share.key:
            return share.rounded
    return None
