"""Where a meeting's notes are a PDF: public ones for all, others for the associations' own."""

from functools import partial

from django.contrib.auth.decorators import login_not_required, permission_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from finsam import pdf_answers
from meetings.models import Meeting
from meetings.printing import printed


@require_safe
@login_not_required
def meeting_pdf(request, slug, association=None):
    """The notes of a public meeting, at their one address; every other way there is a 301."""
    public = Meeting.objects.published().with_owners()
    if association is not None:
        public = public.filter(associations__slug=association)
    found = get_object_or_404(public, slug=slug)
    if found.pdf_url != request.path:
        return redirect(found.pdf_url, permanent=True)
    if not found.has_notes:
        raise Http404("Det finns inga anteckningar från mötet.")
    return _answer(request, found)


@require_safe
@permission_required("meetings.view_meeting", raise_exception=True)
def meeting_draft_pdf(request, pk):
    """The notes of a meeting of the user's own, public or not; another association's is 404."""
    own = Meeting.objects.for_user(request.user).with_owners()
    return _answer(request, get_object_or_404(own, pk=pk))


def _answer(request, meeting):
    owners = list(meeting.associations.all())
    return pdf_answers.answer(
        request,
        partial(printed, meeting, request),
        title=meeting.title,
        association=owners[0] if len(owners) == 1 else None,
    )
