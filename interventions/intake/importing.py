"""Results read from a sheet: what each row would change, shown first, then done whole or not."""

from dataclasses import dataclass, field

from django.db import transaction

from associations.recording import one_save
from interventions.intake import heads
from interventions.models import Result
from interventions.result_rows import HEADS, QUALIFIERS

KEPT = [name for name in HEADS if name != "intervention"]
WHY = "inläst ur en fil"  # in the history
NEW, CHANGED, SAME = "ny", "ändras", "oförändrad"


@dataclass(frozen=True)
class Fault:
    """A cell, or a row, that can't be read: its row in the sheet, its column and why."""

    row: int
    column: str
    why: str


@dataclass
class Line:
    """What a row of the sheet would do to a result."""

    row: int
    result: Result
    old: dict = field(default_factory=dict)

    @property
    def new(self):
        """The values as they would be."""
        return values_of(self.result)

    @property
    def state(self):
        """Whether the result is new, changed or the same; no other answer once it is saved."""
        if not self.old:
            return NEW
        return CHANGED if self.changes else SAME

    @property
    def changes(self):
        """[(head, before, after)] of what differs; of a new result, what its row doesn't show."""
        if self.old:
            known, shown = self.old, ()
        else:
            known, shown = values_of(Result()), ("measure", "period")
        return [
            (HEADS[name], said(known[name]), said(value))
            for name, value in self.new.items()
            if known[name] != value and name not in shown
        ]


@dataclass(frozen=True)
class Reading:
    """A sheet as it was read: its lines and faults, its heads, and what is to be told of it.

    ``problems`` are sentences on the whole sheet: nothing of it can be read before they are gone.
    """

    lines: list
    faults: list
    heads: heads.Heads
    problems: list
    told: list

    def count(self, state):
        """Return how many lines are new, changed or the same."""
        return sum(line.state == state for line in self.lines)

    @property
    def does_something(self):
        """True when all of it can be read, and some of it is new."""
        return not (self.faults or self.problems) and any(line.state != SAME for line in self.lines)

    @property
    def mark(self):
        """The deed as plain values: the same as long as nobody has changed what it changes."""
        return [
            [line.result.pk, line.result.intervention_id, _plain(line.old), _plain(line.new)]
            for line in self.lines
        ]


def do(reading):
    """Save all of ``reading``, or nothing, as one save in the history."""
    with one_save(), transaction.atomic():
        _remember([line.result.pk for line in reading.lines if line.state == CHANGED])
        for line in reading.lines:
            if line.state != SAME:
                line.result._change_reason = WHY
                line.result.save()


def _remember(pks):
    """Let the history of results that have none begin with what stands, by nobody known."""
    known = Result.history.filter(id__in=pks).values("id")
    unknown = list(Result.objects.filter(pk__in=pks).exclude(pk__in=known))
    for result in unknown:
        result._history_user = None
    Result.history.bulk_history_create(unknown, default_change_reason="stod före inläsningen")


def values_of(result):
    """Return a result's values that a sheet may change."""
    return {name: getattr(result, name) for name in KEPT}


def said(value):
    """Return a value as one reads it."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return "tomt" if value in (None, "") else QUALIFIERS.get(value, value)


def _plain(values):
    return [None if value is None else str(value) for value in values.values()]
