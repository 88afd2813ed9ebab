"""”Är något fel?”: anybody tells what is wrong on an intervention's page, without a login."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from interventions.card_views import intervention_at
from interventions.models import Report
from interventions.report_form import ReportForm

# How many reports an hour are taken: no visitor is told apart, so no address is stored.
MOST_OF_ONE, MOST_OF_ALL = 20, 100


# No token: a visitor has no cookie, and nothing that a login allows is done here. A script on
# another site can send no more than a person can; the stamp and the limit stand in its way.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def intervention_fault(request, slug, association=None):
    """What is wrong on an intervention's page; every other way to its one address is a 301.

    What is sent to an older address is taken there, or the words would be lost on the way.
    """
    intervention = intervention_at(slug, association)
    form, status = ReportForm(intervention=intervention), 200
    if request.method == "POST":
        form, status = ReportForm(request.POST, intervention=intervention), 422
        if form.is_valid() and _too_many(intervention):
            form.add_error(None, "Just nu kommer många meddelanden. Skicka igen om en stund.")
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


def _too_many(intervention):
    """Tell whether so many have come within an hour that no more are taken."""
    last_hour = Report.objects.filter(sent_at__gte=timezone.now() - timedelta(hours=1))
    ours = Q(intervention=intervention)
    return last_hour.filter(ours).count() >= MOST_OF_ONE or last_hour.count() >= MOST_OF_ALL
