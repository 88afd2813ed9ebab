"""Public pages of interventions: one for each, at its one address."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from associations.files import as_download
from associations.models import Association
from interventions import told
from interventions.models import Attachment, Intervention


@login_not_required
def intervention(request, slug):
    """An intervention of the whole site; one that an association leads lives with it (301)."""
    public = Intervention.objects.published().with_owners().with_review().filter(slug=slug)
    found = public.filter(lead__isnull=True).first()
    if found is not None:
        return _page(request, found)
    elsewhere = list(public[:2])
    if len(elsewhere) != 1:
        raise Http404("Ingen insats har den adressen.")
    return redirect(elsewhere[0], permanent=True)


@login_not_required
def association_intervention(request, association, slug):
    """An association's intervention; one that lives elsewhere is pointed to (301)."""
    association = get_object_or_404(Association, slug=association)
    shared = Q(lead=association) | Q(associations=association)
    public = Intervention.objects.published().with_owners().with_review()
    public = public.filter(shared, slug=slug).distinct()
    found = sorted(public, key=lambda intervention: intervention.lead_id != association.pk)
    if not found:
        raise Http404("Förbundet har ingen insats med den adressen.")
    if found[0].lead_id != association.pk:
        return redirect(found[0], permanent=True)
    return _page(request, found[0], association)


@login_not_required
def attachment_file(request, pk):
    """A file of a public intervention."""
    public = Intervention.objects.published()
    return as_download(get_object_or_404(Attachment, pk=pk, intervention__in=public).file)


def _page(request, intervention, association=None):
    context = told.context(intervention) | {
        "may_edit": request.user.is_authenticated and intervention.can_be_edited_by(request.user),
    }
    if association is not None:
        context["association"] = association
    return render(request, "interventions/intervention.html", context)
