"""The addresses where a plan is a PDF: adopted ones for all, drafts for the association's own."""

from django.contrib.auth.decorators import login_not_required, permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from finsam import pdf
from plans.models import Plan
from plans.printing import printed


@require_safe
@login_not_required
def plan_pdf(request, association, year, edition=None):
    """The public plan of a year, its newest edition unless told; 404 when none is public."""
    plans = Plan.objects.published().filter(association__slug=association, year=year)
    if edition is not None:
        plans = plans.filter(edition=edition)
    return _answer(get_object_or_404(plans.current().select_related("association", "budget")))


@require_safe
@permission_required("plans.view_plan", raise_exception=True)
def plan_draft_pdf(request, pk):
    """Any plan of the user's own associations; another association's is 404."""
    plans = Plan.objects.for_user(request.user).select_related("association", "budget")
    return _answer(get_object_or_404(plans, pk=pk))


def _answer(plan):
    page = printed(plan)
    answer = HttpResponse(pdf.of(page), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{page.filename}"'
    return answer
