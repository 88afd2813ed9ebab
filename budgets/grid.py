"""The budget's table laid out in rows and cells, the same for the page, the editor and the plan.

Plain values out of ``sums.Table``; nothing is added here. Each cell has an id that is unique on
its page: ``cell-<line>-<column>`` and ``opening-<column>`` for what is typed, other words for what
is computed.
"""

from dataclasses import dataclass, replace

from budgets import numbers, sums


@dataclass(frozen=True)
class Cell:
    """One place in the table: an amount in whole kronor or a share in whole per cent.

    ``outcome`` is what became of a save of it (editing.Outcome), when its answer is shown.
    """

    ident: str
    name: str
    column: sums.Column
    value: int | None
    unit: str = "kronor"
    typed: bool = False
    current: bool = False
    outcome: object = None

    @property
    def written(self):
        """The value as a person types it: groups of three, nothing when there is no amount."""
        return numbers.write(self.value)

    @property
    def text(self):
        """What stands in the cell's field: the value, or what was typed and is not saved yet."""
        kept = self.outcome is not None and self.outcome.state != "unchanged"
        return self.outcome.typed if kept else self.written


@dataclass(frozen=True)
class Row:
    """A line of the table. ``kind``: line, opening, subtotal, sum, result, aside or share.

    ``key`` is a line's key, or the name of the part whose share it is.
    """

    kind: str
    label: str
    cells: tuple[Cell, ...]
    letter: str = ""
    url: str = ""
    key: int | str | None = None


@dataclass(frozen=True)
class Group:
    """Rows under one head."""

    label: str
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True)
class Grid:
    """The whole table, with its heads and notes."""

    columns: tuple
    groups: tuple[Group, ...]
    notes: tuple[tuple[str, str], ...]
    current: int | None = None

    @property
    def cells(self):
        """Every cell by its id."""
        return {cell.ident: cell for g in self.groups for row in g.rows for cell in row.cells}

    @property
    def by_key(self):
        """The columns' sums by the column's key."""
        return {each.column.key: each for each in self.columns}

    @property
    def computed(self):
        """The cells that the server computes, in order."""
        return [cell for cell in self.cells.values() if not cell.typed]

    @property
    def typed(self):
        """The cells that a person types, by id."""
        return {ident: cell for ident, cell in self.cells.items() if cell.typed}

    def with_outcomes(self, outcomes):
        """Return the same table where each cell of ``outcomes`` (by id) shows what became of it."""

        def shown(row):
            cells = (replace(cell, outcome=outcomes.get(cell.ident)) for cell in row.cells)
            return replace(row, cells=tuple(cells))

        groups = (replace(group, rows=tuple(map(shown, group.rows))) for group in self.groups)
        return replace(self, groups=tuple(groups))


def line_cell(line_key, column_key):
    """Return the id of the cell where a line meets a column."""
    return f"cell-{line_key}-{column_key}"


def opening_cell(column_key):
    """Return the id of a column's opening balance."""
    return f"opening-{column_key}"


class _Builder:
    """Builds the rows of one table."""

    def __init__(self, table, year, urls, editing):
        self.table, self.urls, self.editing = table, urls, editing
        current = table.column_of(year)
        self.current = current.column.key if current else None

    def _cell(self, column, row_label, value, ident, unit="kronor", typed=False):
        return Cell(
            ident=ident,
            column=column,
            name=f"{row_label}, {column.label}, {unit}",
            value=value,
            unit=unit,
            typed=typed,
            current=column.key == self.current,
        )

    def line(self, row):
        """Return the row of a line."""
        cells = tuple(
            self._cell(
                each.column,
                row.line.label,
                value,
                line_cell(row.line.key, each.column.key),
                typed=True,
            )
            for each, value in zip(self.table.columns, row.amounts, strict=True)
        )
        url = self.urls.get(row.line.key, "")
        return Row("line", row.line.label, cells, row.letter, url, row.line.key)

    def opening(self):
        """Return the row of opening balances: typed, or chained from another column."""
        label = self.table.opening_label
        cells = tuple(
            self._cell(
                each.column,
                label,
                each.opening,
                opening_cell(each.column.key),
                typed=each.column.opens_from is None,
            )
            for each in self.table.columns
        )
        return Row("opening", label, cells, self.table.opening_letter)

    def computed(self, kind, label, name):
        """Return the row of one of the columns' sums."""
        cells = tuple(
            self._cell(each.column, label, getattr(each, name), f"sum-{name}-{each.column.key}")
            for each in self.table.columns
        )
        return Row(kind, label, cells)

    def shares(self, name):
        """Return a row for each part of ``payers`` or ``categories``, in whole per cent."""
        parts = [getattr(each, name) for each in self.table.columns]
        for at, first in enumerate(parts[0] if parts else ()):
            cells = tuple(
                self._cell(
                    each.column,
                    first.label,
                    shares[at].rounded,
                    f"share-{first.key}-{each.column.key}",
                    unit="procent",
                )
                for each, shares in zip(self.table.columns, parts, strict=True)
            )
            yield Row("share", first.label, cells, key=first.key)


def build(table, year, *, result_label="Resultat", urls=None, editing=False):
    """Return the Grid of ``table`` (sums.Table), where ``year`` is the year in question.

    ``urls`` maps a line's key to the address of its intervention. When ``editing``, the row of
    opening balances is there even before anything stands in it.
    """
    make = _Builder(table, year, urls or {}, editing)
    has_opening = editing or table.has_opening
    income = [make.line(row) for row in table.income]
    if has_opening or any(each.other_income for each in table.columns):
        income.append(make.computed("subtotal", "Medlemmarnas bidrag", "contributions"))
    if has_opening:
        income.append(make.opening())
    income.append(make.computed("sum", "Summa intäkter", "income"))
    cost = [make.line(row) for row in table.cost]
    cost.append(make.computed("sum", "Summa kostnader", "cost"))
    cost.append(make.computed("result", result_label, "result"))
    if has_opening:
        label = "Årets resultat utan ingående pengar"
        cost.append(make.computed("aside", label, "result_of_year"))
    groups = (
        Group("Intäkter", tuple(income)),
        Group("Kostnader", tuple(cost)),
        Group(
            "Vad kostnaderna går till",
            tuple(make.shares("categories")),
            "Procent av summa kostnader",
        ),
        Group("Vem som betalar", tuple(make.shares("payers")), "Procent av medlemmarnas bidrag"),
    )
    return Grid(tuple(table.columns), groups, table.notes, make.current)


def of_budget(budget, *, editing=False, table=None):
    """Return the Grid of ``budget`` (fetched ``with_table()``), linked to public interventions."""
    urls = {
        line.pk: line.intervention.get_absolute_url()
        for line in budget.lines.all()
        if line.intervention is not None and line.intervention.public
    }
    return build(
        table or budget.table(),
        budget.year,
        result_label=budget.result_label,
        urls=urls,
        editing=editing,
    )
