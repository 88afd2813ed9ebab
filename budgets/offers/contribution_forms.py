"""What a person asks the contributions engine: a form that the address holds all of."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats

from associations.decimals import DECIMALS, half_up, read_decimal, write, write_decimal
from budgets.contributions import (
    BY_KEY,
    COMMON_RATE,
    STATE,
    Member,
    accepts_kronor,
    accepts_percent,
    largest,
    one_per_cent_more,
)
from budgets.fields import KronorField
from budgets.numbers import read_kronor

READINGS = {"gemensam": COMMON_RATE, "nyckel": BY_KEY}
INHABITANTS, FROZEN, TYPED = "invanare", "fryst", "egen"
PERCENT, KRONOR = "procent", "kronor"
LARGEST_RISE = 1000  # per cent


class PositiveKronorField(KronorField):
    """Whole kronor that can't be below zero."""

    def validate(self, value):
        super().validate(value)
        if value is not None and value < 0:
            raise ValidationError("Beloppet kan inte vara mindre än noll.")


class PartField(forms.Field):
    """A part of the municipal quarter: any unit, as long as all have the same."""

    def to_python(self, value):
        try:
            number = read_decimal(value or "")
        except ValueError as error:
            raise ValidationError(str(error)) from None
        if number is not None and number < 0:
            raise ValidationError("En del i nyckeln kan inte vara mindre än noll.")
        return number


