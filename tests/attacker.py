"""One who wants to work out the small counts: knows all that is public, and no word of it.

From the public JSON he takes the numbers, where they stand and their years; he tries every set of
counts that could add up to another, and every count as the base of every rate. He is even told
which of those sums are true, and solves them all at once by linear programming.
"""

import itertools
import math
import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from scipy.optimize import linprog

FEW = "färre än 5"
COUNTS = ("women", "men", "total", "base_count")
ALWAYS = range(1000, 3000)


def solved(goal, columns, equal, bounds):
    """Return the least value of ``goal`` that a relaxed attacker finds."""
    rows = np.zeros((len(equal), len(columns)))
    for at, (weights, _) in enumerate(equal):
        for key, weight in weights.items():
            rows[at, columns[key]] = weight
    answer = linprog(
        goal,
        A_eq=rows if len(equal) else None,
        b_eq=[right for _, right in equal] or None,
        bounds=bounds,
        method="highs",
    )
    if answer.status == 3:  # without bound
        return -math.inf
    assert answer.status == 0, answer.message
    return answer.fun


def numbers_left(key, value, shown, sums, few=(), enough=3):
    """Return how many numbers can't be ruled out for ``key``, or ``enough`` when they are that.

    ``shown`` is {key: value}, ``sums`` are (whole's key, parts' keys), ``few`` what is said to be
    1–4, and ``value`` the true one.
    """
    unknown = dict.fromkeys(
        each for whole, parts in sums for each in (whole, *parts) if each not in shown
    )
    columns = {name: at for at, name in enumerate({**unknown, key: None})}
    equal = []
    for whole, parts in sums:
        weights, right = defaultdict(int), 0
        for name, weight in [(whole, 1), *((part, -1) for part in parts)]:
            if name in shown:
                right -= weight * shown[name]
            else:
                weights[name] += weight
        if weights:
            equal.append((weights, right))
    bounds = [(1, 4) if name in few else (0, None) for name in columns]
    goal = np.zeros(len(columns))
    goal[columns[key]] = 1
    least = solved(goal, columns, equal, bounds)
    if value - math.ceil(least - 1e-6) + 1 >= enough:
        return enough  # and no fewer
    most = -solved(-goal, columns, equal, bounds)
    if math.isinf(most):
        return math.inf
    return math.floor(most + 1e-6) - math.ceil(least - 1e-6) + 1


@dataclass(frozen=True)
class Seen:
    """A number and where it stands: its row, its column, the row's years, and whether the row has
    women and men.
    """

    row: int
    column: str
    value: int
    years: frozenset
    by_sex: bool

    @property
    def key(self):
        return (self.row, self.column)

    @property
    def is_alone(self):
        return self.column == "base_count" or (self.column == "total" and not self.by_sex)


