"""What is known beside a budget's table, for its rules: granted money, other payers, sources.

A constant number of queries, however many lines the budget has.
"""

from collections import defaultdict, namedtuple
from dataclasses import dataclass

from django.db.models import BigIntegerField, Value

from associations.decimals import half_up
from associations.models import Figure
from associations.prepared import Prepared
from budgets import grid, rules
from budgets.models import Amount, Budget, BudgetColumn
from interventions.models import Financing

CAP, TOTAL = "capital-cap-percent", "budget-total"
INTENDED = (BudgetColumn.Kind.BUDGET, BudgetColumn.Kind.PLAN)  # kinds that grants are about

Printed = namedtuple("Printed", "key year value subject source")  # a Figure, its source by title

_FIGURES = Prepared(
    lambda association: (
        Figure.objects.filter(key__in=(CAP, TOTAL), associations=association, value__isnull=False)
        .order_by("year", "pk")
        .values_list("key", "year", "value", "subject", "source__title")
    )
)


@dataclass(frozen=True)
class Shown:
    """A finding and the id of the place on the page that it points at ("" when there is none)."""

    finding: rules.Finding
    place: str


def findings_of(budget, table=None, columns=None, lines=None):
    """Return the findings of ``budget`` (fetched ``with_table()``) as Shown, errors first.

    ``table`` is given when its sums are known already; ``columns`` and ``lines`` (anything with
    ``pk`` and ``intervention_id``) when the budget was fetched without them.
    """
    table = table or budget.table()
    return shown(table, known_of(budget, table, columns, lines))


def shown(table, known):
    """Return the findings of ``table`` with their places, errors first."""
    return [Shown(each, _place(each, table)) for each in rules.findings(table, known)]


def known_of(budget, table=None, columns=None, lines=None):
    """Return ``rules.Known`` of ``budget``; see ``findings_of``. Two queries at the most."""
    table = table or budget.table()
    columns = list(budget.columns.all()) if columns is None else list(columns)
    lines = list(budget.lines.all()) if lines is None else list(lines)
    figures = [Printed(*values) for values in _FIGURES(budget.association_id)]
    intended = [column for column in columns if column.kind in INTENDED]
    places = [
        (line.intervention_id, column.year, (line.pk, column.pk))
        for line in lines
        if line.intervention_id is not None
        for column in intended
    ]
    agreed, planned = _payers(budget, {place[0] for place in places})
    return rules.Known(
        capital_cap_percent=_cap(figures, budget.year),
        deficit_explained=bool(budget.comment.strip()),
        granted={
            cell: agreed[intervention, year][budget.association_id]
            for intervention, year, cell in places
            if agreed[intervention, year].get(budget.association_id) is not None
        },
        shared=_shared(budget, table, places, agreed, planned),
        published=_published(figures, columns),
    )


def _cap(figures, year):
    """Return the latest recommended cap in per cent that is not of a later year, or None."""
    caps = [f.value for f in figures if f.key == CAP and (f.year is None or f.year <= year)]
    return float(caps[-1]) if caps else None


def _published(figures, columns):
    """Return the totals that sources print, by the key of the budget column of their year."""
    totals = defaultdict(list)
    for figure in figures:
        if figure.key == TOTAL:
            label = figure.subject if figure.source is None else figure.source
            totals[figure.year].append((label, half_up(figure.value)))
    return {
        column.pk: tuple(totals[column.year])
        for column in columns
        if column.kind == BudgetColumn.Kind.BUDGET and totals[column.year]
    }


def _payers(budget, interventions):
    """Return (granted, planned) of the interventions, read together in one query.

    ``granted``: (intervention, year) → payer → kronor, None where the payer's isn't known. A
    payer is an association's key, or (organisation's key,) for one that is no association.
    ``planned``: (intervention, year) → other association → kronor, of their budgets in force. Of
    several columns of a year, the latest budget's counts, and a budget before a plan.
    """
    granted, planned, best = defaultdict(dict), defaultdict(dict), {}
    if not interventions:
        return granted, planned
    rows = _financing(interventions).union(_amounts(budget, interventions), all=True)
    for intervention, year, owner, organisation, kind, of_year, kronor in rows:
        if not kind:
            granted[intervention, year][owner or (organisation,)] = kronor
            continue
        place, rank = (intervention, year, owner), (of_year, kind == BudgetColumn.Kind.BUDGET)
        if rank > best.get(place, (0, False)):
            best[place] = rank
            planned[intervention, year][owner] = 0
        if rank == best[place]:
            planned[intervention, year][owner] += kronor
    return granted, planned


def _financing(interventions):
    rows = Financing.objects.filter(intervention__in=interventions).order_by()
    rows = rows.annotate(of_kind=Value(""), of_year=Value(0))
    return rows.values_list(
        "intervention", "year", "association", "organisation", "of_kind", "of_year", "granted"
    )


def _amounts(budget, interventions):
    rows = Amount.objects.filter(
        column__kind__in=INTENDED,
        line__intervention__in=interventions,
        line__budget__in=Budget.objects.adopted().current(),
    )
    rows = rows.exclude(line__budget__association=budget.association_id).order_by()
    rows = rows.annotate(nobody=Value(None, output_field=BigIntegerField()))
    return rows.values_list(
        "line__intervention", "column__year", "line__budget__association", "nobody",
        "column__kind", "line__budget__year", "kronor",
    )  # fmt: skip


def _shared(budget, table, places, agreed, planned):
    """Return what the payers of each shared intervention reckon with, and what was granted.

    A payer without a budget here is reckoned with what it granted. Where any payer's grant is
    unknown there is no whole to compare with.
    """
    shared = {
        (intervention, year): payers
        for (intervention, year), payers in agreed.items()
        if len(payers) > 1 and None not in payers.values() and budget.association_id in payers
    }
    own = _own(table, places)
    found = {}
    for intervention, year, cell in places:
        payers = shared.get((intervention, year))
        kind = own[1].get(cell)
        if payers is None or kind is None:
            continue
        reckoned = {**payers, **planned[intervention, year]}
        reckoned[budget.association_id] = own[0][intervention, year, kind]
        found[cell] = rules.Shared(sum(reckoned.values()), sum(payers.values()))
    return found


def _own(table, places):
    """Return (intervention, year, kind) → kronor of this budget, and cell → its column's kind."""
    sums, kinds = defaultdict(int), {}
    for intervention, year, cell in places:
        kronor = table.amounts.get(cell)
        if kronor is not None:
            kinds[cell] = table.by_key[cell[1]].column.kind
            sums[intervention, year, kinds[cell]] += kronor
    return sums, kinds


def _place(finding, table):
    """Return the id of the cell that a finding is about, as grid names cells."""
    if finding.line is not None:
        columns = [each.column.key for each in table.columns]
        column = finding.column if finding.column is not None else next(iter(columns), None)
        return "" if column is None else grid.line_cell(finding.line, column)
    if finding.column is None:
        return ""
    name = "income" if finding.rule in ("published", "shares") else "result"
    return f"sum-{name}-{finding.column}"
