"""The forms of a plan. Each knows what it was loaded with, so nobody is overwritten unseen."""

from django import forms

from plans.models import Chapter, Plan


class TextForm(forms.ModelForm):
    """A form of texts. ``loaded`` is the fingerprint of what the writer saw."""

    loaded = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        """Give texts the line ends that are stored, whatever the browser sent."""
        texts = super().clean() or self.cleaned_data
        return {
            name: text.replace("\r\n", "\n").replace("\r", "\n") for name, text in texts.items()
        }

    def changes(self, stored):
        """Return whether the form's texts differ from those of ``stored``."""
        return any(self.cleaned_data[name] != getattr(stored, name) for name in self._meta.fields)

    def stored_texts(self, stored):
        """Return (label, text) of what ``stored`` holds now, to be shown beside the form."""
        return [(self.fields[name].label, getattr(stored, name)) for name in self._meta.fields]


class CoverForm(TextForm):
    """What stands on the plan's cover."""

    class Meta:
        model = Plan
        fields = ["title", "subtitle", "vision", "dnr"]
        labels = {"title": "Titel", "subtitle": "Undertitel", "vision": "Vision"}
        widgets = {"vision": forms.Textarea(attrs={"rows": 3})}


class ChapterForm(TextForm):
    """A chapter's heading and Markdown."""

    class Meta:
        model = Chapter
        fields = ["title", "body"]
        labels = {"title": "Rubrik", "body": "Text"}
        help_texts = {"body": ""}
        widgets = {"body": forms.Textarea(attrs={"rows": 24, "spellcheck": "true"})}
