"""What an intervention cost per participant and per result: plain values in, frozen values out.

Only a year's own money and the counts of that same year are divided, and only counts that the
public may see (``suppression.py``) and that are ten or more.
"""

from dataclasses import dataclass
from fractions import Fraction

from interventions.suppression import LEAST_BASE

# Money that was promised, decided or spent; what was applied for or only planned is no cost.
SURE = ("granted", "budgeted", "stated", "spent")
KIND_WORDS = {
    "granted": "beviljat",
    "budgeted": "enligt fastställd budget",
    "stated": "uppgiven kostnad",
    "spent": "utfall",
}


@dataclass(frozen=True)
class Part:
    """The kronor for each of ``number`` persons, and who they are in words."""

    words: str
    number: int
    kronor: Fraction
    about: bool


@dataclass(frozen=True)
class YearCost:
    """One year: all known payers' kronor, what kinds of amounts they are, and the parts."""

    year: int
    kronor: int
    kinds: str
    about: bool
    parts: tuple[Part, ...]


def of(payers, outcomes):
    """Return the YearCost of each year, the newest first, that has both money and counts.

    ``payers`` is ``payers.PayerTable`` and ``outcomes`` what the public may see of the results.
    A year in which any payer's money is unknown or unsure is left out.
    """
    found = []
    for year in payers.years:
        if not year.total or not all(_is_sure(payment) for payment in year.payments):
            continue
        parts = _parts(year, [each for each in outcomes if _is_of(each.result, year.year)])
        if parts:
            kinds = dict.fromkeys(KIND_WORDS[payment.paid_by] for payment in year.payments)
            found.append(
                YearCost(year.year, year.total, " och ".join(kinds), year.about, tuple(parts))
            )
    return sorted(found, key=lambda each: each.year, reverse=True)


def _is_sure(payment):
    only_planned = payment.planned and payment.paid_by == "budgeted"
    return payment.paid_by in SURE and not only_planned


def _is_of(result, year):
    """True when a result counts persons during that very year, and nothing longer."""
    return result.counts_persons and result.year == year and result.period == str(year)


def _parts(year, outcomes):
    """Return the Parts: those who took part first, each base and count once."""
    bases, counts = {}, {}
    for each in outcomes:
        about = bool(each.result.qualifier) or year.about
        base, count = each.public.base_count, each.public.counts.total
        if each.result.base and _is_enough(base):
            bases[each.base_text, base] = about
        if _is_enough(count):
            counts[each.measure_text, count] = about
    return [
        Part(words, number, Fraction(year.total, number), about)
        for (words, number), about in {**bases, **counts}.items()
    ]


def _is_enough(count):
    """True for a number that is shown and is no small group."""
    return isinstance(count, int) and count >= LEAST_BASE
