"""Low, middle and high: how far the total moves when the assumptions do. Pure functions.

A range is a source's own, or a spread that a person chose: none is made up.
"""

import math
from fractions import Fraction

from interventions import effects

# What is uncertain. Tax rates are decided, and what was paid is known.
UNCERTAIN = (
    *effects.VOLUMES, *(f"{name}_{sex}" for name in effects.VOLUMES for sex in effects.SEXES),
    "value_full_time", "factor_subsidised", "factor_studies", "taxed_income",
)  # fmt: skip
SHARES = ("factor_subsidised", "factor_studies")


def spread(values, percent):
    """Return key → (low, high): each uncertain value less and more ``percent`` of itself.

    Raises ValueError with a Swedish sentence when a share would pass the whole.
    """
    part = Fraction(percent) / 100
    bounds = {}
    for key in UNCERTAIN:
        value = values.get(key)
        if value is None:
            continue
        reach = abs(Fraction(value)) * part
        bounds[key] = (value - reach, value + reach)
        if key in SHARES and bounds[key][1] > 1:
            most = math.floor((1 / Fraction(value) - 1) * 100)
            raise ValueError(
                f"En andel skulle bli mer än hela värdet. Välj högst {most} procent, eller sänk "
                "andelen."
            )
    return bounds


def ends(values, choices, bounds):
    """Return (values of the low total, of the high total) within ``bounds``.

    One assumption after the other goes to the end of its range that gives less (or more), so that
    low is never above the middle, nor high below it: the total is linear in each of them.
    """
    return _towards(min, values, choices, bounds), _towards(max, values, choices, bounds)


def total(values, choices):
    """Return the total of ``values`` in kronor."""
    return effects.compute(effects.Assumptions.from_values(values), choices).total


def _towards(which, values, choices, bounds):
    now = dict(values)
    for key, range_ in bounds.items():
        tried = [now, *({**now, key: end} for end in range_)]
        now = which(tried, key=lambda each: total(each, choices))
    return now
