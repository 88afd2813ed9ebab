"""The forms of a plan or report. Each knows what it was loaded with: nobody overwrites unseen."""

from django import forms

from budgets.models import Budget
from meetings.decisions import DecisionForm
from plans.models import Chapter, Plan


class TextForm(forms.ModelForm):
    """A form of texts. ``loaded`` is the fingerprint of what the writer saw."""

    loaded = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        """Give texts the line ends that are stored, whatever the browser sent."""
        texts = super().clean() or self.cleaned_data
        return {
            name: text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text
            for name, text in texts.items()
        }

    def changes(self, stored):
        """Return whether the form's texts differ from those of ``stored``."""
        return any(self.cleaned_data[name] != getattr(stored, name) for name in self._meta.fields)

    def stored_texts(self, stored):
        """Return (label, text) of what ``stored`` holds now, to be shown beside the form."""
        return [(self.fields[name].label, getattr(stored, name)) for name in self._meta.fields]


class CoverForm(TextForm):
    """What stands on the cover, and the budget whose table the blocks show."""

    class Meta:
        model = Plan
        fields = ["title", "subtitle", "vision", "dnr", "budget"]
        labels = {"title": "Titel", "subtitle": "Undertitel", "vision": "Vision"}
        widgets = {"vision": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        budget, plan = self.fields["budget"], self.instance
        own = Budget.objects.filter(association=plan.association).select_related("association")
        budget.empty_label = "ingen vald"
        budget.queryset = own
        if plan.kind_words.is_report:
            budget.help_text = (
                f"Tabellen där Budget {plan.year} står bredvid årets utfall eller prognos."
            )
        else:
            budget.queryset = own.filter(year=plan.year)


class ChapterForm(TextForm):
    """A chapter's heading and Markdown."""

    class Meta:
        model = Chapter
        fields = ["title", "body"]
        labels = {"title": "Rubrik", "body": "Text"}
        help_texts = {"body": ""}
        widgets = {"body": forms.Textarea(attrs={"rows": 24, "spellcheck": "true"})}


class AdoptForm(DecisionForm):
    """The board's decision. ``loaded`` is the mark of the text that the page showed."""

    SHOWN = "loaded"
    CHANGED = Plan.CHANGED

    loaded = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, plan, *arguments, **more):
        super().__init__(plan, plan.content_mark, *arguments, **more)
