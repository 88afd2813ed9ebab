"""Public pages of what interventions gave back: the calculations, one anew, and its file."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from associations.public_lists import page_of
from interventions.effects import csv_file, page
from interventions.models import EffectCalculation


@login_not_required
@require_safe
def effect_list(request):
    """Every calculation, the newest first; drafts of one's own among them."""
    found = EffectCalculation.objects.readable_by(request.user).with_assumptions()
    shown = page_of(request, found)
    context = {
        "rows": [(each, None if each.missing() else each.effects()) for each in shown],
        "page_obj": shown,
        "may_add": request.user.has_perm("interventions.add_effectcalculation"),
    }
    return render(request, "interventions/effects.html", context)


@login_not_required
@require_safe
def effect_calculation(request, slug):
    """One calculation, with whatever assumptions and choices the address asks for."""
    calculation = _found(request, slug)
    form, sheet = page.asked(request.GET, calculation)
    context = {
        "calculation": calculation,
        "form": form,
        "sheet": sheet,
        "asked": bool(request.GET),
        "query": request.GET.urlencode(),
        "missing": calculation.missing(),
        "times": page.payback_times(calculation),
        "may_edit": request.user.is_authenticated and calculation.can_be_edited_by(request.user),
        "owners": calculation.associations.all(),
    }
    return render(request, "interventions/effect_calculation.html", context)


@login_not_required
@require_safe
def effect_calculation_file(request, slug):
    """The calculation as CSV, as the address asks for it; the page tells what can't be read."""
    calculation = _found(request, slug)
    form, sheet = page.asked(request.GET, calculation)
    if sheet is None:
        query = request.GET.urlencode()
        address = calculation.get_absolute_url()
        return redirect(f"{address}?{query}" if query else address)
    response = HttpResponse(
        csv_file.as_csv(calculation, form, sheet), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = content_disposition_header(True, f"{calculation.slug}.csv")
    return response


def _found(request, slug):
    readable = EffectCalculation.objects.readable_by(request.user).with_assumptions()
    return get_object_or_404(readable, slug=slug)
