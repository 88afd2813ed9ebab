"""A table's order and page from the address; how many rows a page has is the page's own to say."""

from django.db.models import QuerySet
from django_tables2 import RequestConfig

from associations.paging import Paginator


def configure(request, table, rows):
    """Order ``table`` and show the page that the address asks for, ``rows`` rows a page.

    Every order ends in the key: with ties and without it PostgreSQL shows a row on two pages and
    another on none. An order that the table doesn't have is told in ``table.refused_order``.
    """
    RequestConfig(request, paginate=False).configure(table)
    found = table.data.data
    if isinstance(found, QuerySet):
        table.data.data = found.order_by(
            *(found.query.order_by or found.model._meta.ordering), "pk"
        )
    asked = request.GET.getlist(table.prefixed_order_by_field)
    known = {alias.bare for alias in table.order_by or ()}
    table.refused_order = next((each for each in asked if each.lstrip("-") not in known), "")
    table.paginate(Paginator, per_page=rows)
    table.page = table.paginator.get_page(request.GET.get(table.prefixed_page_field))
