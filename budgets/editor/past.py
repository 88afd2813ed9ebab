"""What one save changed in a budget, as the history tells it: each thing before and after.

All records of a save share its id: one cell, a paste, an import with its new lines, a column, the
comment. No clock is asked: what others wrote in between has ids of its own.
"""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from budgets.models import Amount, Budget, BudgetColumn, BudgetLine

BUDGET, COLUMN, LINE, AMOUNT = Budget, BudgetColumn, BudgetLine, Amount
# What of each is brought back. An amount goes by its line and column, whatever row it lies in.
FIELDS = {
    BUDGET: ("comment", "opening_label", "opening_note", "result_label"),
    COLUMN: ("position", "year", "kind", "opens_from_id", "opening"),
    LINE: (
        "section", "position", "label", "organisation_id", "intervention_id", "individual",
        "structural", "competence", "administration", "note",
    ),
    AMOUNT: ("kronor",),
}  # fmt: skip
KEYS = {BUDGET: ("id",), COLUMN: ("id",), LINE: ("id",), AMOUNT: ("line_id", "column_id")}
NEW, GONE = "+", "-"


@dataclass(frozen=True)
class Step:
    """One save: the one that a person ``first`` made, and the ``latest`` that did it again."""

    first: UUID
    latest: UUID


@dataclass(frozen=True)
class Was:
    """One thing (a row's key; of an amount line and column) before and after; None is nothing."""

    model: type
    key: int | tuple[int, int]
    before: dict | None
    after: dict | None

    @property
    def fields(self):
        """The names of what differs; nothing when the whole thing came or went."""
        if self.before is None or self.after is None:
            return set()
        return {name for name in self.before if self.before[name] != self.after[name]}


def changed_by(budget, step):
    """Return the Was of everything that the latest save of ``step`` changed.

    Raises LookupError when the history begins later, with a change of what stood there.
    """
    return [was for model in FIELDS for was in _changed(model, budget, step.latest)]


def _changed(model, budget, save):
    rows = _rows(model, budget)
    keys = set(rows.filter(save_id=save).values_list(*KEYS[model]))
    if not keys:
        return
    names = list(KEYS[model])
    among = {f"{name}__in": {key[at] for key in keys} for at, name in enumerate(names)}
    found = defaultdict(list)
    for values in rows.filter(**among).order_by("history_id").values():
        found[tuple(values[name] for name in names)].append(values)
    for key in keys:
        before, after = _ends(model, found[key], save)
        if before != after:
            yield Was(model, key[0] if len(key) == 1 else key, before, after)


def _rows(model, budget):
    """Return the history's rows of one kind, of lines that are gone, too."""
    if model is BUDGET:
        return model.history.filter(id=budget.pk)
    if model is AMOUNT:
        lines = LINE.history.filter(budget_id=budget.pk).values("id")
        return model.history.filter(line_id__in=lines)
    return model.history.filter(budget_id=budget.pk)


def _ends(model, rows, save):
    """Return what stood before the first row of ``save``, and what stood after its last."""
    before = after = None
    known = begun = False
    for row in rows:
        values = {name: row[name] for name in FIELDS[model]}
        value = None if row["history_type"] == GONE else values
        if row["save_id"] != save:
            if begun:
                break  # somebody's later change
            known, before = True, value
            continue
        if not begun and not known:
            if row["history_type"] not in (NEW, GONE):
                raise LookupError
            before = values if row["history_type"] == GONE else None
        begun, after = True, value
    return before, after
