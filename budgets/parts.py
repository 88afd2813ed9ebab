"""The parts of a whole in kronor and in per cent: who pays, and what the costs go to. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from associations.shares import percents


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
