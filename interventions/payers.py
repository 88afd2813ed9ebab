"""Who pays for an intervention, year by year: plain values in, one frozen table out.

All amounts are whole kronor. None means that no source gives the amount; it is not 0.
Applied for, granted, budgeted and outcome are four amounts (domain.md, rule 12), and one
intervention may have several payers, some of them no association (rule 13).
"""

from dataclasses import dataclass
from itertools import groupby

from associations.shares import percents
from interventions.headline import Headline

KINDS = ("applied", "granted", "stated", "proposed", "budgeted", "forecast", "spent")
KIND_LABELS = {
    "applied": "Äskat",
    "granted": "Beviljat",
    "stated": "Uppgiven kostnad",
    "proposed": "Förslag till budget",
    "budgeted": "Budgeterat",
    "forecast": "Prognos",
    "spent": "Utfall",
}
# What a payer puts in, by the surest amount known: what was promised before what was planned.
PAID_BY = ("granted", "budgeted", "stated", "spent", "forecast", "proposed", "applied")


@dataclass(frozen=True)
class Payment:
    """What one payer is known to have applied for, granted, budgeted and spent in one year.

    ``planned``: the budgeted amount is what an earlier budget planned. ``urls`` are (kind, the
    address of the budget where it is read). ``slug`` names a paying association. ``difference``
    says why the budgeted amount is another than the granted one.
    """

    payer: str
    year: int
    slug: str = ""
    applied: int | None = None
    granted: int | None = None
    stated: int | None = None
    proposed: int | None = None
    budgeted: int | None = None
    forecast: int | None = None
    spent: int | None = None
    planned: bool = False
    about: bool = False
    note: str = ""
    difference: str = ""
    urls: tuple[tuple[str, str], ...] = ()

    @property
    def paid_by(self):
        """The kind of the surest amount, in the order of ``PAID_BY``; "" when none is known."""
        return next((kind for kind in PAID_BY if getattr(self, kind) is not None), "")

    @property
    def paid(self):
        """The surest of the amounts; None when none is known."""
        return getattr(self, self.paid_by) if self.paid_by else None

    @property
    def paid_is_about(self):
        """True when the surest amount is approximate: a budget's own never is."""
        return self.about and self.paid_by not in dict(self.urls)

    @property
    def differs(self):
        """True when another amount stands in the budget than was granted."""
        return None not in (self.granted, self.budgeted) and self.granted != self.budgeted


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
        """True when any of the surest amounts is approximate in its source."""
        return any(payment.paid_is_about for payment in self.payments)

    @property
    def kind(self):
        """The kind of amount that all payers' surest amounts are of, or "" when they differ."""
        kinds = {payment.paid_by for payment in self.payments}
        return kinds.pop() if len(kinds) == 1 else ""

    @property
    def own_budgets(self):
        """How many payers have the amount in the budget of that very year."""
        return sum(each.budgeted is not None and not each.planned for each in self.payments)

    @property
    def parts(self):
        """(payment, its share in per cent) of the sum, the largest first.

        Nothing where the sum isn't known, or is 0.
        """
        if not self.total:
            return []
        ordered = sorted(self.payments, key=lambda payment: -payment.paid)
        shares = percents(payment.paid for payment in ordered)
        return list(zip(ordered, shares, strict=True))

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
        """(payer, [(payment, its kronor of this kind, the budget's address)]) for each row."""
        return [(payer, [self._cell(each) for each in payments]) for payer, payments in self.rows]

    def _cell(self, payment):
        if payment is None:
            return None, None, ""
        return payment, getattr(payment, self.kind), dict(payment.urls).get(self.kind, "")

    @property
    def has_totals(self):
        """True when several payers add up in some year."""
        return any(total is not None for total in self.totals)


@dataclass(frozen=True)
class PayerTable:
    """Years across, the oldest first; kinds of amount in groups downwards."""

    years: tuple[Year, ...]
    groups: tuple[Group, ...]

    @property
    def names(self):
        """Everybody who pays in any year, in the order that they begin."""
        return list(dict.fromkeys(each.payer for year in self.years for each in year.payments))

    @property
    def fullest(self):
        """The year that says most of who pays how much, or None when no sum is known.

        That with the most payers; then one with any money, then one with a budget of its own,
        then the latest.
        """

        def says(year):
            return (len(year.payments), year.total > 0, year.own_budgets > 0, year.year)

        known = [year for year in self.years if year.total is not None]
        return max(known, key=says, default=None)

    @property
    def summary(self):
        """The Headline of the fullest year and the years around it with the same, or None."""
        year = self.fullest
        if year is None:
            return None
        same = {
            each.year
            for each in self.years
            if each.total == year.total
            and each.kind == year.kind
            and len(each.payments) == len(year.payments)
        }
        first = last = year.year
        while first - 1 in same:
            first -= 1
        while last + 1 in same:
            last += 1
        return Headline(len(year.payments), year.total, first, last, year.kind, year.about)

    @property
    def headline(self):
        """The summary where several pay together, or None."""
        summary = self.summary
        return summary if summary and summary.payers > 1 else None

    @property
    def differences(self):
        """[(payers and years, reason)] of why budgeted differs from granted, each reason once."""
        return self._said("difference")

    @property
    def notes(self):
        """[(payers and years, note)]: each note once, with all that it is about."""
        return self._said("note")

    def _said(self, what):
        about = {}
        everybody = set(self.names)
        for year in self.years:
            for payment in year.payments:
                if words := getattr(payment, what):
                    about.setdefault(words, []).append(payment)
        return [(_whose(payments, everybody), words) for words, payments in about.items()]

    @property
    def series(self):
        """(the years, their sums over payers) where one payer's money is known in several years.

        A year whose sum isn't known is None. Nothing where several pay: shares tell more there.
        """
        known = [year for year in self.years if year.total]
        if len(self.names) != 1 or len(known) < 2:
            return None
        return [year.year for year in self.years], [year.total for year in self.years]

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
    several = [year.total_of(kind) if len(year.payments) > 1 else None for year in years]
    return Group(kind, rows, tuple(several))


def _sum(amounts):
    """Return the sum, or None when there is none, or one is unknown."""
    amounts = list(amounts)
    return None if not amounts or None in amounts else sum(amounts)