class ContributionForm(forms.Form):
    """The state's offer, what each member accepts, and how to reckon.

    ``answer`` (contributions.Answer) and ``release`` are there when the form is valid.
    """

    erbjudande = PositiveKronorField(
        label="Statens erbjudande, kronor",
        error_messages={"required": "Skriv hur mycket staten erbjuder."},
    )
    lasning = forms.ChoiceField(
        label="Så räknas det",
        widget=forms.RadioSelect,
        choices=[
            ("gemensam", "Gemensam ökning: alla höjer lika mycket som den som godtar minst"),
            ("nyckel", "Efter nyckel: var och en betalar sin del, och den som först når sitt tak "
             "bestämmer"),
        ],
    )  # fmt: skip
    nyckel = forms.ChoiceField(label="Nyckel mellan kommunerna")
    datum = forms.ChoiceField(label="Invånare den")
    avrundning = forms.TypedChoiceField(
        label="Avrunda till, summan hålls",
        coerce=int,
        choices=[("1", "hela kronor"), ("100", "100 kronor"), ("1000", "1 000 kronor")],
    )

    answer = release = None

    def __init__(self, *args, known, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = known
        days = [(day.isoformat(), _written(day)) for day in known.population_dates]
        keys = [(FROZEN, f"som bidragen {known.year - 1}"), (TYPED, "egna tal, i tabellen")]
        if days:
            keys.insert(0, (INHABITANTS, "efter invånare"))
            self.fields["datum"].choices = days
        else:
            del self.fields["datum"]
        self.fields["nyckel"].choices = keys
        for party in known.parties:
            self._add_party(party)
        self.fields[f"forra-{STATE}"] = PositiveKronorField(
            label=f"Staten, bidrag {known.year - 1} i kronor", required=False
        )
        for name, field in self.fields.items():
            field.widget.attrs["aria-describedby"] = f"id_{name}_words"
            if "-" in name:  # stands in a table, without a label of its own
                field.widget.attrs["aria-label"] = field.label

    @classmethod
    def of(cls, typed, known):
        """Return the form of an address: what it says, and what is known for the rest.

        Where an address says nothing and too little is known, nobody is told off: unbound.
        """
        start = cls.start(known)
        form = cls({name: typed.get(name, value) for name, value in start.items()}, known=known)
        return form if form.is_valid() or typed else cls(initial=start, known=known)

    @staticmethod
    def start(known):
        """Return every field's name with what stands in it from the beginning, as text."""
        dates = [day.isoformat() for day in known.population_dates]
        midsummer = f"{known.year - 1}-07-01"
        weights = [party.weight for party in known.municipalities]
        typed = TYPED if weights and None not in weights else FROZEN
        start = {
            "erbjudande": "" if known.offer is None else write(half_up(known.offer)),
            "lasning": "gemensam",
            "nyckel": INHABITANTS if dates else typed,
            "avrundning": "100",
            f"forra-{STATE}": write(known.state_previous),
        }
        if dates:
            start["datum"] = midsummer if midsummer in dates else dates[0]
        for party in known.parties:
            start[f"forra-{party.key}"] = write(party.previous)
            accepted = party.accepted
            start[f"hojning-{party.key}"] = "" if accepted is None else write_decimal(accepted)
            start[f"matt-{party.key}"] = PERCENT
            if party.is_municipality:
                start[f"del-{party.key}"] = write(party.weight)
        return start

    @property
    def rows(self):
        """The payers with their fields, in order."""
        for party in self.known.parties:
            part = self[f"del-{party.key}"] if party.is_municipality else None
            fields = [self[f"{name}-{party.key}"] for name in ("forra", "hojning", "matt")]
            yield party, *fields, part

    @property
    def forra_state(self):
        """The field of what the state paid last year."""
        return self[f"forra-{STATE}"]

    @property
    def key_words(self):
        """The chosen key in words, to stand after "efter"."""
        if self.cleaned_data["nyckel"] == INHABITANTS:
            day = datetime.date.fromisoformat(self.cleaned_data["datum"])
            return f"hur många som bodde i varje kommun den {_written(day)}"
        if self.cleaned_data["nyckel"] == FROZEN:
            return f"kommunernas bidrag {self.known.year - 1}"
        return "de delar som är skrivna i tabellen"

    def clean(self):
        """Read each member, and let the engine answer."""
        cleaned = super().clean()
        members = [self._member(party) for party in self.known.parties]
        if self.errors:
            return cleaned
        asked = {"reading": READINGS[cleaned["lasning"]], "unit": cleaned["avrundning"]}
        try:
            self.answer = largest(members, cleaned["erbjudande"], **asked)
            self.release = one_per_cent_more(members, cleaned["erbjudande"], **asked)
        except ValueError as error:
            raise ValidationError(str(error)) from None
        return cleaned

    def _add_party(self, party):
        year, key = self.known.year, party.key
        self.fields[f"forra-{key}"] = PositiveKronorField(
            label=f"{party.label}, bidrag {year - 1} i kronor",
            error_messages={"required": f"Skriv bidraget {year - 1}, 0 om inget."},
        )
        self.fields[f"hojning-{key}"] = forms.CharField(
            label=f"{party.label}, godtar högst att höja med",
            max_length=40,
            error_messages={"required": "Skriv hur mycket medlemmen godtar, 0 om inget."},
        )
        self.fields[f"matt-{key}"] = forms.ChoiceField(
            label=f"{party.label}, höjningen är i", choices=[(PERCENT, "procent"), (KRONOR, "kr")]
        )
        if party.is_municipality:
            self.fields[f"del-{key}"] = PartField(
                label=f"{party.label}, del i egen nyckel", required=False
            )

    def _member(self, party):
        """Return the engine's Member, or None where something typed is refused."""
        get = self.cleaned_data.get
        previous, text = get(f"forra-{party.key}"), get(f"hojning-{party.key}")
        weight = self._weight(party) if party.is_municipality else 0
        if previous is None or text is None or weight is None:
            return None
        try:
            limit = _limit(previous, text, get(f"matt-{party.key}"))
        except ValueError as error:
            self.add_error(f"hojning-{party.key}", str(error))
            return None
        return Member(party.key, party.label, party.kind, previous, limit, weight)

    def _weight(self, party):
        """Return the party's weight in whole numbers by the chosen key; None when it is missing."""
        chosen = self.cleaned_data.get("nyckel")
        if chosen == INHABITANTS:
            days = {day.isoformat(): number for day, number in party.inhabitants}
            return days.get(self.cleaned_data.get("datum"))
        if chosen == FROZEN or self.cleaned_data.get("lasning") != "nyckel":
            return self.cleaned_data.get(f"forra-{party.key}")
        name = f"del-{party.key}"
        part = self.cleaned_data.get(name)
        if part is None:
            if name not in self.errors:
                self.add_error(name, "Skriv kommunens del, 0 om den inte betalar.")
            return None
        return int(part * 10**DECIMALS)


def _limit(previous, text, measure):
    """Return the largest contribution in kronor. Raises ValueError with a Swedish sentence."""
    if measure == KRONOR:
        rise = read_kronor(text)
        if rise is None:
            raise ValueError("Skriv hur mycket medlemmen godtar, 0 om inget.")
        limit = accepts_kronor(previous, rise)
    else:
        rise = read_decimal(text)
        if rise > LARGEST_RISE:
            raise ValueError(f"Höjningen kan vara högst {write(LARGEST_RISE)} procent.")
        limit = accepts_percent(previous, rise)
    if limit < 0 or (measure != KRONOR and rise < -100):
        raise ValueError("Sänkningen är större än hela bidraget.")
    return limit


def _written(day):
    return formats.date_format(day, "j F Y")


class ColumnForm(forms.Form):
    """Which column of which draft to write in."""

    kolumn = forms.TypedChoiceField(
        label="Utkast och kolumn",
        coerce=int,
        error_messages={
            "required": "Välj vilken kolumn bidragen ska skrivas i.",
            "invalid_choice": "Kolumnen finns inte längre i något utkast. Välj en annan.",
        },
    )

    def __init__(self, *args, columns, year, **kwargs):
        super().__init__(*args, **kwargs)
        groups = {}
        for column in columns:
            groups.setdefault(str(column.budget), []).append((column.pk, column.label))
        self.fields["kolumn"].choices = list(groups.items())
        own = [c.pk for c in columns if c.year == year and c.kind == "budget"]
        self.fields["kolumn"].initial = own[0] if own else None
