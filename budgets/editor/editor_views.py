"""The editor's addresses: the table, one cell, what others changed, an undo, and a revision."""

import json

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from associations.deeds import told_when_refused
from budgets import grid, known, numbers
from budgets.editor import editing, grid_view, since, undoing
from budgets.editor.desk import Desk
from budgets.editor.forms import CellForm, ViewForm, WholeForm
from budgets.models import Budget
from budgets.permissions import may_read

STATUS = {
    editing.SAVED: 200,
    editing.UNCHANGED: 200,
    editing.REFUSED: 422,
    editing.CONFLICT: 409,
    editing.ADOPTED: 409,
    editing.FORBIDDEN: 403,
}
THEIRS = "theirs"
UNSAVED_REASON = (
    "Det du skrev här är inte sparat. Spara hela tabellen först, eller skriv tillbaka det gamla."
)


@require_http_methods(["GET", "POST"])
def budget_edit(request, pk):
    """The table of one's own budget: to type in, or to read when it may not be changed."""
    if request.method == "POST":
        return _save_whole(request, pk)
    budgets = Budget.objects.for_user(request.user).select_related("association")
    budget = may_read(request, get_object_or_404(budgets, pk=pk))
    if not budget.can_be_edited_by(request.user):
        return _read_only(request, pk)
    return _editor(request, Desk(budget).sheet())


@require_POST
def budget_cell(request, pk):
    """Save one cell; answer with its state, everything computed from it, and the findings."""
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


@require_GET
def budget_since(request, pk, version):
    """What has changed since a version: nothing (204), or the cells, the sums and the findings."""
    budgets = Budget.objects.for_user(request.user).select_related("association")
    budget = get_object_or_404(budgets, pk=pk)
    if budget.version == version:
        return HttpResponse(status=204)
    may_read(request)  # asked by every page now and then, so not before there is anything to read
    changed = since.changed_since(budget, version)
    return _changes(request, Desk(budget).sheet(), changed)


@require_POST
def budget_undo(request, pk):
    """Take back one's own last change: a cell, a whole paste or import, a line, a column."""
    return _take_back(request, pk, undoing.undo)


@require_POST
def budget_redo(request, pk):
    """Do again what one's own last undo took back."""
    return _take_back(request, pk, undoing.redo)


@require_POST
def budget_revise(request, pk):
    """Make a draft that revises an adopted budget, and open it."""
    budget = get_object_or_404(Budget.objects.for_user(request.user), pk=pk)
    if not request.user.has_perm("budgets.add_budget"):
        raise PermissionDenied
    with told_when_refused(request):
        draft = budget.revise()
        messages.success(
            request,
            f"Utgåva {draft.edition} är ett utkast. "
            "Den fastställda budgeten ligger kvar som den är.",
        )
        return redirect("budget_edit", draft.pk)
    return redirect("budget_edit", pk)


def _answer(request, outcome, sheet):
    """Answer one cell's save: its own state, and the sums that it reaches when they are known."""
    context = {
        "ident": outcome.ident,
        "outcome": outcome,
        "said": outcome.reason,
        "computed": (),
        "findings": (),
    }
    if sheet:
        *line, column = [int(part) for part in outcome.ident.split("-") if part.isdecimal()] or [0]
        reached = sheet.table.following(column) if column in sheet.table.by_key else set()
        table = sheet.grid(_view(request, sheet), set(line), reached)
        cell = table.cells.get(outcome.ident)
        said = _said(outcome, cell, table) if cell else outcome.reason
        computed = table.computed if cell else ()
        context |= {"computed": computed, "findings": sheet.findings, "said": said}
    html = render_to_string("budgets/_cell_answer.html", context)
    response = HttpResponse(html, status=STATUS[outcome.state])
    response["Cell-State"] = outcome.state
    return _versioned(response, sheet)


def _changes(request, sheet, changed, said=""):
    """Answer with what stands in the ``changed`` cells (place → who, when), sums and findings.

    Without ``changed`` nobody knows which they are, and the page is to be read again.
    """
    table = sheet.grid(_view(request, sheet), {line for line, _ in changed or ()} - {None})
    cells = [
        (cell, editing.Outcome(THEIRS, cell.ident, "", cell.value, "", by, at))
        for place, (by, at) in (changed or {}).items()
        for cell in [table.cells.get(since.ident(place))]
        if cell is not None and cell.typed
    ]
    context = {"cells": cells, "computed": table.computed, "findings": sheet.findings, "said": said}
    response = render(request, "budgets/_since_answer.html", context)
    response["Budget-Shape"] = sheet.shape if changed is not None else ""
    return _versioned(response, sheet)


