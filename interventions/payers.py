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
NUMBERS = (
    "Noll", "En", "Två", "Tre", "Fyra", "Fem", "Sex", "Sju", "Åtta", "Nio", "Tio", "Elva", "Tolv",
)  # fmt: skip
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


@dataclass(frozen=True)
class Year:
    """The payers of one year. ``total`` is their sum, None when a payer's amount is unknown."""

    year: int
    payments: tuple[Payment, ...]

    @property
    def total(self):
        """What all payers put in together, or None when any of them is unknown."""
        return _sum(payment.paid for payment in self.payments)

    @property
    def about(self):
        """True when any of the amounts is approximate in its source."""
        return any(payment.about for payment in self.payments)

    def total_of(self, kind):
        """Return the sum of one kind, None where any payer's amount of that kind is unknown."""
        return _sum(getattr(payment, kind) for payment in self.payments)


@dataclass(frozen=True)
class Group:
    """One kind of amount: a row for each payer, a cell (Payment or None) for each year."""

    kind: str
    rows: tuple[tuple[str, tuple[Payment | None, ...]], ...]
    totals: tuple[int | None, ...]

    @property
    def label(self):
        """The kind in Swedish."""
        return KIND_LABELS[self.kind]

    @property
    def cells(self):
        """(payer, [(payment, its kronor of this kind)]) for each row."""
        return [
            (payer, [(each, getattr(each, self.kind) if each else None) for each in payments])
            for payer, payments in self.rows
        ]

    @property
    def has_totals(self):
        """True when several payers add up in some year."""
        return len(self.rows) > 1 and any(total is not None for total in self.totals)


@dataclass(frozen=True)
class Headline:
    """How many payers put in how much (kronor) a year. ``granted``: promised, not yet paid."""

    payers: int
    kronor: int
    first: int
    last: int
    granted: bool
    about: bool

    @property
    def who(self):
        """The payers as a sentence begins: ”Fyra finansiärer”."""
        word = NUMBERS[self.payers] if self.payers < len(NUMBERS) else str(self.payers)
        return f"{word} finansiärer"

    @property
    def years(self):
        """”2020” or ”om året 2018–2022”."""
        same = self.first == self.last
        return str(self.first) if same else f"om året {self.first}–{self.last}"


@dataclass(frozen=True)
class PayerTable:
    """Years across, the oldest first; kinds of amount in groups downwards."""

    years: tuple[Year, ...]
    groups: tuple[Group, ...]

    @property
    def fullest(self):
        """The latest of the years with the most payers whose sum is known, or None."""
        known = [year for year in self.years if year.total is not None]
        return max(known, key=lambda year: (len(year.payments), year.year), default=None)

    @property
    def headline(self):
        """The Headline of the fullest year and the years beside it with the same, or None."""
        year = self.fullest
        if year is None or len(year.payments) < 2:
            return None
        same = {
            each.year
            for each in self.years
            if each.total == year.total and len(each.payments) == len(year.payments)
        }
        first = last = year.year
        while first - 1 in same:
            first -= 1
        granted = all(each.granted is not None for each in year.payments)
        return Headline(len(year.payments), year.total, first, last, granted, year.about)

    @property
    def notes(self):
        """[(payers and years, note)]: each note once, with all that it is about."""
        about = {}
        for year in self.years:
            for payment in year.payments:
                if payment.note:
                    about.setdefault(payment.note, []).append(payment)
        everybody = {payment.payer for year in self.years for payment in year.payments}
        return [(_whose(payments, everybody), note) for note, payments in about.items()]

    @property
    def mixed_totals(self):
        """Each year's sum over payers where no single kind gives it, else None; or nothing."""
        totals = [
            year.total
            if len(year.payments) > 1 and year.total not in map(year.total_of, KINDS)
            else None
            for year in self.years
        ]
        return totals if any(total is not None for total in totals) else []


def _whose(payments, everybody):
    """Return ”Höglandet 2017”, ”A och B 2018–2022” or ”Alla finansiärer 2020” of one note."""
    names = list(dict.fromkeys(payment.payer for payment in payments))
    years = sorted({payment.year for payment in payments})
    unbroken = len(years) > 1 and years[-1] - years[0] == len(years) - 1
    when = f"{years[0]}–{years[-1]}" if unbroken else ", ".join(map(str, years))
    if len(names) > 1 and set(names) == everybody:
        return f"Alla finansiärer {when}"
    *first, last = names
    return f"{', '.join(first)} och {last} {when}" if first else f"{last} {when}"


def table(payments):
    """Return the PayerTable of ``payments``, in which payer and year occur together once."""
    payments = sorted(payments, key=lambda payment: (payment.year, payment.payer))
    years = tuple(
        Year(year, tuple(group))
        for year, group in groupby(payments, key=lambda payment: payment.year)
    )
    groups = tuple(_group(kind, payments, years) for kind in KINDS)
    return PayerTable(years, tuple(group for group in groups if group.rows))


def _group(kind, payments, years):
    """Return the Group of one kind, with the payers that have any amount of it."""
    cells = {(each.payer, each.year): each for each in payments if getattr(each, kind) is not None}
    payers = sorted({payer for payer, _ in cells})
    rows = tuple(
        (payer, tuple(cells.get((payer, year.year)) for year in years)) for payer in payers
    )
    return Group(kind, rows, tuple(year.total_of(kind) for year in years))


def _sum(amounts):
    """Return the sum, or None when there is none, or one is unknown."""
    amounts = list(amounts)
    return None if not amounts or None in amounts else sum(amounts)
