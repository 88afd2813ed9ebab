"""What is typed when a budget is proposed to the members, and when the board has adopted it."""

from django import forms
from django.utils import timezone

from associations import identity
from meetings.models import Meeting


class DayInput(forms.DateInput):
    """A day, picked or typed."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class ProposeForm(forms.Form):
    """The day when the members got the proposal."""

    on = forms.DateField(label="Skickat till medlemmarna", widget=DayInput())

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError("Dagen har inte varit än.")
        return on


class AdoptForm(forms.Form):
    """The board's decision. ``version`` is the one that the page showed."""

    on = forms.DateField(
        label="Styrelsen fastställde den", widget=DayInput(), required=False, help_text="Krävs."
    )
    paragraph = forms.CharField(
        label="Paragraf i protokollet",
        max_length=20,
        validators=[identity.refuse],
        required=False,
        help_text="Till exempel 62. Krävs om du inte väljer mötet.",
    )
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(),
        label="Möte",
        required=False,
        empty_label="inget valt",
        help_text="Krävs om du inte skriver paragrafen. Båda går bra.",
    )
    dnr = forms.CharField(
        label="Diarienummer",
        max_length=40,
        required=False,
        validators=[identity.refuse],
        help_text="Krävs.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, budget, *arguments, **more):
        super().__init__(*arguments, **more)
        self.budget = budget
        board = Meeting.objects.filter(associations=budget.association, kind=Meeting.Kind.BOARD)
        self.fields["meeting"].queryset = board
        self.fields["dnr"].initial = budget.dnr
        self.fields["version"].initial = budget.version
        for name in ("on", "dnr"):
            self.fields[name].widget.attrs["aria-required"] = "true"

    def clean(self):
        """Refuse a decision that is not whole, or about a table that has changed since."""
        cleaned = super().clean()
        if cleaned.get("version") not in (None, self.budget.version):
            self.data = {**self.data.dict(), "version": self.budget.version}
            raise forms.ValidationError(
                "Någon ändrade budgeten medan sidan var öppen. Inget är fastställt. "
                "Läs summorna igen och fastställ sedan."
            )
        for field, sentence in self.budget.missing_in_decision(*self.decision(cleaned)).items():
            if field not in self.errors:
                self.add_error(field, sentence)
        return cleaned

    @staticmethod
    def decision(cleaned):
        """Return the day, paragraph, meeting and registry number of the decision."""
        texts = {"paragraph": "", "dnr": ""}
        return tuple(
            cleaned.get(name, texts.get(name)) for name in ("on", "paragraph", "meeting", "dnr")
        )
