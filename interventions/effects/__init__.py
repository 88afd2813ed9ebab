"""What joint rehabilitation gave back in a year, from assumptions that are all shown (rule 9).

The county's own calculation is the preset: the value of more work, and the tax on it. What it
leaves out (rule 17) are choices, each off in the preset. Plain values in, frozen results out.
Amounts are exact kronor a year as fractions; nothing here rounds.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

MONTHS = 12
SEXES = ("women", "men")
# How much more work and study: each given whole, or by women and men.
VOLUMES = ("fte_unsubsidised", "fte_subsidised", "studies")
REQUIRED = (
    "fte_unsubsidised", "fte_subsidised", "value_full_time", "factor_subsidised", "taxed_income",
    "tax_region", "tax_municipality",
)  # fmt: skip
SWITCHES = ("studies", "tax_weighted", "tax_within")  # the order in which they are laid on


@dataclass(frozen=True)
class Assumptions:
    """What the calculation rests on. Each comes with a source in ``EffectAssumption``.

    Full-time equivalents of the increase in work, kronor a month, factors as shares of the value
    of full-time work, tax in per cent of the taxed income. ``studies`` (persons) and its factor
    are None where the calculation says nothing of studies.
    """

    fte_unsubsidised: Fraction
    fte_subsidised: Fraction
    value_full_time: Fraction
    factor_subsidised: Fraction
    taxed_income: Fraction
    tax_region: Fraction
    tax_municipality: Fraction
    studies: Fraction | None = None
    factor_studies: Fraction | None = None

    @classmethod
    def from_values(cls, values):
        """Take what is needed from ``values`` by key. Raises KeyError with what is missing."""
        missing = missing_of(values)
        if missing:
            raise KeyError(*missing)
        return cls(**{name: volume(values, name) for name in cls.__dataclass_fields__})

    @property
    def tells_of_studies(self):
        """True when a change of studies can be counted."""
        return None not in (self.studies, self.factor_studies)


@dataclass(frozen=True)
class Choices:
    """What is counted otherwise than the county did. All off is the preset.

    ``studies``: the decrease in studies is counted. ``tax_weighted``: subsidised work weighs in
    the tax what it weighs in the value. ``tax_within``: tax is a part of the value, not on top of
    it. ``deadweight``: per cent that would have happened anyway.
    """

    studies: bool = False
    tax_weighted: bool = False
    tax_within: bool = False
    deadweight: Fraction = Fraction(0)

    @property
    def chosen(self):
        """The names of the switches that are on, in the order of ``SWITCHES``."""
        return tuple(name for name in SWITCHES if getattr(self, name))


PRESET = Choices()


@dataclass(frozen=True)
class Effects:
    """The effects of one year, in kronor. ``studies`` is None when they are not counted."""

    growth: Fraction
    region_tax: Fraction
    municipal_tax: Fraction
    studies: Fraction | None = None
    tax_within: bool = False

    @property
    def taxes(self):
        """What region and municipalities get together."""
        return self.region_tax + self.municipal_tax

    @property
    def total(self):
        """The sum: value of work, with the tax on top of it unless it lies within."""
        value = self.growth + (self.studies or 0)
        return value if self.tax_within else value + self.taxes


@dataclass(frozen=True)
class Step:
    """One choice laid on those before it: what it changes the total by, and to (kronor)."""

    name: str
    change: Fraction
    total: Fraction


def volume(values, name):
    """Return ``values[name]``, or women and men together; None when neither is there."""
    parts = [values.get(f"{name}_{sex}") for sex in SEXES] if name in VOLUMES else [None]
    if None not in parts:
        return sum(map(Fraction, parts))
    value = values.get(name)
    return None if value is None else Fraction(value)


def missing_of(values):
    """Return the required keys that ``values`` doesn't give."""
    return [name for name in REQUIRED if volume(values, name) is None]


def compute(assumptions, choices=PRESET):
    """Return the Effects of ``assumptions`` as the county reckons them, save what is chosen.

    Raises ValueError with a Swedish sentence when studies are asked for and not told of.
    """
    if choices.studies and not assumptions.tells_of_studies:
        raise ValueError("Beräkningen säger inget om studier, så de kan inte räknas med.")
    kept = 1 - choices.deadweight / 100
    weighted = assumptions.fte_unsubsidised + (
        assumptions.fte_subsidised * assumptions.factor_subsidised
    )
    worked = assumptions.fte_unsubsidised + assumptions.fte_subsidised
    full_time = assumptions.value_full_time * MONTHS * kept
    taxed = (weighted if choices.tax_weighted else worked) * assumptions.taxed_income
    taxed *= MONTHS * kept
    studies = None
    if choices.studies:
        studies = assumptions.studies * assumptions.factor_studies * full_time
    return Effects(
        growth=weighted * full_time,
        region_tax=taxed * assumptions.tax_region / 100,
        municipal_tax=taxed * assumptions.tax_municipality / 100,
        studies=studies,
        tax_within=choices.tax_within,
    )


def possible(assumptions):
    """Return the switches that can be on with ``assumptions``."""
    return tuple(name for name in SWITCHES if name != "studies" or assumptions.tells_of_studies)


def everything(assumptions, deadweight=Fraction(0)):
    """Return the Choices with all that can be counted on."""
    return Choices(**dict.fromkeys(possible(assumptions), True), deadweight=deadweight)


def alone(assumptions):
    """Return switch → what it alone changes the preset's total by, in kronor."""
    preset = compute(assumptions).total
    return {
        name: compute(assumptions, Choices(**{name: True})).total - preset
        for name in possible(assumptions)
    }


def steps(assumptions, choices):
    """Return a Step for each chosen switch in order, and last for what happens anyway.

    Their changes add up exactly to the difference between the preset and ``choices``: each is
    reckoned on top of those before it, so a switch may change less here than ``alone``.
    """
    laid, now, found = PRESET, compute(assumptions).total, []
    changes = [(name, {name: True}) for name in choices.chosen]
    if choices.deadweight:
        changes.append(("deadweight", {"deadweight": choices.deadweight}))
    for name, change in changes:
        laid = replace(laid, **change)
        total = compute(assumptions, laid).total
        found.append(Step(name, total - now, total))
        now = total
    return found


def by_sex(values, choices=PRESET):
    """Return (women's Effects, men's), with None for each part that the values don't divide.

    Where a part is divided the two add up to it. Raises KeyError as ``Assumptions.from_values``.
    """
    whole = Assumptions.from_values(values)
    split = {name: None not in [values.get(f"{name}_{sex}") for sex in SEXES] for name in VOLUMES}
    work = split["fte_unsubsidised"] and split["fte_subsidised"]
    found = []
    for sex in SEXES:
        own = {name: Fraction(values[f"{name}_{sex}"]) for name in VOLUMES if split[name]}
        effects = compute(replace(whole, **own), choices)
        if not split["studies"]:
            effects = replace(effects, studies=None)
        if not work:
            effects = replace(effects, growth=None, region_tax=None, municipal_tax=None)
        found.append(effects)
    return tuple(found)
