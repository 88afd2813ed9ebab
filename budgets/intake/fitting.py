"""Finds what each column of a sheet is in a budget. Pure; ``row_fitting.py`` does so for the rows.

A sheet has a row of heads and a column of labels, or one of them, or neither. Where one is
missing the sheet is laid out from the cell ``anchor`` (row id, column id), right and down, as a
spreadsheet does.
"""

from collections import Counter

from associations import units
from associations.cells import PLAIN
from associations.laying import letter
from budgets import numbers
from budgets.intake import heads, row_kinds, tables
from budgets.intake.heads import folded
from budgets.intake.matching import (
    LABELS,
    LEAVE,
    MATCHED,
    NAMELESS,
    NEW,
    SKIP,
    SKIPPED,
    TIMES,
    UNMATCHED,
    Fit,
)

SAME_COLUMN = "flera kolumner i bladet är av samma slag för samma år"
YEARS_AROUND = 10  # a year alone heads a column when it is so near the budget's


class Columns:
    """The row of heads, and a Fit for each column that holds anything.

    Raises sheets.Refused for tables that stand side by side.
    """

    def __init__(self, sheet, target, choice, anchor):
        self.target, self.choice, self.anchor = target, choice, anchor
        laid = tables.lay(sheet, self._known, loose=bool(anchor))
        self.rows, self.cells = laid.rows, laid.cells
        self.head_at, self.heads = laid.head_at, laid.heads
        self.first = 0 if self.head_at is None else self.head_at + 1
        amounts = {
            i
            for i in range(len(self.heads))
            if any(heads.is_of_numbers(row[i]) for row in self.rows[self.first :])
        }
        known = {i for i in amounts if self._known(self.heads[i])}
        chosen = {number - 1 for number in choice.columns}
        self.labels_at, self.groups_at = self._find_labels(known | chosen), None
        if self.labels_at is not None:
            self._find_groups(amounts | chosen)
        self.fits = self._fits()

    def texts_above(self):
        """Return the texts over the table and in its row of heads."""
        return [text for row in self.rows[: self.first] for text in row if text]

    def read_heads(self):
        """Return the heads of the columns that are read."""
        return [fit.label for fit in self.fits if fit.used]

    def label(self, row):
        """Return what a row is called, or its group alone; "" for neither."""
        at = [i for i in (self.labels_at, self.groups_at) if i is not None]
        return next((row[i] for i in at if row[i]), "")

    def group(self, row):
        """Return the group that a row names beside its own label, or ""."""
        both = self.groups_at is not None and row[self.labels_at]
        return row[self.groups_at] if both else ""

    def amount(self, row, column):
        """Return the kronor of a cell, counted from 0; None for none. Raises ValueError."""
        text = self.rows[row][column]
        form = self.cells.get((row, column), PLAIN)
        if text and form.refused:
            raise ValueError(form.refused)
        if text and form.percent:
            raise ValueError(f"Cellen är i procent ({text}). Skriv beloppet i hela kronor.")
        unit = form.unit or self.unit_at(column) or self.choice.unit
        return numbers.read_amount(text, scale=TIMES[unit])

    def unit_at(self, column):
        """Return the unit that a column's own head says, unless the person chose one; or ""."""
        said = set() if self.choice.chosen_unit else units.named(self.heads[column])
        return said.pop() if len(said) == 1 else ""

    def say_their_units(self):
        """True when each column that is read says its own unit."""
        used = [fit.number - 1 for fit in self.fits if fit.used]
        return bool(used) and all(map(self.unit_at, used))

    def _labels(self):
        """Return what the budget's columns, and those that are remembered, go by."""
        named = {folded(place.label) for place in self.target.columns}
        return named | set(self.choice.remembered_columns)

    def _known(self, head):
        if not any(map(str.isdigit, head)) and folded(head) not in self._labels():
            return False
        if head.isdigit() and abs(int(head) - self.target.year) > YEARS_AROUND:
            return False  # 2 000 as an amount is likelier
        return heads.read(head) is not None or bool(self._of_head(head))

    def _of_head(self, head):
        """Return the id of the column that a head names: as remembered, by label or in words."""
        before = self._of_memory(head)
        if before:
            return before
        for place in self.target.columns:
            if folded(place.label) == folded(head):
                return place.ident
        said = heads.read(head)
        if said is None:
            return ""
        same = [
            place.ident
            for place in self.target.columns
            if place.year == said.year and said.kind in (None, place.kind)
        ]
        return same[0] if len(same) == 1 else ""

    def _of_memory(self, head):
        """Return what is remembered of a head: an id, SKIP, or a column to add if one may."""
        kept = self.choice.remembered_columns.get(heads.remembered(head, self.target.year), "")
        if not kept.startswith("+"):
            return kept
        for place in self.target.columns:
            if kept == f"+{place.kind}:{place.year}":
                return place.ident
        return kept if self.choice.add_missing else ""

    def _find_labels(self, taken):
        """Return the index of the column of labels, or None."""
        known = {folded(place.label) for place in self.target.rows}
        known |= {label for _, label in self.choice.remembered_rows}
        rows = self.rows[self.first :]
        free = [i for i in range(len(self.rows[0])) if i not in taken]
        counts = {i: len({folded(row[i]) for row in rows} & known) for i in free}
        best = max(counts, key=counts.get, default=None)
        if best is not None and counts[best]:
            return best
        if self.anchor and self.head_at is None:
            return None
        texts = {i: {folded(row[i]) for row in rows if _is_text(row[i])} - {""} for i in free}
        most = max(texts, key=lambda i: len(texts[i]), default=None)
        return most if most is not None and texts[most] else None

    def _find_groups(self, taken):
        """Find two columns of labels beside each other: groups and sums, then the lines."""
        for groups, labels in ((self.labels_at - 1, self.labels_at),
                               (self.labels_at, self.labels_at + 1)):  # fmt: skip
            if groups < 0 or labels == len(self.heads) or {groups, labels} & taken:
                continue
            rows = self.rows[self.first :]
            begun = [
                row[groups]
                for row in rows
                if row[groups] and row[labels] and any(map(heads.is_amount, row))
            ]
            if len(rows) > 1 and any(map(row_kinds.is_bare_section, begun)):
                self.groups_at, self.labels_at = groups, labels
                return

    def _fits(self):
        width = len(self.rows[0])
        names = [i for i in (self.groups_at, self.labels_at) if i is not None]
        data = [i for i in range(width) if i not in names]
        if self.head_at is None and self.anchor:
            fits = self._from_anchor(data)
        else:
            fits = [self._fit(i) for i in data if self._holds(i)]
        for i in names:
            fits.append(Fit(i + 1, self.heads[i] or f"Kolumn {letter(i)}", LABELS))
        return tuple(sorted(_once(_chosen_between(fits)), key=lambda fit: fit.number))

    def _holds(self, i):
        return bool(self.heads[i]) or any(row[i] for row in self.rows[self.first :])

    def _from_anchor(self, data):
        idents = [place.ident for place in self.target.columns]
        left = idents.index(self.anchor[1])
        fits = []
        for step, i in enumerate(data):
            at, name = left + step, f"kolumn {step + 1}"
            if at < len(idents):
                fits.append(Fit(i + 1, self.target.columns[at].label, MATCHED, idents[at]))
            else:
                fits.append(Fit(i + 1, name, UNMATCHED, why="utanför tabellen"))
        return fits

    def _fit(self, i):
        head = self.heads[i]
        label = head or f"Kolumn {letter(i)}"
        chosen = self.choice.columns.get(i + 1) or self._of_head(head) or self._guess(i)
        why, explicit = "" if head else NAMELESS, self.choice.columns.get(i + 1, "")
        if chosen in (SKIP, LEAVE):
            return Fit(i + 1, label, SKIPPED, why=why, choice=explicit or chosen)
        if chosen.startswith("+"):
            return Fit(i + 1, label, NEW, f"+{i + 1}", chosen, why=why, choice=explicit)
        if chosen:
            return Fit(i + 1, label, MATCHED, chosen, why=why, choice=explicit)
        return Fit(i + 1, label, UNMATCHED, why=why)

    def _guess(self, i):
        """Return the column to add for a head that says its year, when one is to add at all."""
        said = heads.read(self.heads[i])
        if not self.choice.add_missing or said is None:
            return ""
        kind = said.kind or ("budget" if said.year <= self.target.year else "plan")
        taken = any(p.year == said.year and p.kind == kind for p in self.target.columns)
        return "" if taken else f"+{kind}:{said.year}"


def _is_text(cell):
    return bool(cell) and not heads.is_amount(cell) and not cell.endswith("%")


def _chosen_between(fits):
    """Leave a head such as ”Förslag budget 2025” unread where another names the same column.

    The one without such words is taken; of two with them neither, until the person chooses.
    """
    named = Counter(fit.add or fit.ident for fit in fits if fit.used)
    for fit in fits:
        doubtful = fit.used and not fit.choice and heads.stage(fit.label)
        if doubtful and named[fit.add or fit.ident] > 1:
            fit = Fit(fit.number, fit.label, UNMATCHED, why=SAME_COLUMN)
        yield fit


def _once(fits):
    """Let a column of the budget be named once; the later ones are left out, and said."""
    taken = set()
    for fit in fits:
        key = fit.add or fit.ident
        if fit.used and key in taken:
            yield Fit(fit.number, fit.label, UNMATCHED, why="samma kolumn står tidigare i bladet")
            continue
        taken.add(key)
        yield fit
