"""The pages where results are read from a file: the file, what it would change, and the deed."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from associations import files, sheets
from associations.signed import STALE, SignedField, sign
from interventions.intake import importing, undoing
from interventions.models import Intervention

PURPOSE = "interventions.results.import"
MOVED = "Någon har ändrat resultaten sedan bladet visades. Inget är sparat. Det här är nytt:"


class InterventionChoice(forms.ModelChoiceField):
    """One's own interventions by name and association, since two may share a name."""

    def label_from_instance(self, intervention):
        """Tell whose it is; needs the associations."""
        owners = ", ".join(each.short_name for each in intervention.associations.all())
        return f"{intervention.name} ({owners})"


class FileForm(forms.Form):
    """A file, and whose results it holds when the sheet doesn't say."""

    file = forms.FileField(
        label="Fil",
        allow_empty_file=True,
        help_text="CSV eller XLSX, högst 5 MB. Det första bladet läses.",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    intervention = InterventionChoice(
        Intervention.objects.none(),
        label="Insats",
        required=False,
        empty_label="står i bladet",
        help_text="Behövs bara när bladet saknar kolumnen ”insats”.",
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        own = Intervention.objects.for_user(user).prefetch_related("associations")
        self.fields["intervention"].queryset = own
        files.ask_again(self)

    def clean(self):
        """Read the file as ``rows`` and ``reading``."""
        cleaned = super().clean()
        file = cleaned.get("file")
        if file is None or self.errors:
            return cleaned
        try:
            if file.size > sheets.LARGEST_FILE:
                raise sheets.Refused(sheets.TOO_LARGE)
            cleaned["rows"] = sheets.uploaded(file.read()).rows
            cleaned["reading"] = importing.read(
                cleaned["rows"], self.user, cleaned.get("intervention")
            )
        except sheets.Refused as refused:
            self.add_error("file", str(refused))
        return cleaned


class DoForm(forms.Form):
    """The sheet that was shown, whose it is, and what it was to do."""

    plan = SignedField(PURPOSE)


@require_http_methods(["GET", "POST"])
def results_import(request):
    """Choose a file, and see what it would change. Nothing is saved."""
    may_import(request.user)
    if request.method == "GET":
        form = FileForm(request.user, initial={"intervention": request.GET.get("insats")})
        return _form(request, form)
    form = FileForm(request.user, request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, status=422)
    return _preview(request, form.cleaned_data)


@require_POST
def results_import_do(request):
    """Do what was shown, all of it, or nothing and show it anew."""
    may_import(request.user)
    form = DoForm(request.POST)
    plan = form.cleaned_data["plan"] if form.is_valid() else None
    if plan is None or plan["user"] != request.user.pk:
        messages.error(request, f"Inget är sparat. {STALE}")
        return redirect("results_import")
    own = Intervention.objects.for_user(request.user)
    chosen = own.filter(pk=plan["intervention"]).first()
    try:
        reading = importing.read(plan["rows"], request.user, chosen)
    except sheets.Refused as refused:
        messages.error(request, f"Inget är sparat. {refused}")
        return redirect("results_import")
    if not reading.does_something or reading.mark != plan["mark"]:
        read = {"rows": plan["rows"], "reading": reading, "intervention": chosen}
        return _preview(request, read, moved=MOVED)
    importing.do(reading)
    new, changed = reading.count(importing.NEW), reading.count(importing.CHANGED)
    done = undoing.done_by(request.user)[0]
    words = 'Bladet är inläst. Nya resultat: {}. Ändrade: {}. <a href="{}">Ta bort inläsningen</a>'
    address = reverse("results_import_undo", args=[done.key])
    messages.success(request, format_html(words, new, changed, address))
    touched = {line.result.intervention_id for line in reading.lines}
    if len(touched) == 1:
        return redirect("work_results", touched.pop())
    return redirect("work_interventions")


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


def _preview(request, read, moved=""):
    reading, chosen = read["reading"], read.get("intervention")
    plan = {
        "user": request.user.pk,
        "rows": read["rows"],
        "intervention": chosen.pk if chosen else None,
        "mark": reading.mark,
    }
    context = {
        "reading": reading,
        "moved": moved,
        "counts": {
            "new": reading.count(importing.NEW),
            "changed": reading.count(importing.CHANGED),
            "same": reading.count(importing.SAME),
        },
        "plan": sign(plan, PURPOSE) if reading.does_something else "",
    }
    status = 422 if reading.faults else 409 if moved else 200
    return render(request, "interventions/results_preview.html", context, status=status)
