"""The preview of an import as its page shows it: a table of changes, and what may be chosen."""

from dataclasses import dataclass

from associations.decimals import write
from budgets.intake import heads
from budgets.intake.import_forms import CATEGORY_WORDS
from budgets.intake.matching import (
    ASKED,
    HEAD,
    LABELS,
    NEW,
    SKIPPED,
    UNMATCHED,
    Change,
)
from budgets.models import BudgetColumn

LISTED = 300  # rows that may be chosen for on one page, and added at once
YEARS_AROUND = range(-2, 4)  # years from the budget's that a column without a year may be


@dataclass(frozen=True)
class Cell:
    """One cell of the table: a change, or what is the same (``shown``), or neither."""

    change: Change | None
    is_read: bool
    old: int | None = None


@dataclass(frozen=True)
class Row:
    """One row of the table, with what is added when it is new.

    ``is_read`` is false when some cell of it could not be read.
    """

    label: str
    added: str
    cells: tuple[Cell, ...]
    is_read: bool


@dataclass(frozen=True)
class Options:
    """What may be chosen for the rows and for each column: groups of (id, words)."""

    rows: tuple
    columns: dict

    @property
    def allowed(self):
        """The ids that a choice may be: (of rows, of columns)."""
        rows = {ident for _, group in self.rows for ident, _ in group}
        each = (
            ident for groups in self.columns.values() for _, group in groups for ident, _ in group
        )
        return rows, set(each)

    def of_column(self, fit, target):
        """Return the groups for a column, also for one that a second table's head has made."""
        return self.columns.get(fit.number) or _column_options(target, {fit.label})


def options(sheet, target):
    """Return the Options of a sheet's rows and columns against ``target``."""
    by_section = {
        name: [(place.ident, place.label) for place in target.rows if place.section == name]
        for name in ("income", "cost")
    }
    added = [("+income", "Ny intäkt, inget bidrag")]
    names = {place.ident: place.label for place in reversed(target.members)}  # the full name last
    added += [
        (f"+income:{ident}", f"Nytt bidrag från {name}")
        for ident, name in sorted(names.items(), key=lambda each: each[1])
    ]
    added += [(f"+cost:{name}", f"Ny kostnad, {words}") for name, words in CATEGORY_WORDS.items()]
    rows = (
        ("Intäkter i budgeten", by_section["income"]),
        ("Kostnader i budgeten", by_section["cost"]),
        ("Lägg till som ny rad", added),
    )
    width = len(sheet.rows[0])
    texts = [{row[i] for row in sheet.rows[:20]} for i in range(width)]
    columns = {i + 1: _column_options(target, texts[i]) for i in range(width)}
    return Options(rows, columns)


def _column_options(target, texts):
    """Return the groups for one column: those that are there, and those that may be added."""
    said = {read.year for text in texts if (read := heads.read(text))}
    years = sorted(said) or [target.year + step for step in YEARS_AROUND]
    there = {(place.kind, place.year) for place in target.columns}
    added = [
        (f"+{kind}:{year}", added_words(f"+{kind}:{year}"))
        for year in years
        for kind in BudgetColumn.Kind.values
        if (kind, year) not in there
    ]
    groups = [("Kolumner i budgeten", [(each.ident, each.label) for each in target.columns])]
    return [*groups, ("Lägg till som ny kolumn", added)]


def added_words(add):
    """Return what a column to add is called, such as ”Utfall 2018”."""
    kind, _, year = add[1:].partition(":")
    return f"{BudgetColumn.Kind(kind).label.capitalize()} {year}"


class Page:
    """All that the preview's template shows."""

    def __init__(self, preview, target, choice, groups, *, leave_rest=False):
        self.preview, self.options = preview, groups
        self.places = {place.ident: place.label for place in (*target.rows, *target.columns)}
        self.row_words = dict(each for _, group in groups.rows for each in group)
        self.added = {
            fit.number: self.row_words.get(fit.add, "") for fit in preview.rows if fit.add
        }
        self.columns = [fit for fit in preview.columns if fit.used]
        self.heads = [
            added_words(fit.add) if fit.add else self.places[fit.ident] for fit in self.columns
        ]
        self.stored = {key: old for key, (_, old) in target.cells.items()}
        self._lay()
        self._choose(choice)
        self.leave_rest = leave_rest
        self.column_choices = [
            (fit, groups.of_column(fit, target), self._ours(fit))
            for fit in preview.columns
            if fit.state != LABELS
        ]
        self.can_check = any(fit.state == LABELS for fit in preview.columns)
        self.heads_only = [fit.label for fit in preview.rows if fit.state == HEAD and fit.label]
        self.skips_empty = choice.skip_empty
        self.openers = [
            (added_words(fit.add), added_words("+{}:{}".format(*preview.openers[fit.ident])))
            for fit in self.columns
            if fit.ident in preview.openers
        ]

    def _lay(self):
        """Lay the rows that change, and name those that are read and stay the same."""
        rows = [(fit, self._row(fit)) for fit in self.preview.rows if fit.used]
        shown = [(row, fit.add or any(cell.change for cell in row.cells)) for fit, row in rows]
        self.rows = [row for row, changes in shown if changes]
        self.same_rows = [row.label for row, changes in shown if not changes and row.is_read]

    def _choose(self, choice):
        """List the rows that may be chosen for; what is asked about stands first."""
        states = (ASKED, UNMATCHED, SKIPPED, NEW)
        choices = [
            fit for fit in self.preview.rows if fit.state in states or fit.number in choice.rows
        ]
        choices.sort(key=lambda fit: fit.state != ASKED)
        self.row_choices = [(fit, self._ours(fit)) for fit in choices[:LISTED]]
        self.more = sum(fit.state == UNMATCHED for fit in choices[LISTED:])

    @property
    def too_many(self):
        """Why so many rows can't be read in at once, or ""."""
        if len(self.preview.new_rows) > LISTED:
            number = write(len(self.preview.new_rows))
            return f"Bladet lägger till {number} rader. En inläsning lägger till högst {LISTED}."
        if self.more and not self.leave_rest:
            return (
                f"Budgeten saknar {write(self.more)} rader till, utöver de {LISTED} som du kan "
                "välja för här. Korta bladet, eller kryssa nedan för att inte läsa dem."
            )
        return ""

    @property
    def can_be_done(self):
        """True when the page may have the button that reads it all in."""
        return self.preview.can_be_done and not self.too_many

    def _row(self, fit):
        keys = [(fit.ident, column.ident) for column in self.columns]
        is_read = all(key in self.preview.read for key in keys if key in self.stored)
        label, added = self.places.get(fit.ident, fit.label), self.added.get(fit.number, "")
        return Row(label, added, tuple(map(self._cell, keys)), is_read)

    def _cell(self, key):
        return Cell(self.preview.read.get(key), key in self.preview.read, self.stored.get(key))

    def _ours(self, fit):
        """Say what we make of a row or column ourselves: the first of its choices."""
        if fit.choice:
            return "Vårt eget förslag"
        if fit.state == ASKED:
            return "Välj"
        if not fit.used:
            return "Vårt förslag: läs inte"
        if not fit.add:
            return f"Vårt förslag: {self.places[fit.ident]}"
        return f"Vårt förslag: {self.row_words.get(fit.add) or added_words(fit.add)}"
