"""Results as the public reads them: every outlet takes them here, through the gate.

``outcomes_of`` is the one way from the database to what is shown. It fetches all that belongs
together, so that every page and file hides the same counts.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from associations.decimals import half_up
from interventions import suppression, written
from interventions.models import Goal, Intervention, Result

PHRASES = ("de", "dem", "den", "alla")  # a base that begins so stands in parentheses
UNKNOWN_BASE = "källan"  # how a base begins that says that its source names none
QUALIFIERS = {"about": "cirka", "over": "över", "at_least": "minst"}


@dataclass(frozen=True)
class Outcome:
    """A result with what the public may see of it."""

    result: Result
    public: suppression.PublicResult

    @property
    def women_text(self):
        """The number of women as the public reads it."""
        return _text(self.public.counts.women)

    @property
    def men_text(self):
        """The number of men as the public reads it."""
        return _text(self.public.counts.men)

    @property
    def total_text(self):
        """The number in all as the public reads it, with ”cirka” where the source says so."""
        return self._qualified(_text(self.public.counts.total), self.public.counts.total)

    @property
    def rate_text(self):
        """The rate as the public reads it, or that it isn't shown."""
        rate = self.public.rate
        if self.rate_is_withheld:
            return suppression.WITHHELD
        text = "–" if rate is None else self._rounded
        return self._qualified(text, rate) if self.result.percent is not None else text

    @property
    def rate_is_withheld(self):
        """True when there is a rate that isn't shown."""
        return self.public.rate is None and self.result.rate is not None

    def _told(self, text):
        """Return ``text`` without the counts that are hidden, which it may repeat."""
        return written.without(text, self.public.unsaid)

    @property
    def measure_text(self):
        """What is counted, as the public reads it."""
        return self._told(self.result.measure)

    @property
    def base_text(self):
        """Of whom, as the public reads it."""
        return self._told(self.result.base)

    @property
    def place_text(self):
        """Where it stands in its source, as the public reads it."""
        return self._told(self.result.source_note)

    def _qualified(self, text, value):
        word = QUALIFIERS.get(self.result.qualifier, "")
        return f"{word} {text}" if word and value is not None else text

    @property
    def base(self):
        """The base in words: ”av 19 avslutade”, ”av dem som svarat”; a source may lack it."""
        base, number = self.base_text, self.public.base_count
        if number is not None and number != suppression.WITHHELD:
            if base.split(" ")[0] in PHRASES:
                base = f"({base})"
            return f"av {number} {base}".rstrip()
        return base if not base or base.startswith(("av ", UNKNOWN_BASE)) else f"av {base}"

    @property
    def of_base(self):
        """”9 av 19 avslutade (47 %)”, or "" when a count, its base or the rate isn't shown."""
        count, rate = self.public.counts.total, self.public.rate
        if not isinstance(count, int) or not isinstance(self.public.base_count, int):
            return ""
        about = self._qualified(_text(count), count)
        return f"{about} {self.base}" + ("" if rate is None else f" ({self._rounded})")

    @property
    def _rounded(self):
        return f"{_text(half_up(self.public.rate))}\N{NO-BREAK SPACE}%"

    @property
    def measure(self):
        """What is counted, in the middle of a sentence."""
        return self.measure_text[:1].lower() + self.measure_text[1:]

    @property
    def in_words(self):
        """What is counted, of what, and when: ”gick till arbete, av 19 avslutade, 2019”.

        The base is left out where ``of_base`` stands before, the period where the base names it.
        """
        base = "" if self.of_base else self.base
        period = self.result.period
        if base.startswith(UNKNOWN_BASE):
            return f"{self.measure}, {period} ({base})"
        if period in base:
            period = ""
        return ", ".join(part for part in (self.measure, base, period) if part)

    @property
    def sentence(self):
        """The whole: ”15 av 60 deltagare (25 %) fick arbete, 2014”; "" when nothing may be said."""
        number = self.of_base
        if not number and self.public.rate is not None:
            number = self._qualified(self._rounded, self.public.rate)
        elif not number and isinstance(self.public.counts.total, int):
            number = self.total_text
        return f"{number} {self.in_words}." if number else ""


