"""The budget's table laid out in rows and cells, the same for the page, the editor and the plan.

Plain values out of ``sums.Table``; nothing is added here. Each cell has an id that is unique on
its page: ``cell-<line>-<column>`` and ``opening-<column>`` for what is typed, other words for what
is computed.
"""

from decimal import Decimal

from budgets import sums
from budgets.editor import grid_view
from budgets.grid_parts import Cell, Grid, Group, Row


def line_cell(line_key, column_key):
    """Return the id of the cell where a line meets a column."""
    return f"cell-{line_key}-{column_key}"


def opening_cell(column_key):
    """Return the id of a column's opening balance."""
    return f"opening-{column_key}"


class _Builder:
    """Builds the rows of one table."""

    def __init__(self, table, year, urls, rows, view, columns):
        self.table, self.urls, self.rows = table, urls, rows
        self.columns = [
            (at, each)
            for at, each in enumerate(table.columns)
            if columns is None or each.column.key in columns
        ]
        current = table.column_of(year)
        self.current = current.column.key if current else None
        self.extras = grid_view.extras(table, current, view)

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

    def _row(self, kind, label, cells, row, **more):
        """Return a Row with what the extra columns say of ``row``: a line's key or a sum's name."""
        more_cells = (
            Cell(f"{extra.key}-{row}", f"{label}, {extra.label}", None, value, extra.unit)
            for extra in self.extras
            for value in [extra.values.get(row)]
        )
        return Row(kind, label, (*cells, *more_cells), **more)

    def lines(self, rows):
        """Return the rows of the lines that are wanted."""
        return [self.line(row) for row in rows if self.rows is None or row.line.key in self.rows]

    def line(self, row):
        """Return the row of a line."""
        cells = (
            self._cell(
                each.column,
                row.line.label,
                row.amounts[at],
                line_cell(row.line.key, each.column.key),
                typed=True,
            )
            for at, each in self.columns
        )
        more = {"letter": row.letter, "url": self.urls.get(row.line.key, ""), "key": row.line.key}
        return self._row("line", row.line.label, cells, row.line.key, **more)

    def opening(self):
        """Return the row of opening balances: typed, or chained from another column."""
        label = self.table.opening_label
        cells = (
            self._cell(
                each.column,
                label,
                each.opening,
                opening_cell(each.column.key),
                typed=each.column.opens_from is None,
            )
            for _, each in self.columns
        )
        return self._row("opening", label, cells, "opening", letter=self.table.opening_letter)

    def computed(self, kind, label, name):
        """Return the row of one of the columns' sums."""
        cells = (
            self._cell(each.column, label, getattr(each, name), f"sum-{name}-{each.column.key}")
            for _, each in self.columns
        )
        return self._row(kind, label, cells, name)

    def sum_contributions(self, income):
        """Put the members' contributions after the last of them, among the rows of ``income``.

        Where other income stands above it as well, it says that it is only part of the rows.
        """
        lines = {row.line.key: row.line for row in self.table.income}
        given = [lines[row.key].payer in sums.PAYERS for row in income]
        last = max((at for at, is_given in enumerate(given, 1) if is_given), default=len(income))
        label = "Medlemmarnas bidrag" if all(given[:last]) else "Varav medlemmarnas bidrag"
        income.insert(last, self.computed("subtotal", label, "contributions"))

    def by_category(self):
        """Return a group for each kind of cost: the lines that are mostly so, and their sum."""
        for group in sums.by_category(self.table):
            label = sums.CATEGORY_LABELS[group.category]
            cells = (
                self._cell(
                    each.column,
                    label,
                    group.sums[at],
                    f"sum-{group.category}-{each.column.key}",
                )
                for at, each in self.columns
            )
            total = self._row("subtotal", f"Raderna ovan: {label.lower()}", cells, group.category)
            yield Group(label, (*self.lines(group.rows), total), "Rader som mest är det")

    def share_group(self, label, name, base):
        """Return the group of the shares of ``payers`` or ``categories``; it says what they are."""
        rows = tuple(self.shares(name))
        shown = {type(cell.value) for row in rows for cell in row.cells if cell.column}
        why = ". En decimal där hela procent inte blir 100" if shown >= {int, Decimal} else ""
        return Group(label, rows, base + why)

    def shares(self, name):
        """Return a row for each part of ``payers`` or ``categories``, in per cent."""
        parts = [(each, getattr(each, name)) for _, each in self.columns]
        for at, first in enumerate(parts[0][1] if parts else ()):
            cells = (
                self._cell(
                    each.column,
                    first.label,
                    shares[at].rounded,
                    f"share-{first.key}-{each.column.key}",
                    unit="procent",
                )
                for each, shares in parts
            )
            yield self._row("share", first.label, cells, f"share-{first.key}", key=first.key)


def build(
    table,
    year,
    *,
    result_label="Resultat",
    urls=None,
    editing=False,
    view=None,
    rows=None,
    columns=None,
):
    """Return the Grid of ``table`` (sums.Table), where ``year`` is the year in question.

    ``urls`` maps a line's key to the address of its intervention. When ``editing``, the row of
    opening balances is there even before anything stands in it. ``view`` (grid_view.View) adds
    columns or groups the costs; ``rows`` leaves out the lines whose keys are not among them, and
    ``columns`` the cells of other columns.
    """
    view = view or grid_view.PLAIN
    make = _Builder(table, year, urls or {}, rows, view, columns)
    has_opening = editing or table.has_opening
    income = make.lines(table.income)
    if has_opening or any(each.other_income for each in table.columns):
        make.sum_contributions(income)
    if has_opening:
        income.append(make.opening())
    income.append(make.computed("sum", "Summa intäkter", "income"))
    cost = [] if view.grouped else make.lines(table.cost)
    cost.append(make.computed("sum", "Summa kostnader", "cost"))
    cost.append(make.computed("result", result_label, "result"))
    if has_opening:
        cost.append(make.computed("aside", sums.RESULT_OF_YEAR_LABEL, "result_of_year"))
    groups = (
        Group("Intäkter", tuple(income)),
        *(make.by_category() if view.grouped else ()),
        Group("Kostnader", tuple(cost)),
        make.share_group("Vad kostnaderna går till", "categories", "Procent av summa kostnader"),
        make.share_group("Vem som betalar", "payers", "Procent av medlemmarnas bidrag"),
    )
    labels = tuple(extra.label for extra in make.extras)
    return Grid(tuple(table.columns), groups, table.notes, make.current, labels)


def of_budget(budget, *, editing=False, table=None, view=None):
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
        view=view,
    )
