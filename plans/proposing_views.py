"""Where a plan is sent to the members, and where a proposal is taken back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from associations.deeds import told_when_refused
from budgets.states.state_forms import ProposeForm
from plans.editing import may_view, plan_of


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
def plan_propose(request, pk):
    """Tell what a proposal means and what is missing for it, and ask for its day."""
    plan = _own(request, pk)
    form = ProposeForm(request.POST or None, initial={"on": timezone.localdate()})
    missing = plan.missing_to_propose()
    if request.method == "POST" and not missing and form.is_valid():
        said = f"{plan.the} är föreslagen. Alla kan läsa den nu, märkt som förslag."
        return _do(request, plan, lambda: plan.propose(form.cleaned_data["on"]), said)
    context = {"association": plan.association, "plan": plan, "form": form, "missing": missing}
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/propose.html", context, status=status)


@require_POST
@may_view
def plan_withdraw(request, pk):
    """Take a proposal back."""
    plan = _own(request, pk)
    return _do(request, plan, plan.withdraw, f"{plan.the} är ett utkast igen.")


def _own(request, pk):
    plan = plan_of(request.user, pk)
    if not plan.can_be_edited_by(request.user):
        raise PermissionDenied
    return plan


def _do(request, plan, deed, said):
    """Do a deed that may refuse in words, and go back to the plan."""
    with told_when_refused(request):
        deed()
        messages.success(request, said)
    return redirect("plan_edit", pk=plan.pk)
