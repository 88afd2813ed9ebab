"""Plain values that a page carries in a hidden field, and that the browser can't change."""

from django import forms
from django.core import signing

LIFE = 24 * 60 * 60  # seconds that a page may be open
STALE = "Sidan har varit öppen för länge, eller är inte längre din. Läs in bladet igen."


def sign(value, purpose):
    """Return plain values as text that ``SignedField`` reads back for the same purpose."""
    return signing.dumps(value, salt=purpose, compress=True)


class SignedField(forms.CharField):
    """A text that ``sign`` made for the same purpose, read back."""

    widget = forms.HiddenInput

    def __init__(self, purpose, **kwargs):
        super().__init__(**kwargs)
        self.purpose = purpose

    def clean(self, value):
        text = super().clean(value)
        try:
            return signing.loads(text, salt=self.purpose, max_age=LIFE) if text else None
        except signing.BadSignature:
            raise forms.ValidationError(STALE) from None
