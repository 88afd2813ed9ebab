"""One budget on the desk: locked for one user, read once, as plain values, in few queries.

What the editor's deeds share. A deed that changes something counts the budget's version up, once.
"""

import zlib
from dataclasses import dataclass
from functools import partial

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Exists, Q, Value

from associations.models import User
from associations.prepared import Prepared, one, whole
from associations.recording import one_save
from budgets import audited, counting, grid, known, resumming, rules, sums
from budgets.editor import stamps
from budgets.editor.contents import Contents, read_contents
from budgets.models import Amount, Budget, BudgetColumn

ADOPTED, FORBIDDEN = "adopted", "forbidden"
EDITED = "ändrat i tabellen"  # in the history
ONE, MANY = "one", "many"
ADOPTED_REASON = (
    "Budgeten är fastställd och kan inte ändras. Inget är sparat. Gör en revidering i stället."
)
FORBIDDEN_REASON = "Din roll får läsa budgeten men inte ändra den. Inget är sparat."


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

    def grid(self, view=None, rows=None, columns=None):
        """Return the table laid out; only the lines ``rows`` and ``columns`` (keys) when given."""
        return grid.build(
            self.table,
            self.budget.year,
            result_label=self.budget.result_label,
            editing=True,
            view=view,
            rows=rows,
            columns=columns,
        )


def lock(pk, user):
    """Return (the user's own budget with its row locked, why it may not be changed or None).

    The two halves of can_be_edited_by: ``for_user`` asks whose the budget is; the role and the
    seal are asked here, in the same query.
    """
    found = _LOCK[user.is_superuser](pk, user.pk) if user.is_active else []
    if not found:
        return None, Budget.DoesNotExist(f"No budget {pk} of {user}'s own.")
    *values, role_may_change = found[0]
    budget = one(Budget, values)
    if not role_may_change:
        return budget, Closed(FORBIDDEN)
    return budget, Closed(ADOPTED) if budget.is_sealed else None


def at_desk(pk, user, deed, *, rows=MANY):
    """Return what ``deed`` returns, given the Desk of the budget under its lock.

    All that it writes is one save, and counts once; of ONE row the database does so by itself, and
    nothing but ``desk.write`` may then change the budget's lines and amounts.
    Raises Budget.DoesNotExist for another association's budget, Closed when it may not be changed;
    outside the transaction, so that one around this one goes on.
    """
    with one_save(), transaction.atomic(savepoint=False):
        budget, refusal = lock(pk, user)
        if refusal is None:
            if rows == MANY:
                counting.begin(budget)
            desk = Desk(budget)
            done = deed(desk)
            if rows == MANY:
                counting.end(budget)
            else:
                desk.remember()
            return done
    raise refusal


def count_up(budget, reason=EDITED, texts=()):
    """Record the new version of a locked budget, with those of its ``texts`` (names).

    It is counted up here when the program counts (``counting.begin``), else the database has done
    it. ``reason`` goes into its history: by it the editor knows its own saves.
    """
    budget._change_reason = reason
    if counting.is_begun(budget):
        budget.version += 1
        audited.save(budget, "version", *texts)
    else:
        audited.record(budget, "version")


def _to_lock(pk, user):
    """Return the query that locks one of the user's own budgets, and asks what the role may."""
    budgets = Budget.objects.for_user(user).annotate(role_may_change=_role_may_change(user))
    budgets = budgets.select_for_update(of=("self",)).filter(pk=pk).order_by()
    return budgets.values_list(*whole(Budget), "role_may_change")


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


_LOCK = {
    superuser: Prepared(lambda pk, user, by=superuser: _to_lock(pk, User(pk=user, is_superuser=by)))
    for superuser in (False, True)
}
_COLUMNS = Prepared(
    lambda budget: (
        BudgetColumn.objects.filter(budget=budget)
        .annotate(stamp=stamps.expression())
        .order_by("position", "pk")
        .values_list(*whole(BudgetColumn), "stamp")
    )
)


class Desk:
    """The columns, lines and amounts of one budget."""

    def __init__(self, budget):
        self.budget = budget
        found = _COLUMNS(budget.pk)
        columns = [one(BudgetColumn, values) for *values, _ in found]
        self.columns = {column.pk: column for column in columns}
        self.stamp = stamps.read(found[0][-1]) if found else None
        contents = self.stamp and stamps.remembered(budget.pk, self.stamp.stamp)
        contents = contents or read_contents(budget.pk)
        self.lines, self.keys, self.interventions = contents[:3]
        self.amounts, self.rows = contents.amounts.copy(), contents.rows.copy()
        self.summed = contents.summed  # the table of those amounts
        self.written = []  # places of amounts

    def remember(self):
        """Keep what stands here for the next save, when this transaction is committed.

        Only after one written amount: then the stamp tells whether anybody else wrote.
        """
        if self.stamp is None or len(self.written) != 1:
            return
        contents = Contents(
            self.lines, self.keys, self.interventions, self.amounts, self.rows, self.summed
        )
        keep = partial(stamps.remember, self.budget.pk, self.stamp.next, contents)
        transaction.on_commit(keep)

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
            audited.save(self.columns[column], "opening")
            return
        pk = self.rows.get(place)
        amount = Amount(pk=pk, line_id=line, column_id=column, kronor=kronor)
        if pk is None and kronor is None:
            return
        self.written.append(place)
        if pk is None:
            amount.save(force_insert=True)
            self.amounts[place], self.rows[place] = kronor, amount.pk
        elif kronor is None:
            amount.kronor = self.amounts.pop(place)
            del self.rows[place]
            amount.delete()
        else:
            audited.save(amount, "kronor")
            self.amounts[place] = kronor

    def write_one(self, place, kronor):
        """Store the one amount of a save, and record the version that the database counts up."""
        pk = self.rows.get(place)
        if pk is None or kronor is None:
            self.write(place, kronor)
            count_up(self.budget)
            return
        amount = Amount(pk=pk, line_id=place[0], column_id=place[1], kronor=kronor)
        self.budget._change_reason = EDITED
        audited.save_counted(amount, "kronor", self.budget, "version")
        self.amounts[place] = kronor
        self.written.append(place)

    def sheet(self):
        """Return the budget with its table, as it stands now."""
        words = self.budget.opening_label, self.budget.opening_note
        columns = [column.as_plain() for column in self.columns.values()]
        table = self._resummed(columns, words) or sums.table(
            columns, self.lines, self.amounts, opening_label=words[0], opening_note=words[1]
        )
        self.summed = table, words
        facts = known.known_of(self.budget, table, self.columns.values(), self.interventions)
        return Sheet(self.budget, table, facts, tuple(known.shown(table, facts)))

    def _resummed(self, columns, words):
        """Return the table of the one save before with the one amount written since, or None."""
        before, of_words = self.summed
        if before is None or of_words != words or len(self.written) != 1:
            return None
        if [each.column for each in before.columns] != columns:
            return None
        return resumming.with_amount(before, self.written[0], self.amounts)
