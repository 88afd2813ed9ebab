"""What is typed when a budget is proposed to the members, and when the board has adopted it."""

from django import forms
from django.utils import timezone

from budgets.models import Budget
from meetings.decisions import DayInput, DecisionForm


class ProposeForm(forms.Form):
    """The day when the members got the proposal."""

    on = forms.DateField(label="Skickat till medlemmarna", widget=DayInput())

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError("Dagen har inte varit än.")
        return on


class AdoptForm(DecisionForm):
    """The board's decision. ``version`` is the one that the page showed."""

    SHOWN = "version"
    CHANGED = Budget.CHANGED

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, budget, *arguments, **more):
        super().__init__(budget, budget.version, *arguments, **more)
