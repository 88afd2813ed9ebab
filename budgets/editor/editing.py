"""The deeds of the budget editor on cells: one cell, or the whole form, under the budget's lock.

Every save carries the value that the person saw (``was``). When something else stands in the
cell by now, nothing is written: both values come back, with who wrote the other one and when.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from budgets import numbers
from budgets.editor.desk import (
    ADOPTED,
    ADOPTED_REASON,
    FORBIDDEN,
    FORBIDDEN_REASON,
    ONE,
    Closed,
    Sheet,
    at_desk,
    count_up,
)
from budgets.models import Amount, BudgetColumn

__all__ = [
    "ADOPTED", "ADOPTED_REASON", "CONFLICT", "Closed", "FORBIDDEN", "FORBIDDEN_REASON",
    "Outcome", "REFUSED", "SAVED", "Sheet", "UNCHANGED", "change_all", "change_cell",
]  # fmt: skip

SAVED, UNCHANGED, REFUSED, CONFLICT = "saved", "unchanged", "refused", "conflict"
UNKNOWN_REASON = "Cellen finns inte längre i budgeten. Inget är sparat. Läs in sidan igen."


@dataclass(frozen=True)
class Outcome:
    """What became of one cell. ``stored`` stands in the database now; ``typed`` was sent."""

    state: str
    ident: str
    typed: str
    stored: int | None
    reason: str = ""
    by: str = ""
    at: datetime | None = None

    @property
    def is_error(self):
        """True when what was typed is not saved."""
        return self.state not in (SAVED, UNCHANGED)

    @property
    def stored_text(self):
        """The stored amount as a person types it."""
        return numbers.write(self.stored)


def change_cell(pk, ident, typed, was, user):
    """Write what was ``typed`` in the cell ``ident`` of the budget ``pk``; return (Outcome, Sheet).

    ``was`` is the amount that the person saw (None: no amount). Raises Budget.DoesNotExist for
    another association's budget, Closed when this one may not be changed.
    """

    def deed(desk):
        outcome = look_at(desk, ident, typed, was)
        if outcome.state == SAVED:
            desk.write_one(desk.place(ident), outcome.stored)
        return outcome, desk.sheet()

    return at_desk(pk, user, deed, rows=ONE)


def change_all(pk, typed: Mapping[str, str], was: Mapping[str, int | None], user):
    """Write every cell of ``typed``, or none at all; return (outcomes by id, Sheet).

    A cell whose typed amount is the one that the person saw is left alone, whatever stands there
    now. Raises as ``change_cell``.
    """

    def deed(desk):
        outcomes = {
            ident: look_at(desk, ident, text, was.get(ident), whole=True)
            for ident, text in typed.items()
        }
        if not any(outcome.is_error for outcome in outcomes.values()):
            write(desk, [each for each in outcomes.values() if each.state == SAVED])
        return outcomes, desk.sheet()

    return at_desk(pk, user, deed)


def look_at(desk, ident, typed, was, *, whole=False):
    """Return what becomes of one cell, without writing.

    In a ``whole`` form most cells come back as they were shown, and mean no change.
    """
    place = desk.place(ident)
    if place is None:
        return Outcome(REFUSED, ident, typed, None, UNKNOWN_REASON)
    stored = desk.stored(place)
    try:
        wanted = numbers.read_kronor(typed)
    except ValueError as error:
        return Outcome(REFUSED, ident, typed, stored, str(error))
    if wanted == stored or (whole and wanted == was):
        return Outcome(UNCHANGED, ident, typed, stored)
    if stored != was:
        by, at = last_writer(place)
        return Outcome(CONFLICT, ident, typed, stored, by=by, at=at)
    return Outcome(SAVED, ident, typed, wanted)


def write(desk, outcomes):
    """Write the outcomes' amounts, and count the budget's version up when there are any."""
    for outcome in outcomes:
        desk.write(desk.place(outcome.ident), outcome.stored)
    if outcomes:
        count_up(desk.budget)


def last_writer(place):
    """Return (name, time) of the last change of a cell; ("", None) when nobody is known."""
    line, column = place
    if line is None:
        changes = BudgetColumn.history.filter(id=column)
    else:
        changes = Amount.history.filter(line_id=line, column_id=column)
    last = changes.select_related("history_user").order_by("-history_date", "-history_id").first()
    if last is None:
        return "", None
    who = last.history_user
    return (who.get_full_name() or who.get_username()) if who else "", last.history_date
