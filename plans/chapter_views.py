"""Where a plan or a report gets a new chapter, loses one, or has them in another order."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from plans.editing import may_view, plan_of
from plans.models import Chapter, Plan

NEW = "Nytt kapitel"


class RemoveForm(forms.Form):
    """That the chapter which the page showed is to go."""

    loaded = forms.CharField(widget=forms.HiddenInput)


class MoveForm(forms.Form):
    """Which way the chapter goes that the page showed at the address's number."""

    chapter = forms.IntegerField()
    way = forms.ChoiceField(choices=[("upp", "upp"), ("ned", "ned")])


def _locked(user, pk):
    """Return the user's own plan, locked while its chapters are numbered anew."""
    plan = plan_of(user, pk)
    Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if not plan.can_be_edited_by(user) or Plan.objects.adopted().filter(pk=pk).exists():
        raise PermissionDenied
    return plan


@require_POST
@may_view
@transaction.atomic
def plan_chapter_new(request, pk):
    """Add an empty chapter last, and open it; the one that nobody has written in yet, if any."""
    plan = _locked(request.user, pk)
    last = plan.chapters.order_by("position", "pk").last()
    if last is None or (last.title, last.body) != (NEW, ""):
        position = last.position + 1 if last else 1
        last = Chapter.objects.create(plan=plan, position=position, title=NEW)
    return redirect("plan_chapter", pk=pk, number=last.position)


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
@transaction.atomic
def plan_chapter_remove(request, pk, number):
    """Show what goes, then take it away; those after it get the numbers before theirs."""
    plan = _locked(request.user, pk)
    chapter = get_object_or_404(plan.chapters, position=number)
    form = RemoveForm(request.POST or None, initial={"loaded": chapter.fingerprint})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["loaded"] == chapter.fingerprint:
            _remove(plan, chapter)
            messages.success(
                request, f"Kapitlet {chapter.title} är borttaget. Texten finns kvar i historiken."
            )
            return redirect("plan_edit", pk=pk)
        form.add_error(None, "Någon ändrade kapitlet medan sidan var öppen. Läs det igen.")
        form.data = {"loaded": chapter.fingerprint}
    status = 422 if request.method == "POST" else 200
    context = {"association": plan.association, "plan": plan, "chapter": chapter, "form": form}
    return render(request, "plans/chapter_remove.html", context, status=status)


def _remove(plan, chapter):
    chapter.delete()
    for later in plan.chapters.filter(position__gt=chapter.position).order_by("position", "pk"):
        later.position -= 1
        later.save(update_fields=["position"])


@require_POST
@may_view
@transaction.atomic
def plan_chapter_move(request, pk, number):
    """Let a chapter change places with the one before or after it; the numbers follow."""
    plan = _locked(request.user, pk)
    form = MoveForm(request.POST)
    moved = get_object_or_404(plan.chapters, position=number)
    if not form.is_valid() or form.cleaned_data["chapter"] != moved.pk:
        messages.error(
            request, "Kapitlens ordning ändrades medan sidan var öppen. Inget flyttades."
        )
        return redirect("plan_edit", pk=pk)
    if form.cleaned_data["way"] == "upp":
        other = plan.chapters.filter(position__lt=number).order_by("position", "pk").last()
    else:
        other = plan.chapters.filter(position__gt=number).order_by("position", "pk").first()
    if other is None:
        messages.error(request, "Kapitlet står redan ytterst. Inget flyttades.")
        return redirect("plan_edit", pk=pk)
    _swap(plan, moved, other)
    messages.success(request, f"{moved.title} är nu kapitel {moved.position}.")
    return redirect(f"{reverse('plan_edit', args=[pk])}#kapitel-{moved.position}")


def _swap(plan, one, other):
    """Change places by way of a free number, which the history does not tell."""
    before, after = one.position, other.position
    one.position = plan.chapters.aggregate(last=Max("position"))["last"] + 1
    one.save_without_historical_record(update_fields=["position"])
    other.position, one.position = before, after
    other.save(update_fields=["position"])
    one.save(update_fields=["position"])
