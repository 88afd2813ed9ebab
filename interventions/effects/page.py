"""What the page of a calculation of effects tells, from what is stored and what was asked."""

from dataclasses import dataclass, replace
from fractions import Fraction

from associations.models import Figure
from interventions import effects
from interventions.effects import forms, payback, ranges, words

SEX_PARTS = ("growth", "studies", "region_tax", "municipal_tax")


@dataclass(frozen=True)
class Switch:
    """One thing that the calculation leaves out: its field, and what it changes in kronor.

    ``alone`` is against the preset with nothing else chosen; None where it can't be reckoned.
    """

    name: str
    field: object
    alone: Fraction | None


@dataclass(frozen=True)
class LeftOut:
    """Something left out, as the beginning of a sentence, and what it alone changes in kronor."""

    words: str
    change: Fraction

    @property
    def size(self):
        """The change without its sign."""
        return abs(self.change)

    @property
    def lowers(self):
        """True when the sum becomes lower."""
        return self.change < 0


@dataclass(frozen=True)
class Bar:
    """A bar of the waterfall: a total (``change`` None), or a change that ends at ``total``."""

    label: str
    change: Fraction | None
    total: Fraction


@dataclass(frozen=True)
class PayerRow:
    """One payer's payback with its label and its answer in words."""

    payback: payback.Payback
    label: str
    answer: str


@dataclass(frozen=True)
class Sheet:
    """All that the page shows of one set of assumptions and choices. Kronor a year."""

    stored: effects.Effects | None
    typed: effects.Effects
    answer: effects.Effects
    all_on: effects.Effects
    rows: list
    switches: list
    bars: list
    payers: list
    range: tuple | None
    sexes: list
    changed: bool
    chosen: bool

    @property
    def differs(self):
        """True when the answer isn't the calculation as it is stored."""
        return self.changed or self.chosen

    @property
    def interacts(self):
        """True when the switches change less together than each alone."""
        alone = sum(switch.alone for switch in self.switches if switch.alone is not None)
        return self.all_on.total - self.typed.total != alone

    @property
    def undivided(self):
        """True when some part isn't divided between women and men."""
        return any(women is None for _label, women, _men, _total in self.sexes)


def sheet(form, calculation):
    """Return the Sheet of a valid form."""
    values, choices = form.values, form.choices
    assumptions = effects.Assumptions.from_values(values)
    answer = effects.compute(assumptions, choices)
    typed = effects.compute(assumptions)
    stored = None if calculation.missing() else calculation.effects()
    all_on = effects.everything(assumptions)
    alone = effects.alone(assumptions)
    chosen = bool(choices.chosen or choices.deadweight)
    return Sheet(
        stored=stored,
        typed=typed,
        answer=answer,
        all_on=effects.compute(assumptions, all_on),
        rows=words.rows(assumptions, choices, answer),
        switches=[
            Switch(name, form.switch_fields[name], alone.get(name)) for name in effects.SWITCHES
        ],
        bars=_bars(stored or typed, assumptions, choices if chosen or form.changed else all_on),
        payers=[_payer(each) for each in payback.paybacks(answer, values)],
        range=_range(values, choices, answer, form.bounds),
        sexes=_sexes(values, choices),
        changed=bool(form.changed),
        chosen=chosen,
    )


def left_out(calculation):
    """Return ([LeftOut], the total with all of it), of a stored calculation."""
    assumptions = calculation.resting_on()
    total = effects.compute(assumptions, effects.everything(assumptions)).total
    alone = effects.alone(assumptions)
    return [LeftOut(words.IF[name], kronor) for name, kronor in alone.items()], total


def payback_times(calculation):
    """Return the Figures that tell, in any source of its owners, when a payer has it back."""
    found = Figure.objects.filter(
        key__startswith="payback-months-", associations__in=calculation.associations.all()
    )
    return found.distinct().select_related("source").prefetch_related("source__associations")


def _bars(stored, assumptions, choices):
    """Return the Bars from the stored total, by what was changed and chosen, to the answer."""
    typed = effects.compute(assumptions)
    bars = [Bar("Förbundens beräkning", None, stored.total)]
    if typed.total != stored.total:
        label = words.STEPS["changed"]
        bars.append(Bar(label, typed.total - stored.total, typed.total))
    for step in effects.steps(assumptions, choices):
        bars.append(Bar(words.STEPS[step.name], step.change, step.total))
    return [*bars, Bar("Blir då", None, bars[-1].total)]


def _payer(each):
    """Return the PayerRow of one Payback."""
    if each.gain is None:
        answer = "Saknar återbetalning: beräkningen räknar inget hit"
    elif each.never:
        answer = "Saknar återbetalning: inget kommer tillbaka"
    elif each.months is None:
        answer = "Tiden går inte att räkna: det är inte känt vad som lades in"
    else:
        answer = f"Har fått igen det efter ungefär {words.months_in_words(each.months)}"
    return PayerRow(each, words.PAYERS[each.key], answer)


def _range(values, choices, answer, bounds):
    """Return (low, middle, high) Effects, or None without any range."""
    if not bounds:
        return None
    low, high = ranges.ends(values, choices, bounds)
    ends = [effects.compute(effects.Assumptions.from_values(each), choices) for each in (low, high)]
    return ends[0], answer, ends[1]


def _sexes(values, choices):
    """Return [(label, women, men, total)], women and men None where they aren't divided."""
    both = effects.Assumptions.from_values(values)
    counted = replace(choices, studies=both.tells_of_studies)
    women, men = effects.by_sex(values, counted)
    whole = effects.compute(both, counted)
    return [
        (words.LABELS[name], getattr(women, name), getattr(men, name), getattr(whole, name))
        for name in SEX_PARTS
        if getattr(whole, name) is not None
    ]


def asked(query, calculation):
    """Return (form, sheet or None) of an address's query."""
    form = forms.EffectForm.of(query, calculation)
    return form, sheet(form, calculation) if form.is_valid() else None
