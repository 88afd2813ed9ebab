"""What the public sees of counts of participants: nothing that could point at a person.

The one gate. ``publish`` takes all results that belong together, plain, and tells what may be
shown of each; page, chart, alternative text, CSV, JSON, plan and PDF all show what it returned.

- A count of 1–4 is hidden (primary suppression), and so is what it could be worked out from
  (secondary suppression, ``hiding.py``), over all that ``tables.py`` binds together: whatever of
  one intervention adds up, however it is worded and whether anybody has declared it or not.
- A rate needs a base of ten, a shown count, and a shown base: rate × base is the count. A printed
  rate is held against every count that it could be rounded from, of every base of its time.
- Results that don't count persons are shown whole.

Not covered: what was published before a result was changed, which somebody may have kept, what a
source prints elsewhere, and sums over several interventions that nobody has declared.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from interventions import rates
from interventions.hiding import FEW, FEWEST, WITHHELD, hide
from interventions.rates import LEAST_BASE
from interventions.tables import Tables

__all__ = ["FEW", "FEWEST", "LEAST_BASE", "WITHHELD", "PublicCounts", "PublicResult", "publish"]


@dataclass(frozen=True)
class Row:
    """A result, plain. ``family`` is its intervention, ``part_of`` another row's key."""

    key: object
    family: object = None
    measure: str = ""
    period: str = ""
    year: int | None = None
    women: int | None = None
    men: int | None = None
    total: int | None = None
    base_count: int | None = None
    base: str = ""
    percent: Decimal | None = None
    roughly: bool = False
    counts_persons: bool = True
    part_of: object = None
    published: bool = True

    @property
    def count(self):
        """The number in all, or None."""
        return self.total if self.women is None else self.women + self.men

    def value(self, name):
        """Return the count ``name`` of ``tables.COUNTED``."""
        return self.count if name == "total" else getattr(self, name)


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
    """One result as the public sees it. ``rate`` in per cent, None when withheld or unknown.

    ``unsaid`` are the counts that are hidden of what belongs together: no words may tell them.
    """

    counts: PublicCounts
    base_count: int | str | None
    rate: object
    suppressed: bool
    unsaid: frozenset = frozenset()


def publish(rows):
    """Return {key: PublicResult} of ``rows``, which are all that belongs together."""
    found = {row.key: _whole(row) for row in rows if not row.counts_persons}
    for group in _groups([row for row in rows if row.counts_persons]):
        found |= _published(tuple(group))
    return found


def _groups(rows):
    """Return the rows of interventions that part and whole bind together, in lists."""
    family_of = {row.key: row.family for row in rows}
    first = {row.family: row.family for row in rows}

    def of(family):
        while first[family] != family:
            family = first[family]
        return family

    for row in rows:
        if row.part_of in family_of:
            first[of(row.family)] = of(family_of[row.part_of])
    groups = defaultdict(list)
    for row in rows:
        groups[of(row.family)].append(row)
    return groups.values()


@lru_cache(maxsize=512)
def _published(rows):
    """Return {key: PublicResult} of rows that count persons, which nobody can change.

    The same rows are asked for often: all that the answer rests on is in them, and is the key.
    """
    tables = Tables(rows)
    dense = {key for key in tables.dense if tables.cells[key].published}
    labels = hide(tables.cells.values(), tables.sums, dense)
    return MappingProxyType({row.key: _hidden(row, tables, labels) for row in rows})


def _whole(row):
    counts = PublicCounts(row.women, row.men, row.count)
    return PublicResult(counts, row.base_count, rates.rate_of(row), False)


def _hidden(row, tables, labels):
    """Return the PublicResult of ``row`` when the cells in ``labels`` are hidden."""

    def shown(name):
        key = tables.key(row, name)
        return labels.get(key, tables.cells[key].value) if key in tables.cells else None

    counts = PublicCounts(shown("women"), shown("men"), shown("total"))
    base_count, rate = shown("base"), rates.rate_of(row)
    kept = rate is None or (
        rates.may_be_told(row, counts.total, base_count) and not tables.rate_gives(row, labels)
    )
    return PublicResult(
        counts,
        base_count,
        rate if kept else None,
        counts.suppressed or isinstance(base_count, str) or not kept,
        frozenset(tables.cells[key].value for key in labels) - {0},
    )
