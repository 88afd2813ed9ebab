"""The pages of a line, a column and the comment: to add, change, remove. Dialogs by script."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from associations import markdown
from budgets.editor import desk, shaping
from budgets.editor.shape_forms import ColumnForm, CommentForm, LineForm
from budgets.models import Budget, BudgetColumn, BudgetLine

MOVES = {"up": -1, "down": 1}


def _editable(view):
    """Give the view the user's own budget; one that may not be changed is only shown, in words."""

    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def checked(request, pk, **keys):
        budgets = Budget.objects.for_user(request.user).select_related("association")
        budget = get_object_or_404(budgets, pk=pk)
        try:
            if not budget.can_be_edited_by(request.user):
                raise desk.Closed(desk.ADOPTED if budget.is_sealed else desk.FORBIDDEN)
            return view(request, budget, **keys)
        except desk.Closed as closed:
            messages.error(request, closed.reason)
            return redirect("budget_edit", pk)
        except (shaping.Gone, Budget.DoesNotExist) as error:
            raise Http404 from error

    return checked


@_editable
def budget_line_new(request, budget):
    """Add a line."""
    return _line(request, budget, BudgetLine(budget=budget))


@_editable
def budget_line(request, budget, key):
    """Change a line, move it, or begin to remove it."""
    line = get_object_or_404(budget.lines, pk=key)
    if request.POST.get("move") in MOVES:
        shaping.move_line(budget.pk, key, MOVES[request.POST["move"]], request.user)
        messages.success(request, f"{line.label} är flyttad.")
        return redirect("budget_line", budget.pk, key)
    return _line(request, budget, line)


@_editable
def budget_line_remove(request, budget, key):
    """Remove a line, after a question that tells what goes with it."""
    line = get_object_or_404(budget.lines, pk=key)
    if request.method == "POST":
        shaping.remove_line(budget.pk, key, request.user)
        return _done(request, budget, f"Raden {line.label} är borttagen.")
    back = ("budget_line", line)
    return _ask(request, budget, f"Ta bort raden {line.label}?", line.amounts.count(), back)


@_editable
def budget_column_new(request, budget):
    """Add a column: empty, or another one raised by a per cent."""
    last = budget.columns.order_by("year", "pk").last()
    year = last.year + 1 if last else budget.year
    return _column(request, budget, BudgetColumn(budget=budget, year=year, kind="plan"))


@_editable
def budget_column(request, budget, key):
    """Change a column, move it, or begin to remove it."""
    column = get_object_or_404(budget.columns, pk=key)
    if request.POST.get("move") in MOVES:
        shaping.move_column(budget.pk, key, MOVES[request.POST["move"]], request.user)
        messages.success(request, f"{column.label} är flyttad.")
        return redirect("budget_column", budget.pk, key)
    return _column(request, budget, column)


@_editable
def budget_column_remove(request, budget, key):
    """Remove a column, after a question that tells what goes with it."""
    column = get_object_or_404(budget.columns, pk=key)
    if request.method == "POST":
        shaping.remove_column(budget.pk, key, request.user)
        return _done(request, budget, f"Kolumnen {column.label} är borttagen.")
    question = f"Ta bort kolumnen {column.label}?"
    return _ask(request, budget, question, column.amounts.count(), ("budget_column", column))


@_editable
def budget_comment(request, budget):
    """Change the text that explains the budget."""
    form = CommentForm(request.POST or None, instance=budget)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        other = shaping.save_comment(budget.pk, sent["comment"], sent["seen"], request.user)
        if other is None:
            told = markdown.read(sent["comment"])
            for sentence in (*told.problems, *told.hints):
                messages.warning(request, f"Kommentaren: {sentence}")
            return _done(request, budget, "Kommentaren är sparad.")
        form.refuse(other)
    context = {"budget": budget, "association": budget.association, "form": form}
    status = 422 if form.errors else 200
    return render(request, "budgets/editor_comment.html", context, status=status)


def _line(request, budget, line):
    old = line.label
    form = LineForm(request.POST or None, instance=line, user=request.user)
    if request.method == "POST" and form.is_valid():
        shaping.save_line(budget.pk, form.instance, request.user)
        again = "budget_line_new" if "more" in request.POST else "budget_edit"
        return _done(request, budget, f"Raden {form.instance.label} är sparad.", again)
    heading = f"Raden {old}" if line.pk else "Ny rad"
    return _page(request, budget, form, heading, line, "budget_line", ("uppåt", "nedåt"))


def _column(request, budget, column):
    old = column.label
    form = ColumnForm(request.POST or None, instance=column)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        source = sent["source"].pk if sent.get("source") else None
        rise = (sent.get("percent") or 0, sent.get("unit") or 1)
        try:
            shaping.save_column(budget.pk, form.instance, request.user, source, *rise)
        except ValueError as error:
            form.add_error("percent", str(error))
        except ValidationError as error:  # another saved a column since the form was checked
            form.add_error(None, error.messages)
        else:
            return _done(request, budget, f"Kolumnen {form.instance.label} är sparad.")
    heading = f"Kolumnen {old}" if column.pk else "Ny kolumn"
    return _page(request, budget, form, heading, column, "budget_column", ("vänster", "höger"))


def _page(request, budget, form, heading, part, name, ways):
    context = {
        "budget": budget,
        "association": budget.association,
        "form": form,
        "heading": heading,
        "part": part,
        "address": name,
        "remove": f"{name}_remove",
        "ways": list(zip(MOVES, ways, strict=True)),
    }
    status = 422 if form.errors else 200
    return render(request, "budgets/editor_part.html", context, status=status)


def _ask(request, budget, question, amounts, back):
    name, part = back
    context = {
        "budget": budget,
        "association": budget.association,
        "question": question,
        "amounts": amounts,
        "address": name,
        "part": part,
    }
    return render(request, "budgets/editor_remove.html", context)


def _done(request, budget, sentence, page="budget_edit"):
    messages.success(request, sentence)
    return redirect(page, budget.pk)
