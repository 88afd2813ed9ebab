"""How a cell of an imported file is read, and written on export. Refusals are Swedish sentences."""

import datetime
import re
from decimal import Decimal

from import_export import widgets

from associations.foreign import lookup_of, not_own
from associations.labels import folded, visible

_WHOLE = re.compile(r"[-\u2212]?[0-9]{1,15}")
_DECIMAL = re.compile(r"([-\u2212]?[0-9]{1,15}(?:[.,][0-9]{1,6})?)(?:[ \u00a0\u202f]?%)?")
_YES, _NO = {"ja", "1", "sant", "true"}, {"nej", "0", "falskt", "false"}


def text_of(value):
    """Return a cell as text: a whole number that a spreadsheet keeps as 5.0 is 5."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


class NumberWidget(widgets.Widget):
    """A number: itself in XLSX, digits in CSV."""

    def render(self, value, obj=None, **kwargs):
        if value is None:
            return None if kwargs.get("force_native_type") else ""
        return value if kwargs.get("force_native_type") else str(value)


class WholeNumberWidget(NumberWidget):
    """A whole number, written plainly."""

    def clean(self, value, row=None, **kwargs):
        text = text_of(value)
        if not text:
            return None
        if not _WHOLE.fullmatch(text):
            raise ValueError(f"”{text}” är inget heltal. Skriv bara siffror.")
        return int(text.replace("\u2212", "-"))


class DecimalWidget(NumberWidget):
    """A number with decimals after a comma or a point; a per cent sign means nothing more."""

    def clean(self, value, row=None, **kwargs):
        text = text_of(value)
        if not text:
            return None
        found = _DECIMAL.fullmatch(text)
        if not found:
            raise ValueError(f"”{text}” är inget tal. Skriv till exempel 12,5.")
        return Decimal(found[1].replace("\u2212", "-").replace(",", "."))


class DateWidget(widgets.Widget):
    """A date as 2020-01-31."""

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, datetime.date):
            return value
        text = text_of(value)
        if not text:
            return None
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            raise ValueError(f"”{text}” är inget datum. Skriv år-månad-dag: 2020-01-31.") from None

    def render(self, value, obj=None, **kwargs):
        if value is None:
            return None if kwargs.get("force_native_type") else ""
        return value if kwargs.get("force_native_type") else value.isoformat()


class YesNoWidget(widgets.Widget):
    """Yes or no, in Swedish."""

    def clean(self, value, row=None, **kwargs):
        text = text_of(value).lower()
        if not text:
            return None
        if text in _YES or text in _NO:
            return text in _YES
        raise ValueError(f"”{text}” är varken ja eller nej.")

    def render(self, value, obj=None, **kwargs):
        return "ja" if value else "nej"


class TextWidget(widgets.Widget):
    """Words. An empty cell is the empty text."""

    def clean(self, value, row=None, **kwargs):
        return text_of(value)


class ChoiceWidget(widgets.Widget):
    """One of a field's choices, by its Swedish label or its stored value."""

    def __init__(self, choices, **kwargs):
        super().__init__(**kwargs)
        self.labels = {str(value): str(label) for value, label in choices}

    def clean(self, value, row=None, **kwargs):
        text = text_of(value)
        for stored, label in self.labels.items():
            if folded(text) in (folded(stored), folded(label)):
                return stored
        if not text:
            return ""
        raise ValueError(f"”{text}” går inte att välja. Välj {', '.join(self.labels.values())}.")

    def render(self, value, obj=None, **kwargs):
        return self.labels.get(str(value), "") if value is not None else ""


class LinkWidget(widgets.Widget):
    """A row elsewhere, by its address, name or id. Whether one may choose it is asked later."""

    def __init__(self, field, **kwargs):
        super().__init__(**kwargs)
        self.field, self.lookup = field, lookup_of(field.related_model)

    def find(self, text):
        """Return the row named ``text``. Raises ValueError in the words of ``foreign.not_own``."""
        for written in dict.fromkeys((text, visible(text))):
            try:
                return self.field.related_model._base_manager.get(**{self.lookup: written})
            except (self.field.related_model.DoesNotExist, ValueError):
                continue
        raise ValueError(not_own(self.field, text))

    def clean(self, value, row=None, **kwargs):
        text = text_of(value)
        return self.find(text) if text else None

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(getattr(value, self.lookup))


class LinksWidget(widgets.ManyToManyWidget):
    """Several rows elsewhere, separated by commas."""

    def __init__(self, field):
        widgets.ManyToManyWidget.__init__(self, field.related_model)
        self.field = field
        self.lookup = lookup_of(field.related_model)

    def clean(self, value, row=None, **kwargs):
        names = [name.strip() for name in text_of(value).split(",")]
        return [LinkWidget(self.field).find(name) for name in names if name]

    def render(self, value, obj=None, **kwargs):
        if value is None:
            return ""
        rows = value if isinstance(value, list) else value.all()
        return ", ".join(sorted(str(getattr(row, self.lookup)) for row in rows))
