"""Shares of a whole, in integers and as per cents that are read. Pure."""

from decimal import Decimal

from associations.decimals import divided


def largest_remainder(weights, whole):
    """Share ``whole`` (an integer) by ``weights`` so that the parts are integers and sum to it.

    The units left over after rounding down go to the largest remainders, the first among equals.
    Weights are integers ≥ 0. Returns zeros when they sum to 0; then there is nothing to share by.
    """
    total = sum(weights)
    if total == 0:
        return [0 for _ in weights]
    parts = [weight * whole // total for weight in weights]
    if sum(parts) == whole:
        return parts
    order = sorted(range(len(weights)), key=lambda i: (-(weights[i] * whole % total), i))
    for i in order[: whole - sum(parts)]:
        parts[i] += 1
    return parts


def percents(amounts):
    """Return the per cents of ``amounts`` (integers) as they are read.

    With a sum of 0, or a negative amount among them, the amounts have no shares: each is None.
    They are whole where those of all the parts add up to 100, and have one decimal (Decimal)
    where they don't: each is rounded by itself, half upwards, and none is moved so as to add up.
    """
    amounts = list(amounts)
    whole = sum(amounts)
    if whole <= 0 or min(amounts) < 0:
        return [None for _ in amounts]
    rounded = [divided(100 * amount, whole) for amount in amounts]
    if sum(rounded) == 100:
        return rounded
    return [Decimal(divided(1000 * amount, whole)).scaleb(-1) for amount in amounts]