def _take_back(request, pk, deed):
    """Do an undo or a redo; answer with the cells, or with the page anew when it has other rows.

    Without JavaScript the button sends the table too: what is typed there must be saved first.
    """
    outcomes, was = ({}, {}) if request.htmx else _unsaved(request)
    if outcomes:
        own = Budget.objects.for_user(request.user).select_related("association")
        budget = may_read(request, get_object_or_404(own, pk=pk))
        if budget.can_be_edited_by(request.user):
            return _editor(request, Desk(budget).sheet(), outcomes, was, status=422)
    try:
        done, sheet = deed(pk, request.user)
    except Budget.DoesNotExist as error:
        raise Http404 from error
    except editing.Closed as closed:
        messages.error(request, closed.reason)
        return redirect("budget_edit", pk)
    if request.htmx and not done.has_reshaped:
        return _changes(request, sheet, dict.fromkeys(done.places, ("", None)), done.sentence)
    say = messages.success if done.state == undoing.DONE else messages.error
    say(request, done.sentence)
    if request.htmx:  # the page is read again, and shows the message
        return _changes(request, sheet, None)
    return redirect("budget_edit", pk)


def _unsaved(request):
    """Return (outcomes, what the page showed) of the cells of the form that were typed in."""
    form = WholeForm(request.POST)
    if not form.is_valid():
        return {}, {}
    was = form.cleaned_data["was"]
    outcomes = {
        ident: editing.Outcome(editing.REFUSED, ident, text, was[ident], UNSAVED_REASON)
        for ident, text in form.cleaned_data["typed"].items()
        if not _says(text, was[ident])
    }
    return outcomes, was


def _says(text, kronor):
    try:
        return numbers.read_kronor(text) == kronor
    except ValueError:
        return False


def _versioned(response, sheet):
    if sheet:
        response["Budget-Version"] = sheet.budget.version
    response["Cache-Control"] = "no-store"
    return response


def _view(request, sheet):
    if not request.GET:
        return grid_view.PLAIN
    return ViewForm(request.GET, sheet.table).view(sheet.known)


def _said(outcome, cell, table):
    """Return what the status line says of one save, in words that a screen reader reads out."""
    place = cell.name.removesuffix(f", {cell.unit}")
    if outcome.is_error:
        return f"Inte sparat: {place}. {outcome.reason or 'Två skrev. Välj vid cellen.'}"
    column = table.by_key[cell.column.key]
    amount = f"{outcome.stored_text} kr" if outcome.stored is not None else "inget belopp"
    return (
        f"Sparat: {place}, {amount}. Summa intäkter {numbers.write(column.income)}, "
        f"summa kostnader {numbers.write(column.cost)}, resultat {numbers.write(column.result)}."
    )


def _save_whole(request, pk):
    """Save the whole form, or nothing and show what is wrong with what was typed."""
    form = WholeForm(request.POST)
    if not form.is_valid():
        get_object_or_404(Budget.objects.for_user(request.user), pk=pk)
        return HttpResponseBadRequest("Formuläret kunde inte läsas. Gå tillbaka och försök igen.")
    sent = form.cleaned_data
    try:
        outcomes, sheet = editing.change_all(pk, sent["typed"], sent["was"], request.user)
    except Budget.DoesNotExist as error:
        raise Http404 from error
    except editing.Closed as closed:
        messages.error(request, closed.reason)
        return _read_only(request, pk, status=STATUS[closed.state])
    if any(outcome.is_error for outcome in outcomes.values()):
        return _editor(request, sheet, outcomes, sent["was"], status=422)
    number = sum(outcome.state == editing.SAVED for outcome in outcomes.values())
    messages.success(request, f"Sparat. {number} belopp ändrades." if number else "Inget ändrades.")
    return redirect(request.get_full_path())


def _editor(request, sheet, outcomes=None, was=None, status=200):
    """Answer with the editor; ``outcomes`` when a whole form came back unsaved."""
    outcomes, was = outcomes or {}, was or {}
    choice = ViewForm(request.GET, sheet.table)
    view = choice.view(sheet.known)
    table = sheet.grid(view)
    waiting = {i: each for i, each in outcomes.items() if each.state != editing.UNCHANGED}
    loaded = {i: was[i] if i in waiting else cell.value for i, cell in table.typed.items()}
    places = {}
    for number, each in enumerate(sheet.findings, start=1):
        places.setdefault(each.place, []).append((number, each.finding.severity))
    table = table.with_outcomes(waiting).with_findings(places)
    context = {
        "budget": sheet.budget,
        "association": sheet.budget.association,
        "grid": table,
        "sheet": sheet,
        "findings": sheet.findings,
        "view": view,
        "choice": choice,
        "query": request.GET.urlencode(),
        "whole": bool(outcomes),
        "errors": [cell for cell in table.typed.values() if cell.outcome and cell.outcome.is_error],
        "loaded": json.dumps(loaded),
    }
    if view.thousands and not outcomes:
        context["grid"] = table.in_thousands()
        return render(request, "budgets/editor_thousands.html", context)
    return render(request, "budgets/editor.html", context, status=status)


def _read_only(request, pk, status=200):
    """Answer with the table to read, and the way to a revision for those who may make one."""
    own = Budget.objects.for_user(request.user).with_table()
    budget = may_read(request, get_object_or_404(own, pk=pk))
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
