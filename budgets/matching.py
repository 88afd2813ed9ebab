"""What a sheet of text would change in a budget: matched by label, cell by cell, nothing saved.

Pure. The person may override what is matched (``Choice``), and sees every row and column that is
left out. One refused cell stops the whole: all or nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from budgets import numbers

KRONOR, THOUSANDS = "kr", "tkr"
UNITS = {KRONOR: "kronor", THOUSANDS: "tusental kronor"}
SKIP = "-"


@dataclass(frozen=True)
class Place:
    """A row or column of the budget that a sheet can match: its id and the words it goes by."""

    ident: str
    label: str
    section: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Target:
    """The budget as the import sees it.

    ``cells`` maps (row id, column id) to (cell id, stored amount) for the cells that are typed.
    ``computed`` are the labels of rows that the budget computes by itself.
    """

    rows: tuple[Place, ...]
    columns: tuple[Place, ...]
    cells: Mapping[tuple[str, str], tuple[str, int | None]]
    computed: tuple[str, ...] = ()
    sections: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """What the person chose, or was remembered: unit, and targets by the sheet's own labels."""

    unit: str = KRONOR
    rows: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """One cell that would change, in kronor. ``text`` is how the sheet writes it."""

    ident: str
    row: str
    column: str
    old: int | None
    new: int | None
    text: str


@dataclass(frozen=True)
class Problem:
    """A cell that cannot be read, by its row and column in the sheet and in words."""

    row: str
    column: str
    sentence: str


