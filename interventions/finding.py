"""Which interventions fit a person: surely, perhaps, or not, from what is known of each.

A choice (a municipality, an age, a situation, a referrer) parts the interventions in three. One of
which the sources don't tell is never left out: it may fit, and the reason says what to ask.
"""

from dataclasses import dataclass

from django.db.models import BooleanField, Case, Count, ExpressionWrapper, Q, Value, When
from django.utils import timezone

from associations.models import Association, Membership, Organisation
from associations.prepared import Prepared
from interventions.models import Intervention, Referrer, Situation

KINDS = {  # a situation's kind → its name in the address
    Situation.Kind.PERSON: "vem",
    Situation.Kind.HEALTH: "halsa",
    Situation.Kind.INCOME: "forsorjning",
}
MOST_PLACES = 24  # municipalities that are listed to begin with
AXES = ("kommun", "alder", *KINDS.values(), "remitterar")

HAS_SITUATION = Intervention.situations.through.objects
GOES_FIRST = Intervention.first_situations.through.objects
HAS_REFERRER = Intervention.referrers.through.objects
HAS_PLACE = Intervention.municipalities.through.objects
HAS_OWNER = Intervention.associations.through.objects


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
        self.situations = list(Situation.objects.all())
        self.referrers = list(Referrer.objects.all())
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


def _members(today=None):
    """Return the municipalities' memberships that last today."""
    today = today or timezone.localdate()
    return Membership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
        organisation__kind=Organisation.Kind.MUNICIPALITY,
    ).order_by()


_MUNICIPALITIES = Prepared(
    lambda today: (
        Organisation.objects.filter(
            Q(local_interventions__isnull=False) | Q(pk__in=_members(today).values("organisation")),
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
        referred = HAS_REFERRER.filter(referrer__slug=value).values("intervention")
        sure = Q(pk__in=referred)
        return Rule(sure, ~Q(pk__in=HAS_REFERRER.values("intervention")), sure)
    return _situation(vocabulary, axis, value)


def associations_at(short_name):
    """Return the associations that a municipality is a member of today."""
    there = _members().filter(organisation__short_name=short_name)
    return Association.objects.filter(pk__in=there.values("association"))


def _place(short_name):
    named = HAS_PLACE.filter(organisation__short_name=short_name).values("intervention")
    local = Q(pk__in=HAS_PLACE.values("intervention"))
    there = associations_at(short_name).values("pk")
    around = Q(pk__in=HAS_OWNER.filter(association__in=there).values("intervention"))
    known = HAS_OWNER.filter(association__in=_members().values("association"))
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
    first = Q(pk__in=GOES_FIRST.filter(situation__in=wider).values("intervention"))
    own = Q(pk__in=HAS_SITUATION.filter(situation__in=wider).values("intervention"))
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
        """Return axis → [Option] of what gives a hit, given the other choices."""
        found = {"kommun": self.places(interventions)}
        for kind, axis in KINDS.items():
            words = self.vocabulary.of_kind(kind)
            rows = self.sure(interventions, axis)
            found[axis] = self._counted(rows, axis, words)
        rows = self.sure(interventions, "remitterar")
        found["remitterar"] = self._counted(rows, "remitterar", self.vocabulary.referrers)
        return found

    def _counted(self, rows, axis, words):
        """Return the Options among ``words``: all are counted in one query."""
        conditions = {f"n{word.pk}": rule(self.vocabulary, axis, word.slug).sure for word in words}
        ended = Q(last_year__lt=timezone.localdate().year)
        counts = rows.order_by().aggregate(
            **{key: Count("pk", filter=each) for key, each in conditions.items()},
            **{f"e{key}": Count("pk", filter=each & ended) for key, each in conditions.items()},
        )
        options = []
        for word in words:
            every, over = counts[f"n{word.pk}"], counts[f"en{word.pk}"]
            if every:
                options.append(Option(word.slug, word.name, word.synonyms, every - over, over))
        return options

    def places(self, interventions):
        """Return the Options of municipalities, by two grouped queries however many they are."""
        among, today = self.sure(interventions, "kommun"), timezone.localdate()
        named, around = places_named(among, today.year), places_around(among, today, today.year)
        return place_options(self.vocabulary.municipalities, named, around)


def place_options(municipalities, named, around):
    """Return the Options of ``municipalities`` that some intervention is for.

    ``named`` and ``around`` are rows of (name, interventions, those that have ended).
    """
    counts = {}
    for name, every, over in (*named, *around):
        before = counts.get(name, (0, 0))
        counts[name] = (before[0] + every - over, before[1] + over)
    names = dict.fromkeys(each.short_name for each in municipalities)
    return [Option(name, name, "", *counts[name]) for name in names if name in counts]


def places_to_begin_with():
    """Return the Options of municipalities that give a hit when nothing else is chosen.

    None when there are more municipalities than one reads through.
    """
    today = timezone.localdate()
    municipalities = _MUNICIPALITIES(today)
    if len(municipalities) > MOST_PLACES:
        return []
    return place_options(municipalities, _FIRST_NAMED(today.year), _FIRST_AROUND(today, today.year))


def places_named(interventions, year):
    """Return rows of (name, how many, ended) by the municipalities that interventions name."""
    keys = interventions.order_by().values("pk")
    named = HAS_PLACE.filter(intervention__in=keys).values_list("organisation__short_name")
    return _counted_places(named, year)


def places_around(interventions, today, year):
    """Return such rows of the others, by the municipalities of the associations that own them."""
    keys = interventions.order_by().values("pk")
    around = HAS_OWNER.filter(intervention__in=keys).exclude(
        intervention__in=HAS_PLACE.values("intervention")
    )
    member = "association__memberships"
    around = around.filter(**{f"{member}__in": _members(today).values("pk")})
    return _counted_places(around.values_list(f"{member}__organisation__short_name"), year)


def _counted_places(grouped, year):
    ended = Q(intervention__last_year__lt=year)
    return grouped.annotate(
        every=Count("intervention", distinct=True),
        over=Count("intervention", filter=ended, distinct=True),
    ).order_by()


def _for_persons():
    return Intervention.objects.published().for_persons()


_FIRST_NAMED = Prepared(lambda year: places_named(_for_persons(), year))
_FIRST_AROUND = Prepared(lambda today, year: places_around(_for_persons(), today, year))
