"""Budgets read with their tables by queries that are made once: four, however many budgets.

A line's member is joined to it, and lines of one intervention share it. The amounts come as plain
rows: 1 500 of them as instances take longer than all the sums.
"""

from collections import defaultdict

from associations.prepared import Prepared, attach
from budgets.models import Amount, BudgetColumn, BudgetLine
from interventions.models import Intervention

_COLUMNS = Prepared(
    lambda budgets: BudgetColumn.objects.filter(budget__in=budgets).order_by(
        "budget", "position", "pk"
    )
)
_LINES = Prepared(
    lambda budgets: (
        BudgetLine.objects.filter(budget__in=budgets)
        .select_related("organisation")
        .order_by("budget", "-section", "position", "pk")
    )
)
_AMOUNTS = Prepared(
    lambda budgets: (
        Amount.objects.filter(line__budget__in=budgets)
        .order_by("line", "column", "pk")
        .values_list("line__budget", "line", "column", "kronor")
    )
)
_INTERVENTIONS = Prepared(
    lambda keys: Intervention.objects.filter(pk__in=keys).select_related("lead").order_by("pk")
)


def with_tables(budgets):
    """Return ``budgets`` as a list; each then knows its columns, lines and table without asking.

    Its lines know their member and intervention, not their amounts: those are in the table.
    """
    budgets = list(budgets)
    if not budgets:
        return []
    keys = [budget.pk for budget in budgets]
    columns, lines, amounts = defaultdict(list), defaultdict(list), defaultdict(dict)
    for column in _COLUMNS(keys):
        columns[column.budget_id].append(column)
    for line in _with_interventions(_LINES(keys)):
        lines[line.budget_id].append(line)
    for budget, line, column, kronor in _AMOUNTS(keys):
        amounts[budget][line, column] = kronor
    attach(budgets, "columns", BudgetColumn, columns)
    attach(budgets, "lines", BudgetLine, lines)
    for budget in budgets:
        budget.read_table = budget.table_of(
            columns[budget.pk], lines[budget.pk], amounts[budget.pk]
        )
    return budgets


def _with_interventions(lines):
    """Return ``lines``, which then know their interventions, each read once."""
    keys = {line.intervention_id for line in lines} - {None}
    found = {each.pk: each for each in _INTERVENTIONS(sorted(keys))} if keys else {}
    for line in lines:
        line.intervention = found.get(line.intervention_id)
    return lines
