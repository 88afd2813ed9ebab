"""The parts of a whole in kronor and in per cent: who pays, and what the costs go to. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from associations.shares import largest_remainder, percents


@dataclass(frozen=True)
class Share:
    """A part of a whole: its amount in kronor and its per cent, exact and as it is read.

    ``percent`` is None when the whole is 0: no rate without a base. ``rounded`` is the whole per
    cent where those of all the parts add up to 100, and has one decimal (Decimal) where they
    don't: each is rounded by itself, half upwards, and none is moved so as to add up.
    """

    key: str
    label: str
    amount: int
    percent: float | None
    rounded: int | Decimal | None


def shares(amounts: Mapping[str, int], labels: Mapping[str, str]):
    """Return the Share of each of ``amounts``, in per cent of their sum.

    With a sum of 0, or a negative amount among them, the amounts have no shares: per cent None.
    """
    whole = sum(amounts.values())
    rounded = percents(amounts.values())
    return tuple(
        Share(key, labels[key], kr, None if part is None else 100 * kr / whole, part)
        for (key, kr), part in zip(amounts.items(), rounded, strict=True)
    )


@lru_cache(maxsize=512)
def by_split(split, amounts):
    """Return what ``amounts`` sum to, and (category, kronor) when each is divided by ``split``.

    Each is divided by the largest remainder into whole kronor. Its whole hundreds divide evenly
    (or whole times of what the split sums to), so only what is left over them is shared, once for
    each size. Remembered: a saved cell changes one column, and the others are as they were.
    """
    amounts = [kronor for kronor in amounts if kronor]
    weights = [percent for _, percent in split]
    whole = sum(weights)
    if whole == 0:
        return sum(amounts), ()
    evenly, left = 0, Counter()
    for sign in (1, -1):
        own = [sign * kronor for kronor in amounts if sign * kronor > 0]
        evenly += sign * sum([kronor // whole for kronor in own])
        for rest, times in Counter([kronor % whole for kronor in own]).items():
            left[rest] += sign * times
    parts = [evenly * weight for weight in weights]
    for rest, times in left.items():
        shared = largest_remainder(weights, rest)
        parts = [part + times * more for part, more in zip(parts, shared, strict=True)]
    categories = [category for category, _ in split]
    return sum(amounts), tuple(zip(categories, parts, strict=True))
