"""The table of a budget where one amount is another: only what that reaches is summed anew. Pure.

What ``sums.table`` gives, in a third of its time: a saved cell changes one amount of 1 500.
"""

from dataclasses import replace

from budgets import sums
from budgets.chain import chained


def with_amount(table, place, amounts):
    """Return ``table`` (sums.Table) with what ``amounts`` has at ``place`` (line, column: keys).

    ``amounts`` are all that there are now, and differ from the table's own there alone. Returns
    None where other rows may get other letters: then the table is to be computed anew.
    """
    line, key = place
    at = [each.column.key for each in table.columns].index(key)
    income, cost = (
        tuple(
            [_changed(row, at, amounts.get(place)) if row.line.key == line else row for row in rows]
        )
        for rows in (table.income, table.cost)
    )
    own = [[(row.line, row.amounts[at : at + 1]) for row in rows] for rows in (income, cost)]
    filled = {key for rows in own for _, (kronor,) in rows if kronor is not None}
    (summed,) = sums.sum_columns([table.columns[at].column], *own, filled)
    columns = (*table.columns[:at], summed, *table.columns[at + 1 :])
    changed = replace(
        table, columns=tuple(chained(columns)), income=income, cost=cost, amounts=amounts
    )
    return changed if changed.has_opening == table.has_opening else None


def _changed(row, at, kronor):
    return row._replace(amounts=(*row.amounts[:at], kronor, *row.amounts[at + 1 :]))
