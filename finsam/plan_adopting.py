"""Where the board's decision about a plan is written, and its file sealed with it.

The file holds the decision, so it is made when the decision is there. While it is made one waits
as for any PDF (202), with the decision signed in the address; then the same form stands there
again, filled in. Pressed once more, by the page's script or by hand, it seals text and file.
"""

from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core import signing
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from finsam import pdf, pdf_answers
from plans.editing import plan_of
from plans.forms import AdoptForm

HOURS = 12  # that a decision may lie in an address
may_adopt = permission_required("plans.adopt_plan", raise_exception=True)
pdf_of = pdf.made


@require_http_methods(["GET", "HEAD", "POST"])
@may_adopt
def plan_adopt(request, pk):
    """Show what will be sealed and ask for the decision; then seal text and file."""
    plan = plan_of(request.user, pk)
    if request.method == "POST" and plan.is_adopted:
        messages.info(request, f"{plan.the} är redan fastställd.")
        return redirect("plan_edit", pk=pk)
    typed, made = request.POST or None, False
    if asked := _asked(request):
        if far := pdf.how_far(asked["key"]):
            return _wait(request, plan, far)
        typed, made = QueryDict(asked["typed"]), _is_made(request, asked["key"])
    form = AdoptForm(plan, typed)
    missing = plan.missing_to_adopt()
    if request.method == "POST" and not missing and form.is_valid():
        decision, seen = form.decision(form.cleaned_data), form.cleaned_data[form.SHOWN]
        said = f"{plan.the} är fastställd och dess fil låst. Den kan bara revideras."
        return _do(request, plan, lambda: plan.adopt(*decision, pdf_of=pdf_of, seen=seen), said)
    context = {
        "association": plan.association,
        "plan": plan,
        "form": form,
        "missing": missing,
        "made": made and not missing and form.is_valid(),
        "chapters": plan.chapters.count(),
        "table": plan.budget_table if plan.budget else None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/adopt.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@may_adopt
def plan_seal(request, pk):
    """Seal the file of a plan that was adopted before the site kept files."""
    plan = plan_of(request.user, pk)
    if request.method == "POST":
        said = f"{plan.the}s fil är låst."
        return _do(request, plan, lambda: plan.seal(pdf_of=pdf_of), said)
    asked = _asked(request)
    if not asked or plan.missing_to_seal():
        return redirect("plan_edit", pk=plan.pk)
    if far := pdf.how_far(asked["key"]):
        return _wait(request, plan, far)
    made = _is_made(request, asked["key"])
    context = {"association": plan.association, "plan": plan, "made": made}
    return render(request, "plans/seal.html", context)


def _do(request, plan, deed, said):
    """Do a deed that may refuse in words or have to wait, and go back to the plan."""
    key = ""
    try:
        deed()
        messages.success(request, said)
        return redirect("plan_edit", pk=plan.pk)
    except ValueError as refused:
        done = plan_of(request.user, plan.pk).file_facts  # by another press, at the same time
        tell = messages.info if done else messages.error
        tell(request, str(refused))
        return redirect("plan_edit", pk=plan.pk)
    except pdf.NotMadeYet as making:
        key = making.key
    except pdf.PdfError as error:
        _tell(request, error)
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    asked = quote(signing.dumps({"key": key, "typed": typed.urlencode()}, salt=_salt(request)))
    return redirect(f"{request.path}?{pdf_answers.WAITS}={asked}")


def _tell(request, error):
    messages.error(request, f"PDF:en gick inte att göra, så inget är låst. {error}")


def _is_made(request, key):
    """Return whether the file is made; tell why when it couldn't be."""
    try:
        return pdf.is_made(key)
    except pdf.PdfError as error:
        _tell(request, error)
        return False


def _salt(request):
    """Return what binds a decision in an address to the page and to who wrote it."""
    return f"{request.path} {request.user.pk}"


def _asked(request):
    """Return the key that one waits for and what was typed, or None."""
    try:
        asked = request.GET.get(pdf_answers.WAITS, "")
        return signing.loads(asked, salt=_salt(request), max_age=HOURS * 3600)
    except signing.BadSignature:
        return None


def _wait(request, plan, far):
    context = {
        "association": plan.association,
        "title": f"Filen som ska låsas, {plan.title},",
        "then": "Inget är låst förrän den är klar, så lämna inte sidan.",
    }
    return pdf_answers.waiting(request, context, far, quote(request.GET[pdf_answers.WAITS]))
