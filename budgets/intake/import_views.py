"""The import's pages: a sheet to read in, the preview, and the deed."""

from dataclasses import asdict

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from associations import signed
from associations.cells import Sheet
from budgets import numbers
from budgets.editor import editing
from budgets.intake import (
    import_forms,
    import_memory,
    import_page,
    importing,
    questions,
    reading,
)
from budgets.intake.import_saving import Plan, Refused, do, plan_of
from budgets.intake.matching import UNITS
from budgets.models import Budget

NOTHING = "Inget är sparat."
PIECE = 64 * 1024  # bytes read at a time
LONGEST_REST = 100 * 1024 * 1024  # bytes of a request that are read only to be thrown away
# What a sheet's choices are, beside those for its rows and columns.
HOW = ("unit", "skip_empty", "add_missing", "chain", "new_cost", "signs", "hidden", "name")
UNCONFIRMED = "Kryssa i varje ruta vid knappen, eller rätta bladet och läs in det igen."


@csrf_exempt  # only so that what is too large is met here: _import checks it
@require_http_methods(["GET", "POST"])
def budget_import(request, pk):
    """Paste or upload a sheet, see what it would change, and choose again until it is right."""
    try:
        request.POST  # noqa: B018 (reading it is the deed)
    except RequestDataTooBig:
        _drain(request)
        return _answer(request, pk, _too_large)
    return _import(request, pk)


@csrf_protect
def _import(request, pk):
    return _answer(request, pk, _read)


def _answer(request, pk, then):
    """Answer with what ``then`` makes of one's own budget; a closed one is told of in words."""
    budget = get_object_or_404(Budget.objects.for_user(request.user).with_table(), pk=pk)
    if not budget.can_be_edited_by(request.user):
        messages.error(request, _why_closed(budget))
        return redirect("budget_edit", pk)
    return then(request, budget, importing.target_of(budget))


