"""What stands in a budget, remembered for as long as the database gives it the same stamp.

Reading 300 lines and 1 500 amounts takes a third of a saved cell. So PostgreSQL stamps a budget
at each statement that changes its lines or amounts, whatever road the statement comes
(``migrations/0007_stamps.py``), and what stands there is read again only when the stamp is
another. SQLite's stamp is the whole database's (``Unchanged``).

A stamp is the beginning of the transaction that set it and the number of statements so far. No
two states of a budget share one: the number only grows, and where commits were lost (a restored
backup) the time tells. With it goes the stamp that all budgets share (a payer's other kind, an
emptied table), which nobody's save waits for. It also names the triggers' own rows, so that a
trigger taken down, even for a while, makes it another. A subscription fires no such triggers:
where there is one, nothing is remembered.
"""

from collections import OrderedDict
from sqlite3 import Connection
from threading import Lock
from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import IntegerField, TextField
from django.db.models.expressions import RawSQL

TRIGGERS = 10
BUDGETS = 32  # how many are remembered, the latest used

_STAMP = f"""
SELECT ARRAY[s.changed_at::text, now()::text, s.number::text, coalesce((
    SELECT number || ' ' || changed_at FROM budgets_stamp WHERE budget_id = 0), ''), (
    SELECT string_agg(oid || '.' || xmin, ' ' ORDER BY oid) FROM pg_trigger
    WHERE tgenabled = 'A' AND position('_stamped_' IN tgname) > 0 AND tgrelid IN (
        'budgets_amount'::regclass, 'budgets_budgetline'::regclass,
        'associations_organisation'::regclass
    ) HAVING count(*) = {TRIGGERS} AND NOT EXISTS (SELECT FROM pg_subscription_rel))]
FROM budgets_stamp s WHERE s.budget_id = budgets_budgetcolumn.budget_id"""


class Stamp(NamedTuple):
    """When a budget's lines and amounts were changed, the how manyth time, and what watches.

    ``shared`` is when, and the how manyth time, something was changed that may be any budget's.
    """

    changed_at: str
    number: int
    shared: str
    triggers: str


class Read(NamedTuple):
    """A stamp as a transaction read it: ``stamp``, and the one it sets by its first statement."""

    stamp: Stamp
    next: Stamp


class Unchanged(NamedTuple):
    """SQLite's stamp: another one as soon as any row of the database is another.

    ``data_version`` is another for ``connection`` when somebody else has committed, ``changes``
    counts what the connection itself has changed, also in vain. The object, and not its number,
    tells the connection: while a stamp is kept no other can have its place.
    """

    connection: Connection
    data_version: int
    changes: int

    @property
    def stamp(self):
        """The stamp as it was read."""
        return self

    @property
    def next(self):
        """The stamp after what the connection has changed by now."""
        return self._replace(changes=self.connection.total_changes)


def expression():
    """Return the stamp as a column of a query for the budget's columns."""
    if connection.vendor != "postgresql":
        return RawSQL("SELECT data_version FROM pragma_data_version", (), IntegerField())
    return RawSQL(_STAMP, (), ArrayField(TextField()))


def read(value):
    """Return the Read of what ``expression`` gave, or None where nothing may be remembered.

    On SQLite an Unchanged, with the same ``stamp`` and ``next``.
    """
    if isinstance(value, int):
        return Unchanged(connection.connection, value, connection.connection.total_changes)
    if not value or None in value:
        return None
    changed_at, now, number, *others = value
    return Read(Stamp(changed_at, int(number), *others), Stamp(now, int(number) + 1, *others))


_remembered = OrderedDict()  # a budget's key → (its stamp, its contents)
_lock = Lock()


def remembered(budget, stamp):
    """Return the Contents of ``budget`` (a key) under ``stamp``, or None."""
    with _lock:
        kept = _remembered.get(budget)
        if kept is None or kept[0] != stamp:
            return None
        _remembered.move_to_end(budget)
        return kept[1]


def remember(budget, stamp, contents):
    """Keep the ``contents`` of ``budget`` (a key) as what stands there under ``stamp``.

    Only for what is committed.
    """
    with _lock:
        _remembered[budget] = stamp, contents
        _remembered.move_to_end(budget)
        while len(_remembered) > BUDGETS:
            _remembered.popitem(last=False)
