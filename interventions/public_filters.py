"""How a visitor picks among the interventions: a GET form that works without JavaScript."""

import django_filters
from django.db.models import F, Q
from django.utils import timezone

from associations.models import Association
from interventions.models import Intervention

STATES = [("pagar", "Inte avslutad"), ("avslutad", "Avslutad")]
SHARES = [
    ("individ", "Individinriktad"),
    ("struktur", "Strukturövergripande"),
    ("bada", "Både och"),
]
ORDERS = [("namn", "Namn"), ("nyast", "Nyast först"), ("aldst", "Äldst först")]


class InterventionFilter(django_filters.FilterSet):
    """Form, association, state, a participant's age, share and order."""

    form = django_filters.ChoiceFilter(
        field_name="form", label="Form", choices=Intervention.Form.choices, empty_label="Alla"
    )
    forbund = django_filters.ModelChoiceFilter(
        field_name="associations",
        label="Förbund",
        queryset=Association.objects.all(),
        to_field_name="slug",
        empty_label="Alla",
    )
    lage = django_filters.ChoiceFilter(
        label="Läge", choices=STATES, empty_label="Alla", method="by_state"
    )
    alder = django_filters.NumberFilter(
        label="Deltagarens ålder", min_value=0, max_value=120, method="by_age"
    )
    inriktning = django_filters.ChoiceFilter(
        label="Inriktning", choices=SHARES, empty_label="Alla", method="by_share"
    )
    ordning = django_filters.ChoiceFilter(
        label="Ordning", choices=ORDERS[1:], empty_label="Namn", method="by_order"
    )

    class Meta:
        model = Intervention
        fields = []

    def by_state(self, queryset, name, value):
        """Keep the ongoing, or those that have ended."""
        if value == "pagar":
            return queryset.ongoing()
        return queryset.filter(last_year__lt=timezone.localdate().year)

    def by_age(self, queryset, name, value):
        """Keep those whose ages, as far as they are known, include ``value`` years."""
        return queryset.filter(
            Q(age_from__isnull=True) | Q(age_from__lte=value),
            Q(age_to__isnull=True) | Q(age_to__gte=value),
        )

    def by_share(self, queryset, name, value):
        """Keep those with a known share: wholly individual, wholly structural, or a split."""
        if value == "bada":
            return queryset.filter(individual_percent__gt=0, individual_percent__lt=100)
        return queryset.filter(individual_percent=100 if value == "individ" else 0)

    def by_order(self, queryset, name, value):
        """Order by the first year; those without a known year come last."""
        year = F("first_year")
        first = year.desc(nulls_last=True) if value == "nyast" else year.asc(nulls_last=True)
        return queryset.order_by(first, "name")


class AssociationInterventionFilter(InterventionFilter):
    """The same for the interventions of one association."""

    forbund = None
