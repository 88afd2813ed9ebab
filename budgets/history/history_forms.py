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
    """Which two tables: versions of the budget, by day and person, or other editions of its year.

    A version goes by its number, an edition by ``utgava-<number>``.
    """

    a = forms.ChoiceField(label="Jämför från")
    b = forms.ChoiceField(label="till")
    andrade = forms.BooleanField(label="Visa bara ändrade rader", required=False)
    kolumn = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, known, editions, *arguments, **more):
        super().__init__(*arguments, **more)
        others = [(edition_key(each), edition_name(each)) for each in editions]
        groups = [("Andra utgåvor", others)] if others else []
        for name in ("a", "b"):
            self.fields[name].choices = groups + _by_day_and_person(known.versions)
            self.fields[name].error_messages["invalid_choice"] = "Välj i listan."


def edition_key(budget):
    """Return what an edition goes by in an address."""
    return f"utgava-{budget.edition}"


def edition_name(budget):
    """Return an edition's number with what it is, such as ”Utgåva 1, fastställd 2019-11-29”."""
    if budget.adopted_on:
        return f"Utgåva {budget.edition}, fastställd {budget.adopted_on:%Y-%m-%d}"
    proposed = f", föreslagen {budget.proposed_on:%Y-%m-%d}" if budget.proposed_on else ", utkast"
    return f"Utgåva {budget.edition}{proposed}"


def _by_day_and_person(versions):
    """Return the versions as groups of choices, one for what a person did in a row on a day."""
    groups = []
    for each in versions:
        began = timezone.localtime(each.began)
        head = ", ".join(filter(None, (formats.date_format(began, "j F Y"), each.by)))
        if not groups or groups[-1][0] != head:
            groups.append((head, []))
        now = ", som den är nu" if each.newest else ""
        words = f"Version {each.number}, {formats.date_format(began, 'j F H.i')}{now}"
        groups[-1][1].append((str(each.number), words))
    return groups
