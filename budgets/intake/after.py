"""The budget's sums as they would be after an import, computed where every sum is. Pure."""

from dataclasses import replace

from associations.decimals import write
from budgets import sums
from budgets.intake.matching import OPENING
from budgets.intake.row_kinds import SUM

MOST_NAMED = 8  # rows named in one explanation


class After:
    """What the budget would sum to when the ``cells`` (reading's) that are read are written.

    ``fits`` are (rows, columns) of the preview, ``openers`` what new columns open with.
    """

    def __init__(self, target, fits, cells, openers):
        self.turned = cells.turned
        self.target, (self.rows, self.columns) = target, fits
        self.names = {place.ident: place for place in target.rows}
        self.values = {place: stored for place, (_, stored) in target.cells.items()}
        self.values |= {place: change.new for place, change in cells.read.items() if change}
        added = [self._line(fit) for fit in self.rows if fit.add and fit.used]
        lines = [replace(line, key=str(line.key)) for line in target.stored.lines]
        amounts = {
            place: kronor
            for place, kronor in self.values.items()
            if kronor is not None and place[0] != OPENING
        }
        table = sums.table(self._columns(openers), [*lines, *added], amounts)
        self.sums = [table.by_key[fit.ident] for fit in self.columns if fit.used]

    def _line(self, fit):
        section, _, rest = fit.add[1:].partition(":")
        split = ((rest, 100),) if section == "cost" else ()
        return sums.Line(fit.ident, section, fit.label, split=split)

    def _columns(self, openers):
        """Return the columns, old and new, as sums.Column with keys as text."""
        made = []
        for column in self.target.stored.columns:
            opener = column.opens_from
            own = self.values.get((OPENING, str(column.key)), column.opening)
            key = str(column.key)
            opens = None if opener is None else str(opener)
            made.append(replace(column, key=key, opens_from=opens, opening=None if opens else own))
        for fit in self.columns:
            if fit.add and fit.used:
                kind, _, year = fit.add[1:].partition(":")
                own = self.values.get((OPENING, fit.ident))
                made.append(sums.Column(fit.ident, int(year), kind, fit.label, opening=own))
        at = {(column.kind, column.year): column.key for column in made}
        return [
            replace(column, opens_from=at[openers[column.key]], opening=None)
            if column.key in openers
            else column
            for column in made
        ]

    def of(self, bound, read):
        """Return what each column would sum to where ``bound`` sums a whole part; else None."""
        if read.parts[bound.index].kind != SUM or not bound.section:
            return [None] * len(self.sums)
        opens = any(self._is_opening(read, m) for m, _ in bound.members)
        return [
            self._of_column(each, bound.section, opens)
            * (-1 if (bound.section, at) in self.turned else 1)
            for at, each in enumerate(self.sums)
        ]

    def _of_column(self, column, section, opens):
        if section == "cost":
            return column.cost
        return column.income - (0 if opens else column.opening or 0)

    def _is_opening(self, read, m):
        number = read.lines[m].number
        return any(fit.number == number and OPENING in (fit.ident, fit.add) for fit in self.rows)

    def why(self, bound, at, read):
        """Return sentences on the lines that make the budget's sum another than the sheet's."""
        column = [fit.ident for fit in self.columns if fit.used][at]
        mentioned = {fit.ident for fit in self.rows if fit.used}
        left = [
            f"”{place.label}” ({write(kronor)})"
            for place in self.target.rows
            if place.section == bound.section and place.ident not in mentioned
            for kronor in [self.values.get((place.ident, column))]
            if kronor and place.ident != OPENING
        ]
        said = self._opening_why(bound, at, read)
        if left:
            more = f" och {len(left) - MOST_NAMED} till" if len(left) > MOST_NAMED else ""
            said.append(
                f"Står i budgeten, men inte i bladet: {', '.join(left[:MOST_NAMED])}{more}."
            )
        return said or ["Bladets rader ger en annan summa."]

    def _opening_why(self, bound, at, read):
        """Say when the budget opens with another amount than the sheet writes."""
        opens = self.sums[at].opening or 0
        for m, _ in bound.members:
            printed = read.lines[m].values[at] or 0
            if self._is_opening(read, m) and printed != opens:
                label = read.lines[m].label
                return [
                    f"Bladet skriver {write(printed)} på raden ”{label}”, men budgeten öppnar där "
                    f"med {write(opens)}, som kommer från en annan kolumn."
                ]
        return []
