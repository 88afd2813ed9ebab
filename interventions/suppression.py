"""What the public sees of counts of participants: nothing that could point at a person.

Pure functions, plain values in, a frozen answer out. First version: a count of 1–4 is written
"färre än 5", what it could be computed from is withheld, and a rate needs a base of at least 10.
Every public count of participants passes here, and nothing else decides.
"""

from dataclasses import dataclass

FEWEST = 5
LEAST_BASE = 10
FEW = f"färre än {FEWEST}"
WITHHELD = "visas inte"


@dataclass(frozen=True)
class PublicCounts:
    """Each a number, ``FEW``, ``WITHHELD``, or None where the source gives none."""

    women: int | str | None
    men: int | str | None
    total: int | str | None

    @property
    def suppressed(self):
        """True when anything was hidden, so that the page says why."""
        return any(isinstance(count, str) for count in (self.women, self.men, self.total))


@dataclass(frozen=True)
class PublicResult:
    """One result as the public sees it. ``rate`` in per cent, None when withheld or unknown."""

    counts: PublicCounts
    base_count: int | str | None
    rate: object
    suppressed: bool


def is_few(count):
    """True for a count that could point at persons: 1–4. A zero says nothing about anybody."""
    return count is not None and 0 < count < FEWEST


def public_counts(women, men, total=None):
    """Return what may be shown of women, men and their total (computed when both are known).

    When one sex is few the other is withheld too, since the total minus it gives the hidden one.
    """
    if women is not None and men is not None:
        total = women + men
    shown_total = FEW if is_few(total) else total
    if not (is_few(women) or is_few(men)):
        return PublicCounts(women, men, shown_total)
    return PublicCounts(
        FEW if is_few(women) else WITHHELD, FEW if is_few(men) else WITHHELD, shown_total
    )


def public_result(*, women, men, total, base_count, rate, counts_persons=True):
    """Return the whole result as it may be shown; all of it when it doesn't count persons.

    A rate is withheld when its base is below 10 or its count is few: rate × base is the count.
    """
    if not counts_persons:
        whole = women + men if women is not None and men is not None else total
        return PublicResult(PublicCounts(women, men, whole), base_count, rate, False)
    counts = public_counts(women, men, total)
    small_base = base_count is not None and base_count < LEAST_BASE
    hides_rate = rate is not None and (small_base or counts.total == FEW)
    return PublicResult(
        counts=counts,
        base_count=FEW if is_few(base_count) else base_count,
        rate=None if hides_rate else rate,
        suppressed=counts.suppressed or hides_rate or is_few(base_count),
    )
