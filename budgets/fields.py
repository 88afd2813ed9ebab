"""Kronor in forms and files: everything typed goes through ``numbers.read_kronor``."""

from django import forms
from django.core.exceptions import ValidationError

from associations.decimals import write
from associations.import_widgets import NumberWidget, text_of
from budgets.numbers import read_kronor


class KronorField(forms.Field):
    """Whole kronor as Swedes write them: 1 345 100. Empty is no amount, which is not 0."""

    widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "size": 14})

    def __init__(self, *, min_value=None, max_value=None, **kwargs):
        """Take the limits that the model's field sends; the model itself holds them."""
        super().__init__(**kwargs)

    def prepare_value(self, value):
        """Show a stored amount in groups of three, and what was typed as it was typed."""
        return write(value) if isinstance(value, int) else value

    def to_python(self, value):
        if value is None or isinstance(value, int):
            return value
        try:
            return read_kronor(value)
        except ValueError as error:
            raise ValidationError(str(error), code="kronor") from None

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class KronorWidget(NumberWidget):
    """Kronor in a cell of an imported or exported file."""

    def clean(self, value, row=None, **kwargs):
        return read_kronor(text_of(value))
