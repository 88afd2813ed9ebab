"""What a sheet of text would change in a budget: matched by label, cell by cell, nothing saved.

Pure. The person may override what is matched (``Choice``), and sees every row and column that is
left out. One refused cell stops the whole: all or nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from associations.cells import KRONOR, MILLIONS, THOUSANDS
from associations.units import TIMES
from associations.units import WORDS as UNITS
from budgets.intake.heads import folded
from budgets.intake.questions import CHOOSE, Question
from budgets.intake.reconciling import Reconciliation

__all__ = [
    "Change", "Choice", "Fit", "KRONOR", "MILLIONS", "Place", "Preview", "Problem", "THOUSANDS",
    "TIMES", "Target", "UNITS", "folded",
]  # fmt: skip

SKIP = "-"  # not read, nor the next time
LEAVE = "no"  # not read this time
OPENING = "opening"
NAMELESS = "utan text"  # why a row or column without words of its own is left out
# What becomes of a row or a column of the sheet.
MATCHED, NEW, COMPUTED, LABELS, HEAD, SKIPPED, UNMATCHED, ASKED = (
    "matched", "new", "computed", "labels", "head", "skipped", "unmatched", "asked",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A row or column of the budget that a sheet can match: its id and the words it goes by."""

    ident: str
    label: str
    section: str = ""
    year: int | None = None
    kind: str = ""


@dataclass(frozen=True)
class Stored:
    """The budget's table before the import, as ``sums.table`` takes it."""

    columns: tuple
    lines: tuple


@dataclass(frozen=True)
class Target:
    """The budget as the import sees it.

    ``cells`` maps (row id, column id) to (cell id, stored amount) for the cells that are typed.
    ``computed`` are the labels of rows that the budget computes by itself. ``members`` are those
    who may pay a new row, several words for each; ``year`` is the budget's. ``stored`` is what the
    sums after the import are computed from, or None when they aren't wanted.
    """

    rows: tuple[Place, ...]
    columns: tuple[Place, ...]
    cells: Mapping[tuple[str, str], tuple[str, int | None]]
    computed: tuple[str, ...] = ()
    sections: Mapping[str, str] = field(default_factory=dict)
    members: tuple[Place, ...] = ()
    year: int = 0
    stored: Stored | None = None


@dataclass(frozen=True)
class Choice:
    """What the person chose, and what is remembered from the time before.

    ``rows`` and ``columns`` map a number in the sheet (from 1) to an id of the budget, to SKIP or
    LEAVE, or to what to add: ``+income``, ``+income:<member>``, ``+cost:<category>``,
    ``+<kind>:<year>``. The remembered ones go by (section, folded label) and by
    ``heads.remembered``. ``add_missing`` adds what is not in the budget where it can be told
    what it is; ``new_cost`` is the category of a cost under no head that says. ``skip_empty``
    leaves an amount alone where the sheet's cell is empty, which otherwise takes it away.
    ``chain`` lets new columns open with the year before's result, unless the sheet has a row of
    opening money. ``unit`` is what is read in: ``chosen_unit``, or of ``said_units`` that the sheet
    names. ``signs`` is questions.KEEP or TURN where every amount of a part is below zero.
    """

    unit: str = KRONOR
    chosen_unit: str = KRONOR
    said_units: frozenset[str] = frozenset()
    signs: str = ""
    rows: Mapping[int, str] = field(default_factory=dict)
    columns: Mapping[int, str] = field(default_factory=dict)
    remembered_rows: Mapping[tuple[str, str], str] = field(default_factory=dict)
    remembered_columns: Mapping[str, str] = field(default_factory=dict)
    add_missing: bool = False
    new_cost: str = "individual"
    skip_empty: bool = False
    chain: bool = True


@dataclass(frozen=True)
class Fit:
    """What becomes of one row or column of the sheet.

    ``ident`` is the budget's own, or ``+<number>`` for one to be added as ``add`` says.
    ``choice`` is what the person chose, now or before; "" when it is as we read it ourselves.
    """

    number: int
    label: str
    state: str
    ident: str = ""
    add: str = ""
    section: str = ""
    why: str = ""
    choice: str = ""

    @property
    def used(self):
        """True when its cells are read."""
        return self.state in (MATCHED, NEW)


@dataclass(frozen=True)
class Change:
    """One cell that would change, in kronor. ``text`` is how the sheet writes it.

    ``ident`` is the cell's own id, or "" where the row or the column is to be added.
    """

    ident: str
    row: str
    column: str
    old: int | None
    new: int | None
    text: str
    row_ident: str = ""
    column_ident: str = ""


@dataclass(frozen=True)
class Problem:
    """A cell that cannot be read, by its row and column in the sheet and in words."""

    row: str
    column: str
    sentence: str


@dataclass(frozen=True)
class Preview:
    """What the sheet would do, whole: shown first, then done wholly or not at all.

    ``read`` maps (row id, column id) to the Change there, or None where nothing changes.
    ``unit`` is what is read in, or "" where each column says its own.
    ``computed_cells`` are places where the budget computes what the sheet writes; ``left`` the
    places whose amounts stay since the sheet's cell is empty. ``openers`` maps the id of a new
    column to the (kind, year) of the column with whose result it opens. ``sums`` is how the
    sheet's printed sums agree; ``questions`` are the doubts about the whole of it.
    """

    rows: tuple[Fit, ...]
    columns: tuple[Fit, ...]
    read: Mapping[tuple[str, str], Change | None]
    problems: tuple[Problem, ...]
    computed_cells: tuple[str, ...]
    unit: str
    described: str
    left: tuple[tuple[str, str], ...] = ()
    openers: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    sums: Reconciliation = field(default_factory=Reconciliation)
    questions: tuple[Question, ...] = ()

    @property
    def changes(self):
        """The cells that would change."""
        return tuple(change for change in self.read.values() if change is not None)

    @property
    def unchanged(self):
        """How many cells were read and are the same."""
        return len(self.read) - len(self.changes) - len(self.left)

    @property
    def removed(self):
        """The amounts that would be taken away."""
        return tuple(change for change in self.changes if change.new is None)

    @property
    def new_rows(self):
        """The rows to be added."""
        return tuple(fit for fit in self.rows if fit.state == NEW)

    @property
    def new_columns(self):
        """The columns to be added."""
        return tuple(fit for fit in self.columns if fit.state == NEW)

    @property
    def unmatched_rows(self):
        """The words of the rows with amounts that are left out, with the reason."""
        return _words(self.rows, UNMATCHED, ASKED)

    @property
    def asked(self):
        """The rows that the person must say what they are."""
        return tuple(fit for fit in self.rows if fit.state == ASKED)

    @property
    def unmatched_columns(self):
        """The heads of the columns that are left out, with the reason."""
        return _words(self.columns, UNMATCHED)

    @property
    def computed_rows(self):
        """The words of the rows that the budget computes by itself."""
        return _words(self.rows, COMPUTED)

    @property
    def can_be_done(self):
        """True when every cell can be read, nothing is left to choose and something changes."""
        changes = self.changes or self.new_rows or self.new_columns
        unanswered = self.asked or any(each.kind == CHOOSE for each in self.questions)
        return bool(changes) and not self.problems and not unanswered

    @property
    def to_confirm(self):
        """The keys that a person must tick before it is done: differences and doubts."""
        return (
            *(each.key for each in self.sums.differences),
            *(each.key for each in self.questions if each.kind != CHOOSE),
        )


def _words(fits, *states):
    return tuple(
        f"{fit.label} ({fit.why})" if fit.why else fit.label for fit in fits if fit.state in states
    )