@dataclass(frozen=True)
class Aim:
    """A goal beside the latest results that are counted against it."""

    goal: Goal
    outcomes: tuple[Outcome, ...]

    @property
    def unit(self):
        """The unit of the goal's bar."""
        if self.goal.kind == Goal.Kind.PERCENT:
            return "percent"
        counts_persons = any(each.result.counts_persons for each in self.outcomes)
        return "personer" if counts_persons else "st"

    @property
    def latest(self):
        """The newest outcome that can be drawn against the target, or None."""
        return next((each for each in self.outcomes if self.value(each) is not None), None)

    @property
    def withheld(self):
        """The newest outcome when there are some and none can be drawn, or None."""
        return self.outcomes[0] if self.outcomes and self.latest is None else None

    def value(self, outcome):
        """Return the outcome's number in the goal's unit, or None when it is withheld."""
        if self.goal.kind == Goal.Kind.PERCENT:
            return outcome.public.rate
        count = outcome.public.counts.total
        return count if isinstance(count, int) else None

    @property
    def is_of_its_year(self):
        """True when the latest outcome is of the goal's own year, so that one can say "reached"."""
        return self.latest is not None and self.latest.result.year == self.goal.year

    @property
    def said(self):
        """The latest outcome with its base, where both are counted: ”9 av 19 avslutade (47 %)”."""
        return self.latest.of_base if self.latest else ""

    @property
    def drawn(self):
        """The number of the latest outcome."""
        return self.value(self.latest) if self.latest else None


def _text(value):
    """Return a count or a withheld one as text; digits in groups of three."""
    if value is None:
        return "–"
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}") if isinstance(value, int) else value


def outcomes_of(interventions, own=None):
    """Return {intervention's key: [Outcome]} in the results' own order.

    ``own`` is {key: all results}, where they were fetched already. Results of other interventions
    that are parts or wholes of these are weighed too: one more query, and two for each step of
    such kinship.
    """
    own = own or {each.pk: list(each.results.all()) for each in interventions}
    public = suppression.publish([_row(result) for result in _with_kin(own)])
    return {
        pk: [Outcome(result, public[result.pk]) for result in results]
        for pk, results in own.items()
    }


def _with_kin(own):
    """Return the results ``own`` and all those of interventions that are bound to them."""
    found = [result for results in own.values() for result in results]
    known, new = set(own), set(own)
    while new:
        bound = Q(part_of__intervention__in=new) | Q(parts__intervention__in=new)
        kin = Result.objects.filter(bound).exclude(intervention__in=known)
        new = set(kin.values_list("intervention", flat=True))
        if new:
            found += Result.objects.filter(intervention__in=new).annotate(
                is_public=Exists(
                    Intervention.objects.published().filter(pk=OuterRef("intervention"))
                )
            )
        known |= new
    return found


def _row(result):
    return suppression.Row(
        key=result.pk,
        family=result.intervention_id,
        measure=result.measure,
        period=result.period,
        year=result.year,
        women=result.women,
        men=result.men,
        total=result.total,
        base_count=result.base_count,
        base=result.base,
        percent=result.percent,
        roughly=bool(result.qualifier),
        counts_persons=result.counts_persons,
        part_of=result.part_of_id,
        published=getattr(result, "is_public", True),
    )


def aims_and_outcomes(intervention, outcomes=None):
    """Return (aims with a target, aims in words only, outcomes that belong to no drawn goal).

    ``outcomes`` are the intervention's, where they were fetched for many at once.
    """
    by_goal, loose = {}, []
    for each in outcomes_of([intervention])[intervention.pk] if outcomes is None else outcomes:
        if each.result.goal_id is None:
            loose.append(each)
        else:
            by_goal.setdefault(each.result.goal_id, []).append(each)
    aims = [Aim(goal, tuple(by_goal.get(goal.pk, ()))) for goal in intervention.goals.all()]
    measured = [aim for aim in aims if aim.goal.target is not None]
    worded = [aim for aim in aims if aim.goal.target is None]
    rest = [each for aim in worded for each in aim.outcomes]
    older = [each for aim in measured for each in aim.outcomes if each is not aim.latest]
    return measured, worded, loose + rest + older


def texts_that_tell(intervention, outcomes):
    """Return [(what kind of text, the text)] of the intervention's own that repeat a hidden count.

    A result's own words are shown without it; the others are for a person to change.
    """
    unsaid = frozenset().union(*(each.public.unsaid for each in outcomes))
    named = [("Beskrivningen", intervention.summary), ("Beskrivningen", intervention.description)]
    named += [("Metoden", intervention.method), ("Målgruppen", intervention.target_group)]
    named += [("Historiken", each.text) for each in intervention.milestones.all()]
    named += [("Målet", each.text) for each in intervention.goals.all()]
    own = [each.result for each in outcomes]
    named += [("Resultatet", each.measure) for each in own] + [("Basen", each.base) for each in own]
    return [(kind, text) for kind, text in named if written.without(text, unsaid) != text]
