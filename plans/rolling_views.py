"""Next year's plan from this one's text, what to look at in it, and what has changed."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from associations.deeds import told_when_refused
from budgets import comparison
from budgets.models import Budget
from budgets.public.comparison_views import side_of
from plans import changes
from plans.editing import may_view, plan_of


@require_POST
@permission_required("plans.add_plan", raise_exception=True)
def plan_next_year(request, pk):
    """Make next year's draft from this plan's text, and open it."""
    plan = plan_of(request.user, pk)
    with told_when_refused(request):
        draft = plan.roll_forward()
        messages.success(
            request,
            f"{draft.title} är ett utkast med texten från {plan.year}. "
            "Meningar med årtal eller belopp är märkta, så att du kan se över dem.",
        )
        return redirect("plan_edit", pk=draft.pk)
    return redirect("plan_edit", pk=plan.pk)


@require_safe
@may_view
def plan_changes(request, pk):
    """What has changed since the plan that this one comes from: text and numbers."""
    plan = plan_of(request.user, pk)
    before = plan.comes_from()
    context = {"association": plan.association, "plan": plan, "before": before}
    if before is not None:
        context |= {
            "chapters": changes.chapters(_texts(before), _texts(plan)),
            "found": _numbers(before, plan),
        }
    return render(request, "plans/changes.html", context)


def _texts(plan):
    return list(plan.chapters.values_list("title", "body"))


def _numbers(before, after):
    """Return the Comparison of the two plans' own years; None when either lacks its column."""
    whole = Budget.objects.with_table().in_bulk([before.budget_id, after.budget_id])
    sides = []
    for plan in (before, after):
        budget = whole.get(plan.budget_id)
        column = budget and budget.table().column_of(plan.year)
        if not column:
            return None
        stored = next(each for each in budget.columns.all() if each.pk == column.column.key)
        edition = f", utgåva {plan.edition}" if before.year == after.year else ""
        sides.append(side_of(budget, stored, f"{stored.label}{edition}"))
    return comparison.compare(*sides)
