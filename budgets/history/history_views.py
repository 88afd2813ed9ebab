"""The staff's pages of what was changed in a budget: the list, one cell, and two versions."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from associations.paging import Paginator
from budgets import comparison
from budgets.history import comparing, history, versions
from budgets.history.history_forms import HistoryForm, VersionsForm, edition_key
from budgets.history.history_words import place, tell
from budgets.models import Budget
from budgets.public import exports

PER_PAGE = 50
HEADS = ["Tid", "Vem", "Rad", "Kolumn", "Vad", "Från", "Till"]


@require_safe
def budget_history(request, pk):
    """Every change of one's own budget, newest first; those that the form asks for."""
    budget = _own(request, pk)
    known = versions.History(budget)
    form = HistoryForm(known, request.GET or None)
    found = _narrowed(known, form)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "budget": budget,
        "association": budget.association,
        "form": form,
        "page_obj": page,
        "changes": [tell(known, change) for change in page],
        "number": len(found),
        "query": request.GET.urlencode(),
    }
    return render(request, "budgets/history.html", context)


@require_safe
def budget_history_file(request, pk):
    """The same changes as CSV for Swedish Excel."""
    budget = _own(request, pk)
    known = versions.History(budget)
    rows = [HEADS, *(_row(known, each) for each in _narrowed(known, _form(known, request)))]
    lines = (";".join(_cell(text) for text in row) for row in rows)
    name = f"historik-{budget.association.slug}-{budget.year}-utgava-{budget.edition}.csv"
    text = "".join(f"{line}\r\n" for line in lines)
    response = HttpResponse(b"\xef\xbb\xbf" + text.encode(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def budget_cell_history(request, pk, column, line=None):
    """What stood in one cell, when, by whom; a part of a page when the editor asks for it."""
    budget = _own(request, pk)
    known = versions.History(budget)
    if column not in known.columns or (line is not None and line not in known.lines):
        raise Http404("Cellen har aldrig funnits i budgeten.")
    name = (
        place(known, line, column)
        if line
        else f"{budget.opening_label}, {place(known, None, column)}"
    )
    context = {
        "budget": budget,
        "association": budget.association,
        "name": name,
        "changes": [tell(known, each) for each in history.of_cell(known.records, line, column)],
    }
    part = "budgets/_cell_history.html" if request.htmx else "budgets/cell_history.html"
    return render(request, part, context)


@require_safe
def budget_versions(request, pk):
    """Two versions of one's own budget side by side, or one beside the edition in force."""
    budget = _own(request, pk)
    known = versions.History(budget)
    editions = _other_editions(request, budget)
    form = VersionsForm(known, editions, {**_first_choice(known, editions), **request.GET.dict()})
    context = {"budget": budget, "association": budget.association, "form": form, "chosen": None}
    if form.is_valid():
        context |= _compared(known, editions, form.cleaned_data)
    return render(request, "budgets/versions.html", context)


def _other_editions(request, budget):
    """Return the other budgets of the same year, the adopted ones first, the newest first."""
    same = Budget.objects.for_user(request.user).filter(
        association=budget.association_id, year=budget.year
    )
    others = same.exclude(pk=budget.pk).order_by("-edition", "pk")
    return sorted(others, key=lambda each: each.adopted_on is None)


def _first_choice(known, editions):
    """Return the adopted edition beside the budget as it is now; else its last two versions."""
    numbers = [each.number for each in known.versions]
    before = numbers[min(1, len(numbers) - 1)]
    if editions and editions[0].is_adopted:
        before = edition_key(editions[0])
    return {"a": before, "b": numbers[0]}


def _own(request, pk):
    """Return one's own budget; 404 for another's, 403 for a role that may not read history."""
    budget = get_object_or_404(
        Budget.objects.for_user(request.user).select_related("association"), pk=pk
    )
    if not request.user.has_perms(["budgets.view_budget", "budgets.view_historicalbudget"]):
        raise PermissionDenied
    return budget


def _form(known, request):
    return HistoryForm(known, request.GET or None)


def _narrowed(known, form):
    """Return the changes that ``form`` asks for; none when it asks for what is not there."""
    asked = {}
    if form.is_bound:
        if not form.is_valid():
            return []
        asked = form.cleaned_data
    wanted = {"by": asked.get("vem"), "line": asked.get("rad"), "column": asked.get("kolumn")}
    wanted = {name: key for name, key in wanted.items() if key is not None}
    began = None if asked.get("start") else known.versions[-1].at
    return [
        change
        for change in known.changes
        if all(getattr(change, name) == key for name, key in wanted.items())
        and not (began and change.deed == history.ADDED and change.at <= began)
    ]


def _row(known, change):
    """Return a change as the cells of a file; amounts without spaces."""
    told = tell(known, change)
    amounts = [change.before, change.after] if told.is_amount else [told.before, told.after]
    return [
        timezone.localtime(change.at).strftime("%Y-%m-%d %H:%M:%S"),
        told.who,
        known.lines.get(change.line, ""),
        known.columns.get(change.column, ""),
        told.what,
        *amounts,
    ]


def _cell(value):
    """Return one cell of the file: numbers bare, texts within quotes and never a formula."""
    if value is None or isinstance(value, int):
        return "" if value is None else str(value)
    doubled = exports.as_text(value).replace('"', '""')
    return f'"{doubled}"'


def _compared(known, editions, asked):
    """Return what the page says of ``b`` beside ``a``, in the column that is asked for."""
    tables = {edition_key(each): each for each in editions}
    tables |= {str(each.number): each for each in known.versions}
    a, b = (_standing(known, tables[asked[side]]) for side in ("a", "b"))
    pairs, own = comparing.pairs(a, b), f"budget.{known.budget.year}"
    chosen = next((each for each in pairs if each.name == asked["kolumn"]), None)
    chosen = chosen or next((each for each in pairs if each.changed), None)
    chosen = chosen or next((each for each in pairs if each.name == own), None)
    chosen = chosen or next(iter(pairs), None)
    found = chosen and chosen.found
    if found and asked["andrade"]:
        found = comparison.only_changed(found)
    address = {"a": asked["a"], "b": asked["b"]} | ({"andrade": "on"} if asked["andrade"] else {})
    return {
        "found": found,
        "chosen": chosen,
        "columns": [(each, urlencode(address | {"kolumn": each.name})) for each in pairs],
        "same": asked["a"] == asked["b"],
        "nothing": not any(each.changed or each.has_moved or each.absent for each in pairs),
        "only_changed": asked["andrade"],
    }


def _standing(known, chosen):
    """Return the comparing.Standing of a version of the budget, or of another edition."""
    if isinstance(chosen, Budget):
        whole = Budget.objects.with_table().get(pk=chosen.pk)
        return comparing.Standing(f"Utgåva {whole.edition}", whole.table(), whole.lines.all())
    return comparing.Standing(f"Version {chosen.number}", *known.at(chosen))
