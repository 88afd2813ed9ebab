"""The two columns that a report is about: the year's budget, and what the year became."""

from plans.blocks import BlockError
from plans.blocks.budget import budget_table_of


def columns(plan):
    """Return (table, sums of the year's budget, sums of its outcome). Raises BlockError.

    The outcome is the best that the table has, in the order that the kind of report asks for.
    """
    table = budget_table_of(plan)
    budget = table.column_of(plan.year, kinds=("budget",))
    outcome = table.column_of(plan.year, kinds=plan.kind_words.outcome or ("actual", "forecast"))
    lacking = []
    if budget is None:
        lacking.append(f"Budget {plan.year}")
    if outcome is None:
        lacking.append(f"Utfall {plan.year} eller Prognos {plan.year}")
    if lacking:
        raise BlockError(
            f"Budgettabellen har ingen ifylld kolumn {' och ingen '.join(lacking)}. "
            "Välj en annan tabell under Omslag, eller fyll i kolumnen där."
        )
    return table, budget, outcome


def missing_columns(plan):
    """Return what the table lacks for the board to adopt the report on it, in sentences."""
    try:
        _, _, outcome = columns(plan)
    except BlockError as error:
        return [str(error)]
    if outcome.column.kind in plan.kind_words.adopts_on:
        return []
    return [
        f"{plan.the} fastställs på årets utfall. Budgettabellen har bara {outcome.column.label}. "
        f"Lägg till kolumnen Utfall {plan.year}."
    ]
