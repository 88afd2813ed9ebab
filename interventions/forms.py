"""The form of a result: its period is its year when nothing else is said."""

from django import forms

from associations.own_forms import OwnForm


class ResultForm(OwnForm):
    """A result of an intervention, in a part of its page or by itself."""

    class Meta:
        help_texts = {"period": "”2019” eller ”sedan starten”. Tomt betyder året."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "period" in self.fields:  # one who only reads has no fields
            self.fields["period"].required = False

    def clean_period(self):
        period, year = self.cleaned_data["period"], self.cleaned_data.get("year")
        if not period and year is None:
            raise forms.ValidationError("Skriv period, eller år.")
        return period or str(year)
