"""What one looks for in a budget's history, and which versions are compared."""

from django import forms
from django.utils import formats, timezone


class HistoryForm(forms.Form):
    """Narrow the list of changes: by person, line or column."""

    vem = forms.TypedChoiceField(label="Vem", required=False, coerce=int, empty_value=None)
    rad = forms.TypedChoiceField(label="Rad", required=False, coerce=int, empty_value=None)
    kolumn = forms.TypedChoiceField(label="Kolumn", required=False, coerce=int, empty_value=None)
    start = forms.BooleanField(label="Ta med det som fanns från början", required=False)

    def __init__(self, known, *arguments, **more):
        super().__init__(*arguments, **more)
        everyone = [("", "alla")]
        by_name = sorted(known.people.items(), key=lambda item: item[1].lower())
        self.fields["vem"].choices = everyone + by_name
        self.fields["rad"].choices = everyone + list(known.lines.items())
        self.fields["kolumn"].choices = everyone + list(known.columns.items())
        for name in ("vem", "rad", "kolumn"):
            self.fields[name].error_messages["invalid_choice"] = "Välj i listan."


class VersionsForm(forms.Form):
    """Which two versions, and which column of them."""

    a = forms.TypedChoiceField(label="Jämför från version", coerce=int)
    b = forms.TypedChoiceField(label="till version", coerce=int)
    kolumn = forms.TypedChoiceField(label="Kolumn", required=False, coerce=int, empty_value=None)

    def __init__(self, known, *arguments, **more):
        super().__init__(*arguments, **more)
        choices = [(each.number, version_name(each)) for each in known.versions]
        self.fields["a"].choices = self.fields["b"].choices = choices
        first = [("", "den första som skiljer")]
        self.fields["kolumn"].choices = first + list(known.columns.items())
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = "Välj i listan."


def version_name(version):
    """Return a version's number with when it began, and by whom when that is known."""
    when = formats.date_format(timezone.localtime(version.began), "j F Y H.i")
    return ", ".join(part for part in (f"Version {version.number}", when, version.by) if part)
