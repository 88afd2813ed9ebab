"""Public pages of the ground: about an association, a document with its file, a news item."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render

from associations.about import board_groups, members_by_kind
from associations.files import as_download
from associations.models import Association, Document, News


@login_not_required
def association_about(request, association):
    """What an association is: members, board, office, purpose, and its statutes."""
    association = get_object_or_404(Association, slug=association)
    memberships = association.memberships.select_related("organisation", "source")
    seats = association.seats.select_related("appointed_by", "source")
    context = {
        "association": association,
        "member_groups": members_by_kind(memberships),
        "seat_groups": board_groups(seats),
        "posts": association.posts.select_related("sold_to", "source"),
        "statutes": association.documents.published()
        .filter(kind=Document.Kind.STATUTES)
        .prefetch_related("associations"),
    }
    return render(request, "associations/about.html", context)


def _document(association, slug):
    """Return (association, its public document), or answer 404."""
    association = get_object_or_404(Association, slug=association)
    documents = association.documents.published().prefetch_related("associations")
    return association, get_object_or_404(documents, slug=slug)


@login_not_required
def document(request, association, slug):
    """One document, at the address of the first association that owns it."""
    association, found = _document(association, slug)
    if found.get_absolute_url() != request.path:
        return redirect(found, permanent=True)
    context = {"association": association, "document": found, "owners": found.associations.all()}
    return render(request, "associations/document.html", context)


@login_not_required
def document_file(request, association, slug):
    """The document's file, always as a download and never guessed at by the browser."""
    _, found = _document(association, slug)
    return as_download(found.file)


@login_not_required
def news_item(request, association, slug):
    """One news item, at the address of the first association that owns it."""
    association = get_object_or_404(Association, slug=association)
    own = News.objects.published().filter(associations=association)
    found = get_object_or_404(
        own.select_related("source").prefetch_related("associations"), slug=slug
    )
    if found.get_absolute_url() != request.path:
        return redirect(found, permanent=True)
    context = {
        "association": association,
        "item": found,
        "owners": found.associations.all(),
        "source": found.source if found.source is not None and found.source.public else None,
    }
    return render(request, "associations/news_item.html", context)
