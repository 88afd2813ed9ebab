"""Where a plan or a report is a PDF: adopted ones for all, drafts for the association's own."""

from django.contrib.auth.decorators import login_not_required, permission_required
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from finsam import pdf_answers
from plans.models import Plan
from plans.printing import printed


@require_safe
@login_not_required
def plan_pdf(request, association, kind, year, edition=None):
    """The public document of a year, its newest edition unless told; 404 when none is public."""
    own = {"association__slug": association, "kind": kind.value, "year": year}
    if file := _sealed_file(own, edition):
        return pdf_answers.sealed(request, *file)
    plans = Plan.objects.published().filter(**own)
    if edition is not None:
        plans = plans.filter(edition=edition)
    return _answer(
        request, get_object_or_404(plans.current().select_related("association", "budget"))
    )


@require_safe
@permission_required("plans.view_plan", raise_exception=True)
def plan_draft_pdf(request, pk):
    """Any document of the user's own associations; another association's is 404."""
    plans = Plan.objects.for_user(request.user).select_related("association", "budget")
    return _answer(request, get_object_or_404(plans, pk=pk))


def _answer(request, plan):
    """Answer with the sealed file, or with what is made of the document as it is now."""
    if plan.file_facts is not None:
        file = plan.file_facts
        return pdf_answers.sealed(request, file.sha256, file.filename, file.data)
    return pdf_answers.answer(
        request,
        lambda: printed(plan),
        title=plan.title,
        whose=f"{plan.association.short_name}, utgåva {plan.edition}",
        association=plan.association,
    )


def _sealed_file(own, edition):
    """Return (sha256, file name, bytes) of the year's newest adopted document, or of one edition.

    None when it has no sealed file. One query: this is what most visitors ask for.
    """
    plans = Plan.objects.adopted().filter(**own)
    if edition is not None:
        plans = plans.filter(edition=edition)
    names = [f"sealed_file__{name}" for name in ("sha256", "filename", "data")]
    file = plans.order_by("-edition", "pk").values_list(*names).first()
    return file if file and file[0] else None
