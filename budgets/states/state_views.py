"""A budget's way: proposed to the members, adopted by the board, rolled forward to next year."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from associations.deeds import told_when_refused
from budgets import known, rolling, rules
from budgets.models import Budget
from budgets.states.state_forms import AdoptForm, ProposeForm


@require_safe
def budget_state(request, pk):
    """Where one's own budget stands, what may be done with it, and what is missing for that."""
    return _page(request, _own(request, pk))


@require_POST
def budget_propose(request, pk):
    """Send a draft to the members; the public sees it from now on, as a proposal."""
    budget = _own(request, pk, "budgets.change_budget")
    form = ProposeForm(request.POST)
    if not form.is_valid():
        return _page(request, budget, form, status=422)
    address = reverse("budget_edition", args=[budget.association.slug, budget.year, budget.edition])
    said = format_html(
        'Budgeten är nu ett förslag till medlemmarna. Alla kan läsa den på <a href="{}">{}</a>.',
        address,
        request.build_absolute_uri(address),
    )
    return _do(request, budget, lambda: budget.propose(form.cleaned_data["on"]), said)


@require_POST
def budget_withdraw(request, pk):
    """Take a proposal back."""
    budget = _own(request, pk, "budgets.change_budget")
    return _do(request, budget, budget.withdraw, "Förslaget är tillbaka som utkast.")


@require_http_methods(["GET", "POST"])
def budget_adopt(request, pk):
    """Show what will be sealed and ask for the decision; then seal it."""
    budget = _own(request, pk, "budgets.adopt_budget")
    form = AdoptForm(budget, request.POST or None)
    missing = budget.missing_to_adopt()
    if request.method == "POST" and not missing and form.is_valid():
        decision, seen = form.decision(form.cleaned_data), form.cleaned_data[form.SHOWN]
        said = "Budgeten är fastställd. Ingen kan ändra den, bara revidera den."
        return _do(request, budget, lambda: budget.adopt(*decision, seen=seen), said)
    table = budget.table()
    context = {
        "budget": budget,
        "association": budget.association,
        "form": form,
        "missing": missing,
        "table": table,
        "lines": len(table.income) + len(table.cost),
        "findings": [
            each
            for each in known.findings_of(budget, table)
            if each.finding.severity != rules.NOTICE
        ],
        "replaces": budget.replaces,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "budgets/adopt.html", context, status=status)


@require_POST
def budget_roll_forward(request, pk):
    """Make next year's draft from this budget, and open it."""
    budget = _own(request, pk, "budgets.add_budget")
    with told_when_refused(request):
        draft = budget.roll_forward()
        _tell_of_draft(request, budget, draft)
        return redirect("budget_edit", draft.pk)
    return redirect("budget_state", pk)


def _tell_of_draft(request, budget, draft):
    """Say where the draft's amounts come from, and what to look at in it."""
    messages.success(
        request,
        f"Budget {draft.year} är ett utkast. Beloppen kommer från samma år i budget {budget.year}, "
        "och det sista året från året före. Skriv in de verkliga ingående pengarna.",
    )
    if not budget.is_adopted:
        messages.warning(
            request, f"Beloppen kommer från utgåva {budget.edition}, som inte är fastställd."
        )
    if dated := rolling.dated(_notes(draft)):
        told = ", ".join(f"{label} ({', '.join(years)})" for label, years in dated)
        messages.warning(request, f"Se över noterna. De här är kopierade och nämner år: {told}.")


def _notes(budget):
    """Return (label, note) of the rows, the opening money's first."""
    rows = budget.lines.order_by("-section", "position", "pk").values_list("label", "note")
    return [(budget.opening_label, budget.opening_note), *rows]


def _own(request, pk, permission="budgets.view_budget"):
    """Return one's own budget; 404 for another's, 403 without the permission."""
    budget = get_object_or_404(Budget.objects.for_user(request.user).with_table(), pk=pk)
    if not request.user.has_perm(permission):
        raise PermissionDenied
    return budget


def _do(request, budget, deed, said):
    """Do a deed that may refuse in words, and go back to the page of the state."""
    with told_when_refused(request):
        deed()
        messages.success(request, said)
    return redirect("budget_state", budget.pk)


def _page(request, budget, form=None, status=200):
    may = {
        name: request.user.has_perm(f"budgets.{name}_budget") for name in ("change", "adopt", "add")
    }
    context = {
        "budget": budget,
        "association": budget.association,
        "form": form or ProposeForm(initial={"on": timezone.localdate()}),
        "may": may,
        "is_proposal": budget.proposed_on is not None and not budget.is_adopted,
        "missing_to_propose": budget.missing_to_propose(),
        "missing_to_adopt": budget.missing_to_adopt(),
        "missing_to_revise": budget.missing_to_revise(),
        "missing_to_roll_forward": budget.missing_to_roll_forward(),
        "next_year": budget.year + 1,
        "revision": getattr(budget, "replaced_by", None),
    }
    return render(request, "budgets/state.html", context, status=status)
