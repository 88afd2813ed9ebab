"""What a person asks a calculation of effects: a form that the address holds all of."""

from dataclasses import dataclass
from fractions import Fraction

from django import forms
from django.core.exceptions import ValidationError

from associations.decimals import read_decimal, write, write_typed
from interventions import effects
from interventions.effects import payback, ranges
from interventions.effects.keys import KEYS, refusal

STUDIES, WEIGHTED, WITHIN = "med-studier", "vag-stod", "skatt-inte-ovanpa"
SWITCH_FIELDS = {"studies": STUDIES, "tax_weighted": WEIGHTED, "tax_within": WITHIN}
DEADWEIGHT, SPREAD = "anda", "spridning"
MONEY = ("paid_region", "paid_municipalities", "paid_region_municipalities", "paid_state",
         "activities")  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """An assumption as it is asked for: its field, what is stored of it, and what was typed."""

    field: object
    key: str
    stored: object
    value: Fraction | None

    @property
    def unit(self):
        """The stored assumption's unit, or the key's own."""
        return self.stored.unit if self.stored else KEYS[self.key].unit

    @property
    def stored_text(self):
        """The stored value as one types it."""
        return write_typed(self.stored.value) if self.stored else ""

    @property
    def is_changed(self):
        """True when another value is typed than the stored one."""
        return self.stored is None or self.value != Fraction(self.stored.value)


class DecimalField(forms.Field):
    """A number as Swedes write it, ``13,75``, or a refusal in words. None when nothing is typed."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 14})
    default_error_messages = {"required": "Skriv ett tal, 0 om inget."}

    def __init__(self, *, refuse, **kwargs):
        """``refuse`` takes the number and returns in a sentence why it can't be, or None."""
        super().__init__(**kwargs)
        self.refuse = refuse

    def to_python(self, value):
        try:
            number = read_decimal(value or "")
        except ValueError as error:
            raise ValidationError(str(error)) from None
        if number is not None and (sentence := self.refuse(number)):
            raise ValidationError(sentence)
        return number


