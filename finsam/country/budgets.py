"""Made-up budgets of an association, year after year, with a draft and a proposal last."""

import datetime

from budgets.models import Amount, Budget, BudgetColumn, BudgetLine
from finsam.country.writing import BATCH, LAST_YEAR, MADE_UP, many

COLUMNS = 5


def budgets(own, size, chance, payers, interventions):
    """Write the last year as a draft, the year before as a proposal, and the others adopted."""
    first = LAST_YEAR - size.budgets + 1
    rows = many(Budget, [Budget(association=own, year=first + n) for n in range(size.budgets)])
    columns = _columns(rows)
    lines = [
        line for budget in rows for line in _lines(budget, size, chance, payers, interventions)
    ]
    many(BudgetLine, lines)
    amounts = [
        Amount(line=line, column=column, kronor=chance.randrange(50, 900) * 1_000)
        for line in lines
        for column in columns[line.budget_id]
    ]
    many(Amount, amounts)
    for budget in rows[:-1]:
        budget.proposed_on = datetime.date(budget.year - 1, 10, 1)
    for budget in rows[:-2]:
        budget.adopted_on = datetime.date(budget.year - 1, 11, 20)
    Budget.objects.bulk_update(rows, ["proposed_on", "adopted_on"], batch_size=BATCH)


def _columns(budgets):
    """Return the columns of each budget, by its key; each opens with the result of the one before.

    Written one position at a time, since a column must exist before another opens from it.
    """
    columns = {budget.pk: [] for budget in budgets}
    for position in range(COLUMNS):
        rows = [
            BudgetColumn(
                budget=budget,
                position=position,
                year=budget.year + position,
                kind=BudgetColumn.Kind.PLAN if position else BudgetColumn.Kind.BUDGET,
                opens_from=columns[budget.pk][-1] if position else None,
                opening=None if position else 500_000,
            )
            for budget in budgets
        ]
        for row in many(BudgetColumn, rows):
            columns[row.budget_id].append(row)
    return columns


def _lines(budget, size, chance, payers, interventions):
    sections = BudgetLine.Section
    for position, payer in enumerate(payers):
        yield BudgetLine(
            budget=budget,
            section=sections.INCOME,
            position=position,
            label=payer.short_name,
            organisation=payer,
        )
    for position in range(size.lines - len(payers)):
        individual = chance.choice([0, 50, 100])
        yield BudgetLine(
            budget=budget,
            section=sections.COST,
            position=position,
            label=f"{MADE_UP} kostnad {position + 1}",
            intervention=interventions[position] if position < len(interventions) else None,
            individual=individual,
            structural=100 - individual,
        )
