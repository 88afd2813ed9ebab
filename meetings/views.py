"""The public page of a meeting, joint or one association's, at its one address."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from associations.models import Association
from meetings import page
from meetings.models import Meeting


@login_not_required
def meeting(request, slug):
    """A joint meeting; one that a single association holds lives with it (301)."""
    found = get_object_or_404(Meeting.objects.published().with_owners(), slug=slug)
    if found.get_absolute_url() != request.path:
        return redirect(found, permanent=True)
    return _page(request, found)


@login_not_required
def association_meeting(request, association, slug):
    """An association's own meeting; a joint one is pointed to (301)."""
    association = get_object_or_404(Association, slug=association)
    found = get_object_or_404(Meeting.objects.published().with_owners(), slug=slug)
    if association not in found.associations.all():
        raise Http404("Förbundet har inget möte med den adressen.")
    if found.get_absolute_url() != request.path:
        return redirect(found, permanent=True)
    return _page(request, found, association)


def _page(request, meeting, association=None):
    context = page.context(meeting)
    if association is not None:
        context["association"] = association
    return render(request, "meetings/meeting.html", context)
