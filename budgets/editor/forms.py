"""What the editor's two ways of saving send: one cell, or the whole table."""

import re

from django import forms

from budgets.editor.grid_view import View
from budgets.numbers import LONGEST

MINE, THEIRS = "mine", "theirs"
UNREADABLE = "Sidan skickade något oläsligt. Läs in den igen."
WHOLE = re.compile(r"-?[0-9]{1,18}")


class KronorSeen(forms.Field):
    """The amount that the page showed, written by the page itself: whole kronor, or nothing."""

    def clean(self, value):
        if value in (None, ""):
            return None
        if not WHOLE.fullmatch(str(value)):
            raise forms.ValidationError("Sidan skickade ett oläsligt belopp.")
        return int(value)


class Loaded(forms.JSONField):
    """What the page showed, as it wrote it itself: id of a cell → whole kronor or null."""

    def to_python(self, value):
        """Read it, or refuse what Python's reader gives up on: too deep, too many digits."""
        try:
            return super().to_python(value)
        except (RecursionError, ValueError) as error:
            raise forms.ValidationError(UNREADABLE) from error

    def clean(self, value):
        """Return id → kronor; every value is one that ``KronorSeen`` reads."""
        loaded = super().clean(value)
        if not isinstance(loaded, dict):
            raise forms.ValidationError(UNREADABLE)
        return {ident: KronorSeen().clean(kronor) for ident, kronor in loaded.items()}


class CellForm(forms.Form):
    """One cell: its id, what was typed, and the amount that stood there when it was read."""

    cell = forms.CharField(max_length=60)
    typed = forms.CharField(required=False, strip=False, max_length=LONGEST)
    was = KronorSeen(required=False)


class Shared(dict):
    """Fields that nobody changes: each form takes them as they are, and copies none."""

    def __deepcopy__(self, memo):
        return self


CellForm.base_fields = Shared(CellForm.base_fields)  # a form for each saved cell


class WholeForm(forms.Form):
    """The whole table, without JavaScript: a text for each cell, and what the page showed.

    ``choice-<cell>`` settles a conflict from the time before: keep theirs, or write mine over
    the amount that was shown (``mine:<kronor>``).
    """

    loaded = Loaded()

    def clean(self):
        """Collect ``typed`` (id → text) and ``was`` (id → kronor) of every cell that was sent."""
        cleaned = super().clean()
        was = cleaned.get("loaded") or {}
        typed = {}
        for ident in was:
            text, choice = self.data.get(ident), self.data.get(f"choice-{ident}", "")
            if text is None or choice == THEIRS:
                continue
            typed[ident] = text
            if choice.startswith(f"{MINE}:"):
                was[ident] = KronorSeen().clean(choice.removeprefix(f"{MINE}:"))
        return {**cleaned, "typed": typed, "was": was}


class ViewForm(forms.Form):
    """How the table is to be shown: all in the address, so that it can be shared and kept."""

    avvikelse = forms.ChoiceField(label="Visa avvikelse i", required=False)
    mot = forms.ChoiceField(label="jämfört med", required=False)
    grupp = forms.BooleanField(label="Gruppera kostnaderna efter slag", required=False)
    beviljat = forms.BooleanField(label="Visa beviljat bredvid budgeterat", required=False)
    enhet = forms.ChoiceField(
        label="Enhet", required=False, choices=[("", "Kronor"), ("tkr", "Tusental kronor")]
    )

    def __init__(self, data, table):
        super().__init__(data)
        columns = [(str(each.column.key), each.column.label) for each in table.columns]
        for name in ("avvikelse", "mot"):
            self.fields[name].choices = [("", "Ingen kolumn"), *columns]
            gone = "Den kolumnen finns inte längre. Välj en i listan."
            self.fields[name].error_messages["invalid_choice"] = gone

    def clean(self):
        cleaned = super().clean()
        pair = [cleaned.get(name) for name in ("mot", "avvikelse")]
        if any(pair) and not all(pair):
            raise forms.ValidationError("Välj två kolumner för att se avvikelsen mellan dem.")
        if all(pair) and pair[0] == pair[1]:
            raise forms.ValidationError("Välj två olika kolumner.")
        return cleaned

    def view(self, known):
        """Return the grid_view.View chosen; the plain one as far as the choice can't be read."""
        chosen = getattr(self, "cleaned_data", {}) if self.is_valid() else {}
        pair = (chosen.get("mot"), chosen.get("avvikelse"))
        return View(
            compare=tuple(int(key) for key in pair) if all(pair) else None,
            grouped=bool(chosen.get("grupp")),
            thousands=chosen.get("enhet") == "tkr",
            known=known if chosen.get("beviljat") else None,
        )
