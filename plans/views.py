"""The public activity plan of a year. The PDF of it is made in the roof."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from associations.models import Association
from plans import reading
from plans.models import Plan


@require_safe
@login_not_required
def plan_list(request, association):
    """An association's public plans, newest first."""
    owner = get_object_or_404(Association, slug=association)
    public = Plan.objects.published().filter(association=owner).current()
    context = {
        "association": owner,
        "association_url": owner.get_absolute_url(),
        "plans": public.select_related("association", "replaced_by").order_by("-year"),
    }
    return render(request, "plans/list.html", context)


@require_safe
@login_not_required
def plan(request, association, year, edition=None):
    """A public plan: the newest edition of the year, or the one asked for. Drafts are 404."""
    owner = get_object_or_404(Association, slug=association)
    editions = list(
        Plan.objects.published()
        .filter(association=owner, year=year)
        .select_related("association", "budget", "replaces", "replaced_by", "adopted_at")
        .order_by("-edition")
    )
    shown = [each for each in editions if edition in (None, each.edition)]
    if not shown:
        raise Http404("Det finns ingen publik verksamhetsplan för året.")
    context = {
        "association": owner,
        "association_url": owner.get_absolute_url(),
        "plan": shown[0],
        "asked_edition": edition,
        "newest": editions[0],
        "editions": editions if len(editions) > 1 else [],
        "pdf_url": _pdf_address(shown[0], edition),
        "chapters": reading.read(shown[0]),
        "years": Plan.objects.published().filter(association=owner).exclude(year=year).current(),
    }
    return render(request, "plans/plan.html", context)


def _pdf_address(plan, edition):
    """Return the address of the plan's PDF: the year's own, or the edition's when asked for."""
    place = [plan.association.slug, plan.year]
    if edition is None:
        return reverse("plan_pdf", args=place)
    return reverse("plan_edition_pdf", args=[*place, edition])
