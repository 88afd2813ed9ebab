"""Where the board's decision about a plan is written, and its file sealed with it."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from associations.deeds import told_when_refused
from finsam import pdf
from plans.editing import plan_of
from plans.forms import AdoptForm

PATIENCE = 20  # seconds; less than what a web server gives a worker
may_adopt = permission_required("plans.adopt_plan", raise_exception=True)
pdf_of = partial(pdf.wait, seconds=PATIENCE)


@require_http_methods(["GET", "HEAD", "POST"])
@may_adopt
def plan_adopt(request, pk):
    """Show what will be sealed and ask for the decision; then seal text and file."""
    plan = plan_of(request.user, pk)
    form = AdoptForm(plan, request.POST or None)
    missing = plan.missing_to_adopt()
    if request.method == "POST" and not missing and form.is_valid():
        decision = form.decision(form.cleaned_data)
        said = f"{plan.the} är fastställd och dess fil låst. Den kan bara revideras."
        return _do(request, plan, lambda: plan.adopt(*decision, pdf_of=pdf_of), said)
    context = {
        "association": plan.association,
        "plan": plan,
        "form": form,
        "missing": missing,
        "chapters": plan.chapters.count(),
        "table": plan.budget_table if plan.budget else None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/adopt.html", context, status=status)


@require_POST
@may_adopt
def plan_seal(request, pk):
    """Seal the file of a plan that was adopted before the site kept files."""
    plan = plan_of(request.user, pk)
    return _do(request, plan, lambda: plan.seal(pdf_of=pdf_of), f"{plan.the}s fil är låst.")


def _do(request, plan, deed, said):
    """Do a deed that may refuse in words, and go back to the plan."""
    try:
        with told_when_refused(request):
            deed()
            messages.success(request, said)
    except pdf.PdfError as error:
        messages.error(request, f"PDF:en gick inte att göra, så inget är låst. {error}")
    return redirect("plan_edit", pk=plan.pk)
