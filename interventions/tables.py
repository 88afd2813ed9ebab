"""Results that belong together as cells and sums, for ``hiding.py``. Pure.

Bound are women and men and their total, a count and those of its base who are not in it, parts and
their whole (``part_of``), whatever comes to another count (``relations.py``), and what leaves a few
of a whole: of the base that a row may have, of a longer period of the same measure, and of the
largest count of the time. A rate is a number too: of every count that stands in its time.
"""

import re
from collections import defaultdict

from interventions import periods, rates, relations, written
from interventions.hiding import CHOICES, FEWEST, Cell, Sum

COUNTED = ("women", "men", "total")
RATE_RANK, SEX_RANK, TOTAL_RANK, BASE_RANK, NOWHERE = range(-1, 4)  # what is hidden first
SAYS_NOTHING = {"av", "de", "dem", "den", "alla", "antal", "som"}  # of whom a base is


class Tables:
    """``cells`` by their keys, ``sums`` in their order, and keys that are ``dense``."""

    def __init__(self, rows):
        self.rows = {row.key: row for row in rows}
        self.spans = {row.key: periods.span_of(row.period, row.year) for row in rows}
        self.cells, self.sums, self.dense = {}, {}, set()
        self.told = defaultdict(list)  # the cells that a row's rate tells
        self.products = defaultdict(list)  # (whole's key, its rate × it) by row
        self.bases = self._known_as_bases()
        families = defaultdict(list)
        for row in rows:
            self._row(row)
            families[row.family].append(row)
        parts = defaultdict(list)
        for row in rows:
            if row.part_of in self.rows:
                parts[row.part_of].append(row)
        for key, found in parts.items():
            self._whole_of(self.rows[key], found)
        for found in families.values():
            self._family(found)

    def key(self, row, name):
        """Return the key of the row's cell; a base that others have too is one cell."""
        if name != "base":
            return (row.key, name)
        return self.bases.get(row.key, (row.key, name))

    def rate_gives(self, row, labels):
        """True when the rate of ``row`` tells a count that is hidden by ``labels``."""
        if any(key in labels for key in self.told[row.key]):
            return True
        hidden = {self.cells[key].value for key in labels} - {0}
        return any(
            {count, self.cells[whole].value - count} & hidden
            for whole, count in self.products[row.key]
            if whole not in labels
        )

    def _known_as_bases(self):
        """Return {row's key: the key of the cell that its base is}, where it isn't its own."""
        first, known = {}, {}
        for row in self.rows.values():
            if row.base_count is not None and row.base:
                at = (row.family, row.period, row.base.casefold(), row.base_count)
                known[row.key] = first.setdefault(at, (row.key, "base"))
        return known

    def _put(self, key, value, rank, published):
        self.cells.setdefault(key, Cell(key, value, rank, published))

    def _add(self, whole, parts):
        """Bind ``parts`` to ``whole``; what is left beside them is a cell that stands nowhere."""
        left = self.cells[whole].value - sum(self.cells[each].value for each in parts)
        if left < 0 or whole in parts:
            return  # persons that are counted more than once: no sum
        if left:
            rest = ("rest", whole, parts)
            self._put(rest, left, NOWHERE, published=False)
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
                self._add(base, ((row.key, "total"),))

    def _whole_of(self, whole, parts):
        """Bind parts to their whole: in all, and by sex where every one of them is by sex."""
        for name in COUNTED:
            keys = [(each.key, name) for each in (whole, *parts) if each.value(name) is not None]
            if len(keys) == len(parts) + 1 or (name == "total" and keys[1:] and whole.count):
                self._add(keys[0], tuple(keys[1:]))

    def _family(self, rows):
        """Bind what nobody has declared among all results of one intervention."""
        numbers = self._numbers(rows)
        self._few_left(rows, numbers)
        self._periods(rows)
        numbers += [told for row in rows for told in self._told_by_rate(row, numbers)]
        if not any(cell.is_few for cell in self.cells.values()):
            return  # nothing is at stake
        found = relations.find(numbers)
        self.sums |= {Sum(whole, parts): None for whole, parts in found.sums}
        for sides in found.equal:
            value = sum(self.cells[each].value for each in sides[0])
            self._put(("both", *sides), value, NOWHERE, published=False)
            self.sums |= {Sum(("both", *sides), side): None for side in sides}
        self.dense |= found.dense

    def _numbers(self, rows):
        """Return the Numbers of the counts and bases of ``rows``, in their order."""
        found, of_base = [], defaultdict(list)
        for row in rows:
            for name in COUNTED:
                if row.value(name) is not None:
                    found.append(self._number((row.key, name), name, [row], row.women is not None))
            if row.base_count is not None:
                of_base[self.key(row, "base")].append(row)
        found += [self._number(key, "base", of) for key, of in of_base.items()]
        for row in rows:
            for number in written.counts_in(row.base) if row.base_count is None else ():
                if number >= FEWEST:  # a smaller one is kept unsaid where one so small is hidden
                    key = (row.key, "written", number)
                    self._put(key, number, BASE_RANK, row.published)
                    found.append(self._number(key, "base", [row]))
        return found

    def _number(self, key, column, rows, by_sex=False, of=None):
        span = self.spans[rows[0].key]
        whose = frozenset(row.key for row in rows)
        return relations.Number(key, self.cells[key].value, column, by_sex, span, whose, of)

    def _few_left(self, rows, numbers):
        """Bind counts to what could be their whole, where that leaves a few that stand nowhere."""
        alike = defaultdict(list)
        for row in rows:
            if row.count is None:
                continue
            alike[self.spans[row.key], _words(row.base)].append(row)
            wholes = self._wholes_of([row], numbers)
            if row.base_count is not None:
                continue
            for whole in wholes if row.base else wholes[:1]:
                self._bind_few(whole, [row])
        for found in alike.values():
            wholes = self._wholes_of(found[:1], numbers)
            for whole in [each for each in wholes if found[0].key in each.rows] or wholes[:1]:
                self._bind_few(whole, [row for row in found if whole.key != (row.key, "total")])

    def _wholes_of(self, rows, numbers):
        """Return the Numbers that could be the whole of ``rows``, the largest first."""
        span = self.spans[rows[0].key]
        found = [
            each
            for each in numbers
            if each.column in ("total", "base")
            and all(each.key != (row.key, "total") for row in rows)
            and periods.may_hold(each.span, span)
        ]
        return sorted(found, key=lambda each: -each.value)

    def _bind_few(self, whole, parts):
        """Bind ``parts`` to the Number ``whole`` in each column where they leave a few of it."""
        if not parts:
            return
        row = self.rows[whole.key[0]] if whole.column == "total" else None
        for name in COUNTED:
            key = (row.key, name) if row else whole.key if name == "total" else None
            counts = [each.value(name) for each in parts]
            if key not in self.cells or None in counts:
                continue
            if 0 < self.cells[key].value - sum(counts) < FEWEST:
                self._add(key, tuple((each.key, name) for each in parts))

    def _periods(self, rows):
        """Bind counts of one measure to those of longer periods: each alone, and together."""
        by_measure = defaultdict(list)
        for row in rows:
            if row.count is not None and row.part_of is None and self.spans[row.key]:
                by_measure[_words(row.measure), _words(row.base)].append(row)
        for found in by_measure.values():
            for whole in found:
                span = self.spans[whole.key]
                spans = {row.key: self.spans[row.key] for row in found}
                within = {key: each for key, each in spans.items() if each.is_within(span)}
                for keys in {*periods.divided(within), *(frozenset([key]) for key in within)}:
                    self._whole_of(whole, [row for row in found if row.key in keys])

    def _told_by_rate(self, row, numbers):
        """Return the Numbers that the printed rate of ``row`` tells of what stands in its time.

        Of an unknown base every count of the time may be the base. Of a count it tells the base.
        A rate that fits three numbers or more tells none, unless a few are among them.
        """
        if row.percent is None:
            return []
        if row.count is not None:
            return [] if row.base_count is not None else self._base_told(row)
        own, found = self.key(row, "base"), []
        for base in numbers:
            of_time = periods.may_hold(base.span, self.spans[row.key]) or periods.may_hold(
                self.spans[row.key], base.span
            )
            if base.key == own or (row.base_count is None and of_time):
                found += self._share_told(row, base)
                self.products[row.key].append((base.key, rates.nearest(row, base.value)))
        return found

    def _share_told(self, row, base):
        counts = rates.counts_of(row, base.value)
        few = [each for each in counts if 0 < each < FEWEST or 0 < base.value - each < FEWEST]
        found = []
        for count in counts if len(counts) < CHOICES else few:
            key = (row.key, "share", base.key, count)
            self._tell(row, key, count)
            if 0 < base.value - count < FEWEST:
                self._add(base.key, (key,))
            found.append(self._number(key, "total", [row], of=base.key))
        return found

    def _base_told(self, row):
        counts = rates.bases_of(row)
        found = []
        for count in counts if len(counts) < CHOICES else ():
            key = (row.key, "base told", count)
            self._tell(row, key, count)
            self._add(key, ((row.key, "total"),))
            found.append(self._number(key, "base", [row]))
        return found

    def _tell(self, row, key, value):
        self._put(key, value, RATE_RANK, row.published)
        self.told[row.key].append(key)


def _words(text):
    """Return the words of a measure or a base that tell whom it counts."""
    return frozenset(re.findall(r"\w+", text.casefold())) - SAYS_NOTHING
