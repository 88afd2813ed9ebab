"""Where staff read a plan, write its chapters and revise it. Another association's plan is 404."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plans import blocks, reading
from plans.forms import ChapterForm
from plans.models import Chapter, Plan

may_view = permission_required("plans.view_plan", raise_exception=True)


def _plan_of(user, pk):
    """Return the user's own plan ``pk``; anybody else's is 404."""
    plans = Plan.objects.for_user(user).select_related(
        "association", "budget", "published_in", "replaces", "replaced_by"
    )
    return get_object_or_404(plans, pk=pk)


@require_safe
@may_view
def plan_edit(request, pk):
    """Read the plan with its blocks drawn, what is missing, and the ways to write it."""
    plan = _plan_of(request.user, pk)
    context = {
        "association": plan.association,
        "plan": plan,
        "chapters": reading.read(plan),
        "problems": plan.problems(),
        "changed": plan.last_changed(),
        "may_edit": plan.can_be_edited_by(request.user),
        "may_revise": plan.is_adopted
        and not hasattr(plan, "replaced_by")
        and request.user.has_perm("plans.add_plan"),
    }
    return render(request, "plans/edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
def plan_chapter(request, pk, number):
    """Write one chapter. A text that someone else has changed meanwhile is shown, never lost."""
    plan = _plan_of(request.user, pk)
    if not plan.can_be_edited_by(request.user):
        raise PermissionDenied
    if request.method != "POST":
        chapter = get_object_or_404(plan.chapters, position=number)
        form = ChapterForm(instance=chapter, initial={"loaded": chapter.fingerprint})
        return _chapter_page(request, plan, chapter, form)
    with transaction.atomic():
        chapter = get_object_or_404(plan.chapters.select_for_update(), position=number)
        stored = Chapter(title=chapter.title, body=chapter.body)
        form = ChapterForm(request.POST, instance=chapter)
        if not form.is_valid():
            return _chapter_page(request, plan, stored, form, number=number, status=422)
        same = (stored.title, stored.body) == (chapter.title, chapter.body)
        if form.cleaned_data["loaded"] != stored.fingerprint and not same:
            return _chapter_page(request, plan, stored, form, number=number, conflict=True)
        if not same:
            form.save()
    messages.success(request, f"Kapitel {number} är sparat." if not same else "Inget var ändrat.")
    return redirect(f"{reverse('plan_edit', args=[plan.pk])}#kapitel-{number}")


def _chapter_page(request, plan, stored, form, *, number=None, conflict=False, status=200):
    """Return the page of a chapter's form; in a conflict with the stored text beside it."""
    if conflict:
        # Whoever saves again has seen the other text, so the form now starts from that one.
        form.data = form.data.copy()
        form.data["loaded"] = stored.fingerprint
        status = 409
    context = {
        "association": plan.association,
        "plan": plan,
        "number": number or stored.position,
        "stored": stored,
        "form": form,
        "conflict": conflict,
        "blocks": blocks.REGISTRY.values(),
    }
    return render(request, "plans/chapter.html", context, status=status)


@require_POST
@permission_required("plans.add_plan", raise_exception=True)
def plan_revise(request, pk):
    """Make a new draft of an adopted plan, with the newest edition of its budget."""
    plan = _plan_of(request.user, pk)
    try:
        draft = plan.revise(plan.newest_budget())
    except ValueError as error:
        messages.error(request, str(error))
        return redirect("plan_edit", pk=plan.pk)
    messages.success(request, f"Utgåva {draft.edition} är ett utkast. Den fastställda står kvar.")
    return redirect("plan_edit", pk=draft.pk)
