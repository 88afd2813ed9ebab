"""Shares that add up: pure integers in, pure integers out."""


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
