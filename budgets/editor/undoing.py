"""Undo and redo of one's own changes in a budget: the one way back, of a cell and of an import.

A change is one save of the editor's own: its records in the history share a ``save_id``, so
neither the making of the budget nor what the admin wrote is ever taken back. It goes wholly or not
at all, as ``past.py`` tells it. The taking back is a save like any other, with a word in the
history that tells which save it took back; so it outlives the page, and may be done again.
Nobody's later writing is written over.
"""

import re
import uuid
from dataclasses import dataclass, replace

from budgets.editor import restoring
from budgets.editor.desk import EDITED, at_desk, count_up
from budgets.editor.past import Step

REACH = 1_000  # saves of the budget, everybody's, that are looked through
UNDO, REDO = "undo", "redo"
_WORD = re.compile(r"^(undo|redo) of ([0-9a-f-]{36})$")
DONE, NOTHING, IN_THE_WAY = "done", "nothing", "in-the-way"
WORDS = {
    UNDO: ("Ångrat", "Inget ångrades.", "Det finns ingen egen ändring att ångra."),
    REDO: ("Gjort om", "Inget gjordes om.", "Det finns inget ångrat att göra om."),
}
UNKNOWN = "Historiken vet inte vad som stod där förut."


@dataclass(frozen=True)
class Undoing:
    """What became of an undo or a redo. ``places`` are the cells whose amounts were changed.

    ``has_reshaped`` is true when lines, columns or the budget's own texts were.
    """

    state: str
    sentence: str
    places: tuple = ()
    has_reshaped: bool = False


def undo(pk, user):
    """Take back the user's last change that is not taken back; return (Undoing, Sheet).

    Raises as ``editing.change_cell``.
    """
    return _do(pk, user, UNDO)


def redo(pk, user):
    """Do again what the user's last undo took back, unless the user has changed anything since.

    Returns and raises as ``undo``.
    """
    return _do(pk, user, REDO)


def _do(pk, user, deed):
    return at_desk(pk, user, lambda desk: _done(desk, user, deed))


def _done(desk, user, deed):
    done, nothing_done, nothing_to_do = WORDS[deed]
    done_steps, undone_steps = steps(desk.budget, user)
    waiting = done_steps if deed == UNDO else undone_steps
    if not waiting:
        return Undoing(NOTHING, nothing_to_do), desk.sheet()
    step = waiting[-1]
    try:
        change = restoring.look_at(desk, step)
    except LookupError:
        return Undoing(NOTHING, f"{UNKNOWN} {nothing_done}"), desk.sheet()
    except restoring.InTheWay as error:
        return Undoing(IN_THE_WAY, f"{error} {nothing_done}"), desk.sheet()
    desk = restoring.write(desk, change)
    count_up(desk.budget, f"{deed} of {step.first}", change.texts)
    said = f"{done}. {restoring.told(change)}".strip()
    return Undoing(DONE, said, tuple(change.amounts), change.has_reshaped), desk.sheet()


def steps(budget, user):
    """Return the user's own Steps that may be (undone, redone), the next one last.

    Taking back a redo is taking back what it wrote; so each Step has the save of its latest deed.
    """
    rows = budget.history.order_by("-history_id").values_list(
        "save_id", "history_user", "history_change_reason"
    )[:REACH]
    done, undone = [], []
    for save, who, reason in reversed(rows):
        word = _WORD.match(reason or "")
        if save and who == user.pk and (word or reason == EDITED):
            _take(Step(save, save), word, done, undone)
    return done, undone


def _take(step, word, done, undone):
    """Put one own save among what may be undone, or move the one that it is about."""
    if word is None:
        done.append(step)
        undone.clear()
        return
    step = replace(step, first=uuid.UUID(word[2]))
    left, entered = (done, undone) if word[1] == UNDO else (undone, done)
    left[:] = [each for each in left if each.first != step.first]
    entered.append(step)
