"""The table of a budget where one amount is another: only what that reaches is summed anew. Pure.

What ``sums.table`` gives, in a tenth of its time: a saved cell changes one amount of 1 500.
"""

from dataclasses import replace

from budgets import sums
from budgets.chain import chained
from budgets.parts import shares

ADDED = ("contributions", "other_income", "cost")
DIVIDED = {"payers": sums.PAYER_LABELS, "categories": sums.CATEGORY_LABELS}


def with_amount(table, place, amounts):
    """Return ``table`` (sums.Table) with what ``amounts`` has at ``place`` (line, column: keys).

    ``amounts`` are all that there are now, and differ from the table's own there alone. Returns
    None where other rows may get other letters: then the table is to be computed anew.
    """
    line, key = place
    at = [each.column.key for each in table.columns].index(key)
    name = "income" if any(row.line.key == line for row in table.income) else "cost"
    rows = getattr(table, name)
    number = [row.line.key for row in rows].index(line)
    old = rows[number]
    new = old._replace(amounts=(*old.amounts[:at], amounts.get(place), *old.amounts[at + 1 :]))
    changed = replace(table, **{name: (*rows[:number], new, *rows[number + 1 :])}, amounts=amounts)
    summed = _summed(table.columns[at], old, new, at, _is_filled(changed, at))
    columns = chained((*table.columns[:at], summed, *table.columns[at + 1 :]))
    changed = replace(changed, columns=tuple(columns))
    return changed if changed.has_opening == table.has_opening else None


def _is_filled(table, at):
    return any(row.amounts[at] is not None for row in (*table.cost, *table.income))


def _summed(column, old, new, at, filled):
    """Return ``column`` (sums.ColumnSums) with the row ``new`` in the place of ``old``.

    A column's sums are those of its rows added together, each divided by itself.
    """
    less, more = (_alone(column.column, row, at) for row in (old, new))
    added = {
        name: getattr(column, name) - getattr(less, name) + getattr(more, name) for name in ADDED
    }
    for name, labels in DIVIDED.items():
        parts = zip(*(getattr(each, name) for each in (column, less, more)), strict=True)
        added[name] = shares(
            {all_.key: all_.amount - out.amount + in_.amount for all_, out, in_ in parts}, labels
        )
    return replace(column, filled=filled, **added)


def _alone(column, row, at):
    """Return the sums of one ``row`` in a column."""
    own = [(row.line, row.amounts[at : at + 1])]
    income, cost = (own, []) if row.line.section == "income" else ([], own)
    (summed,) = sums.sum_columns([column], income, cost, ())
    return summed
