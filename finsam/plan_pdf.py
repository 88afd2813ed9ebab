"""The addresses where a plan is a PDF: adopted ones for all, drafts for the association's own."""

from django.contrib.auth.decorators import login_not_required, permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from finsam import pdf
from plans.models import Plan
from plans.printing import printed


@require_safe
@login_not_required
def plan_pdf(request, association, year, edition=None):
    """The public plan of a year, its newest edition unless told; 404 when none is public."""
    if file := _sealed_file(association, year, edition):
        return _sealed(request, *file)
    plans = Plan.objects.published().filter(association__slug=association, year=year)
    if edition is not None:
        plans = plans.filter(edition=edition)
    return _answer(
        request, get_object_or_404(plans.current().select_related("association", "budget"))
    )


@require_safe
@permission_required("plans.view_plan", raise_exception=True)
def plan_draft_pdf(request, pk):
    """Any plan of the user's own associations; another association's is 404."""
    plans = Plan.objects.for_user(request.user).select_related("association", "budget")
    return _answer(request, get_object_or_404(plans, pk=pk))


def _answer(request, plan):
    """Answer with the PDF, a page that says it is being made (202), or why it can't be (503)."""
    if plan.file_facts is not None:
        file = plan.file_facts
        return _sealed(request, file.sha256, file.filename, file.data)
    page = printed(plan)
    context = {"association": plan.association, "plan": plan}
    try:
        made = pdf.ask(page)
    except pdf.PdfError as error:
        return render(request, "plans/pdf_fault.html", context | {"why": error}, status=503)
    if made is None:
        answer = render(request, "plans/pdf_wait.html", context, status=202)
        answer["Refresh"] = "2"
        answer["Cache-Control"] = "no-store"
        return answer
    answer = HttpResponse(made.read_bytes(), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{page.filename}"'
    return answer


def _sealed_file(association, year, edition):
    """Return (sha256, file name, bytes) of the year's newest adopted plan, or of one edition.

    None when that plan has no sealed file. One query: this is what most visitors ask for.
    """
    plans = Plan.objects.adopted().filter(association__slug=association, year=year)
    if edition is not None:
        plans = plans.filter(edition=edition)
    names = [f"sealed_file__{name}" for name in ("sha256", "filename", "data")]
    file = plans.order_by("-edition").values_list(*names).first()
    return file if file and file[0] else None


def _sealed(request, sha256, filename, data):
    """Answer with the bytes that were sealed, or that the asker has them already."""
    etag = f'"{sha256}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(bytes(data), content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="{filename}"'
    answer["ETag"] = etag
    return answer
