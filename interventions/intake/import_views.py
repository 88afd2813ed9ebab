"""The pages where results are read from a file: the file, what it would change, and the deed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from associations import sheets
from associations.signed import STALE, sign
from interventions.intake import (
    head_memory,
    import_forms,
    importing,
    persons,
    row_reading,
    undoing,
)
from interventions.models import Intervention

MOVED = "Någon har ändrat resultaten sedan bladet visades. Inget är sparat. Det här är nytt:"


@require_http_methods(["GET", "POST"])
def results_import(request):
    """Choose a file, see what it would change, and choose again. Nothing is saved."""
    may_import(request.user)
    if request.method == "GET":
        form = import_forms.FileForm(
            request.user, initial={"intervention": request.GET.get("insats")}
        )
        return _form(request, form)
    if "sheet" in request.POST:
        return _choose(request)
    form = import_forms.FileForm(request.user, request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, status=422)
    chosen = form.cleaned_data["intervention"]
    how = {"intervention": chosen and chosen.pk, "name": "", "hidden": False, "columns": {}}
    return _preview(request, form.cleaned_data["sheet"], how)


def _choose(request):
    """Answer with the sheet that was shown, read as it is chosen now."""
    kept = import_forms.KeptForm(request.POST)
    sent = kept.cleaned_data["sheet"] if kept.is_valid() else None
    if sent is None or sent["user"] != request.user.pk:
        return _stale(request)
    sheet = sheets.Sheet.from_plain(sent["sheet"])
    form = import_forms.SheetForm(request.user, request.POST, sheet=sheet)
    form.is_valid()  # what can't be chosen is left as nothing chosen
    chosen = form.cleaned_data.get("intervention")
    how = {
        "intervention": chosen and chosen.pk,
        "name": form.cleaned_data.get("name", ""),
        "hidden": form.cleaned_data.get("hidden", False),
        "columns": import_forms.chosen_columns(request.POST),
    }
    if how["name"] != sent["name"]:
        how["columns"] = {}  # they were another sheet's
    return _preview(request, sheet, how)


@require_POST
def results_import_do(request):
    """Do what was shown, all of it, or nothing and show it anew."""
    may_import(request.user)
    form = import_forms.DoForm(request.POST)
    plan = form.cleaned_data["plan"] if form.is_valid() else None
    if plan is None or plan["user"] != request.user.pk:
        return _stale(request)
    sheet, how = sheets.Sheet.from_plain(plan["sheet"]), plan["how"]
    how["columns"] = {int(at): field for at, field in how["columns"].items()}
    try:
        reading = _read(request, sheet, how)
    except sheets.Refused as refused:
        messages.error(request, f"Inget är sparat. {refused}")
        return redirect("results_import")
    if not reading.does_something or reading.mark != plan["mark"]:
        return _preview(request, sheet, how, moved=MOVED)
    importing.do(reading)
    touched = {line.result.intervention for line in reading.lines}
    head_memory.keep(touched, request.user, reading.heads)
    _tell(request, reading)
    if len(touched) == 1:
        return redirect("work_results", touched.pop().pk)
    return redirect("work_interventions")


def _tell(request, reading):
    new, changed = reading.count(importing.NEW), reading.count(importing.CHANGED)
    done = undoing.done_by(request.user)[0]
    words = 'Bladet är inläst. Nya resultat: {}. Ändrade: {}. <a href="{}">Ta bort inläsningen</a>'
    address = reverse("results_import_undo", args=[done.key])
    messages.success(request, format_html(words, new, changed, address))


def _stale(request):
    messages.error(request, f"Inget är sparat. {STALE}")
    return redirect("results_import")


def may_import(user):
    """Raise PermissionDenied unless the role reads results in."""
    if not user.has_perms(["interventions.add_result", "interventions.change_result"]):
        raise PermissionDenied


def _form(request, form, status=200):
    done = undoing.done_by(request.user)
    context = {
        "form": form,
        "done": [(each, each.missing_to_take_back(request.user)) for each in done],
        "templates": [
            (kind.upper(), reverse("results_template", args=[kind])) for kind in ("csv", "xlsx")
        ],
    }
    return render(request, "interventions/results_import.html", context, status=status)


def _read(request, whole, how):
    """Return the Reading of a workbook's sheet, read as ``how`` says. Raises Refused."""
    sheet = whole.turned_to(how["name"])
    persons.refuse_persons(sheet)
    sheet = sheet.revealed() if how["hidden"] else sheet
    own = Intervention.objects.for_user(request.user)
    intervention = own.filter(pk=how["intervention"]).first()
    remembered = head_memory.recall(request.user)
    return row_reading.read(sheet, request.user, intervention, how["columns"], remembered)


def _preview(request, whole, how, moved=""):
    try:
        reading = _read(request, whole, how)
    except sheets.Refused as refused:
        form = import_forms.FileForm(request.user, initial={"intervention": how["intervention"]})
        messages.error(request, str(refused))
        return _form(request, form, status=422)
    sheet = whole.turned_to(how["name"])
    sheet = sheet.revealed() if how["hidden"] else sheet
    kept = {"user": request.user.pk, "sheet": whole.plain(), "name": sheet.name}
    plan = {"user": request.user.pk, "sheet": kept["sheet"], "how": how, "mark": reading.mark}
    initial = {**how, "name": sheet.name}
    context = {
        "reading": reading,
        "moved": moved,
        "told": [*sheet.told, *reading.told],
        "described": sheet.described,
        "counts": {
            "new": reading.count(importing.NEW),
            "changed": reading.count(importing.CHANGED),
            "same": reading.count(importing.SAME),
        },
        "form": import_forms.SheetForm(
            request.user, initial=initial, sheet=whole, columns=reading.heads.columns
        ),
        "sheet": sign(kept, import_forms.SHEET),
        "plan": sign(plan, import_forms.PLAN) if reading.does_something else "",
    }
    wrong = reading.faults or reading.problems
    status = 422 if wrong else 409 if moved else 200
    return render(request, "interventions/results_preview.html", context, status=status)
