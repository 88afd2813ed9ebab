"""The editor's addresses: the table, one cell, the whole form, and a revision."""

import json

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from budgets import editing, grid, known, numbers
from budgets.forms import CellForm, WholeForm
from budgets.models import Budget

STATUS = {
    editing.SAVED: 200,
    editing.UNCHANGED: 200,
    editing.REFUSED: 422,
    editing.CONFLICT: 409,
    editing.ADOPTED: 409,
    editing.FORBIDDEN: 403,
}


@require_http_methods(["GET", "POST"])
def budget_edit(request, pk):
    """The table of one's own budget: to type in, or to read when it may not be changed."""
    budget = get_object_or_404(Budget.objects.for_user(request.user).with_table(), pk=pk)
    if request.method == "POST":
        return _save_whole(request, budget)
    if not budget.can_be_edited_by(request.user):
        return _read_only(request, budget)
    return _editor(request, budget, grid.of_budget(budget, editing=True))


@require_POST
def budget_cell(request, pk):
    """Save one cell; answer with its state and everything computed from it."""
    form = CellForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest("Cellen kunde inte läsas.")
    sent = form.cleaned_data
    try:
        outcome, sheet = editing.change_cell(
            pk, sent["cell"], sent["typed"], sent["was"], request.user
        )
    except Budget.DoesNotExist as error:
        raise Http404 from error
    except editing.Closed as closed:
        outcome = editing.Outcome(closed.state, sent["cell"], sent["typed"], None, closed.reason)
        return _answer(request, outcome, None)
    return _answer(request, outcome, sheet)


@require_POST
def budget_revise(request, pk):
    """Make a draft that revises an adopted budget, and open it."""
    budget = get_object_or_404(Budget.objects.for_user(request.user), pk=pk)
    if not request.user.has_perm("budgets.add_budget"):
        raise PermissionDenied
    try:
        draft = budget.revise()
    except ValueError as error:
        messages.error(request, str(error))
        return redirect("budget_edit", pk)
    messages.success(
        request,
        f"Utgåva {draft.edition} är ett utkast. Den fastställda budgeten ligger kvar som den är.",
    )
    return redirect("budget_edit", draft.pk)


def _answer(request, outcome, sheet):
    """Answer one cell's save: the cell's own state and, when they are known, the sums."""
    context = {"ident": outcome.ident, "outcome": outcome, "grid": None, "said": outcome.reason}
    if sheet and outcome.ident in sheet.grid.cells:
        cell = sheet.grid.cells[outcome.ident]
        context |= {"cell": cell, "grid": sheet.grid, "said": _said(outcome, cell, sheet.grid)}
    response = render(request, "budgets/_cell_answer.html", context, status=STATUS[outcome.state])
    response["Cell-State"] = outcome.state
    return response


def _said(outcome, cell, table):
    """Return what the status line says of one save, in words that a screen reader reads out."""
    place = cell.name.removesuffix(f", {cell.unit}")
    if outcome.is_error:
        return f"Inte sparat: {place}. Läs vid cellen."
    column = table.by_key[cell.column.key]
    amount = f"{outcome.stored_text} kr" if outcome.stored is not None else "inget belopp"
    return (
        f"Sparat: {place}, {amount}. Summa intäkter {numbers.write(column.income)}, "
        f"summa kostnader {numbers.write(column.cost)}, resultat {numbers.write(column.result)}."
    )


def _save_whole(request, budget):
    """Save the whole form, or nothing and show what is wrong with what was typed."""
    form = WholeForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest("Formuläret kunde inte läsas. Gå tillbaka och försök igen.")
    sent = form.cleaned_data
    try:
        outcomes, sheet = editing.change_all(budget.pk, sent["typed"], sent["was"], request.user)
    except editing.Closed as closed:
        messages.error(request, closed.reason)
        return _read_only(request, budget, status=STATUS[closed.state])
    if any(outcome.is_error for outcome in outcomes.values()):
        return _editor(request, sheet.budget, sheet.grid, outcomes, sent["was"], status=422)
    number = sum(outcome.state == editing.SAVED for outcome in outcomes.values())
    messages.success(request, f"Sparat. {number} belopp ändrades." if number else "Inget ändrades.")
    return redirect("budget_edit", budget.pk)


def _editor(request, budget, table, outcomes=None, was=None, status=200):
    """Answer with the editor; ``outcomes`` when a whole form came back unsaved."""
    outcomes, was = outcomes or {}, was or {}
    waiting = {i: each for i, each in outcomes.items() if each.state != editing.UNCHANGED}
    loaded = {i: was[i] if i in waiting else cell.value for i, cell in table.typed.items()}
    table = table.with_outcomes(waiting)
    context = {
        "budget": budget,
        "association": budget.association,
        "grid": table,
        "whole": bool(outcomes),
        "errors": [cell for cell in table.typed.values() if cell.outcome and cell.outcome.is_error],
        "loaded": json.dumps(loaded),
    }
    return render(request, "budgets/editor.html", context, status=status)


def _read_only(request, budget, status=200):
    """Answer with the table to read, and the way to a revision for those who may make one."""
    may_revise = budget.is_adopted and request.user.has_perm("budgets.add_budget")
    context = {
        "budget": budget,
        "association": budget.association,
        "grid": grid.of_budget(budget),
        "revision": getattr(budget, "replaced_by", None),
        "may_revise": may_revise,
        "findings": known.findings_of(budget),
    }
    return render(request, "budgets/budget_read.html", context, status=status)
