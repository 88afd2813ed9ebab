"""What the public sees of counts of participants: nothing that could point at a person.

The one gate. ``publish`` takes all results that belong together, plain, and tells what may be
shown of each; page, chart, alternative text, CSV, JSON, plan and PDF all show what it returned.

- A count of 1–4 is hidden, and so is what it could be worked out from (``hiding.py``): over women,
  men and their total, over parts and their whole (``part_of``), over a count and those of its base
  who are not in it. Whether somebody has said so or not, counts of one measure are taken as parts
  of another whose period holds theirs (``periods.py``) or that they add up to, and counts of one
  base as parts of it when none, or only a few, of the base are left.
- A rate needs a base of ten, a shown count, and a shown base: rate × base is the count. A printed
  rate is held against every count that it could be rounded from, and a base without a number
  against the result that has its name.
- Results that don't count persons are shown whole.

Not covered: what was published before a result was changed, which somebody may have kept, what a
source prints elsewhere, and sums that nobody has declared and that don't come out even.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from interventions import periods, rates
from interventions.hiding import FEW, FEWEST, WITHHELD, Cell, Sum, hide
from interventions.rates import LEAST_BASE

__all__ = ["FEW", "FEWEST", "LEAST_BASE", "WITHHELD", "PublicCounts", "PublicResult", "publish"]

SEX_RANK, TOTAL_RANK, BASE_RANK = range(3)  # what is hidden first
COUNTED = ("women", "men", "total")
SEX_WORDS = {"kvinnor", "män"}
SAYS_NOTHING = {"av", "de", "dem", "den", "alla", "antal", "som"}  # of whom a base is


@dataclass(frozen=True)
class Row:
    """A result, plain. ``family`` is its intervention, ``part_of`` another row's key."""

    key: object
    family: object = None
    measure: str = ""
    period: str = ""
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
        """Return the count ``name`` of ``COUNTED``."""
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
    """One result as the public sees it. ``rate`` in per cent, None when withheld or unknown."""

    counts: PublicCounts
    base_count: int | str | None
    rate: object
    suppressed: bool


def publish(rows):
    """Return {key: PublicResult} of ``rows``, which are all that belongs together."""
    counted = [row for row in rows if row.counts_persons]
    tables = _Tables(counted)
    labels = hide(tables.cells.values(), tables.sums)
    return {
        row.key: _hidden(row, tables, labels) if row.counts_persons else _whole(row) for row in rows
    }


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
    known = [labels.get(key, tables.cells[key].value) for key in tables.named_by(row)]
    bases = [base_count] if base_count is not None else known or [None]
    kept = rate is None or all(rates.may_be_told(row, counts.total, each) for each in bases)
    return PublicResult(
        counts,
        base_count,
        rate if kept else None,
        counts.suppressed or isinstance(base_count, str) or not kept,
    )


