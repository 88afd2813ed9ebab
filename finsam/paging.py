"""A table's order and page from the address; how many rows a page has is the page's own to say."""

from django.core.paginator import EmptyPage, PageNotAnInteger
from django_tables2 import RequestConfig


def configure(request, table, rows):
    """Order ``table`` and show the page that the address asks for, ``rows`` rows a page.

    What is no page shows the first; one beyond the last shows the last.
    """
    RequestConfig(request, paginate=False).configure(table)
    try:
        table.paginate(page=request.GET.get(table.prefixed_page_field, 1), per_page=rows)
    except PageNotAnInteger:
        table.page = table.paginator.page(1)
    except EmptyPage:
        table.page = table.paginator.page(table.paginator.num_pages)
