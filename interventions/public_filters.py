"""How a visitor picks among the interventions: one GET form for the finder and for the lists."""

import django_filters
from django.db.models import F

from associations.models import Association
from associations.text_search import with_words
from interventions.finding import AXES, Finder, Vocabulary
from interventions.models import Intervention

STATES = [("pagar", "Pågår"), ("avslutad", "Avslutad"), ("okant", "Okänt")]
SHARES = [
    ("individ", "Individinriktad"),
    ("struktur", "Strukturövergripande"),
    ("bada", "Både och"),
]
ORDERS = [("namn", "Namn"), ("nyast", "Nyast först"), ("aldst", "Äldst först")]

SEARCHED = ("name", "summary", "target_group", "alternative_names__name")


class PersonFilter(django_filters.FilterSet):
    """What is known of a person: where, how old, in which situation, referred by whom.

    Who surely fits and who may fit are kept, with ``fits`` annotated (``finding.py``).
    """

    kommun = django_filters.ChoiceFilter(label="Kommun", empty_label="Alla")
    alder = django_filters.NumberFilter(label="Ålder", min_value=0, max_value=120, decimal_places=0)
    vem = django_filters.ChoiceFilter(label="Vem det gäller", empty_label="Alla")
    halsa = django_filters.ChoiceFilter(label="Hälsa", empty_label="Alla")
    forsorjning = django_filters.ChoiceFilter(label="Försörjning", empty_label="Alla")
    remitterar = django_filters.ChoiceFilter(label="Vem som remitterar", empty_label="Alla")

    class Meta:
        model = Intervention
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.vocabulary = Vocabulary()
        for axis, choices in self.vocabulary.choices().items():
            self.filters[axis].extra["choices"] = choices

    asked_of_a_person = AXES

    @property
    def person_errors(self):
        """True when something that was chosen of a person is refused."""
        return any(name in AXES for name in self.form.errors)

    @property
    def finder(self):
        """The Finder of what was chosen; a value that is refused is no choice."""
        self.form.is_valid()
        chosen = self.form.cleaned_data
        return Finder(self.vocabulary, {axis: chosen.get(axis) for axis in AXES})

    def filter_queryset(self, queryset):
        """Narrow by each filter; those of a person all at once."""
        chosen = self.form.cleaned_data
        for name, value in chosen.items():
            if name not in AXES:
                queryset = self.filters[name].filter(queryset, value)
        finder = self.finder
        if finder.wish.keys() - {"kommun"}:  # the rest is asked of a person, not of a place
            queryset = queryset.for_persons()
        return finder.possible(queryset) if finder.wish else queryset


class InterventionFilter(PersonFilter):
    """Words, form, association, state, share and order, and what is known of a person."""

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
    inriktning = django_filters.ChoiceFilter(
        label="Inriktning", choices=SHARES, empty_label="Alla", method="by_share"
    )
    ordning = django_filters.ChoiceFilter(
        label="Ordning", choices=ORDERS[1:], empty_label="Namn", method="by_order"
    )

    def by_state(self, queryset, name, value):
        """Keep the ongoing, those that have ended, or those that no fact tells of."""
        if value == "pagar":
            return queryset.ongoing()
        return queryset.ended() if value == "avslutad" else queryset.unknown()

    def by_words(self, queryset, name, value):
        """Keep those that have every word in a name, the summary or the target group."""
        return with_words(queryset, value, SEARCHED)

    def by_share(self, queryset, name, value):
        """Keep those with a known share: wholly individual, wholly structural, or a split."""
        if value == "bada":
            return queryset.filter(individual_percent__gt=0, individual_percent__lt=100)
        return queryset.filter(individual_percent=100 if value == "individ" else 0)

    def by_order(self, queryset, name, value):
        """Order by the first year; those without a known year come last."""
        year = F("first_year")
        first = year.desc(nulls_last=True) if value == "nyast" else year.asc(nulls_last=True)
        return queryset.order_by(first, "name", "pk")


class AssociationInterventionFilter(InterventionFilter):
    """The same for the interventions of one association."""

    forbund = None