class _Tables:
    """The cells of rows, and the sums between them that are declared, sure, or come out even."""

    def __init__(self, rows):
        self.rows = {row.key: row for row in rows}
        self.cells, self.sums = {}, {}  # the sums as keys, in their order
        self.named = self._named()
        self.bases = self._known_as_bases()
        for row in rows:
            self._row(row)
        parts = defaultdict(list)
        for row in rows:
            if row.part_of in self.rows:
                parts[row.part_of].append(row)
        for key, found in parts.items():
            self._whole_of(self.rows[key], found)
        self._even(rows)

    def key(self, row, name):
        """Return the key of the row's cell; a base that others have too is one cell."""
        if name != "base":
            return (row.key, name)
        return self.bases.get(row.key, (row.key, name))

    def _known_as_bases(self):
        """Return {row's key: the key of the cell that its base is}, where it isn't its own."""
        totals, first, known = {}, {}, {}
        for row in self.rows.values():
            if row.count is not None:
                at = (row.family, row.period, row.measure.casefold(), row.count)
                totals.setdefault(at, (row.key, "total"))
        for row in self.rows.values():
            if row.base_count is None or not row.base:
                continue
            at = (row.family, row.period, row.base.casefold(), row.base_count)
            own = first.setdefault(at, (row.key, "base"))
            same = totals.get(at)
            known[row.key] = same if same and same[0] != row.key else own
        return known

    def _named(self):
        """Return {(family, period, words): the keys of the counts that have that name}."""
        named = defaultdict(list)
        for row in self.rows.values():
            if row.count is not None:
                named[row.family, row.period, _words(row.measure)].append((row.key, "total"))
            if row.base_count is not None and row.base:
                named[row.family, row.period, _words(row.base)].append((row.key, "base"))
        return named

    def named_by(self, row):
        """Return the keys of the counts that a rate without a number of its base may be of."""
        if row.base_count is not None or not row.base:
            return []
        found = self.named.get((row.family, row.period, _words(row.base)), [])
        return [
            self.bases.get(key, (key, name)) if name == "base" else (key, name)
            for key, name in found
            if key != row.key
        ]

    def _put(self, key, value, rank, published):
        self.cells.setdefault(key, Cell(key, value, rank, published))

    def _add(self, whole, parts):
        """Bind ``parts`` to ``whole``; what is left beside them is a cell that stands nowhere."""
        left = self.cells[whole].value - sum(self.cells[each].value for each in parts)
        if left < 0 or whole in parts:
            return  # persons that are counted more than once: no sum
        if left:
            rest = ("rest", whole, parts)
            self._put(rest, left, BASE_RANK + 1, published=False)
            parts = (*parts, rest)
        self.sums[Sum(whole, parts)] = None

    def _row(self, row):
        for name in COUNTED:
            if row.value(name) is not None:
                rank = TOTAL_RANK if name == "total" else SEX_RANK
                self._put((row.key, name), row.value(name), rank, row.published)
        if row.women is not None:
            sexes = ((row.key, "women"), (row.key, "men"))
            self.sums[Sum((row.key, "total"), sexes, together=True)] = None
        if row.base_count is not None:
            base = self.key(row, "base")
            self._put(base, row.base_count, BASE_RANK, row.published)
            if row.count is not None:
                self._row_of_base(row, base)

    def _row_of_base(self, row, base):
        whole = self.rows.get(base[0])
        if base[1] == "total" and whole.count is not None:
            self._put(base, whole.count, TOTAL_RANK, whole.published)
        self._add(base, ((row.key, "total"),))

    def _whole_of(self, whole, parts):
        """Bind parts to their whole: in all, and by sex where every one of them is by sex."""
        for name in COUNTED:
            keys = [(each.key, name) for each in (whole, *parts) if each.value(name) is not None]
            if len(keys) == len(parts) + 1 or (name == "total" and keys[1:] and whole.count):
                self._add(keys[0], tuple(keys[1:]))

    def _even(self, rows):
        """Bind outcomes of one base that are all of it but a few, and periods of one measure."""
        by_base, by_measure = defaultdict(list), defaultdict(list)
        for row in rows:
            if row.count is None or row.part_of is not None:
                continue
            by_measure[row.family, row.measure.casefold(), row.base.casefold()].append(row)
            if row.base_count is not None and row.base:
                by_base[self.key(row, "base")].append(row)
        for base, found in by_base.items():
            left = self.cells[base].value - sum(row.count for row in found)
            if len(found) > 1 and 0 <= left < FEWEST:
                self._add(base, tuple((row.key, "total") for row in found))
        for found in by_measure.values():
            whole = max(found, key=lambda row: row.count)
            parts = [row for row in found if row is not whole]
            if len(parts) > 1 and sum(row.count for row in parts) == whole.count:
                self._whole_of(whole, parts)
            self._periods(found)
        self._sexes_by_name(rows)

    def _sexes_by_name(self, rows):
        """Bind ”kvinnor i arbete” and ”män i arbete” to ”i arbete”."""
        parts = defaultdict(list)
        for row in rows:
            words = _words(row.measure)
            if words & SEX_WORDS:
                parts[row.family, row.period, words - SEX_WORDS].append(row)
        for whole in rows if parts else ():
            found = parts.get((whole.family, whole.period, _words(whole.measure)))
            if found and whole.count is not None:
                self._whole_of(whole, found)

    def _periods(self, rows):
        """Bind counts of one measure to those of longer periods: each alone, and together."""
        spans = {row.key: periods.span(row.period) for row in rows}
        for whole in rows:
            within = {
                row.key: spans[row.key]
                for row in rows
                if None not in (spans[row.key], spans[whole.key])
                and spans[row.key].is_within(spans[whole.key])
            }
            for keys in {*periods.divided(within), *(frozenset([key]) for key in within)}:
                self._whole_of(whole, [row for row in rows if row.key in keys])


def _words(text):
    """Return the words of a measure or a base that tell whom it counts."""
    return frozenset(re.findall(r"\w+", text.casefold())) - SAYS_NOTHING
