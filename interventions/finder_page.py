"""What the finder's page tells: choices made and left, who fits, and why others only may."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from interventions.finding import KINDS, Option
from interventions.models import Intervention

FEW = 5  # of each group, before one asks for all

AXIS_NAMES = {
    "kommun": "Kommun",
    "alder": "Ålder",
    "vem": "Vem det gäller",
    "halsa": "Hälsa",
    "forsorjning": "Försörjning",
    "remitterar": "Vem som remitterar",
}
NOT_TOLD = {
    "kommun": "Källorna säger inte i vilka kommuner.",
    "alder": "Källorna säger inte för vilka åldrar.",
    "vem": "Källorna säger inte vem den är till för.",
    "halsa": "Källorna säger inte för vilken ohälsa eller funktionsnedsättning.",
    "forsorjning": "Källorna säger inte för vilken försörjning.",
    "remitterar": "Källorna säger inte vem som remitterar.",
}
NO_PERSONS = "Källorna säger inte om enskilda kan få plats."
AXIS_KINDS = {axis: kind for kind, axis in KINDS.items()}


@dataclass(frozen=True)
class Hit:
    """An intervention that fits or may fit, with what is to be asked, and what came after it."""

    intervention: Intervention
    doubts: tuple[str, ...]
    after: tuple[Intervention, ...]


@dataclass(frozen=True)
class Part:
    """One of the three groups of hits: ``key`` in the address, and how many there are in all."""

    key: str
    number: int
    hits: tuple[Hit, ...]

    @property
    def more(self):
        """How many are not shown."""
        return self.number - len(self.hits)


@dataclass(frozen=True)
class Choice:
    """A choice made, with the address without it. ``number`` surely fit then, when it is asked."""

    axis: str
    name: str
    url: str
    number: int | None = None


@dataclass(frozen=True)
class Question:
    """A choice that is left, with the options that give a hit."""

    axis: str
    name: str
    options: tuple[tuple[Option, str], ...]

    @property
    def is_long(self):
        """True when the options are too many to stand open."""
        return len(self.options) > 24


def parts(rows, finder, shown=None):
    """Return the Parts that have hits: who fit, who may fit, and who have ended.

    ``shown`` is (key, first, last) to show just that stretch of one group.
    """
    over = Q(last_year__isnull=False, last_year__lt=timezone.localdate().year)
    groups = {
        "passar": Q(fits=True) & ~over,
        "fraga": Q(fits=False) & ~over,
        "avslutade": over,
    }
    numbers = rows.order_by().aggregate(
        **{key: Count("pk", filter=which) for key, which in groups.items()}
    )
    flags = [f"{axis}_ok" for axis in finder.wish]
    stretches = {shown[0]: shown[1:]} if shown else dict.fromkeys(groups, (0, FEW))
    found = {
        key: list(
            rows.filter(groups[key])
            .order_by("-fits", "-agrees", "-meant", "name", "pk")
            .values("pk", *flags)[first:last]
        )
        for key, (first, last) in stretches.items()
        if numbers[key]
    }
    known = _fetched([row["pk"] for part in found.values() for row in part])
    return [
        Part(key, numbers[key], tuple(_hit(known[row["pk"]], row, finder) for row in part))
        for key, part in found.items()
    ]


def _fetched(keys):
    """Return key → intervention with what a hit shows, in a constant number of queries."""
    rows = Intervention.objects.with_owners().filter(pk__in=keys)
    after = Prefetch("succeeded_by", Intervention.objects.select_related("lead"))
    related = ("situations", "first_situations", after)
    return {each.pk: each for each in rows.prefetch_related(*related)}


def _hit(intervention, row, finder):
    doubts = [doubt(intervention, axis, finder) for axis in finder.wish if not row[f"{axis}_ok"]]
    if intervention.individual_percent is None:
        doubts.append(NO_PERSONS)
    after = [each for each in intervention.succeeded_by.all() if each.public]
    return Hit(intervention, tuple(doubts), tuple(after))


def doubt(intervention, axis, finder):
    """Return why it isn't sure that the choice on ``axis`` fits, in a sentence."""
    if axis == "alder":
        return _first_ages(intervention) or NOT_TOLD[axis]
    kind = AXIS_KINDS.get(axis)
    if kind is None:
        return NOT_TOLD[axis]
    own = _names(intervention.situations.all(), kind)
    if own:
        return f"Riktar sig till: {own}."
    first = _names(intervention.first_situations.all(), kind)
    if first:
        return f"Går först: {first}. Källorna säger inte för vilka andra."
    return NOT_TOLD[axis]


def _first_ages(intervention):
    """Return ”19–29 år går först. …”, or "" when no ages go first."""
    first, last = intervention.first_age_from, intervention.first_age_to
    if first is None and last is None:
        return ""
    ages = f"{'' if first is None else first}–{'' if last is None else last} år"
    return f"{ages} går först. Källorna säger inte för vilka andra åldrar."


def _names(situations, kind):
    return ", ".join(
        each.name[:1].lower() + each.name[1:] for each in situations if each.kind == kind
    )


def choices(query, finder):
    """Return the Choices made, in the order of the axes."""
    names = {axis: dict(values) for axis, values in finder.vocabulary.choices().items()}
    return [
        Choice(axis, names[axis][value] if axis in names else f"{value} år", without(query, axis))
        for axis, value in finder.wish.items()
    ]


def ways_out(query, finder, interventions):
    """Return the Choices that stand in the way: without each of them some surely fit."""
    lasting = interventions.exclude(last_year__lt=timezone.localdate().year)
    numbers = {axis: finder.sure(lasting, besides=axis).count() for axis in finder.wish}
    return [
        Choice(each.axis, each.name, each.url, numbers[each.axis])
        for each in choices(query, finder)
        if numbers[each.axis]
    ]


def questions(query, finder, interventions):
    """Return the Questions that are left, each option with its address."""
    return [
        Question(
            axis,
            AXIS_NAMES[axis],
            tuple((option, within(query, axis, option.value)) for option in options),
        )
        for axis, options in finder.options(interventions).items()
        if options and axis not in finder.wish
    ]


def within(query, axis, value):
    """Return the address's query with one more choice, from the first page."""
    changed = query.copy()
    changed[axis] = value
    return _address(changed)


def without(query, *axes):
    """Return the address's query without the choices on ``axes``."""
    changed = query.copy()
    for axis in axes:
        changed.pop(axis, None)
    return _address(changed)


def _address(query):
    for name in ("page", "visa"):
        query.pop(name, None)
    return f"?{query.urlencode()}"
