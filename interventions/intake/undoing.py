"""A reading in of results taken back: all of it or nothing, by who did it, if untouched since.

What a reading wrote is told by the history alone: its records share their save, their user and
the word WHY. Taking it back is written in the history too, so that everybody can see both.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from associations.recording import one_save
from interventions.intake.importing import KEPT, WHY, said
from interventions.models import Intervention, Result
from interventions.result_rows import HEADS

TAKEN_BACK = "inläsningen togs bort"  # in the history
REACH = 5  # readings of one's own that are shown
NAMED = 3  # results in the way that are named; the others are counted


@dataclass(frozen=True)
class Step:
    """What a reading did to one result: the record that it left, and the one before, if any.

    ``last`` is the result's latest record and ``now`` the stored result, None when it is gone.
    """

    record: object
    before: object | None
    last: object
    now: Result | None

    @property
    def is_new(self):
        """True when the reading added the result."""
        return self.record.history_type == "+"

    @property
    def is_untouched(self):
        """True when the result stands as the reading left it, and is the whole of no other.

        A later reading that was taken back has left it so again.
        """
        latest = self.last.pk == self.record.pk or self._was_taken_back
        if self.now is None or not latest or _values(self.now) != _values(self.record):
            return False
        return not self.now.parts.all() if self.is_new else self.before is not None

    @property
    def is_taken_back(self):
        """True when the reading's work on the result is undone, and that was its last change."""
        if self.is_new or self.now is None or self.before is None:
            return self.is_new and self.now is None and self._was_taken_back
        return _values(self.now) == _values(self.before) and self._was_taken_back

    @property
    def _was_taken_back(self):
        return self.last.history_change_reason == TAKEN_BACK

    @property
    def whose(self):
        """The name of the intervention, "" when the result is gone."""
        return self.now.intervention.name if self.now else ""

    @property
    def changes(self):
        """[(head, what stands, what will stand)] of a result that the reading changed."""
        if self.before is None:
            return []
        pairs = [(n, getattr(self.record, n), getattr(self.before, n)) for n in KEPT]
        return [(HEADS[name], said(a), said(b)) for name, a, b in pairs if a != b]


@dataclass(frozen=True)
class Done:
    """A reading in that was done: when, and what it did. ``key`` is its first record's."""

    steps: tuple

    @property
    def key(self):
        return self.steps[0].record.pk

    @property
    def at(self):
        return self.steps[0].record.history_date

    @property
    def new(self):
        """How many results it added."""
        return sum(step.is_new for step in self.steps)

    @property
    def changed(self):
        """How many it changed."""
        return len(self.steps) - self.new

    @property
    def is_taken_back(self):
        """True when all that it did is undone."""
        return all(step.is_taken_back for step in self.steps)

    def missing_to_take_back(self, user):
        """Return why ``user`` can't take it back, in sentences; none when it can be done."""
        if self.is_taken_back:
            return ["Inläsningen är redan borttagen."]
        found = []
        if touched := [step.record for step in self.steps if not step.is_untouched]:
            more = len(touched) - NAMED
            named = ", ".join(f"{each.measure} {each.period}" for each in touched[:NAMED])
            named += f" och {more} till" if more > 0 else ""
            found.append(f"Ändrat eller använt sedan dess: {named}. Rätta det för sig.")
        theirs = {step.record.intervention_id for step in self.steps}
        own = Intervention.objects.for_user(user).in_bulk(theirs)
        if len(own) < len(theirs) or any(each.refusal(user) for each in own.values()):
            found.append("Någon av insatserna är inte längre din att ändra.")
        return found


def _values(result):
    return [getattr(result, name) for name in KEPT]


def done_by(user, key=None):
    """Return the user's own last readings as Done, the newest first; only ``key``'s when told."""
    own = Result.history.filter(history_user=user, history_change_reason=WHY, save_id__isnull=False)
    saves = own.filter(pk=key) if key else own
    lasts = saves.values("save_id").annotate(last=Max("history_id"))
    latest = own.filter(pk__in=lasts.values("last")).order_by("-pk")
    latest = list(latest.values_list("save_id", flat=True)[:REACH])
    records = list(own.filter(save_id__in=latest).order_by("pk"))
    ids = {record.id for record in records}
    stored = Result.objects.select_related("intervention").prefetch_related("parts").in_bulk(ids)
    past = {}
    for record in Result.history.filter(id__in=ids).order_by("pk"):
        past.setdefault(record.id, []).append(record)
    found = {}
    for record in records:
        rows = past[record.id]
        earlier = [each for each in rows if each.pk < record.pk]
        before = earlier[-1] if earlier else None
        step = Step(record, before, rows[-1], stored.get(record.id))
        found.setdefault(record.save_id, []).append(step)
    return [Done(tuple(found[save])) for save in latest]


@one_save()
@transaction.atomic
def take_back(key, user):
    """Take the user's own reading back and return it, or raise ValueError with what is missing."""
    written = [step.record.id for step in done_by(user, key)[0].steps]
    list(Result.objects.select_for_update(of=("self",)).filter(pk__in=written))
    done = done_by(user, key)[0]
    if missing := done.missing_to_take_back(user):
        raise ValueError(" ".join(missing))
    for step in done.steps:
        result = step.now
        result._change_reason = TAKEN_BACK
        if step.is_new:
            result.delete()
            continue
        for name in KEPT:
            setattr(result, name, getattr(step.before, name))
        result.save()
    return done
