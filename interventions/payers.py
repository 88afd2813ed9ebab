"""Who pays for an intervention, year by year: plain values in, one frozen table out.

All amounts are whole kronor. None means that no source gives the amount; it is not 0.
Applied for, granted, budgeted and outcome are four amounts (domain.md, rule 12), and one
intervention may have several payers, some of them no association (rule 13).
"""

from dataclasses import dataclass
from itertools import groupby

KINDS = ("applied", "granted", "stated", "budgeted", "spent")
KIND_LABELS = {
    "applied": "Äskat",
    "granted": "Beviljat",
    "stated": "Uppgiven kostnad",
    "budgeted": "Budgeterat",
    "spent": "Utfall",
}
# What a payer puts in, by the surest amount known: what was promised before what was planned.
PAID_BY = ("granted", "stated", "budgeted", "spent", "applied")


@dataclass(frozen=True)
class Payment:
    """What one payer is known to have applied for, granted, budgeted and spent in one year."""

    payer: str
    year: int
    url: str = ""
    applied: int | None = None
    granted: int | None = None
    stated: int | None = None
    budgeted: int | None = None
    spent: int | None = None
    planned: bool = False
    about: bool = False
    note: str = ""

    @property
    def paid(self):
        """The surest of the amounts, in the order of ``PAID_BY``; None when none is known."""
        known = (getattr(self, kind) for kind in PAID_BY)
        return next((kronor for kronor in known if kronor is not None), None)

    def amounts(self, kinds):
        """Return (kind, kronor) for each of ``kinds``."""
        return [(kind, getattr(self, kind)) for kind in kinds]


@dataclass(frozen=True)
class Year:
    """The payers of one year. ``total`` is their sum, None when a payer's amount is unknown."""

    year: int
    payments: tuple[Payment, ...]
    kinds: tuple[str, ...]

    @property
    def total(self):
        """What all payers put in together, or None when any of them is unknown."""
        return _sum(payment.paid for payment in self.payments)

    @property
    def about(self):
        """True when any of the amounts is approximate in its source."""
        return any(payment.about for payment in self.payments)

    @property
    def one_kind(self):
        """True when one of the columns already sums to the total, so that it is said once."""
        return self.total in self.totals

    @property
    def rows(self):
        """(payment, its amounts in the order of the columns)."""
        return [(payment, payment.amounts(self.kinds)) for payment in self.payments]

    @property
    def totals(self):
        """Each column's sum, None where any payer's amount is unknown."""
        return [_sum(getattr(payment, kind) for payment in self.payments) for kind in self.kinds]


@dataclass(frozen=True)
class PayerTable:
    """All years, newest first, with the columns that hold any amount."""

    years: tuple[Year, ...]
    kinds: tuple[str, ...]

    @property
    def labels(self):
        """The columns' heads."""
        return [KIND_LABELS[kind] for kind in self.kinds]

    @property
    def fullest(self):
        """The latest of the years with the most payers whose sum is known, or None."""
        known = [year for year in self.years if year.total is not None]
        return max(known, key=lambda year: (len(year.payments), year.year), default=None)


def table(payments):
    """Return the PayerTable of ``payments``, in which payer and year occur together once."""
    payments = sorted(payments, key=lambda payment: (-payment.year, payment.payer))
    kinds = tuple(
        kind for kind in KINDS if any(getattr(payment, kind) is not None for payment in payments)
    )
    years = tuple(
        Year(year, tuple(group), kinds)
        for year, group in groupby(payments, key=lambda payment: payment.year)
    )
    return PayerTable(years, kinds)


def _sum(amounts):
    """Return the sum, or None when there is none, or one is unknown."""
    amounts = list(amounts)
    return None if not amounts or None in amounts else sum(amounts)
