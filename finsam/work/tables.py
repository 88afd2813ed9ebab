"""The staff's lists: which columns each has, and how one narrows it."""

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django_tables2.utils import A

from associations.models import Association, Document, News
from associations.text_search import with_words
from budgets.models import Budget
from interventions.models import Intervention
from meetings.models import Meeting
from plans.models import Plan


class OwnersColumn(tables.Column):
    """The associations of a row that several may own."""

    def __init__(self, accessor="associations"):
        super().__init__("Förbund", accessor=accessor, orderable=False)

    def render(self, value):
        return ", ".join(association.short_name for association in value.all())


class EditionTable(tables.Table):
    """Editions of a year: budgets and plans, each named by its year and its edition."""

    association = tables.Column("Förbund", accessor="association__short_name")
    edition = tables.Column("Utgåva")
    state = tables.Column("Läge", order_by=("adopted_on", "published_in"))
    adopted_on = tables.DateColumn(format="Y-m-d", verbose_name="Fastställd", default="")
    dnr = tables.Column("Diarienummer", default="")

    def render_name(self, record):
        edition = f", utgåva {record.edition}" if record.edition > 1 else ""
        return f"{self.base_columns['name'].verbose_name} {record.year}{edition}"

    def render_state(self, value):
        return render_to_string("components/_status.html", {"status": value})


class BudgetTable(EditionTable):
    name = tables.Column(
        "Budget", accessor="year", linkify=("budget_edit", [A("pk")]), order_by=("year", "edition")
    )

    class Meta:
        model = Budget
        fields = ["name", "association", "edition", "state", "adopted_on", "dnr"]
        sequence = fields
        empty_text = "Ingen budget stämmer med urvalet."


class PlanTable(EditionTable):
    name = tables.Column(
        "Dokument", accessor="year", linkify=("plan_edit", [A("pk")]), order_by=("year", "edition")
    )

    def render_name(self, record):
        edition = f", utgåva {record.edition}" if record.edition > 1 else ""
        return f"{record.get_kind_display().capitalize()} {record.year}{edition}"

    class Meta:
        model = Plan
        fields = ["name", "association", "edition", "state", "adopted_on", "dnr"]
        sequence = fields
        empty_text = "Ingen plan eller rapport stämmer med urvalet."


class InterventionTable(tables.Table):
    name = tables.Column("Insats", linkify=("admin:interventions_intervention_change", [A("pk")]))
    associations = OwnersColumn()
    first_year = tables.Column("Från år", default="")
    last_year = tables.Column("Till år", default="")
    public = tables.BooleanColumn(yesno="ja,nej", verbose_name="Publik")
    reviewed_on = tables.TemplateColumn(
        template_name="work/_reviewed.html", verbose_name="Senast granskad"
    )

    result_page = tables.TemplateColumn(
        template_name="work/_results_link.html", verbose_name="Resultat", orderable=False
    )

    class Meta:
        model = Intervention
        fields = [
            "name", "associations", "form", "first_year", "last_year", "public", "reviewed_on",
            "result_page",
        ]  # fmt: skip
        empty_text = "Ingen insats stämmer med urvalet."


class MeetingTable(tables.Table):
    title = tables.Column("Möte", linkify=("admin:meetings_meeting_change", [A("pk")]))
    associations = OwnersColumn()
    date = tables.DateColumn(format="Y-m-d", verbose_name="Datum", default="saknas")
    place = tables.Column("Plats", default="")
    public = tables.BooleanColumn(yesno="ja,nej", verbose_name="Publikt")
    notes = tables.TemplateColumn(
        template_name="work/_notes_link.html", verbose_name="Anteckningar", orderable=False
    )

    class Meta:
        model = Meeting
        fields = ["title", "associations", "kind", "year", "date", "place", "public", "notes"]
        empty_text = "Inget möte stämmer med urvalet."


class DocumentTable(tables.Table):
    title = tables.Column("Dokument", linkify=("admin:associations_document_change", [A("pk")]))
    associations = OwnersColumn()
    dnr = tables.Column("Diarienummer", default="")
    public = tables.BooleanColumn(yesno="ja,nej", verbose_name="Publik")

    class Meta:
        model = Document
        fields = ["title", "associations", "kind", "year", "dnr", "public"]
        empty_text = "Inget dokument stämmer med urvalet."


