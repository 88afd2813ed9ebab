"""How a visitor picks among the interventions: a GET form that works without JavaScript."""

import django_filters
from django.db.models import F, Q

from associations.models import Association
from interventions.models import AlternativeName, Intervention

STATES = [("pagar", "Pågår"), ("avslutad", "Avslutad"), ("okant", "Okänt")]
SHARES = [
    ("individ", "Individinriktad"),
    ("struktur", "Strukturövergripande"),
    ("bada", "Både och"),
]
ORDERS = [("namn", "Namn"), ("nyast", "Nyast först"), ("aldst", "Äldst först")]

SEARCHED = ("name", "summary", "target_group")


def _has(word):
    """Return the condition that ``word`` occurs; SQLite knows no å, ä, ö in another case."""
    condition = Q()
    for form in {word, word.lower(), word.capitalize()}:
        for field in SEARCHED:
            condition |= Q(**{f"{field}__icontains": form})
        named = AlternativeName.objects.filter(name__icontains=form)
        condition |= Q(pk__in=named.values("intervention"))
    return condition


class InterventionFilter(django_filters.FilterSet):
    """Words, form, association, state, a participant's age, share and order."""

    sok = django_filters.CharFilter(label="Sök", max_length=100, method="by_words")
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
        """Keep the ongoing, those that have ended, or those that no fact tells of."""
        if value == "pagar":
            return queryset.ongoing()
        return queryset.ended() if value == "avslutad" else queryset.unknown()

    def by_words(self, queryset, name, value):
        """Keep those that have every word in a name, the summary or the target group."""
        for word in value.split():
            queryset = queryset.filter(_has(word))
        return queryset

    def by_age(self, queryset, name, value):
        """Keep those whose ages, as far as they are known, include ``value`` years.

        Those with no age at all stay, and the list shows them in a group of their own.
        """
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
