"""Where staff read a plan, write its chapters and revise it. Another association's plan is 404."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from associations.deeds import told_when_refused
from plans import blocks, reading
from plans.forms import ChapterForm, CoverForm
from plans.models import Chapter, Plan

may_view = permission_required("plans.view_plan", raise_exception=True)


@dataclass(frozen=True)
class Place:
    """A part of a plan that is written by itself: its name, its form's address, the way back.

    ``preview`` is the address that shows it as it would read, and ``remove`` the one that takes
    it away; a chapter has them.
    """

    name: str
    address: str
    back: str
    preview: str = ""
    remove: str = ""


def plan_of(user, pk):
    """Return the user's own plan ``pk``; anybody else's is 404."""
    plans = Plan.objects.for_user(user).select_related(
        "association", "budget", "published_in", "replaces", "replaced_by", "adopted_at"
    )
    return get_object_or_404(plans, pk=pk)


@require_safe
@may_view
def plan_edit(request, pk):
    """Read the plan with its blocks drawn, what is missing, and the ways to write it."""
    plan = plan_of(request.user, pk)
    chapters = reading.read(plan)
    context = {
        "association": plan.association,
        "plan": plan,
        "chapters": chapters,
        "problems": plan.problems(),
        "hints": [hint for chapter in chapters for hint in chapter.hints],
        "before_adoption": [] if plan.is_adopted else plan.missing_beside_text(),
        "changed": plan.last_changed(),
        "to_look_at": plan.to_look_at(),
        "cover_to_look_at": plan.cover_to_look_at(),
        "comes_from": plan.comes_from(),
        "may_roll_forward": request.user.has_perm("plans.add_plan")
        and not plan.missing_to_roll_forward(),
        "may_adopt": not plan.is_adopted and request.user.has_perm("plans.adopt_plan"),
        "may_seal": plan.is_adopted
        and plan.file_facts is None
        and request.user.has_perm("plans.adopt_plan"),
        "may_edit": plan.can_be_edited_by(request.user),
        "may_revise": plan.is_adopted
        and not hasattr(plan, "replaced_by")
        and request.user.has_perm("plans.add_plan"),
    }
    return render(request, "plans/edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
def plan_cover(request, pk):
    """Write what stands on the cover."""
    plan = plan_of(request.user, pk)
    place = Place("Omslag", reverse("plan_cover", args=[pk]), reverse("plan_edit", args=[pk]))
    return _write(request, plan, Plan.objects.filter(pk=plan.pk), CoverForm, place)


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
def plan_chapter(request, pk, number):
    """Write one chapter."""
    plan = plan_of(request.user, pk)
    return _write(
        request,
        plan,
        plan.chapters.filter(position=number),
        ChapterForm,
        _chapter_place(pk, number),
    )


@require_POST
@may_view
def plan_chapter_preview(request, pk, number):
    """Show a chapter as it would read, from the text in the form; nothing is saved.

    The script asks for the text alone; without it the whole page comes, with what was typed.
    """
    plan = plan_of(request.user, pk)
    if not plan.can_be_edited_by(request.user):
        raise PermissionDenied
    form = ChapterForm(request.POST, instance=get_object_or_404(plan.chapters, position=number))
    form.is_valid()  # a heading that lacks does not hinder the reading of the text
    texts = [(name, form[name].value() or "") for name in ("title", "body")]
    typed = {name: form.cleaned_data.get(name, text) for name, text in texts}
    preview = reading.read_chapter(plan, Chapter(plan=plan, position=number, **typed))
    if request.htmx:
        return render(request, "plans/_preview.html", {"preview": preview})
    return _writing_page(request, plan, form, _chapter_place(pk, number), preview=preview)


def _chapter_place(pk, number):
    return Place(
        f"Kapitel {number}",
        reverse("plan_chapter", args=[pk, number]),
        f"{reverse('plan_edit', args=[pk])}#kapitel-{number}",
        preview=reverse("plan_chapter_preview", args=[pk, number]),
        remove=reverse("plan_chapter_remove", args=[pk, number]),
    )


def _write(request, plan, rows, form_class, place):
    """Show or save the one row of ``rows``.

    A text that someone else has changed meanwhile is shown beside one's own, and nothing is saved.
    """
    if not plan.can_be_edited_by(request.user):
        raise PermissionDenied
    if request.method != "POST":
        row = get_object_or_404(rows)
        form = form_class(instance=row, initial={"loaded": row.fingerprint})
        return _writing_page(request, plan, form, place)
    with transaction.atomic():
        stored = get_object_or_404(rows.select_for_update())
        if Plan.objects.adopted().filter(pk=plan.pk).exists():  # meanwhile
            raise PermissionDenied
        form = form_class(request.POST, instance=rows.get())
        if not form.is_valid():
            return _writing_page(request, plan, form, place, status=422)
        changes = form.changes(stored)
        if changes and form.cleaned_data["loaded"] != stored.fingerprint:
            return _conflict(request, plan, form, stored, place)
        if changes:
            form.save()
    messages.success(request, f"{place.name} är sparat." if changes else "Inget var ändrat.")
    return redirect(place.back)


def _conflict(request, plan, form, stored, place):
    """Return the form as it was sent with the stored texts below.

    Whoever saves it again has seen the other text, so the form now starts from that one.
    """
    form.data = form.data.copy()
    form.data["loaded"] = stored.fingerprint
    return _writing_page(request, plan, form, place, conflict=form.stored_texts(stored), status=409)


def _to_look_at(plan, form):
    """Return the marks of the chapter in the form, as it is stored."""
    return next((marks for each, marks in plan.to_look_at() if each.pk == form.instance.pk), [])


def _writing_page(request, plan, form, place, *, conflict=(), preview=None, status=200):
    context = {
        "association": plan.association,
        "plan": plan,
        "place": place,
        "form": form,
        "conflict": conflict,
        "preview": preview,
        "to_look_at": _to_look_at(plan, form) if place.preview else [],
        "blocks": blocks.offered(plan) if place.preview else [],
    }
    return render(request, "plans/write.html", context, status=status)


@require_POST
@permission_required("plans.add_plan", raise_exception=True)
def plan_revise(request, pk):
    """Make a new draft of an adopted plan, with the newest edition of its budget."""
    plan = plan_of(request.user, pk)
    with told_when_refused(request):
        draft = plan.revise(plan.newest_budget())
        said = f"Utgåva {draft.edition} är ett utkast. Den fastställda står kvar."
        messages.success(request, said)
        return redirect("plan_edit", pk=draft.pk)
    return redirect("plan_edit", pk=plan.pk)
