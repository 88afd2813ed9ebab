"""A column of amounts raised by a per cent and rounded, so that the parts make the whole. Pure."""

from fractions import Fraction

from associations.decimals import half_up
from associations.shares import largest_remainder

UNITS = (1, 100, 1000)  # kronor to round to


def raised(amounts, percent, unit):
    """Return ``amounts`` (whole kronor, None for none) raised by ``percent``, in steps of ``unit``.

    The positive amounts together are what their sum becomes, raised and rounded to the unit; the
    largest remainder shares it out. A negative amount is raised and rounded by itself. No amount
    stays no amount, and 0 stays 0. Raises ValueError when ``percent`` would leave less than
    nothing.
    """
    factor = 1 + Fraction(percent) / 100
    if factor < 0:
        raise ValueError("Höjningen kan inte vara mindre än minus 100 procent.")
    positive = [at for at, kronor in enumerate(amounts) if kronor is not None and kronor > 0]
    whole = half_up(sum(amounts[at] for at in positive) * factor / unit)
    parts = largest_remainder([amounts[at] for at in positive], whole)
    result = list(amounts)
    for at, part in zip(positive, parts, strict=True):
        result[at] = part * unit
    for at, kronor in enumerate(amounts):
        if kronor is not None and kronor < 0:
            result[at] = half_up(kronor * factor / unit) * unit
    return result
