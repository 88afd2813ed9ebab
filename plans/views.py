"""The public plan or report of a year. The PDF of it is made in the roof."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from associations.models import Association
from plans import kinds, reading
from plans.models import Plan


@require_safe
@login_not_required
def plan_list(request, association, kind):
    """An association's public plans, or its reports of a kind, newest first."""
    owner = get_object_or_404(Association, slug=association)
    public = Plan.objects.published().filter(association=owner, kind=kind.value).current()
    context = {
        "kind": kind,
        "kinds": [each for each in kinds.ALL if each != kind],
        "association": owner,
        "association_url": owner.get_absolute_url(),
        "plans": public.select_related("association", "replaced_by").order_by("-year", "pk"),
    }
    return render(request, "plans/list.html", context)


@require_safe
@login_not_required
def plan(request, association, kind, year, edition=None):
    """A public plan: the edition of the year in force, or the one asked for. Drafts are 404."""
    owner = get_object_or_404(Association, slug=association)
    public = Plan.objects.published().filter(association=owner, kind=kind.value)
    editions = list(
        public.filter(year=year)
        .select_related("association", "budget", "replaces", "replaced_by", "adopted_at")
        .in_force_first()
    )
    shown = [each for each in editions if edition in (None, each.edition)]
    if not shown:
        raise Http404(f"Det finns ingen publik {kind} för året.")
    context = {
        "association": owner,
        "association_url": owner.get_absolute_url(),
        "plan": shown[0],
        "asked_edition": edition,
        "in_force": editions[0],
        "editions": editions if len(editions) > 1 else [],
        "pdf_url": shown[0].pdf_url if edition is None else shown[0].edition_pdf_url,
        "chapters": reading.read(shown[0]),
        "years": public.exclude(year=year).current().select_related("association"),
    }
    return render(request, "plans/plan.html", context)
