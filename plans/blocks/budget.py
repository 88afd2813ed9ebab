"""Blocks of the plan's budget: its table with notes, and what the cost is for."""

from dataclasses import dataclass, replace

from associations.decimals import write_decimal
from budgets.sums import Table
from plans.blocks import BlockError, block

BUDGET_FIRST = ("budget", "actual", "forecast", "plan")
ROWS_ON_A_PAGE = 34  # lines of a budget that, with heads and sums, stand together on A4
COLUMNS = "kolumner: 2020, plan 2021"  # how one chooses columns of the budget


@dataclass(frozen=True)
class PrintedRow:
    """A row of the budget's table: its label, amounts in kronor by column, and note letter."""

    label: str
    amounts: tuple[int | None, ...]
    letter: str = ""
    style: str = ""


def budget_table_of(plan) -> Table:
    """Return the computed table of the plan's budget. Raises BlockError when it lacks one."""
    if plan.budget_id is None:
        raise BlockError(f"{plan.the} har ingen budget. Välj en under Omslag.")
    if plan.hides_budget:
        raise BlockError("Budgeten är ett utkast. Föreslå den först, för planen visar den.")
    table = plan.budget_table
    if any(each.ringed for each in table.columns):
        raise BlockError("Budgetens kolumner öppnar från varandra i en ring.")
    if not table.columns or not (table.income or table.cost):
        raise BlockError("Budgeten har inga kolumner eller inga rader än.")
    if not table.told().columns:
        raise BlockError("Budgeten har inga belopp än.")
    return table.told()


def year_column(plan):
    """Return (table, sums of the plan's year). Raises BlockError when the budget lacks either.

    A plan is about the year's budget, a report about its outcome.
    """
    table = budget_table_of(plan)
    column = table.column_of(plan.year, kinds=(*plan.kind_words.outcome, *BUDGET_FIRST))
    if column is None:
        raise BlockError(f"Budgeten har ingen ifylld kolumn för {plan.year}.")
    return table, column


def _chosen(table, argument):
    """Return the columns that ``kolumner: 2020, plan 2021`` names, in the table's order."""
    if not argument:
        return table.columns
    word, colon, names = argument.partition(":")
    if word.strip().lower() != "kolumner" or not colon:
        raise BlockError(f"Skriv vilka kolumner så här: [[budget {COLUMNS}]].")
    chosen = set()
    for name in filter(None, (each.strip() for each in names.split(","))):
        found = {
            sums.column.key
            for sums in table.columns
            if name.casefold() in (str(sums.column.year), sums.column.label.casefold())
        }
        if not found:
            known = ", ".join(sums.column.label for sums in table.columns)
            raise BlockError(f"Budgeten har ingen ifylld kolumn ”{name}”. De som finns är {known}.")
        chosen |= found
    if not chosen:
        raise BlockError(f"Skriv vilka kolumner så här: [[budget {COLUMNS}]].")
    return tuple(sums for sums in table.columns if sums.column.key in chosen)


@block("budget", may_take=COLUMNS, help="budgettabellen med sina noter, hela eller valda kolumner")
def budget_table(plan, argument):
    """The budget's table, all columns or those chosen, with lettered notes below."""
    table = budget_table_of(plan)
    table = table.only(_chosen(table, argument))
    current = table.column_of(plan.year)
    return "plans/blocks/_budget.html", {
        "columns": [(sums.column.label, sums is current) for sums in table.columns],
        "current": table.columns.index(current) if current else None,
        "sections": _sections(table, plan.budget),
        "notes": table.notes,
        "unfilled": [] if argument else plan.budget_table.unfilled,
        "fits_a_page": len(table.income) + len(table.cost) <= ROWS_ON_A_PAGE,
    }


def _sections(table, budget):
    """Return the printed rows of income and of cost, each with its head."""

    def total(label, name, style):
        amounts = tuple(getattr(sums, name) for sums in table.columns)
        return PrintedRow(label, amounts, style=style)

    def line(row):
        return PrintedRow(row.line.label, row.amounts, letter=row.letter)

    income = [line(row) for row in table.income]
    if table.has_opening:
        opening = total(table.opening_label, "opening", "computed")
        income.append(replace(opening, letter=table.opening_letter))
    income.append(total("Summa intäkter", "income", "sum"))
    cost = [line(row) for row in table.cost]
    cost.append(total("Summa kostnader", "cost", "sum"))
    cost.append(total(budget.result_label, "result", "result"))
    if table.has_opening:
        label = f"Utan {table.opening_label[:1].lower()}{table.opening_label[1:]}"
        cost.append(total(label, "result_of_year", "computed"))
    return [("Intäkter", income), ("Kostnader", cost)]


@block("kostnadsandelar", help="årets kostnad fördelad på de fyra slagen")
def cost_shares(plan, argument):
    """The four categories' shares of the year's cost; the base is named (rule 14)."""
    _, column = year_column(plan)
    if any(share.rounded is None for share in column.categories):
        raise BlockError(f"{column.column.label} har ingen kostnad att räkna andelar av.")
    largest = max(column.categories, key=lambda share: share.amount)
    parts = [
        {"label": s.label, "value": s.amount, "percent": s.rounded, "kind": s.key}
        for s in column.categories
    ]
    title = (
        f"{write_decimal(largest.rounded)}\N{NO-BREAK SPACE}% av kostnaden {plan.year} går till "
        f"{largest.label[:1].lower()}{largest.label[1:]}"
    )
    return "plans/blocks/_shares.html", {"column": column, "parts": parts, "title": title}
