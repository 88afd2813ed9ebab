"""What joint rehabilitation gave back in a year, from assumptions that are all shown (rule 9).

The county's own calculation: the value of more work, and the tax on it. Plain values in, one
frozen result out. Amounts are kronor a year, unrounded.
"""

from dataclasses import dataclass
from decimal import Decimal

MONTHS = 12


@dataclass(frozen=True)
class Assumptions:
    """What the calculation rests on. Each comes with a source in ``EffectAssumption``.

    Full-time equivalents of the increase in work, kronor a month, factors as shares of the value
    of full-time work, tax in per cent of the taxed income.
    """

    fte_unsubsidised: Decimal
    fte_subsidised: Decimal
    value_full_time: Decimal
    factor_subsidised: Decimal
    taxed_income: Decimal
    tax_region: Decimal
    tax_municipality: Decimal

    @classmethod
    def from_values(cls, values):
        """Take what is needed from ``values`` by key.

        Raises ValueError with a Swedish sentence that names what is missing.
        """
        missing = [name for name in cls.__dataclass_fields__ if name not in values]
        if missing:
            raise ValueError(f"Beräkningen saknar antaganden: {', '.join(missing)}.")
        return cls(**{name: Decimal(values[name]) for name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class Effects:
    """The effects of one year, in kronor."""

    growth: Decimal
    region_tax: Decimal
    municipal_tax: Decimal

    @property
    def total(self):
        """The sum that the county prints: value of work, and the tax on top of it."""
        return self.growth + self.region_tax + self.municipal_tax


def compute(assumptions: Assumptions):
    """Return the Effects of ``assumptions`` as the county reckons them.

    The decrease in studies is left out, and the tax is reckoned on every full-time equivalent,
    subsidised or not, as in the source (rule 17 lists what that leaves out).
    """
    equivalents = assumptions.fte_unsubsidised + assumptions.fte_subsidised
    weighted = assumptions.fte_unsubsidised + (
        assumptions.fte_subsidised * assumptions.factor_subsidised
    )
    taxed = equivalents * assumptions.taxed_income * MONTHS
    return Effects(
        growth=weighted * assumptions.value_full_time * MONTHS,
        region_tax=taxed * assumptions.tax_region / 100,
        municipal_tax=taxed * assumptions.tax_municipality / 100,
    )
