"""The staff's page to try contributions on, its page for the owner meeting, and the writing.

The address holds everything that was typed, so a calculation is shared by its link.
"""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from associations.decimals import write
from associations.models import Association
from budgets.editor import editing
from budgets.editor.editor_views import STATUS
from budgets.models import Budget, BudgetColumn
from budgets.offers import contribution_sheet
from budgets.offers.contribution_forms import ColumnForm, ContributionForm
from budgets.offers.contribution_sources import known_of
from budgets.offers.contribution_writing import CannotWrite, write_into
from budgets.permissions import may_read

YEARS = range(2004, 2101)  # the act came into force in 2004


@require_safe
def contributions(request, association, year):
    """Try what the contributions of a year can be. Nothing is saved."""
    known = _known(request, association, year)
    return _page(request, known, ContributionForm.of(request.GET, known))


@require_safe
def contributions_meeting(request, association, year):
    """The same calculation for the owner meeting: large, printable, nothing to fill in."""
    known = _known(request, association, year)
    form = ContributionForm.of(request.GET, known)
    if form.answer is None:
        return redirect(_address("contributions", known, _query(form)))
    context = {
        "association": known.association,
        "known": known,
        "sheet": _sheet(form),
        "back": _address("contributions", known, _query(form)),
    }
    return render(request, "budgets/contributions_meeting.html", context)


@require_POST
def contributions_write(request, association, year):
    """Write the address's calculation into a column of a draft: every member's line, or none."""
    known = _known(request, association, year)
    if not request.user.has_perm("budgets.change_budget"):
        raise PermissionDenied
    form = ContributionForm.of(request.GET, known)
    columns = _columns(request.user, known)
    target = ColumnForm(request.POST, columns=columns, year=known.year)
    if form.answer is None or not target.is_valid():
        return _page(request, known, form, target, status=422)
    column = next(each for each in columns if each.pk == target.cleaned_data["kolumn"])
    try:
        changes = write_into(column, form.answer, known.parties, request.user)
    except Budget.DoesNotExist as error:
        raise Http404 from error
    except editing.Closed as closed:
        target.add_error("kolumn", closed.reason)
        return _page(request, known, form, target, status=STATUS[closed.state])
    except CannotWrite as refused:
        target.add_error("kolumn", list(refused.reasons))
        return _page(request, known, form, target, status=422)
    messages.success(request, _told(column, changes))
    return redirect("budget_edit", column.budget_id)


def _known(request, slug, year):
    """Return what is known of one's own association's year; 404 for anybody else's.

    403 for a role that may not read budgets: last year's contributions may stand in a draft.
    """
    own = Association.objects.for_user(request.user)
    association = may_read(request, get_object_or_404(own, slug=slug))
    if year not in YEARS:
        raise Http404(f"Det finns inga bidrag för {year}.")
    return known_of(association, year)


def _columns(user, known):
    """Return the columns of the drafts that may be written in, newest budget first."""
    return list(
        BudgetColumn.objects.for_user(user)
        .filter(budget__association=known.association, budget__adopted_on__isnull=True)
        .select_related("budget__association")
        .order_by("-budget__year", "-budget__edition", "position", "pk")
    )


def _page(request, known, form, target=None, status=200):
    """Answer with the form, and with the calculation when the form is right."""
    may_write = request.user.has_perm("budgets.change_budget")
    if may_write and target is None and form.answer is not None:
        columns = _columns(request.user, known)
        target = ColumnForm(columns=columns, year=known.year) if columns else None
    query = _query(form)
    context = {
        "association": known.association,
        "known": known,
        "form": form,
        "sheet": _sheet(form) if form.answer is not None else None,
        "may_write": may_write,
        "target": target,
        "meeting": _address("contributions_meeting", known, query),
        "writing": _address("contributions_write", known, query),
        "words": ",".join(f"#id_{name}_words" for name in form.fields),
    }
    return render(request, "budgets/contributions.html", context, status=status)


def _sheet(form):
    """Return the answer laid out for a page."""
    return contribution_sheet.lay_out(
        form.answer,
        form.release,
        year=form.known.year,
        key_words=form.key_words,
        state_previous=form.cleaned_data["forra-state"],
    )


def _query(form):
    """Return the query that holds everything in the form, as it was typed."""
    return urlencode({field.html_name: field.value() or "" for field in form})


def _address(name, known, query):
    return f"{reverse(name, args=[known.association.slug, known.year])}?{query}"


def _told(column, changes):
    """Return what was written, with what stood there before."""
    place = f"{column.label} i {column.budget}"
    if not changes:
        return f"Bidragen stod redan så i {place}. Inget ändrades."
    each = "; ".join(
        f"{change.label} {write(change.before) or 'inget belopp'} → {write(change.after)}\u00a0kr"
        for change in changes
    )
    return f"Bidragen är skrivna i {place}. {each}."
