"""A budget as the rows of one sheet, each by a name of its own: what files hold and imports match.

Every row has a name that no other row can be mistaken for, so that a file that was exported is
read back cell for cell: lines that are called the same are numbered, and a computed row gives way
to a line of its name. Pure; nothing is added here.
"""

from collections import Counter
from dataclasses import dataclass

from associations.decimals import half_up
from budgets import grid, grid_parts
from budgets.intake.matching import folded

HEAD, LINE, OPENING, SHARE = "head", "line", "opening", "share"
TYPED = (LINE, OPENING)


@dataclass(frozen=True)
class Row:
    """One row of the sheet.

    ``kind`` is ``head`` or that of a grid_parts.Row. ``values`` are whole kronor, or per cent with
    one decimal (Decimal) in a row of shares; None where there is nothing.
    """

    kind: str
    name: str
    section: str = ""
    values: tuple = ()
    cells: tuple[grid_parts.Cell, ...] = ()
    key: int | str | None = None


@dataclass(frozen=True)
class Layout:
    """The sheet: the columns (sums.ColumnSums), the rows, and each note with its row's name."""

    columns: tuple
    rows: tuple[Row, ...]
    notes: tuple[tuple[str, str], ...]


def of_budget(budget, *, editing=False, table=None):
    """Return the Layout of ``budget`` (fetched ``with_table()``), or of a ``table`` of its own."""
    table = table or budget.table()
    return build(grid.of_budget(budget, table=table, editing=editing), table)


def build(a_grid, table):
    """Return the Layout of ``a_grid`` (grid_parts.Grid), which shows ``table`` (sums.Table)."""
    lines = {row.line.key: row.line for row in (*table.income, *table.cost)}
    names = _Names(lines.values(), table.opening_label)
    rows, note_of = [], {}
    for group in a_grid.groups:
        section = _section(group, lines)
        rows.append(Row(HEAD, names.other(group.label), section))
        for row in group.rows:
            laid = _row(row, section, names, a_grid)
            note_of[row.letter] = laid.name
            rows.append(laid)
    notes = tuple((note_of[letter], text) for letter, text in a_grid.notes)
    return Layout(a_grid.columns, tuple(rows), notes)


def tenths(percent):
    """Return a per cent with one decimal, rounded half up; None stays None."""
    if percent is None:
        return None
    return half_up(percent, 1)


def _section(group, lines):
    """Return the section of a group's lines, or "" when it has none."""
    keys = [row.key for row in group.rows if row.kind == LINE]
    if keys:
        return lines[keys[0]].section
    return "income" if any(row.kind == OPENING for row in group.rows) else ""


def _row(row, section, names, a_grid):
    """Return the sheet's row of one of the grid's rows."""
    if row.kind == SHARE:
        values = tuple(_exact(row.key, a_grid.by_key[cell.column.key]) for cell in row.cells)
        return Row(SHARE, names.other(f"{row.label}, procent"), section, values, row.cells, row.key)
    if row.kind == LINE:
        name = names.of_line[row.key]
    elif row.kind == OPENING:
        name = names.opening
    else:
        name = names.other(row.label)
    values = tuple(cell.value for cell in row.cells)
    return Row(row.kind, name, section, values, row.cells, row.key)


def _exact(key, column):
    """Return the per cent of one part of a column."""
    shares = {share.key: share.percent for share in (*column.categories, *column.payers)}
    return tenths(shares[key])


class _Names:
    """Names that differ as the import compares them: a line's within its section, others' from all.

    The row of opening balances has its name even where the table doesn't show it.
    """

    def __init__(self, lines, opening_label):
        places = [*((line.section, line.label) for line in lines), ("income", opening_label)]
        self._wanted = Counter((section, folded(label)) for section, label in places)
        self._taken = set(self._wanted)
        *named, self.opening = [self._numbered(*place) for place in places]
        self.of_line = dict(zip((line.key for line in lines), named, strict=True))

    def _numbered(self, section, label):
        if self._wanted[section, folded(label)] == 1 and folded(label):
            return label
        return self._first_free(label.strip() or "Rad", 1, lambda key: (section, key))

    def other(self, label):
        """Return a name for a row that is not typed, and keep it from the rest."""
        if folded(label) not in self._names():
            self._taken.add(("", folded(label)))
            return label
        return self._first_free(label, 2, lambda key: ("", key))

    def _first_free(self, label, number, place):
        while folded(f"{label} ({number})") in self._names():
            number += 1
        name = f"{label} ({number})"
        self._taken.add(place(folded(name)))
        return name

    def _names(self):
        return {key for _, key in self._taken}
