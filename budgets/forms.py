"""What the editor's two ways of saving send: one cell, or the whole table."""

from django import forms

MINE, THEIRS = "mine", "theirs"


class KronorSeen(forms.Field):
    """The amount that the page showed, written by the page itself: whole kronor, or nothing."""

    def clean(self, value):
        if value in (None, ""):
            return None
        try:
            return int(value)
        except (TypeError, ValueError) as error:
            raise forms.ValidationError("Sidan skickade ett oläsligt belopp.") from error


class CellForm(forms.Form):
    """One cell: its id, what was typed, and the amount that stood there when it was read."""

    cell = forms.CharField(max_length=60)
    typed = forms.CharField(required=False, strip=False, max_length=200)
    was = KronorSeen(required=False)


class WholeForm(forms.Form):
    """The whole table, without JavaScript: a text for each cell, and what the page showed.

    ``choice-<cell>`` settles a conflict from the time before: keep theirs, or write mine over
    the amount that was shown (``mine:<kronor>``).
    """

    loaded = forms.JSONField()

    def clean_loaded(self):
        loaded = self.cleaned_data["loaded"]
        if not isinstance(loaded, dict):
            raise forms.ValidationError("Sidan skickade något oläsligt. Läs in den igen.")
        return {ident: KronorSeen().clean(value) for ident, value in loaded.items()}

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
