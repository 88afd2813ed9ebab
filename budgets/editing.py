"""The deeds of the budget editor: one cell, or the whole form, under the budget's lock.

Every save carries the value that the person saw (``was``). When something else stands in the
cell by now, nothing is written: both values come back, with who wrote the other one and when.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from budgets import grid, numbers
from budgets.models import Amount, Budget, BudgetColumn

SAVED, UNCHANGED, REFUSED, CONFLICT = "saved", "unchanged", "refused", "conflict"
ADOPTED, FORBIDDEN = "adopted", "forbidden"
ADOPTED_REASON = (
    "Budgeten är fastställd och kan inte ändras. Inget är sparat. Gör en revidering i stället."
)
FORBIDDEN_REASON = "Din roll får läsa budgeten men inte ändra den. Inget är sparat."
UNKNOWN_REASON = "Cellen finns inte längre i budgeten. Inget är sparat. Läs in sidan igen."


class Closed(Exception):
    """The budget may not be changed, by anyone (``adopted``) or by this user (``forbidden``)."""

    def __init__(self, state):
        self.state = state
        self.reason = ADOPTED_REASON if state == ADOPTED else FORBIDDEN_REASON
        super().__init__(self.reason)


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


@dataclass(frozen=True)
class Sheet:
    """A budget under lock, with its table as it stands after the change."""

    budget: Budget
    grid: grid.Grid


def change_cell(pk, ident, typed, was, user):
    """Write what was ``typed`` in the cell ``ident`` of the budget ``pk``; return (Outcome, Sheet).

    ``was`` is the amount that the person saw (None: no amount). Raises Budget.DoesNotExist for
    another association's budget, Closed when this one may not be changed.
    """
    with transaction.atomic(savepoint=False):
        budget, refusal = _lock(pk, user)
        if refusal is None:
            writer = _Writer(budget, user)
            outcome = writer.look_at(ident, typed, was)
            if outcome.state == SAVED:
                writer.write([outcome])
            return outcome, writer.sheet()
    raise refusal


def change_all(pk, typed: Mapping[str, str], was: Mapping[str, int | None], user):
    """Write every cell of ``typed``, or none at all; return (outcomes by id, Sheet).

    A cell whose typed amount is the one that the person saw is left alone, whatever stands there
    now. Raises as ``change_cell``.
    """
    with transaction.atomic(savepoint=False):
        budget, refusal = _lock(pk, user)
        if refusal is None:
            writer = _Writer(budget, user)
            outcomes = {
                ident: writer.look_at(ident, text, was.get(ident), whole=True)
                for ident, text in typed.items()
            }
            if not any(outcome.is_error for outcome in outcomes.values()):
                writer.write([each for each in outcomes.values() if each.state == SAVED])
            return outcomes, writer.sheet()
    raise refusal


def _lock(pk, user):
    """Return (the user's own budget with its row locked, why it may not be changed or None).

    The two halves of can_be_edited_by: ``for_user`` asks whose the budget is; the role and the
    seal are asked here, without asking for the row a second time.
    """
    may_change = user.has_perm("budgets.change_budget")
    budgets = Budget.objects.for_user(user).select_related("association")
    budget = budgets.select_for_update(of=("self",)).filter(pk=pk).first()
    if budget is None:
        return None, Budget.DoesNotExist(f"No budget {pk} of {user}'s own.")
    if not may_change:
        return budget, Closed(FORBIDDEN)
    return budget, Closed(ADOPTED) if budget.is_sealed else None


class _Writer:
    """Compares and writes the cells of one locked budget, whose table it reads once."""

    def __init__(self, budget, user):
        self.budget, self.user = budget, user
        self.columns = {column.pk: column for column in budget.columns.all()}
        self.lines = list(budget.lines.select_related("organisation"))
        self.amounts = {
            (amount.line_id, amount.column_id): amount
            for amount in Amount.objects.filter(line__budget=budget).order_by()
        }
        self.places = {
            grid.line_cell(line.pk, column): (line.pk, column)
            for line in self.lines
            for column in self.columns
        }
        self.places |= {
            grid.opening_cell(column.pk): (None, column.pk)
            for column in self.columns.values()
            if column.opens_from_id is None
        }

    def look_at(self, ident, typed, was, *, whole=False):
        """Return what becomes of one cell, without writing.

        In a ``whole`` form most cells come back as they were shown, and mean no change.
        """
        if ident not in self.places:
            return Outcome(REFUSED, ident, typed, None, UNKNOWN_REASON)
        stored = self._stored(ident)
        try:
            wanted = numbers.read_kronor(typed)
        except ValueError as error:
            return Outcome(REFUSED, ident, typed, stored, str(error))
        if wanted == stored or (whole and wanted == was):
            return Outcome(UNCHANGED, ident, typed, stored)
        if stored != was:
            by, at = self._last_writer(ident)
            return Outcome(CONFLICT, ident, typed, stored, by=by, at=at)
        return Outcome(SAVED, ident, typed, wanted)

    def write(self, outcomes):
        """Write the outcomes' amounts, and count the budget's version up when there are any."""
        for outcome in outcomes:
            self._write_one(outcome.ident, outcome.stored)
        if outcomes:
            self.budget.version += 1
            self.budget.save(update_fields=["version"])

    def sheet(self):
        """Return the budget with its table, as it stands now."""
        kronor = {place: amount.kronor for place, amount in self.amounts.items()}
        table = self.budget.table_of(self.columns.values(), self.lines, kronor)
        return Sheet(
            self.budget,
            grid.build(
                table, self.budget.year, result_label=self.budget.result_label, editing=True
            ),
        )

    def _stored(self, ident):
        line, column = self.places[ident]
        if line is None:
            return self.columns[column].opening
        amount = self.amounts.get((line, column))
        return None if amount is None else amount.kronor

    def _write_one(self, ident, kronor):
        place = line, column = self.places[ident]
        if line is None:
            self.columns[column].opening = kronor
            self.columns[column].save(update_fields=["opening"])
        elif kronor is None:
            self.amounts.pop(place).delete()
        elif place in self.amounts:
            self.amounts[place].kronor = kronor
            self.amounts[place].save(update_fields=["kronor"])
        else:
            self.amounts[place] = Amount.objects.create(
                line_id=line, column_id=column, kronor=kronor
            )

    def _last_writer(self, ident):
        """Return (name, time) of the last change of a cell; ("", None) when nobody is known."""
        line, column = self.places[ident]
        if line is None:
            changes = BudgetColumn.history.filter(id=column)
        else:
            changes = Amount.history.filter(line_id=line, column_id=column)
        last = changes.select_related("history_user").order_by("-history_date").first()
        if last is None:
            return "", None
        who = last.history_user
        return (who.get_full_name() or who.get_username()) if who else "", last.history_date