def years_of(row):
    """Return the years that a row may be of; all where its words hold none."""
    found = [int(each) for each in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", row["period"])]
    if not found and not row["period"].startswith("sedan") and row["year"]:
        found = [row["year"]]
    if not found or row["period"].startswith("sedan"):
        return frozenset(ALWAYS)
    return frozenset(range(min(found), max(found) + 1))


def half_up(number):
    return int(Decimal(number).quantize(Decimal(1), ROUND_HALF_UP))


class Attacker:
    """What can be worked out of ``public`` rows; ``true`` ones are the same with nothing hidden.

    A zero says nothing of anybody, and is not looked for.
    """

    def __init__(self, public, true):
        self.public, self.true = public, true
        self.seen, self.shown, self.few = [], {}, set()
        for at, row in enumerate(true):
            for name in COUNTS:
                if row[name] is None:
                    continue
                by_sex = row["women"] is not None and name != "base_count"
                each = Seen(at, name, row[name], years_of(row), by_sex)
                self.seen.append(each)
                if isinstance(public[at][name], int):
                    assert public[at][name] == row[name]
                    self.shown[each.key] = each.value
                elif public[at][name] == FEW:
                    self.few.add(each.key)
        self.hidden = [each for each in self.seen if each.key not in self.shown and each.value]
        self.told = defaultdict(list)  # what shown rates tell, by the key of the base
        for base in [each for each in self.seen if each.key in self.shown]:
            for at, row in enumerate(public):
                self._tell(base, at, row)

    def _tell(self, base, at, row):
        """Take the one count of ``base`` that rounds to a rate of unknown count."""
        if row["percent"] is None or isinstance(row["total"], int):
            return
        fits = [
            count
            for count in range(1, base.value + 1)
            if half_up(Decimal(100 * count) / base.value) == row["percent"]
        ]
        if len(fits) == 1 and base.years & years_of(row):
            each = Seen(at, ("share", base.key), fits[0], base.years, False)
            self.shown[each.key] = each.value
            self.told[base.key].append(each)

    def sums(self):
        """Return every sum that holds, as (whole's key, parts' keys)."""
        found = {}
        for at, row in enumerate(self.true):
            if row["women"] is not None:
                found[(at, "total"), ((at, "women"), (at, "men"))] = None
        for column in ("total", "women", "men"):
            for whole in self.seen:
                found |= dict.fromkeys(self._sums_of(whole, column))
        return list(found) + [each for pair in self._equal_rows() for each in pair]

    def _equal_rows(self):
        """Yield pairs of sums of a whole that stands nowhere: rows after each other, twice."""
        rows = [each for each in self.seen if each.column == "total" and each.value]
        ends = itertools.combinations(range(len(rows) + 1), 2)
        runs = [rows[first:last] for first, last in ends if 2 <= last - first <= 4]
        for one, other in itertools.combinations(runs, 2):
            apart = not {each.key for each in one} & {each.key for each in other}
            alone = not all(each.by_sex for each in (*one, *other))
            at_once = len({each.years for each in (*one, *other)}) == 1
            even = sum(each.value for each in one) == sum(each.value for each in other)
            if apart and alone and at_once and even:
                sides = [tuple(each.key for each in side) for side in (one, other)]
                yield [(("both", *sides), side) for side in sides]

    def _sums_of(self, whole, column):
        if not whole.value or not (whole.is_alone or whole.column == column):
            return
        pool = [
            each
            for each in self.seen
            if each.key != whole.key
            and 0 < each.value <= whole.value
            and (each.is_alone or each.column == column)
            and each.years <= whole.years
        ]
        pool += self.told[whole.key] if column == "total" else []
        for size in range(1, len(pool) + 1):
            for parts in itertools.combinations(pool, size):
                if sum(each.value for each in parts) != whole.value:
                    continue
                if len({each.row for each in parts}) < size or not self._fits(whole, parts, column):
                    continue
                yield whole.key, tuple(each.key for each in parts)

    def _fits(self, whole, parts, column):
        """Rows that all have women and men add up in every column; alone in one, it is chance."""
        if column != "total" and not any(each.by_sex for each in (whole, *parts)):
            return False
        if not all(each.by_sex for each in (whole, *parts)):
            return True
        return all(
            self.true[whole.row][sex] == sum(self.true[each.row][sex] for each in parts)
            for sex in ("women", "men")
        )

    def worked_out(self):
        """Return what is hidden and has fewer than three numbers left, or that a rate gives."""
        sums = self.sums()
        found = [
            each
            for each in self.hidden
            if numbers_left(each.key, each.value, self.shown, sums, self.few) < 3
        ]
        return found + [each for each in self.hidden if each.value in self._products(each)]

    def _products(self, hidden):
        """Return rate × base, and what is left of the base, for each rate and each count.

        A rate whose count and base both stand there tells nothing more.
        """
        found = set()
        for row in self.public:
            known = isinstance(row["total"], int) and isinstance(row["base_count"], int)
            if row["percent"] is None or known:
                continue
            years = years_of(row)
            for base in self.seen:
                if base.key in self.shown and base.years & years and years & hidden.years:
                    count = half_up(Decimal(str(row["percent"])) * base.value / 100)
                    found |= {count, base.value - count}
        return found
