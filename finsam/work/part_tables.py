"""The staff's lists of what belongs to interventions: their results, and reported faults."""

import django_filters as filters
import django_tables2 as tables
from django_tables2.utils import A

from finsam.work.tables import OwnersColumn, OwnFilter, own_associations
from interventions.models import Report, Result

NUMBER = {"th": {"class": "amount"}, "td": {"class": "amount"}}


class PartTable(tables.Table):
    """Rows that belong to an intervention, whose associations own them."""

    associations = OwnersColumn("intervention__associations")


class ResultTable(PartTable):
    measure = tables.Column(
        "Vad som räknas", linkify=("admin:interventions_result_change", [A("pk")])
    )
    intervention = tables.Column(
        "Insats",
        accessor="intervention__name",
        linkify=("work_results", [A("intervention_id")]),
    )
    period = tables.Column("Period", order_by=("year", "period"))
    women = tables.Column("Kvinnor", default="", attrs=NUMBER)
    men = tables.Column("Män", default="", attrs=NUMBER)
    count = tables.Column("Totalt", orderable=False, default="", attrs=NUMBER)
    percent = tables.Column("Procent", default="", attrs=NUMBER)

    class Meta:
        model = Result
        fields = [
            "measure", "intervention", "associations", "period", "women", "men", "count", "percent",
        ]  # fmt: skip
        sequence = fields
        empty_text = "Inget resultat stämmer med urvalet."


class ReportTable(PartTable):
    text = tables.Column("Vad som är fel", linkify=("admin:interventions_report_change", [A("pk")]))
    intervention = tables.Column("Insats", accessor="intervention__name")
    sent_at = tables.DateTimeColumn(format="Y-m-d H:i", verbose_name="Skickat")
    handled_on = tables.DateColumn(format="Y-m-d", verbose_name="Åtgärdat", default="väntar")

    class Meta:
        model = Report
        fields = ["text", "intervention", "associations", "sent_at", "handled_on"]
        sequence = fields
        empty_text = "Inget anmält fel stämmer med urvalet."


class PartFilter(OwnFilter):
    """A search, and one of one's own associations."""

    q = filters.CharFilter(label="Sök", method="search")
    association = filters.ModelChoiceFilter(
        label="Förbund", field_name="intervention__associations", queryset=own_associations
    )


class ResultFilter(PartFilter):
    searched = ["measure", "period", "base", "intervention__name"]

    class Meta:
        model = Result
        fields = ["q", "association", "year"]


class ReportFilter(PartFilter):
    searched = ["text", "intervention__name"]
    year = filters.NumberFilter(
        label="Skickat år", field_name="sent_at__year", min_value=1900, max_value=9998
    )
    state = filters.ChoiceFilter(
        label="Läge", choices=[("vantar", "väntar"), ("klart", "åtgärdat")], method="narrow_state"
    )

    class Meta:
        model = Report
        fields = ["q", "association", "state", "year"]

    def narrow_state(self, queryset, name, value):
        return queryset.filter(handled_on__isnull=value == "vantar")
