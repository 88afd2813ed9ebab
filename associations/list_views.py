"""An association's public lists of documents and of news, filtered and ordered by the address."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.shortcuts import get_object_or_404, render

from associations.models import Association
from associations.public_lists import (
    BY_NAME,
    OLDEST,
    ListFilter,
    as_csv,
    names,
    page_of,
    text,
)

DOCUMENT_HEADS = [
    "dokument", "adress", "förbund", "slag", "år", "datum", "diarienummer", "beskrivning", "fil",
]  # fmt: skip
NEWS_HEADS = ["nyhet", "adress", "förbund", "datum", "ingress"]


class DocumentFilter(ListFilter):
    """The same for documents."""

    searched = ("title", "dnr", "description")
    orders = {OLDEST: ["year", F("date").asc(nulls_last=True), "title"], BY_NAME: ["title"]}


class NewsFilter(ListFilter):
    """The same for news, which have no kinds."""

    slag = None
    searched = ("title", "lead", "body")
    year = "published_on__year"
    orders = {OLDEST: ["published_on", "title"], BY_NAME: ["title"]}


@login_not_required
def document_list(request, association):
    """An association's public documents, by year and newest first unless the address says else."""
    association = get_object_or_404(Association, slug=association)
    chosen = DocumentFilter(request.GET, association.documents.published())
    rows = chosen.qs.prefetch_related("associations")
    if request.GET.get("format") == "csv":
        cells = (_document_row(each, request.build_absolute_uri) for each in rows)
        return as_csv(DOCUMENT_HEADS, cells, f"dokument-{association.slug}")
    context = {
        "association": association,
        "filter": chosen,
        "page_obj": page_of(request, rows),
        "by_name": chosen.form.cleaned_data.get("ordning") == BY_NAME,
    }
    return render(request, "associations/documents.html", context)


def _document_row(each, absolute):
    address = absolute(each.get_absolute_url())
    return [
        each.title,
        address,
        names(each.associations.all()),
        each.get_kind_display(),
        each.year,
        text(each.date),
        each.dnr,
        each.description,
        f"{address}fil/" if each.file else "",
    ]


@login_not_required
def news_list(request, association):
    """An association's published news, newest first unless the address says else."""
    association = get_object_or_404(Association, slug=association)
    chosen = NewsFilter(request.GET, association.news.published())
    rows = chosen.qs.prefetch_related("associations")
    if request.GET.get("format") == "csv":
        cells = (_news_row(each, request.build_absolute_uri) for each in rows)
        return as_csv(NEWS_HEADS, cells, f"nyheter-{association.slug}")
    context = {"association": association, "filter": chosen, "page_obj": page_of(request, rows)}
    return render(request, "associations/news_list.html", context)


def _news_row(each, absolute):
    owners = names(each.associations.all())
    return [
        each.title,
        absolute(each.get_absolute_url()),
        owners,
        text(each.published_on),
        each.lead,
    ]
