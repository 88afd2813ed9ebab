"""Rates of counts, and when one may be told without telling a small count. Pure.

``row`` is a ``suppression.Row`` or a ``Result``; a count or base that is hidden is given as its
words.
"""

import math
from decimal import Decimal

from associations.decimals import half_up
from interventions.hiding import FEWEST

LEAST_BASE = 10
PRINTED_WITHIN = Decimal("0.5")  # per cent that a printed whole rate may be off
ROUGHLY_WITHIN = Decimal("2.5")  # the same for ”cirka”, ”över” and ”minst”


def rate_of(row):
    """Return the rate in per cent, as printed or from the counts; None without a base."""
    if row.percent is not None:
        return row.percent
    if row.count is None or not row.base_count:
        return None
    return 100 * row.count / row.base_count


def may_be_told(row, count, base_count):
    """True when the rate tells no count that is hidden, small, or leaves a small rest."""
    if isinstance(count, str) or isinstance(base_count, str):
        return False
    if base_count is not None:
        nearest = (
            math.floor(row.percent * base_count / 100 + Decimal("0.5")) if count is None else 0
        )
        counts = [count] if count is not None else counts_of(row, base_count) or [nearest]
        return base_count >= LEAST_BASE and not any(
            0 < each < FEWEST or 0 < base_count - each < FEWEST for each in counts
        )
    if count is None:
        return True  # a rate of an unknown number, as the source prints it
    return all(base >= LEAST_BASE and not 0 < base - count < FEWEST for base in bases_of(row))


def nearest(row, base_count):
    """Return the printed rate × ``base_count`` rounded half up, which may not give the rate."""
    return half_up(row.percent * base_count / 100)


def _margin(row):
    whole = row.percent == row.percent.to_integral_value()
    return ROUGHLY_WITHIN if row.roughly else PRINTED_WITHIN if whole else Decimal("0.05")


def counts_of(row, base_count):
    """Return every count of ``base_count``, but none, that the rate could be rounded from."""
    margin = _margin(row)
    least = math.ceil((row.percent - margin) * base_count / 100)
    most = math.floor((row.percent + margin) * base_count / 100)
    return list(range(max(1, least), min(most, base_count) + 1))


def bases_of(row):
    """Return every base that the printed rate of the count could be rounded from."""
    margin = _margin(row)
    if row.percent <= margin or not row.count:
        return []  # no end of bases
    least = math.ceil(100 * row.count / (row.percent + margin))
    most = math.floor(100 * row.count / (row.percent - margin))
    return [max(row.count, each) for each in range(least, min(most, least + 1_000) + 1)]