class NewsTable(tables.Table):
    title = tables.Column("Nyhet", linkify=("admin:associations_news_change", [A("pk")]))
    associations = OwnersColumn()
    published_on = tables.DateColumn(format="Y-m-d", verbose_name="Publiceras", default="")
    state = tables.Column("Läge", empty_values=(), order_by=["published_on"])

    class Meta:
        model = News
        fields = ["title", "associations", "published_on", "state"]
        empty_text = "Ingen nyhet stämmer med urvalet."

    def render_state(self, record):
        if record.published_on is None:
            return "utkast"
        return "publicerad" if record.published_on <= timezone.localdate() else "kommande"


def own_associations(request):
    """Return the associations that one may narrow a list to."""
    return Association.objects.for_user(request.user)


class OwnFilter(filters.FilterSet):
    """Narrow a list to one of one's own associations and to a year."""

    year = filters.NumberFilter(
        label="År", widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1900})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for narrowing in self.filters.values():
            if isinstance(narrowing, (filters.ChoiceFilter, filters.ModelChoiceFilter)):
                narrowing.extra["empty_label"] = "alla"

    @property
    def qs(self):
        """Nothing is shown for a choice that is refused; the form says why."""
        return super().qs if self.form.is_valid() else self.queryset.none()

    def search(self, queryset, name, value):
        """Return the rows that hold every word in one of the fields of ``searched``."""
        return with_words(queryset, value, self.searched)


class EditionFilter(OwnFilter):
    association = filters.ModelChoiceFilter(label="Förbund", queryset=own_associations)
    state = filters.ChoiceFilter(
        label="Läge",
        choices=[("utkast", "inte fastställd"), ("fastställd", "fastställd")],
        method="narrow_state",
    )

    def narrow_state(self, queryset, name, value):
        return queryset.filter(adopted_on__isnull=value == "utkast")


class BudgetFilter(EditionFilter):
    class Meta:
        model = Budget
        fields = ["association", "year", "state"]


class PlanFilter(EditionFilter):
    class Meta:
        model = Plan
        fields = ["kind", "association", "year", "state"]


class SharedFilter(OwnFilter):
    """The same for rows that several associations may own, with a search."""

    q = filters.CharFilter(label="Sök", method="search")
    association = filters.ModelChoiceFilter(
        label="Förbund", field_name="associations", queryset=own_associations
    )
    public = filters.ChoiceFilter(
        label="Publik", choices=[("true", "ja"), ("false", "nej")], method="narrow_public"
    )

    def narrow_public(self, queryset, name, value):
        return queryset.filter(public=value == "true")


class InterventionFilter(SharedFilter):
    searched = ["name", "summary", "alternative_names__name"]
    year = filters.NumberFilter(label="Pågår år", method="during")

    class Meta:
        model = Intervention
        fields = ["q", "association", "form", "year", "public"]

    def during(self, queryset, name, value):
        """Return what is known to be on in a year, or has no known end or beginning."""
        return queryset.filter(
            Q(first_year__isnull=True) | Q(first_year__lte=value),
            Q(last_year__isnull=True) | Q(last_year__gte=value),
        )


class MeetingFilter(SharedFilter):
    searched = ["title", "place", "summary"]

    class Meta:
        model = Meeting
        fields = ["q", "association", "kind", "year", "public"]


class DocumentFilter(SharedFilter):
    searched = ["title", "dnr", "description"]

    class Meta:
        model = Document
        fields = ["q", "association", "kind", "year", "public"]


class NewsFilter(OwnFilter):
    searched = ["title", "lead", "body"]
    q = filters.CharFilter(label="Sök", method="search")
    association = filters.ModelChoiceFilter(
        label="Förbund", field_name="associations", queryset=own_associations
    )
    state = filters.ChoiceFilter(
        label="Läge",
        choices=[("utkast", "utkast"), ("kommande", "kommande"), ("publicerad", "publicerad")],
        method="narrow_state",
    )
    year = filters.NumberFilter(
        label="Publiceras år", field_name="published_on__year", min_value=1900, max_value=9998
    )

    class Meta:
        model = News
        fields = ["q", "association", "state", "year"]

    def narrow_state(self, queryset, name, value):
        if value == "utkast":
            return queryset.filter(published_on__isnull=True)
        today = timezone.localdate()
        if value == "kommande":
            return queryset.filter(published_on__gt=today)
        return queryset.filter(published_on__lte=today)
