"""”Är något fel?”: anybody tells what is wrong on an intervention's page, without a login."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from interventions import report_limits
from interventions.card_views import intervention_at
from interventions.report_form import ReportForm


# No token: a visitor has no cookie, and nothing that a login allows is done here. A script on
# another site can send no more than a person can; the stamp and the limits stand in its way.
@csrf_exempt
@login_not_required
@never_cache  # its stamp is of the moment
@require_http_methods(["GET", "HEAD", "POST"])
def intervention_fault(request, slug, association=None):
    """What is wrong on an intervention's page; every other way to its one address is a 301.

    What is sent to an older address is taken there, or the words would be lost on the way.
    """
    intervention = intervention_at(slug, association)
    form, status = ReportForm(intervention=intervention), 200
    if request.method == "POST":
        form, status = ReportForm(request.POST, intervention=intervention), 422
        if form.is_valid() and (sentence := report_limits.refusal(request, intervention)):
            form.add_error(None, sentence)
            status = 429
        if form.is_valid():
            form.keep()
            return redirect(f"{intervention.fault_url}?skickat=ja")
        form.renew()
    elif intervention.fault_url != request.path:
        return redirect(intervention.fault_url, permanent=True)
    context = {"intervention": intervention, "form": form, "sent": "skickat" in request.GET}
    if intervention.lead is not None:
        context["association"] = intervention.lead
    return render(request, "interventions/report.html", context, status=status)
