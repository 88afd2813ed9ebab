"""An intervention's card as a page. The roof makes the PDF of it."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from associations.models import Association
from interventions import card
from interventions.models import Intervention


@require_safe
@login_not_required
def intervention_card(request, slug, association=None):
    """The card of a public intervention, at its one address; every other way there is a 301."""
    found = intervention_at(slug, association)
    if found.card_url != request.path:
        return redirect(found.card_url, permanent=True)
    context = card.context(found, request)
    if found.lead is not None:
        context["association"] = found.lead
    return render(request, "interventions/card/card.html", context)


def intervention_at(slug, association=None):
    """Return the public intervention at an address with or without an association, or 404."""
    public = Intervention.objects.published().with_owners().filter(slug=slug)
    if association is not None:
        owner = get_object_or_404(Association, slug=association)
        own = public.filter(Q(lead=owner) | Q(associations=owner)).distinct()
        public = sorted(own, key=lambda each: each.lead_id != owner.pk)
    else:
        public = sorted(public, key=lambda each: each.lead_id is not None)
        if len(public) > 1 and public[0].lead_id is not None:
            raise Http404("Flera förbund har en insats med den adressen.")
    if not public:
        raise Http404("Ingen insats har den adressen.")
    return public[0]
