"""One budget on the desk: locked for one user, read once, as plain values, in few queries.

What the editor's deeds share. A deed that changes something counts the budget's version up, once.
"""

import zlib
from collections import namedtuple
from dataclasses import dataclass

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Exists, Q, Value

from budgets import grid, known, rules, sums
from budgets.models import Amount, Budget

ADOPTED, FORBIDDEN = "adopted", "forbidden"
ADOPTED_REASON = (
    "Budgeten är fastställd och kan inte ändras. Inget är sparat. Gör en revidering i stället."
)
FORBIDDEN_REASON = "Din roll får läsa budgeten men inte ändra den. Inget är sparat."

Known = namedtuple("Known", "pk intervention_id")


class Closed(Exception):
    """The budget may not be changed, by anyone (``adopted``) or by this user (``forbidden``)."""

    def __init__(self, state):
        self.state = state
        self.reason = ADOPTED_REASON if state == ADOPTED else FORBIDDEN_REASON
        super().__init__(self.reason)


@dataclass(frozen=True)
class Sheet:
    """A budget with its table as it stands after the change, and what there is to look at."""

    budget: Budget
    table: sums.Table
    known: rules.Known
    findings: tuple

    @property
    def shape(self):
        """A short text that differs when columns or lines do, whatever their amounts."""
        columns = [(c.key, c.label, c.opens_from) for c in (s.column for s in self.table.columns)]
        lines = [(row.line, row.letter) for row in (*self.table.income, *self.table.cost)]
        return f"{zlib.crc32(repr((columns, lines)).encode()):08x}"

    def grid(self, view=None, rows=None):
        """Return the table laid out; only the lines ``rows`` (keys) of it when given."""
        return grid.build(
            self.table,
            self.budget.year,
            result_label=self.budget.result_label,
            editing=True,
            view=view,
            rows=rows,
        )


def lock(pk, user):
    """Return (the user's own budget with its row locked, why it may not be changed or None).

    The two halves of can_be_edited_by: ``for_user`` asks whose the budget is; the role and the
    seal are asked here, in the same query.
    """
    budgets = Budget.objects.for_user(user).select_related("association")
    budgets = budgets.annotate(role_may_change=_role_may_change(user))
    budget = budgets.select_for_update(of=("self",)).filter(pk=pk).first()
    if budget is None:
        return None, Budget.DoesNotExist(f"No budget {pk} of {user}'s own.")
    if not budget.role_may_change:
        return budget, Closed(FORBIDDEN)
    return budget, Closed(ADOPTED) if budget.is_sealed else None


def at_desk(pk, user, deed):
    """Return what ``deed`` returns, given the Desk of the budget under its lock.

    Raises Budget.DoesNotExist for another association's budget, Closed when it may not be
    changed; outside the transaction, so that one around this one goes on.
    """
    with transaction.atomic(savepoint=False):
        budget, refusal = lock(pk, user)
        if refusal is None:
            return deed(Desk(budget))
    raise refusal


def count_up(budget, reason=None):
    """Count the version of a locked budget up; ``reason`` goes into its history."""
    budget.version += 1
    if reason:
        budget._change_reason = reason
    budget.save(update_fields=["version"])


def _role_may_change(user):
    """Return what ``user.has_perm("budgets.change_budget")`` asks, as a part of another query."""
    if user.is_superuser:
        return Value(True)
    wanted = Permission.objects.filter(
        Q(user=user.pk) | Q(group__user=user.pk),
        content_type__app_label="budgets",
        codename="change_budget",
    )
    return Exists(wanted)


class Desk:
    """The columns, lines and amounts of one budget."""

    def __init__(self, budget):
        self.budget = budget
        self.columns = {column.pk: column for column in budget.columns.order_by("position", "pk")}
        self.lines, self.interventions = _lines(budget)
        self.keys = {line.key for line in self.lines}
        self.amounts, self.rows = {}, {}
        found = Amount.objects.filter(line__budget=budget).order_by()
        for pk, line, column, kronor in found.values_list("pk", "line", "column", "kronor"):
            self.amounts[line, column] = kronor
            self.rows[line, column] = pk

    def place(self, ident):
        """Return (line key or None, column key) of the typed cell ``ident``, None for no such."""
        kind, _, rest = ident.partition("-")
        try:
            keys = [int(part) for part in rest.split("-")]
        except ValueError:
            return None
        if kind == "cell" and len(keys) == 2 and keys[0] in self.keys and keys[1] in self.columns:
            return tuple(keys)
        if kind == "opening" and len(keys) == 1 and keys[0] in self.columns:
            typed = self.columns[keys[0]].opens_from_id is None
            return (None, keys[0]) if typed else None
        return None

    def stored(self, place):
        """Return the amount at ``place`` in kronor, or None."""
        line, column = place
        return self.columns[column].opening if line is None else self.amounts.get(place)

    def write(self, place, kronor):
        """Store an amount, or none, with its history."""
        line, column = place
        if line is None:
            self.columns[column].opening = kronor
            self.columns[column].save(update_fields=["opening"])
            return
        pk = self.rows.get(place)
        amount = Amount(pk=pk, line_id=line, column_id=column, kronor=kronor)
        if pk is None:
            if kronor is not None:
                amount.save(force_insert=True)
                self.rows[place], self.amounts[place] = amount.pk, kronor
        elif kronor is None:
            amount.kronor = self.amounts.pop(place)
            del self.rows[place]
            amount.delete()
        else:
            amount.save(force_update=True, update_fields=["kronor"])
            self.amounts[place] = kronor

    def sheet(self):
        """Return the budget with its table, as it stands now."""
        table = sums.table(
            [column.as_plain() for column in self.columns.values()],
            self.lines,
            self.amounts,
            opening_label=self.budget.opening_label,
            opening_note=self.budget.opening_note,
        )
        facts = known.known_of(self.budget, table, self.columns.values(), self.interventions)
        return Sheet(self.budget, table, facts, tuple(known.shown(table, facts)))


def _lines(budget):
    """Return the budget's lines as sums.Line, and which intervention each is about."""
    fields = ["pk", "section", "label", "organisation__kind", "note", "intervention"]
    rows = budget.lines.order_by("-section", "position", "pk")
    lines, interventions = [], []
    for pk, section, label, payer, note, intervention, *split in rows.values_list(
        *fields, *sums.CATEGORIES
    ):
        shares = tuple(zip(sums.CATEGORIES, split, strict=True))
        lines.append(sums.Line(pk, section, label, payer, shares, note))
        interventions.append(Known(pk, intervention))
    return lines, interventions
