"""Which interventions fit a person: surely, perhaps, or not, from what is known of each.

A choice (a municipality, an age, a situation, a referrer) parts the interventions in three. One of
which the sources don't tell is never left out: it may fit, and the reason says what to ask.
"""

from dataclasses import dataclass

from django.db.models import BooleanField, Case, ExpressionWrapper, Q, Value, When
from django.utils import timezone

from associations.models import Association, Organisation
from associations.prepared import Prepared
from interventions.finder_counts import (
    FIRST_AROUND,
    FIRST_NAMED,
    FIRST_REFERRERS,
    FIRST_SITUATIONS,
    HAS_OWNER,
    HAS_PLACE,
    HAS_REFERRER,
    HAS_SITUATION,
    any_open,
    counts,
    members,
    open_to,
    places_around,
    places_named,
    referred,
)
from interventions.models import Referrer, Situation

KINDS = {  # a situation's kind → its name in the address
    Situation.Kind.PERSON: "vem",
    Situation.Kind.HEALTH: "halsa",
    Situation.Kind.INCOME: "forsorjning",
}
MOST_PLACES = 24  # municipalities that are listed to begin with
AXES = ("kommun", "alder", *KINDS.values(), "remitterar")


@dataclass(frozen=True)
class Rule:
    """What one choice asks of an intervention: ``sure`` to fit, ``perhaps``, and who is ``meant``.

    The three are conditions; who is neither sure nor perhaps does not fit. ``meant`` is among the
    sure: the choice is named by what is known of the intervention, or goes first.
    """

    sure: Q
    perhaps: Q
    meant: Q


@dataclass(frozen=True)
class Option:
    """One value of a choice, with how many that surely fit: going on or unknown, and ended."""

    value: str
    name: str
    synonyms: str
    number: int
    ended: int


class Vocabulary:
    """The words that there are to choose among, fetched once: three queries."""

    def __init__(self):
        self.situations = _SITUATIONS()
        self.referrers = _REFERRERS()
        self.municipalities = _MUNICIPALITIES(timezone.localdate())

    def of_kind(self, kind):
        """Return the situations of one kind, in their order."""
        return [each for each in self.situations if each.kind == kind]

    def wider(self, situation):
        """Return the keys of ``situation`` and of all that it is part of."""
        by_key = {each.pk: each for each in self.situations}
        keys = []
        while situation is not None and situation.pk not in keys:
            keys.append(situation.pk)
            situation = by_key.get(situation.broader_id)
        return keys

    def narrower(self, situation):
        """Return the keys of the situations that are part of ``situation``."""
        return [
            each.pk
            for each in self.situations
            if each.pk != situation.pk and situation.pk in self.wider(each)
        ]

    def choices(self):
        """Return axis → [(value, name)] of every axis with a fixed set of values."""
        return {
            "kommun": [(each.short_name, each.short_name) for each in self.municipalities],
            "remitterar": [(each.slug, each.name) for each in self.referrers],
        } | {
            axis: [(each.slug, each.name) for each in self.of_kind(kind)]
            for kind, axis in KINDS.items()
        }


_SITUATIONS = Prepared(Situation.objects.all)
_REFERRERS = Prepared(Referrer.objects.all)
_MUNICIPALITIES = Prepared(
    lambda today: (
        Organisation.objects.filter(
            Q(local_interventions__isnull=False) | Q(pk__in=members(today).values("organisation")),
            kind=Organisation.Kind.MUNICIPALITY,
        )
        .distinct()
        .order_by("short_name", "pk")
    )
)


def rule(vocabulary, axis, value):
    """Return the Rule of choosing ``value`` on ``axis``."""
    if axis == "kommun":
        return _place(value)
    if axis == "alder":
        return _age(value)
    if axis == "remitterar":
        sure = referred(value)
        return Rule(sure, ~Q(pk__in=HAS_REFERRER.values("intervention")), sure)
    return _situation(vocabulary, axis, value)


def associations_at(short_name):
    """Return the associations that a municipality is a member of today."""
    there = members().filter(organisation__short_name=short_name)
    return Association.objects.filter(pk__in=there.values("association"))


def _place(short_name):
    named = HAS_PLACE.filter(organisation__short_name=short_name).values("intervention")
    local = Q(pk__in=HAS_PLACE.values("intervention"))
    there = associations_at(short_name).values("pk")
    around = Q(pk__in=HAS_OWNER.filter(association__in=there).values("intervention"))
    known = HAS_OWNER.filter(association__in=members().values("association"))
    meant = Q(pk__in=named)
    sure = meant | (~local & around)
    return Rule(sure, ~local & ~Q(pk__in=known.values("intervention")), meant)


def _age(years):
    limits = Q(age_from__isnull=False) | Q(age_to__isnull=False)
    within = Q(age_from__isnull=True) | Q(age_from__lte=years)
    within &= Q(age_to__isnull=True) | Q(age_to__gte=years)
    first = Q(first_age_from__isnull=False) | Q(first_age_to__isnull=False)
    first &= Q(first_age_from__isnull=True) | Q(first_age_from__lte=years)
    first &= Q(first_age_to__isnull=True) | Q(first_age_to__gte=years)
    return Rule((limits & within) | (~limits & first), ~limits & ~first, first)


