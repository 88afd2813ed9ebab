"""Where an intervention's card is a PDF."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from finsam import pdf_answers
from interventions.card import printed
from interventions.card_views import intervention_at


@require_safe
@login_not_required
def card_pdf(request, slug, association=None):
    """The card of a public intervention, at its one address; every other way there is a 301."""
    found = intervention_at(slug, association)
    if found.card_pdf_url != request.path:
        return redirect(found.card_pdf_url, permanent=True)
    return pdf_answers.answer(
        request,
        partial(printed, found, request),
        title=f"Kortet om {found.name}",
        whose=found.lead.short_name if found.lead else "",
        association=found.lead,
    )
