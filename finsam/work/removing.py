"""Where a draft that was begun by mistake is taken away: what goes with it, and what stands in the
way. Its history is kept.
"""

from collections import Counter

from django.contrib import messages
from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import PermissionDenied
from django.db import router, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from associations import foreign
from budgets.models import Budget
from interventions.models import Intervention
from plans.models import Plan

# The word in the address → what it removes, its list and the page that leads here.
KINDS = {
    "budget": (Budget, "work_budgets", "budget_edit"),
    "plan": (Plan, "work_plans", "plan_edit"),
    "insats": (Intervention, "work_interventions", "work_results"),
}
PUBLIC = "Alla kan läsa {}. Ta tillbaka förslaget först, så går utkastet att ta bort."
SHARED = "Insatsen hör också till ett annat förbund. Ta bort ditt förbund ur den i stället."
SHOWN = 10  # rows named that stand in the way


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def work_remove(request, kind, pk):
    """Ask before a draft is taken away, and take it away."""
    if kind not in KINDS:
        raise Http404
    model, listed, page = KINDS[kind]
    row = get_object_or_404(model.objects.for_user(request.user), pk=pk)
    if not request.user.has_perm(f"{model._meta.app_label}.delete_{model._meta.model_name}"):
        raise PermissionDenied
    parts, in_the_way = _going(row, request.user)
    refused = _refusal(row, request.user)
    if request.method == "POST" and not refused and not in_the_way:
        name = str(row)
        row.delete()
        messages.success(request, f"{name} är borttagen. Historiken finns kvar.")
        return redirect(listed)
    context = {
        "row": row,
        "kind": model._meta.verbose_name,
        "parts": parts,
        "refused": refused,
        "in_the_way": in_the_way[:SHOWN],
        "more": len(in_the_way[SHOWN:]),
        "list_url": reverse(listed),
        "list_name": model._meta.verbose_name_plural.capitalize(),
        "back": reverse(page, args=[pk]),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "work/remove.html", context, status=status)


def _refusal(row, user):
    """Return in a sentence why the row may not go, or None."""
    if (sentence := row.refusal(user)) is not None:
        return sentence
    if foreign.has_foreign_owner(row, user):
        return SHARED
    return PUBLIC.format(row) if getattr(row, "is_public", False) else None


def _going(row, user):
    """Return (what goes with the row as words, what stands in the way as words)."""
    collector = NestedObjects(using=router.db_for_write(type(row)), origin=[row])
    collector.collect([row])
    counts = Counter(
        type(each)
        for instances in collector.data.values()
        for each in instances
        if each != row and not type(each)._meta.auto_created
    )
    for queryset in collector.fast_deletes:
        if not queryset.model._meta.auto_created:
            counts[queryset.model] += queryset.count()
    parts = [
        f"{count} {model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural}"
        for model, count in sorted(counts.items(), key=lambda item: item[0]._meta.verbose_name)
        if count
    ]
    return parts, sorted({foreign.named_for(each, user) for each in collector.protected})