def _drain(request):
    """Read the rest of what is sent, within reason: a browser shows no answer before it has."""
    for _ in range(LONGEST_REST // PIECE):
        if not request.read(PIECE):
            return


def _too_large(request, budget, target):
    form = import_forms.ImportForm(target=target)
    return _form(request, budget, form, status=413, too_large=True)


def _read(request, budget, target):
    """Answer with an empty form, or with the preview of the sheet that was sent."""
    pk = budget.pk
    if request.method == "GET":
        is_empty = not any(old is not None for _, old in target.cells.values())
        form = import_forms.ImportForm(target=target, initial={"add_missing": is_empty})
        return _form(request, budget, form)
    if "sheet" in request.POST:
        form = import_forms.ChoicesForm(request.POST)
        if not form.is_valid() or not _is_own(form.cleaned_data["sheet"], request, pk):
            return _stale(request, pk)
        return _preview(request, budget, target, form.cleaned_data["sheet"], form.cleaned_data)
    form = import_forms.ImportForm(request.POST, request.FILES, target=target)
    if not form.is_valid():
        return _form(request, budget, form, status=422)
    sheet = form.cleaned_data.pop("sheet")
    kept = {
        "budget": pk,
        "user": request.user.pk,
        "sheet": sheet.plain(),
        "anchor": form.cleaned_data["anchor"],
    }
    return _preview(request, budget, target, kept, form.cleaned_data)


@require_POST
def budget_import_do(request, pk):
    """Do what the preview showed, all of it, or nothing and show the preview anew."""
    form = import_forms.DoForm(request.POST)
    budget = get_object_or_404(Budget.objects.for_user(request.user).with_table(), pk=pk)
    if not form.is_valid():
        return _stale(request, pk)
    sent, how = form.cleaned_data["plan"]["plan"], form.cleaned_data["plan"]["how"]
    if not all(_is_own(each, request, pk) for each in (sent, form.cleaned_data["sheet"])):
        return _stale(request, pk)
    how = {**how, **{name: _numbered(how[name]) for name in ("rows", "columns")}}
    if not set(sent["confirm"]) <= form.cleaned_data["confirmed"]:
        return _again(request, budget, form, how, Refused(UNCONFIRMED))
    try:
        deed = do(Plan(**sent), request.user)
    except Budget.DoesNotExist as error:
        raise Http404 from error
    except editing.Closed as closed:
        messages.error(request, closed.reason)
        return redirect("budget_edit", pk)
    except Refused as refused:
        return _again(request, budget, form, how, refused)
    messages.success(request, _done_words(deed))
    anchor = form.cleaned_data["sheet"]["anchor"]
    return redirect(reverse("budget_edit", args=[pk]) + (f"#{anchor}" if anchor else ""))


def _again(request, budget, form, how, refused):
    """Answer with the preview anew, and why nothing was done."""
    target = importing.target_of(budget)
    return _preview(request, budget, target, form.cleaned_data["sheet"], how, refused)


def _why_closed(budget):
    return editing.ADOPTED_REASON if budget.is_sealed else editing.FORBIDDEN_REASON


def _is_own(kept, request, pk):
    return kept["budget"] == pk and kept["user"] == request.user.pk


def _numbered(choices):
    """Return choices by number as they were before they were written as JSON."""
    return {int(number): chosen for number, chosen in choices.items()}


def _stale(request, pk):
    messages.error(request, f"{NOTHING} {signed.STALE}")
    return redirect("budget_import", pk)


def _done_words(deed):
    parts = [_counted(deed.cells, "belopp", "belopp") + " ändrades"]
    parts += [_counted(deed.lines, "rad", "rader") + " lades till"] if deed.lines else []
    parts += [_counted(deed.columns, "kolumn", "kolumner") + " lades till"] if deed.columns else []
    return f"Bladet är inläst. {', '.join(parts)}. Du kan ångra hela inläsningen på en gång."


def _counted(number, one, many):
    return f"{number} {one if number == 1 else many}"


def _form(request, budget, form, status=200, too_large=False):
    context = {"budget": budget, "association": budget.association, "form": form}
    context["too_large"] = too_large
    return render(request, "budgets/import.html", context, status=status)


def _preview(request, budget, target, kept, sent, refused=None):
    """Answer with what the ``kept`` sheet would change, read as ``sent`` says."""
    whole = Sheet.from_plain(kept["sheet"]).turned_to(sent.get("name", ""))
    sheet = whole.revealed() if sent.get("hidden") else whole
    options = import_page.options(sheet, target)
    remembered = import_memory.recall(budget.association, target)
    said = questions.said_units(sheet)
    choice = import_forms.choice_of(sent, remembered, options.allowed, said)
    shown = reading.preview(sheet, target, choice, _anchor(kept, target))
    how = {name: sent.get(name, "") for name in HOW}
    how["leave_rest"] = sent.get("leave_rest", False)
    page = import_page.Page(shown, target, choice, options, leave_rest=how["leave_rest"])
    plan = plan_of(shown, target, choice, budget, request.user)
    how |= {"rows": choice.rows, "columns": choice.columns}
    context = {
        "budget": budget,
        "association": budget.association,
        "preview": shown,
        "page": page,
        "form": import_forms.SheetForm(initial={**how, "name": whole.name}, sheet=whole),
        "told": sheet.told,
        "unit": UNITS.get(shown.unit, "den enhet som varje kolumn säger"),
        "sheet": signed.sign(kept, import_forms.SHEET),
        "plan": signed.sign({"plan": asdict(plan), "how": how}, import_forms.PLAN),
        "refused": refused,
        "conflicts": _conflicts(refused, target),
    }
    status = 409 if refused else 422 if shown.problems or page.too_many else 200
    return render(request, "budgets/import_preview.html", context, status=status)


def _anchor(kept, target):
    """Return the (row id, column id) that the sheet was pasted in, or None."""
    places = {ident: place for place, (ident, _) in target.cells.items()}
    return places.get(kept["anchor"]) if kept["anchor"] else None


def _conflicts(refused, target):
    """Return (name, what was typed, what stands there, who, when) of the cells in the way."""
    names = {place.ident: place.label for place in (*target.rows, *target.columns)}
    cells = {
        ident: f"{names[row]}, {names[column]}"
        for (row, column), (ident, _) in target.cells.items()
    }
    return [
        {
            "name": cells.get(each.ident, "en cell"),
            "typed": each.typed or "inget belopp",
            "stored": numbers.write(each.stored) or "inget belopp",
            "by": each.by,
            "at": each.at,
        }
        for each in (refused.outcomes if refused else ())
    ]