class EffectForm(forms.Form):
    """The assumptions of one calculation, what to count otherwise, and how uncertain it is.

    ``values`` (key → Fraction), ``choices`` and ``bounds`` are there when the form is valid.
    """

    values = choices = bounds = None

    def __init__(self, *args, calculation, **kwargs):
        super().__init__(*args, **kwargs)
        self.stored = {each.key: each for each in calculation.assumptions.all()}
        for key in keys_of(self.stored):
            self._add_assumption(key)
        for name, field in SWITCH_FIELDS.items():
            label, words = SWITCH_WORDS[name]
            self.fields[field] = forms.BooleanField(required=False, label=label, help_text=words)
        self.fields[DEADWEIGHT] = DecimalField(
            label="Så mycket hade hänt ändå, procent",
            help_text="Hade 10 av 100 kommit i arbete också utan insatserna skriver du 10. "
            "Beräkningen gör inget sådant avdrag, därför står här 0.",
            required=False,
            refuse=_per_cent,
        )
        self.fields[SPREAD] = DecimalField(
            label="Spridning upp och ned, procent",
            help_text="Så osäkert tror du att varje antagande är. Skattesatserna ändras inte.",
            required=False,
            refuse=_per_cent,
        )

    @classmethod
    def of(cls, typed, calculation):
        """Return the bound form of an address: what it says, and the stored for the rest."""
        stored = {each.key: each.value for each in calculation.assumptions.all()}
        start = {KEYS[key].name: write_typed(stored[key]) for key in stored if key in KEYS}
        start[DEADWEIGHT] = "0"
        return cls({**start, **typed.dict()}, calculation=calculation)

    @property
    def assumption_fields(self):
        """What the sum rests on, each an Asked."""
        return [self._row(key) for key in keys_of(self.stored) if key not in MONEY]

    @property
    def money_fields(self):
        """What was paid, each an Asked."""
        return [self._row(key) for key in MONEY]

    @property
    def switch_fields(self):
        """Switch → bound field."""
        return {name: self[field] for name, field in SWITCH_FIELDS.items()}

    @property
    def deadweight(self):
        """The field of what would have happened anyway."""
        return self[DEADWEIGHT]

    @property
    def spread(self):
        """The field of the spread."""
        return self[SPREAD]

    @property
    def tells_of_studies(self):
        """True when a change of studies can be counted."""
        return effects.Assumptions.from_values(self.values).tells_of_studies

    @property
    def changed(self):
        """The keys whose value is another than the stored one, of what the sum rests on."""
        return [
            each.key
            for each in self.assumption_fields
            if each.is_changed and (each.stored is not None or each.value is not None)
        ]

    def clean(self):
        """Gather what was read, and refuse what doesn't go together."""
        cleaned = super().clean()
        values = {key: cleaned.get(KEYS[key].name) for key in keys_of(self.stored)}
        self.values = {key: value for key, value in values.items() if value is not None}
        self.choices = effects.Choices(
            **{name: bool(cleaned.get(field)) for name, field in SWITCH_FIELDS.items()},
            deadweight=cleaned.get(DEADWEIGHT) or Fraction(0),
        )
        if not self.errors:
            self._refuse_studies()
            self._refuse_two_sums()
            self._read_bounds(cleaned.get(SPREAD))
        return cleaned

    def _refuse_studies(self):
        if self.choices.studies and not self.tells_of_studies:
            sentence = "Fyll i hur studierna ändrades och hur stor del av värdet som räknas."
            self.add_error(STUDIES, sentence)

    def _refuse_two_sums(self):
        told, own = self.values.get("paid_region_municipalities"), payback.together(self.values)
        if told is not None and told != own:
            self.add_error(
                KEYS["paid_region_municipalities"].name,
                f"Regionens och kommunernas bidrag blir {write_typed(own)} kr tillsammans, men här "
                f"står {write_typed(told)} kr. Rätta, eller lämna den här rutan tom.",
            )

    def _read_bounds(self, percent):
        """Take the sources' own ranges of what is unchanged, and the chosen spread for the rest."""
        known = {
            key: (Fraction(each.low), Fraction(each.high))
            for key, each in self.stored.items()
            if each.low is not None and key in self.values and key not in self.changed
        }
        rest = {key: value for key, value in self.values.items() if key not in known}
        try:
            chosen = ranges.spread(rest, percent) if percent else {}
        except ValueError as error:
            self.add_error(SPREAD, str(error))
            return
        self.bounds = {**chosen, **known}

    def _add_assumption(self, key):
        kind, stored = KEYS[key], self.stored.get(key)
        self.fields[kind.name] = DecimalField(
            label=stored.meaning if stored else kind.label.capitalize(),
            help_text=stored.unit if stored else kind.unit,
            required=key.removesuffix("_women").removesuffix("_men") in effects.REQUIRED,
            refuse=lambda number, key=key: refusal(key, number),
        )

    def _row(self, key):
        field, stored = self[KEYS[key].name], self.stored.get(key)
        return Asked(field, key, stored, (self.values or {}).get(key))


SWITCH_WORDS = {
    "studies": (
        "Räkna med studierna",
        "Beräkningen har ett värde för studier, men tar inte med hur många som studerar.",
    ),
    "tax_weighted": (
        "Väg arbete med stöd lika i skatten",
        "I värdet räknas bara en del av arbetet med stöd till arbetsgivaren, men i skatten hela.",
    ),
    "tax_within": (
        "Lägg inte skatten ovanpå värdet",
        "Skatten betalas av det värde som redan är räknat. Läggs den ovanpå räknas den två gånger.",
    ),
}


def keys_of(stored):
    """Return the keys to ask for, in order: a volume by women and men where it is stored so."""
    split = {
        name for name in effects.VOLUMES if any(f"{name}_{sex}" in stored for sex in effects.SEXES)
    }
    left_out = split | {
        f"{name}_{sex}" for name in effects.VOLUMES if name not in split for sex in effects.SEXES
    }
    return [key for key in KEYS if key not in left_out]


def _per_cent(number):
    return None if 0 <= number <= 100 else f"Skriv procent, från 0 till {write(100)}."
