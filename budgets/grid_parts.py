"""What the budget's table is laid out in: cells, rows, groups, and the whole grid. Plain values."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from associations.decimals import divided
from budgets import numbers, sums

MONEY = ("kronor", "skillnad")  # the units of cells that hold kronor


class Cell(NamedTuple):
    """One place in the table.

    ``unit``: kronor, procent (as parts.Share.rounded), skillnad (kronor more or less) or andel (a
    share of one).

    ``column`` is None for what is no column of the budget, such as a deviation. ``outcome`` is
    what became of a save of it (editing.Outcome), when its answer is shown; ``findings`` are the
    (number, severity) of what there is to look at there.
    """

    ident: str
    name: str
    column: sums.Column | None
    value: int | None
    unit: str = "kronor"
    typed: bool = False
    current: bool = False
    outcome: object = None
    findings: tuple = ()

    @property
    def in_thousands(self):
        """The kronor as whole thousands, half a thousand upwards from zero."""
        if self.value is None:
            return None
        return divided(self.value, 1000)

    @property
    def severity(self):
        """The gravest finding's severity, or nothing."""
        return self.findings[0][1] if self.findings else ""

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
    extras: tuple[str, ...] = ()

    @property
    def width(self):
        """How many columns of cells there are."""
        return len(self.columns) + len(self.extras)

    @cached_property
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
        return self._with("outcome", outcomes, None)

    def with_findings(self, places):
        """Return the same table where each cell of ``places`` (by id) knows its findings."""
        return self._with("findings", places, ())

    def in_thousands(self):
        """Return the same table in thousands of kronor, rounded: only to be read."""
        values = {i: c.in_thousands for i, c in self.cells.items() if c.unit in MONEY}
        return self._with("value", values, None)

    def _with(self, name, values, nothing):
        def shown(row):
            cells = (
                cell._replace(**{name: values.get(cell.ident, nothing)})
                if cell.ident in values
                else cell
                for cell in row.cells
            )
            return replace(row, cells=tuple(cells))

        groups = (replace(group, rows=tuple(map(shown, group.rows))) for group in self.groups)
        return replace(self, groups=tuple(groups))
