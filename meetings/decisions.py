"""The board's decision to adopt something, as it is typed: a budget, a plan, a report."""

from django import forms

from associations import identity
from meetings.models import Meeting


class DayInput(forms.DateInput):
    """A day, picked or typed."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class DecisionForm(forms.Form):
    """Day, paragraph or meeting, and registry number.

    A subclass has a hidden field, named by ``SHOWN``, for what the page showed, and the sentence
    ``CHANGED`` for when the ``edition`` is another by now: adopted is what was read.
    """

    SHOWN = CHANGED = ""

    on = forms.DateField(
        label="Styrelsen fastställde den", widget=DayInput(), required=False, help_text="Krävs."
    )
    paragraph = forms.CharField(
        label="Paragraf i protokollet",
        max_length=20,
        required=False,
        validators=[identity.refuse],
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

    def __init__(self, edition, stands, *arguments, **more):
        """Take the ``edition`` to adopt, and what ``stands`` there now of what the page showed."""
        super().__init__(*arguments, **more)
        self.edition, self.stands = edition, stands
        board = Meeting.objects.filter(associations=edition.association, kind=Meeting.Kind.BOARD)
        self.fields["meeting"].queryset = board
        self.fields["dnr"].initial = edition.dnr
        self.fields[self.SHOWN].initial = stands
        for name in ("on", "dnr"):
            self.fields[name].widget.attrs["aria-required"] = "true"

    def clean(self):
        """Refuse a decision that is not whole, or about something that has changed since."""
        cleaned = super().clean()
        if cleaned.get(self.SHOWN) not in (None, self.stands):
            self.data = {**self.data.dict(), self.SHOWN: self.stands}
            raise forms.ValidationError(self.CHANGED)
        for field, sentence in self.edition.missing_in_decision(*self.decision(cleaned)).items():
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
