"""The pages where an intervention begins, and gets goals and results one after another."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from interventions.models import Goal, Intervention, Result
from interventions.start_forms import GoalStartForm, ResultStartForm, StartForm

may_read_and_send = require_http_methods(["GET", "HEAD", "POST"])


@may_read_and_send
def intervention_start(request):
    """Begin an intervention, and open the page of its results."""
    if not request.user.has_perm("interventions.add_intervention"):
        raise PermissionDenied
    chosen = {name: request.GET[name] for name in ("association",) if name in request.GET}
    form = StartForm(request.POST or None, user=request.user, initial=chosen)
    if request.method == "POST" and form.is_valid():
        intervention = form.save()
        messages.success(request, f"Insatsen {intervention.name} är sparad.")
        return redirect("work_results", intervention.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "interventions/start.html", {"form": form}, status=status)


@may_read_and_send
def goal_new(request, pk):
    """Add a goal to one's own intervention."""
    intervention = _own(request.user, pk, "interventions.add_goal")
    form = GoalStartForm(request.POST or None, instance=Goal(intervention=intervention))
    return _part(request, intervention, form, "Nytt mål", "Målet är sparat.")


@may_read_and_send
def result_new(request, pk):
    """Add a result to one's own intervention; the next one begins with the same year."""
    intervention = _own(request.user, pk, "interventions.add_result")
    kept = {name: request.GET[name] for name in ("year", "period") if name in request.GET}
    result = Result(intervention=intervention)
    form = ResultStartForm(request.POST or None, instance=result, user=request.user, initial=kept)
    return _part(request, intervention, form, "Nytt resultat", "Resultatet är sparat.")


def _own(user, pk, permission):
    """Return one's own intervention to add to; another's is 404, one that is sealed is 403."""
    intervention = get_object_or_404(Intervention.objects.for_user(user), pk=pk)
    if not user.has_perm(permission) or intervention.refusal(user) is not None:
        raise PermissionDenied
    return intervention


def _part(request, intervention, form, heading, sentence):
    if request.method == "POST" and form.is_valid():
        part = form.save()
        messages.success(request, sentence)
        if "more" in request.POST:
            return redirect(f"{request.path}{_kept(part)}")
        return redirect("work_results", intervention.pk)
    context = {
        "intervention": intervention,
        "form": form,
        "heading": heading,
        "back": reverse("work_results", args=[intervention.pk]),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "interventions/start_part.html", context, status=status)


def _kept(part):
    """Return the address's query with what the next one is likely to have in common."""
    return f"?year={part.year}" if getattr(part, "year", None) else ""