def _situation(vocabulary, axis, slug):
    chosen = next(each for each in vocabulary.situations if each.slug == slug)
    wider, kind = vocabulary.wider(chosen), chosen.kind
    first, own = open_to(wider)
    any_own = Q(pk__in=HAS_SITUATION.filter(situation__kind=kind).values("intervention"))
    part = HAS_SITUATION.filter(situation__in=vocabulary.narrower(chosen)).values("intervention")
    sure = own | first
    return Rule(sure, ~sure & (~any_own | Q(pk__in=part)), sure)


def flag(condition):
    """Return ``condition`` as a column that is true or false, never null."""
    return ExpressionWrapper(condition, output_field=BooleanField())


def _one(condition):
    """Return 1 where ``condition`` holds, else 0."""
    return Case(When(condition, then=1), default=0)


class Finder:
    """The choices made, as conditions on interventions; ``wish`` is axis → value."""

    def __init__(self, vocabulary, wish):
        self.vocabulary = vocabulary
        self.wish = {axis: wish[axis] for axis in AXES if wish.get(axis) not in (None, "")}
        self.rules = {axis: rule(vocabulary, axis, value) for axis, value in self.wish.items()}

    def possible(self, interventions):
        """Return those that fit, surely or perhaps, with ``fits``, ``agrees`` and ``meant``.

        ``fits``: surely, on every choice. ``agrees``: on how many of them, and one more when
        persons are known to take part. ``meant``: on how many choices it is named.
        """
        rows, sure, meant = interventions, Q(individual_percent__isnull=False), Value(0)
        agrees = _one(sure)
        for axis, each in self.rules.items():
            rows = rows.filter(each.sure | each.perhaps).annotate(**{f"{axis}_ok": flag(each.sure)})
            sure &= each.sure
            agrees = agrees + _one(each.sure)
            meant = meant + _one(each.meant)
        return rows.annotate(fits=flag(sure), agrees=agrees, meant=meant)

    def sure(self, interventions, besides=None):
        """Return those that surely fit every choice, but for the one on the axis ``besides``."""
        for axis, each in self.rules.items():
            if axis != besides:
                interventions = interventions.filter(each.sure)
        return interventions.filter(individual_percent__isnull=False)

    def options(self, interventions):
        """Return axis → [Option] of what gives a hit, given the other choices.

        ``interventions`` are all that persons may find; without a choice the queries are kept.
        """
        found = {"kommun": self.places(interventions)}
        for kind, axis in KINDS.items():
            words = self.vocabulary.of_kind(kind)
            found[axis] = self._counted(interventions, axis, words)
        found["remitterar"] = self._counted(interventions, "remitterar", self.vocabulary.referrers)
        return found

    def _counted(self, interventions, axis, words):
        """Return the Options among ``words``: all are counted in one query."""
        if not words or axis in self.wish:
            return []
        year, situations = timezone.localdate().year, axis != "remitterar"
        asked = [self.vocabulary.wider(word) if situations else word.slug for word in words]
        if self.wish:
            rows = self.sure(interventions, axis)
            found = counts(rows, any_open(asked) if situations else map(referred, asked), year)
        else:
            found = (FIRST_SITUATIONS if situations else FIRST_REFERRERS)(year, *asked)
        numbers = found[0] if found else (0,) * (2 * len(words))
        return [
            Option(word.slug, word.name, word.synonyms, every - over, over)
            for word, every, over in zip(words, numbers[::2], numbers[1::2], strict=True)
            if every
        ]

    def places(self, interventions):
        """Return the Options of municipalities, by two grouped queries however many they are."""
        if "kommun" in self.wish:
            return []
        if not self.wish:
            return _first_places(self.vocabulary.municipalities)
        among, today = self.sure(interventions), timezone.localdate()
        named, around = places_named(among, today.year), places_around(among, today, today.year)
        return place_options(self.vocabulary.municipalities, named, around)


def place_options(municipalities, named, around):
    """Return the Options of ``municipalities`` that some intervention is for.

    ``named`` and ``around`` are rows of (name, interventions, those that have ended).
    """
    numbers = {}
    for name, every, over in (*named, *around):
        before = numbers.get(name, (0, 0))
        numbers[name] = (before[0] + every - over, before[1] + over)
    names = dict.fromkeys(each.short_name for each in municipalities)
    return [Option(name, name, "", *numbers[name]) for name in names if name in numbers]


def places_to_begin_with():
    """Return the Options of municipalities that give a hit when nothing else is chosen.

    None when there are more municipalities than one reads through.
    """
    municipalities = _MUNICIPALITIES(timezone.localdate())
    return _first_places(municipalities) if len(municipalities) <= MOST_PLACES else []


def _first_places(municipalities):
    today = timezone.localdate()
    return place_options(municipalities, FIRST_NAMED(today.year), FIRST_AROUND(today, today.year))