@dataclass(frozen=True)
class Preview:
    """What the sheet would do, whole: shown first, then done wholly or not at all."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    unmatched_rows: tuple[str, ...]
    unmatched_columns: tuple[str, ...]
    computed_rows: tuple[str, ...]
    matched_rows: Mapping[str, str]
    matched_columns: Mapping[str, str]
    unchanged: int
    unit: str
    described: str

    @property
    def can_be_done(self):
        """True when every cell can be read and something would change."""
        return not self.problems and bool(self.changes)


def folded(label):
    """Return ``label`` as it is compared: lower case, single spaces, no note letter, no colon.

    Nor the apostrophe before it, by which our own files keep it from being a formula.
    """
    words = re.sub(r"[\s\x00-\x1f\x7f]+", " ", label).strip().lstrip("' ").casefold()
    return re.sub(r"\s*(?:\b[a-zåäö]\)|:)$", "", words)


def preview(sheet, target: Target, choice: Choice = Choice(), anchor=None):
    """Return the Preview of ``sheet`` (sheets.Sheet) against ``target``.

    A sheet without known labels is laid out from the cell ``anchor`` (row id, column id) to the
    right and down, as a spreadsheet does. Without an anchor it matches nothing.
    """
    head, columns = _header(sheet.rows, target, choice)
    label_at = _label_column(sheet.rows, target, choice, columns)
    if anchor is not None and not columns and label_at is None:
        return _laid_out(sheet, target, choice, anchor)
    return _matched(sheet, target, choice, head, columns, label_at)


def _header(rows, target, choice):
    """Return (index of the header row, {column index: column id}); (None, {}) without one."""
    for at, row in enumerate(rows[:20]):
        found = {i: _column_of(cell, target, choice) for i, cell in enumerate(row) if cell}
        found = {i: ident for i, ident in found.items() if ident}
        if found:
            return at, found
    return None, {}


def _column_of(cell, target, choice):
    """Return the id of the column that a head names: as chosen, by label, or by a lone year."""
    if folded(cell) in choice.columns:
        return choice.columns[folded(cell)]
    for place in target.columns:
        if folded(place.label) == folded(cell):
            return place.ident
    same_year = [place for place in target.columns if str(place.year) == folded(cell)]
    return same_year[0].ident if len(same_year) == 1 else ""


def _label_column(rows, target, choice, columns):
    """Return the index of the column that holds most known row labels, or None."""
    known = {folded(place.label) for place in target.rows} | set(choice.rows)
    width = len(rows[0])
    counts = {i: sum(folded(row[i]) in known for row in rows) for i in range(width)}
    best = max((i for i in counts if i not in columns), key=counts.get, default=None)
    return best if best is not None and counts[best] else None


def _matched(sheet, target, choice, head, columns, label_at):
    """Match rows by label and columns by head."""
    found = _Found(target, choice, sheet.described)
    section = ""
    start = 0 if head is None else head + 1
    for number, row in enumerate(sheet.rows[start:], start + 1):
        label = row[label_at] if label_at is not None else ""
        section = target.sections.get(folded(label), section)
        has_amounts = any(cell for i, cell in enumerate(row) if i != label_at)
        place = found.row(label, section, number, has_amounts)
        if place is None:
            continue
        for i, ident in columns.items():
            if ident != SKIP:
                found.cell(place, ident, row[i], f"rad {number}")
    named = () if head is None else sheet.rows[head]
    for i, cell in enumerate(named):
        if cell and i != label_at:
            found.column(cell, columns.get(i, ""))
    if head is None:
        found.unmatched_columns.append("Ingen rad med kolumnernas namn")
    return found.preview()


def _laid_out(sheet, target, choice, anchor):
    """Lay a bare block out from the anchor, right and down."""
    found = _Found(target, choice, sheet.described)
    rows = [place.ident for place in target.rows]
    columns = [place.ident for place in target.columns]
    if anchor[0] not in rows or anchor[1] not in columns:
        found.problems.append(Problem("", "", "Välj en cell i tabellen att klistra in från."))
        return found.preview()
    top, left = rows.index(anchor[0]), columns.index(anchor[1])
    for down, row in enumerate(sheet.rows):
        for right, text in enumerate(row):
            if top + down >= len(rows) or left + right >= len(columns):
                if text:
                    place = (f"rad {down + 1}", f"kolumn {right + 1}")
                    found.problems.append(Problem(*place, f"”{text}” hamnar utanför tabellen."))
                continue
            place = target.rows[top + down]
            found.cell(place, columns[left + right], text, f"rad {down + 1}")
    return found.preview()


class _Found:
    """Gathers what a sheet would do."""

    def __init__(self, target, choice, described):
        self.target, self.choice, self.described = target, choice, described
        self.changes, self.problems = {}, []
        self.unmatched_rows, self.unmatched_columns, self.computed_rows = [], [], []
        self.matched_rows, self.matched_columns = {}, {}
        self.unchanged = 0
        self.names = {place.ident: place.label for place in (*target.rows, *target.columns)}

    def row(self, label, section, number, has_amounts):
        """Return the Place of the row that a label names, or None and remember why."""
        key = folded(label)
        chosen = self.choice.rows.get(key)
        if chosen == SKIP:
            return None
        places = [
            place
            for place in self.target.rows
            if (place.ident == chosen if chosen else folded(place.label) == key)
        ]
        if len(places) > 1:
            places = [place for place in places if place.section == section] or places
        if len(places) == 1:
            self.matched_rows[label] = places[0].ident
            return places[0]
        if key in {folded(each) for each in self.target.computed}:
            self.computed_rows.append(label)
        elif has_amounts and key not in self.target.sections:
            reason = " (flera rader heter så)" if places else ""
            self.unmatched_rows.append(f"{label or f'rad {number} utan text'}{reason}")
        return None

    def column(self, head, ident):
        """Remember what became of a column."""
        if ident and ident != SKIP:
            self.matched_columns[head] = ident
        elif ident != SKIP:
            self.unmatched_columns.append(head)

    def cell(self, place, column, text, where):
        """Read one cell, and remember the change, the refusal, or that nothing changes."""
        stored = self.target.cells.get((place.ident, column))
        if stored is None:
            return
        ident, old = stored
        names = (f"{where}, {place.label}", self.names[column])
        try:
            new = numbers.read_amount(text, thousands=self.choice.unit == THOUSANDS)
        except ValueError as error:
            self.problems.append(Problem(*names, str(error)))
            return
        if ident in self.changes:
            self.problems.append(Problem(*names, "Cellen står två gånger i det som klistras in."))
        elif new == old:
            self.unchanged += 1
        else:
            self.changes[ident] = Change(ident, place.label, self.names[column], old, new, text)

    def preview(self):
        """Return all that was gathered."""
        return Preview(
            tuple(self.changes.values()),
            tuple(self.problems),
            tuple(self.unmatched_rows),
            tuple(self.unmatched_columns),
            tuple(self.computed_rows),
            self.matched_rows,
            self.matched_columns,
            self.unchanged,
            self.choice.unit,
            self.described,
        )
