"""How many interventions each choice of the finder leads to, as rows: one query for each axis.

Where nothing is chosen yet the queries are kept.
"""

from django.db.models import Count, Q, Value
from django.utils import timezone

from associations.models import Membership, Organisation
from associations.prepared import Prepared
from interventions.models import Intervention

HAS_SITUATION = Intervention.situations.through.objects
GOES_FIRST = Intervention.first_situations.through.objects
HAS_REFERRER = Intervention.referrers.through.objects
HAS_PLACE = Intervention.municipalities.through.objects
HAS_OWNER = Intervention.associations.through.objects


def members(today=None):
    """Return the municipalities' memberships that last today."""
    today = today or timezone.localdate()
    return Membership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
        organisation__kind=Organisation.Kind.MUNICIPALITY,
    ).order_by()


def referred(slug):
    """Return the condition of being open to whom the referrer ``slug`` sends."""
    return Q(pk__in=HAS_REFERRER.filter(referrer__slug=slug).values("intervention"))


def open_to(wider):
    """Return the conditions of going first, and of being meant, by a situation's keys ``wider``."""
    first = Q(pk__in=GOES_FIRST.filter(situation__in=wider).values("intervention"))
    return first, Q(pk__in=HAS_SITUATION.filter(situation__in=wider).values("intervention"))


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
    around = around.filter(**{f"{member}__in": members(today).values("pk")})
    return _counted_places(around.values_list(f"{member}__organisation__short_name"), year)


def _counted_places(grouped, year):
    ended = Q(intervention__last_year__lt=year)
    return grouped.annotate(
        every=Count("intervention", distinct=True),
        over=Count("intervention", filter=ended, distinct=True),
    ).order_by()


def _for_persons():
    return Intervention.objects.published().for_persons()


def counts(rows, conditions, year):
    """Return one row of how many of ``rows`` meet each condition, and of those how many ended.

    ``year`` is this one. No row when there are none to count.
    """
    ended, counted = Q(last_year__lt=year), {}
    for number, each in enumerate(conditions):
        counted[f"n{number}"] = Count("pk", filter=each)
        counted[f"e{number}"] = Count("pk", filter=each & ended)
    every = rows.order_by().annotate(every=Value(1)).values("every")
    return every.annotate(**counted).values_list(*counted)


def any_open(asked):
    """Return the condition of being open to each situation, told with all that it is part of."""
    return [first | own for first, own in map(open_to, asked)]


def _first():
    return _for_persons().filter(individual_percent__isnull=False)


_HOW_MANY = Prepared(
    lambda: (
        _for_persons()
        .order_by()
        .annotate(every=Value(1))
        .values("every")
        .annotate(number=Count("pk"))
        .values_list("number", flat=True)
    )
)
FIRST_SITUATIONS = Prepared(lambda year, *asked: counts(_first(), any_open(asked), year))
FIRST_REFERRERS = Prepared(lambda year, *asked: counts(_first(), map(referred, asked), year))
FIRST_NAMED = Prepared(lambda year: places_named(_first(), year))
FIRST_AROUND = Prepared(lambda today, year: places_around(_first(), today, year))


def for_persons():
    """Return how many interventions there are that persons may find."""
    return sum(_HOW_MANY())
