"""Results as files that everybody may have, and whole for staff beside what the public sees."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from interventions import result_rows, results, suppression
from interventions.card_views import intervention_at
from interventions.models import Intervention

PUBLIC_FORMS = ("csv", "json")
HIDDEN_WORDS = (
    "Counts of persons from 1 to 4, and what they could be worked out from, are null "
    "and named in withheld."
)


@require_safe
@login_not_required
def public_results(request, slug, form, association=None):
    """A public intervention's results as CSV or JSON, through the gate; other addresses are 301."""
    if form not in PUBLIC_FORMS:
        raise Http404
    found = intervention_at(slug, association)
    if found.results_url(form) != request.path:
        return redirect(found.results_url(form), permanent=True)
    rows = found.results.select_related("source", "intervention").prefetch_related(
        "source__associations"
    )
    outcomes = results.outcomes_of([found], {found.pk: list(rows)})[found.pk]
    if form == "json":
        return _json(request, found, outcomes)
    heads = result_rows.HEADS | {"source": "källa", "source_url": "källans adress"}
    told = [result_rows.public(each, request.build_absolute_uri) for each in outcomes]
    return _file(result_rows.table(told, heads), form, found.slug)


def _json(request, intervention, outcomes):
    content = {
        "intervention": {
            "name": intervention.name,
            "url": request.build_absolute_uri(intervention.get_absolute_url()),
        },
        "note": HIDDEN_WORDS,
        "results": [result_rows.as_json(each, request.build_absolute_uri) for each in outcomes],
    }
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})


def _file(data, form, name):
    writer = result_rows.FORMATS[form]()
    return HttpResponse(
        writer.export_data(data),
        content_type=writer.CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="resultat-{name}.{form}"'},
    )


@require_safe
def work_results(request, pk):
    """All results of one's own intervention, each beside what the public sees of it."""
    intervention = _own(request.user, pk)
    outcomes = results.outcomes_of([intervention])[intervention.pk]
    may_edit = _may_change(request.user, intervention)
    context = {
        "intervention": intervention,
        "outcomes": outcomes,
        "goals": intervention.goals.all(),
        "withheld": sum(each.public.suppressed for each in outcomes),
        "few_to": suppression.FEWEST - 1,
        "telling": results.texts_that_tell(intervention, outcomes) if may_edit else [],
        "may_edit": may_edit,
        "may_read_history": request.user.has_perm("interventions.view_historicalresult"),
        "exports": [
            (form.upper(), reverse("work_results_file", args=[pk, form]))
            for form in result_rows.FORMATS
        ],
    }
    return render(request, "interventions/work_results.html", context)


@require_safe
def work_results_file(request, pk, form):
    """All results of one's own intervention as a file that can be read in again."""
    intervention = _own(request.user, pk)
    if form not in result_rows.FORMATS:
        raise Http404
    rows = intervention.results.select_related("intervention")
    data = result_rows.table([result_rows.whole(each) for each in rows])
    response = _file(data, form, f"{intervention.slug}-kansliet")
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def results_template(request, form):
    """An empty file with the heads that the reading in knows."""
    if not request.user.has_perm("interventions.add_result"):
        raise PermissionDenied
    if form not in result_rows.FORMATS:
        raise Http404
    return _file(result_rows.table([]), form, "mall")


def _own(user, pk):
    """Return one's own intervention, or 404; 403 for a role that reads no results."""
    intervention = get_object_or_404(Intervention.objects.for_user(user), pk=pk)
    if not user.has_perm("interventions.view_result"):
        raise PermissionDenied
    return intervention


def _may_change(user, intervention):
    change = user.has_perms(["interventions.add_result", "interventions.change_result"])
    return change and intervention.refusal(user) is None
