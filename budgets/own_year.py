"""The sums of many budgets' own years, from plain rows: three queries however many they are."""

from collections import defaultdict

from associations.memo import Memo
from associations.prepared import Prepared
from budgets import sums
from budgets.models import Amount, BudgetColumn, BudgetLine

_COLUMNS = Prepared(
    lambda budgets: (
        BudgetColumn.objects.filter(budget__in=budgets)
        .order_by("budget", "position", "pk")
        .values_list("budget", "pk", "year", "kind", "opens_from", "opening")
    )
)
_LINES = Prepared(
    lambda budgets: (
        BudgetLine.objects.filter(budget__in=budgets)
        .order_by("budget", "-section", "position", "pk")
        .values_list("budget", "pk", "section", "organisation__kind", *sums.CATEGORIES)
    )
)
_AMOUNTS = Prepared(
    lambda budgets: (
        Amount.objects.filter(line__budget__in=budgets)
        .order_by("line__budget", "line", "column", "pk")
        .values_list("line__budget", "line", "column", "kronor")
    )
)
_sums = Memo(2_000)  # of small answers, some 2 kB each


def own_year_sums(budgets, kinds=sums.KINDS):
    """Return {published budget's key: ``sums.ColumnSums`` of its own year, or None}.

    It is of the first of ``kinds`` that the budget has, without the column's label. What is told
    of a published budget leaves out the columns that nobody has filled in.
    """
    keys = [budget.pk for budget in budgets]
    columns, lines, amounts = (_by_budget(read(keys)) for read in (_COLUMNS, _LINES, _AMOUNTS))
    return {
        budget.pk: _sums(
            _of_year, (budget.year, kinds), columns[budget.pk], lines[budget.pk], amounts[budget.pk]
        )
        for budget in budgets
    }


def _by_budget(rows):
    found = defaultdict(list)
    for budget, *row in rows:
        found[budget].append(row)
    return found


def _of_year(wanted, columns, lines, amounts):
    """Return the sums of the ``wanted`` (year, kinds) column; labels and notes sum to nothing."""
    table = sums.table(
        [
            sums.Column(key, of, kind, "", opens, opening)
            for key, of, kind, opens, opening in columns
        ],
        [
            sums.Line(key, section, "", payer, tuple(zip(sums.CATEGORIES, split, strict=True)))
            for key, section, payer, *split in lines
        ],
        {(line, column): kronor for line, column, kronor in amounts},
    )
    return table.told().column_of(*wanted)
