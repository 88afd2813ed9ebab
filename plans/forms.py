"""The form of one chapter. It knows what it was loaded with, so nobody is overwritten unseen."""

from django import forms

from plans.models import Chapter


class ChapterForm(forms.ModelForm):
    """A chapter's heading and Markdown. ``loaded`` is the fingerprint of what the writer saw."""

    loaded = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = Chapter
        fields = ["title", "body"]
        labels = {"title": "Rubrik", "body": "Text"}
        help_texts = {"body": ""}
        widgets = {"body": forms.Textarea(attrs={"rows": 24, "spellcheck": "true"})}

    def clean_body(self):
        """Return the text with the line ends that are stored, whatever the browser sent."""
        return self.cleaned_data["body"].replace("\r\n", "\n").replace("\r", "\n")
