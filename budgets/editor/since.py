"""What others changed in a budget since a version, and the undoing of one's own last change.

The history tells both: every save of the budget's version has its own time, and what changed
between two of those times belongs to the later one.
"""

import re
from dataclasses import dataclass

from budgets import grid, numbers
from budgets.editor import editing
from budgets.editor.desk import at_desk, count_up
from budgets.models import Amount, BudgetColumn, BudgetLine

UNDONE = "undo of version {}"
_UNDONE = re.compile(r"^undo of version (\d+)$")
NOTHING, UNDID, IN_THE_WAY = "nothing", "undid", "in-the-way"


@dataclass(frozen=True)
class Undoing:
    """What became of an undo. ``places`` are the cells, whose old amounts stand there again."""

    state: str
    sentence: str
    places: tuple = ()


def changed_since(budget, version):
    """Return place → (name, time) of the amounts that changed after ``version`` was saved.

    None when the history does not know that version, so that anything may have changed.
    """
    saved = budget.history.filter(version=version).order_by("-history_date").first()
    if saved is None:
        return None
    return _changes(budget, {"history_date__gt": saved.history_date})


def _changes(budget, when):
    """Return place → (name, time), the latest, of the changes of amounts within ``when``."""
    names = ["history_user__first_name", "history_user__last_name", "history_user__username"]
    found = {}
    amounts = Amount.history.filter(line__budget=budget, **when).order_by("history_date")
    for line, column, at, *who in amounts.values_list(
        "line_id", "column_id", "history_date", *names
    ):
        found[line, column] = (_name(*who), at)
    openings = BudgetColumn.history.filter(budget_id=budget.pk, **when).order_by("history_date")
    for column, at, *who in openings.values_list("id", "history_date", *names):
        found[None, column] = (_name(*who), at)
    return found


def _name(first, last, username):
    return f"{first or ''} {last or ''}".strip() or username or ""


def ident(place):
    """Return the id of the cell at a place."""
    line, column = place
    return grid.opening_cell(column) if line is None else grid.line_cell(line, column)


def undo(pk, user):
    """Take back the user's last change that is not taken back; return (Undoing, Sheet).

    A paste or a whole form is one change. Nothing is done when another has written in one of
    the cells since. Raises as ``editing.change_cell``.
    """

    def deed(desk):
        return _undo(desk, user), desk.sheet()

    return at_desk(pk, user, deed)


def _undo(desk, user):
    number, before, at = _last_own(desk.budget, user)
    if number is None:
        return Undoing(NOTHING, "Det finns ingen egen ändring att ångra.")
    within = {"history_date__gt": before, "history_date__lte": at}
    if _shape_changed(desk.budget, within):
        sentence = "Din senaste ändring gällde rader eller kolumner. Den ändras tillbaka där."
        return Undoing(NOTHING, sentence)
    changed = _changes(desk.budget, within)
    if not changed:
        return Undoing(NOTHING, "Din senaste ändring gällde inget belopp. Den ändras tillbaka där.")
    old, new = {}, {}
    for place in changed:
        if desk.place(ident(place)) is None:
            return Undoing(IN_THE_WAY, "Raden eller kolumnen finns inte längre. Inget ångrades.")
        try:
            old[place], new[place] = _amount(place, before), _amount(place, at)
        except LookupError:
            return Undoing(NOTHING, "Historiken vet inte vad som stod där förut. Inget ångrades.")
    for place, kronor in new.items():
        if desk.stored(place) != kronor:
            by, _ = editing.last_writer(place)
            sentence = f"{by or 'Någon annan'} har skrivit där sedan dess. Inget ångrades."
            return Undoing(IN_THE_WAY, sentence)
    places = tuple(place for place in old if old[place] != new[place])
    for place in places:
        desk.write(place, old[place])
    count_up(desk.budget, UNDONE.format(number))
    amounts = "1 belopp står" if len(places) == 1 else f"{len(places)} belopp står"
    only = f": {numbers.write(old[places[0]]) or 'inget belopp'}" if len(places) == 1 else ""
    return Undoing(UNDID, f"Ångrat. {amounts} som förut{only}.", places)


def _last_own(budget, user):
    """Return (version, time of the version before, its own time) of what is to be undone."""
    rows = list(
        budget.history.order_by("-history_date", "-history_id").values_list(
            "version", "history_date", "history_user", "history_change_reason"
        )[:400]
    )
    undone = set()
    for (number, at, who, reason), (_, before, _, _) in zip(rows, rows[1:], strict=False):
        if who != user.pk:
            continue
        found = _UNDONE.match(reason or "")
        if found:
            undone.add(int(found[1]))
        elif number not in undone:
            return number, before, at
    return None, None, None


def _shape_changed(budget, within):
    """True when lines, or more of columns than an opening amount, were changed."""
    if BudgetLine.history.filter(budget_id=budget.pk, **within).exists():
        return True
    columns = BudgetColumn.history.filter(budget_id=budget.pk, **within)
    return columns.exclude(history_type="~").exists()


def _amount(place, at):
    """Return what stood at ``place`` at a time, in kronor, as the history tells it.

    Raises LookupError when the history begins later, with a change of what stood there.
    """
    line, column = place
    if line is None:
        rows = BudgetColumn.history.filter(id=column)
    else:
        rows = Amount.history.filter(line_id=line, column_id=column)
    last = rows.filter(history_date__lte=at).order_by("-history_date", "-history_id").first()
    if last is None:
        first = rows.order_by("history_date", "history_id").first()
        if first.history_type == "+":
            return None
        if first.history_type == "~":
            raise LookupError
        return first.kronor
    if last.history_type == "-":
        return None
    return last.opening if line is None else last.kronor
