"""What the pages of the results' import send: a file, choices about its sheet, and the deed."""

from django import forms

from associations import files, sheets
from associations.signed import SignedField
from interventions.intake import heads, persons
from interventions.models import Intervention
from interventions.result_rows import HEADS

# What a signature is for; a plan of another shape has another number, so that an older is stale.
SHEET, PLAN = "interventions.results.sheet", "interventions.results.import.2"
FIELD_WORDS = [(heads.NOT_READ, "läses inte"), *HEADS.items()]


class InterventionChoice(forms.ModelChoiceField):
    """One's own interventions by name and association, since two may share a name."""

    def label_from_instance(self, intervention):
        """Tell whose it is; needs the associations."""
        owners = ", ".join(each.short_name for each in intervention.associations.all())
        return f"{intervention.name} ({owners})"


class WhoseForm(forms.Form):
    """Whose results a sheet holds when it doesn't say."""

    intervention = InterventionChoice(
        Intervention.objects.none(),
        label="Insats",
        required=False,
        empty_label="står i bladet",
        help_text="Behövs bara när bladet saknar kolumnen ”insats”.",
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = Intervention.objects.for_user(user).prefetch_related("associations")
        self.fields["intervention"].queryset = own


class FileForm(WhoseForm):
    """A file with results."""

    file = forms.FileField(
        label="Fil",
        allow_empty_file=True,
        help_text="CSV eller XLSX, högst 5 MB. Har filen flera blad väljer du sedan.",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    field_order = ["file", "intervention"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        files.ask_again(self)

    def clean(self):
        """Read the file as ``sheet``."""
        cleaned = super().clean()
        file = cleaned.get("file")
        if file is None or self.errors:
            return cleaned
        try:
            if file.size > sheets.LARGEST_FILE:
                raise sheets.Refused(sheets.TOO_LARGE)
            read = sheets.uploaded(file.read(), prefer=_likeness)
            cleaned["sheet"] = persons.without_persons(read)
        except sheets.Refused as refused:
            self.add_error("file", str(refused))
        return cleaned


def _likeness(sheet):
    return heads.score(sheet), sheets.looks_like_table(sheet)


class SheetForm(WhoseForm):
    """How a sheet that is shown is to be read: which one, what is hidden, what its columns are."""

    hidden = forms.BooleanField(
        label="Läs också dolda rader och kolumner",
        required=False,
        help_text="Annars läses de inte.",
    )
    name = forms.ChoiceField(label="Blad", required=False)
    field_order = ["name", "hidden", "intervention"]

    def __init__(self, user, *args, sheet, columns=(), **kwargs):
        super().__init__(user, *args, **kwargs)
        self.fields["name"].choices = [(name, name) for name in (sheet.name, *sheet.others)]
        if not sheet.others:
            del self.fields["name"]
        if not sheet.hidden and not any(each.hidden for each in sheet.others.values()):
            del self.fields["hidden"]
        for column in columns:
            self.fields[f"column-{column.at}"] = forms.ChoiceField(
                label=column.name,
                choices=FIELD_WORDS,
                initial=column.field or heads.NOT_READ,
                required=False,
            )

    @property
    def heads(self):
        """The fields for what the columns are."""
        return [field for field in self if field.name.startswith("column-")]

    @property
    def how(self):
        """All other fields."""
        return [field for field in self if not field.name.startswith("column-")]


class KeptForm(forms.Form):
    """The sheet that was shown, as it comes back."""

    sheet = SignedField(SHEET)


class DoForm(forms.Form):
    """The sheet that was shown, how it was read, and what it was to do."""

    plan = SignedField(PLAN)


def chosen_columns(data):
    """Return {column: field} of what was posted as ``column-<number>``."""
    named = {k.removeprefix("column-"): v for k, v in data.items() if k.startswith("column-")}
    known = {name for name, _ in FIELD_WORDS}
    return {int(at): v for at, v in named.items() if at.isdecimal() and len(at) < 4 and v in known}
