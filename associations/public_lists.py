"""What the public's lists have in common: narrowed, ordered, paged and sent as a file by GET."""

import django_filters
import tablib
from django.db.models import Count
from django.http import HttpResponse

from associations.import_formats import CSV
from associations.paging import Paginator
from associations.text_search import with_words

ROWS_A_PAGE = 30
FEW = 8  # rows that one sees at a glance: no form is shown for so few
OLDEST, BY_NAME = "aldst", "namn"


def page_of(request, rows, number=None):
    """Return the page of ``rows`` that the address asks for; ``number`` saves counting them."""
    paginator = Paginator(rows, ROWS_A_PAGE)
    if number is not None:
        paginator.count = number
    return paginator.get_page(request.GET.get("page"))


def as_csv(heads, rows, name):
    """Answer with a CSV file, ``name`` without its ending; no cell of it is run as a formula."""
    data = tablib.Dataset(headers=heads)
    data.extend(rows)
    return HttpResponse(
        CSV().export_data(data),
        content_type=CSV.CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def names(associations):
    """Return the short names of associations as one cell."""
    return ", ".join(association.short_name for association in associations)


def text(value):
    """Return a cell: nothing for None."""
    return "" if value is None else str(value)


class ListFilter(django_filters.FilterSet):
    """Words, kind, year and order. Only kinds and years that there are can be chosen.

    A subclass says which fields are ``searched``, how rows are ``orders``-ed, and where the year
    is (``year``). What the address asks for and the list does not have is refused in the form.
    """

    sok = django_filters.CharFilter(label="Sök", max_length=100, method="by_words")
    slag = django_filters.ChoiceFilter(label="Slag", field_name="kind", empty_label="Alla")
    ar = django_filters.ChoiceFilter(label="År", method="by_year", empty_label="Alla")
    ordning = django_filters.ChoiceFilter(
        label="Ordning",
        choices=[(OLDEST, "Äldst först"), (BY_NAME, "Namn")],
        empty_label="Nyast först",
        method="by_order",
    )

    searched = ("title",)
    year = "year"
    orders = {}

    def __init__(self, data, queryset):
        super().__init__(data, queryset)
        told = ["kind", self.year] if "slag" in self.filters else [self.year]
        facts = list(queryset.order_by().values(*told).annotate(rows=Count("pk", distinct=True)))
        self.total = sum(fact["rows"] for fact in facts)
        years = sorted({fact[self.year] for fact in facts}, reverse=True)
        self.filters["ar"].extra["choices"] = [(str(each), str(each)) for each in years]
        if "slag" in self.filters:
            there = {fact["kind"] for fact in facts}
            kinds = queryset.model.Kind.choices
            self.filters["slag"].extra["choices"] = [
                (value, label.capitalize()) for value, label in kinds if value in there
            ]

    @property
    def is_chosen(self):
        """True when the address narrows or orders the list."""
        return any(self.data.get(name) for name in self.filters)

    @property
    def is_shown(self):
        """True when there is a form: for more than a few rows, or to say what was chosen."""
        return self.total > FEW or self.is_chosen

    def by_words(self, queryset, name, value):
        """Keep those that have every word in one of the fields of ``searched``."""
        return with_words(queryset, value, self.searched)

    def by_year(self, queryset, name, value):
        """Keep one year's."""
        return queryset.filter(**{self.year: int(value)})

    def by_order(self, queryset, name, value):
        """Order otherwise than the newest first."""
        return queryset.order_by(*self.orders[value], "pk")
