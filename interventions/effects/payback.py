"""Who gets what back, and how long it takes until what they put in has come back. Pure functions.

Kronor in, months out. That a payer gets nothing back in the calculation is an answer; that nobody
knows what a payer put in is another.
"""

from dataclasses import dataclass
from fractions import Fraction

from interventions.effects import MONTHS


@dataclass(frozen=True)
class Payback:
    """One payer: ``gain`` kronor a year (None: none is reckoned), ``paid`` kronor or unknown."""

    key: str
    gain: Fraction | None
    paid: Fraction | None

    @property
    def months(self):
        """How many months until ``paid`` has come back, None when that can't be said."""
        if not self.gain or self.gain < 0 or self.paid is None:
            return None
        return self.paid / self.gain * MONTHS

    @property
    def never(self):
        """True when nothing comes back in the calculation, however long one waits."""
        return self.gain is None or self.gain <= 0


def together(values):
    """Return what region and municipalities put in together: their own sum, or as told."""
    region, municipalities = values.get("paid_region"), values.get("paid_municipalities")
    if region is not None and municipalities is not None:
        return region + municipalities
    return values.get("paid_region_municipalities")


def paybacks(effects, values):
    """Return the Payback of each payer, and last of all together, for ``effects``."""
    return [
        Payback("region", effects.region_tax, values.get("paid_region")),
        Payback("municipalities", effects.municipal_tax, values.get("paid_municipalities")),
        Payback("region_municipalities", effects.taxes, together(values)),
        Payback("state", None, values.get("paid_state")),
        Payback("all", effects.total, values.get("activities")),
    ]
