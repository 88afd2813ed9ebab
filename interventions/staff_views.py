"""Deeds of one click for those who look after the pages: reviewed today, and a fault put right."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from interventions.models import Intervention, Report


class BackForm(forms.Form):
    """Where the button stood, and one goes back to."""

    back = forms.ChoiceField(choices=[("page", ""), ("list", ""), ("start", "")])

    def address(self, intervention):
        """Return the address to go back to; the staff's list when none is said."""
        back = self.cleaned_data["back"] if self.is_valid() else "list"
        if back == "page" and intervention.public:
            return intervention.get_absolute_url()
        return reverse("work" if back == "start" else "work_interventions")


@require_POST
def intervention_reviewed(request, pk):
    """Say that an intervention's page was reviewed today and is right."""
    intervention = _own(Intervention, request.user, pk)
    intervention.mark_reviewed(request.user)
    messages.success(request, f"{intervention.name} är granskad i dag.")
    return redirect(BackForm(request.POST).address(intervention))


@require_POST
def report_handled(request, pk):
    """Say that a reported fault is dealt with; the address for an answer goes with it."""
    report = _own(Report, request.user, pk)
    report.handle()
    messages.success(request, f"Felet på sidan om {report.intervention.name} är åtgärdat.")
    return redirect(BackForm(request.POST).address(report.intervention))


def _own(model, user, pk):
    """Return the user's own row to change: another's is 404, one that the role may not is 403."""
    row = get_object_or_404(model.objects.for_user(user), pk=pk)
    if not row.can_be_edited_by(user):
        raise PermissionDenied
    return row
