"""Which counts of one intervention could be sums of which others, whatever they are called. Pure.

Words don't tell what is a part of what (”Deltagare”, ”Kvinnor”, ”Klarade inte”): whoever reads the
numbers tries. So every set of counts that comes to another count is found here, where periods and
women and men allow it, and ``hiding.py`` takes it as a sum. So are two breakdowns of the same
persons whose whole stands nowhere: rows that follow each other and come to the same.

Bounded: a count that very many sets come to, or whose sets take too long to find, is ``dense``.
It is hidden, so that nothing is reckoned from it: too much, never too little.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from interventions import periods

MOST_SETS = 24  # sets of parts that one count is weighed with
MOST_STEPS = 4_000  # of the search for one count's parts
MOST_IN_ALL = 60_000  # steps for one intervention; after them each count has only
LEAST_STEPS = 100
LONGEST_RUN = 4  # rows after each other that are taken as one breakdown
MOST_RUNS = 200  # pairs of such rows
SEXES = ("women", "men")


@dataclass(frozen=True)
class Number:
    """A count that stands somewhere, or that a rate tells.

    ``column`` is women, men, total or base; ``by_sex``: its row has women and men. ``rows`` are
    the keys of the rows that it is of. ``of`` is the key of the whole that it is a share of, when
    a rate tells it; of other wholes it is no part.
    """

    key: object
    value: int
    column: str
    by_sex: bool
    span: periods.Span | None
    rows: frozenset
    of: object = None


@dataclass(frozen=True)
class Relations:
    """Keys: ``sums`` are (whole, parts), ``equal`` pairs of parts, ``dense`` what is hidden."""

    sums: list
    equal: list
    dense: set


def find(numbers):
    """Return the Relations of ``numbers``, which are all of one intervention, in their order."""
    cells = {(row, each.column): each for each in numbers if each.by_sex for row in each.rows}
    numbers = [each for each in numbers if each.value]
    sums, dense, left = {}, set(), MOST_IN_ALL
    wholes = [each for each in numbers if each.of is None]
    for whole in sorted(wholes, key=lambda each: each.value):
        for column in _columns(whole):
            pool = [each for each in numbers if _may_be_part(each, whole, column)]
            search = _Sets(pool, min(MOST_STEPS, max(left, LEAST_STEPS)))
            kept = [
                each for parts in search.of(whole) for each in _kept(whole, parts, column, cells)
            ]
            left -= search.steps
            if search.gave_up or len(kept) > MOST_SETS:
                dense.add(whole.key)
            else:
                sums |= dict.fromkeys(kept)
    return Relations(list(sums), _equal_runs(numbers, cells), dense)


def _columns(whole):
    """Return the columns in which the parts of ``whole`` may stand."""
    alone = whole.column in ("total", "base") and not whole.by_sex
    return ("total", *SEXES) if alone else (whole.column,)


def _may_be_part(each, whole, column):
    """True when ``each`` may be among the parts of ``whole`` that stand in ``column``."""
    if each.key == whole.key or each.value > whole.value or each.of not in (None, whole.key):
        return False
    alone = each.column in ("total", "base") and not each.by_sex
    return (alone or each.column == column) and periods.may_hold(whole.span, each.span)


def _kept(whole, parts, column, cells):
    """Return the sums of keys that such parts make: none where it can't be one of whole rows.

    Rows that all have women and men add up in every column or not at all. Where women are added
    to women it is so; beside them stand rows that have a total alone.
    """
    keys = (whole.key, tuple(each.key for each in parts))
    by_sex = [each for each in (whole, *parts) if each.by_sex]
    if len(by_sex) == len(parts) + 1:
        return _by_sex(whole, parts, cells) if column == "total" else []
    return [keys] if column == "total" or by_sex else []


def _by_sex(whole, parts, cells):
    """Return the sums of whole rows in all three columns, or none when one doesn't come out."""
    found = []
    for column in ("total", *SEXES):
        of_whole, of_parts = _in(column, [whole], cells), _in(column, parts, cells)
        if sum(each.value for each in of_whole) != sum(each.value for each in of_parts):
            return []
        found += [(each.key, tuple(part.key for part in of_parts)) for each in of_whole]
    return found


def _in(column, numbers, cells):
    """Return the numbers in ``column`` of the same rows, zeros too."""
    return [cells[next(iter(each.rows)), column] for each in numbers]


class _Sets:
    """The search for sets of numbers, no two of one row, that come to a whole."""

    def __init__(self, pool, most):
        self.pool = sorted(pool, key=lambda each: (-each.value, str(each.key)))
        self.most, self.steps, self.gave_up = most, 0, False
        self.rest = [0]  # what all from each place on come to
        for each in reversed(self.pool):
            self.rest.append(self.rest[-1] + each.value)
        self.rest.reverse()

    def of(self, whole):
        """Yield the sets, as tuples, until the steps are over."""
        waiting = [(0, whole.value, (), frozenset())]
        while waiting:
            at, left, chosen, rows = waiting.pop()
            self.steps += 1
            if self.steps > self.most:
                self.gave_up = True
                return
            if not left:
                yield chosen
            elif self.rest[at] >= left:
                each = self.pool[at]
                waiting.append((at + 1, left, chosen, rows))
                if each.value <= left and not rows & each.rows:
                    waiting.append((at + 1, left - each.value, (*chosen, each), rows | each.rows))


def _equal_runs(numbers, cells):
    """Return pairs of the keys of two runs of rows of one period that come to the same."""
    by_span = defaultdict(list)
    for each in numbers:
        if each.column == "total" and each.of is None:
            by_span[each.span].append(each)
    found = []
    for rows in by_span.values():
        runs = defaultdict(list)
        for first, length in ((a, b) for b in range(2, LONGEST_RUN + 1) for a in range(len(rows))):
            run = rows[first : first + length]
            if len(run) == length:
                runs[sum(each.value for each in run)].append(run)
        for same in runs.values():
            for one, other in combinations(same, 2):
                found += _equal(one, other, cells)
    return found[:MOST_RUNS]


def _equal(one, other, cells):
    """Return what two equal runs bind: their keys, by women and men too where all rows are so."""
    if {each.key for each in one} & {each.key for each in other}:
        return []
    found = [(tuple(each.key for each in one), tuple(each.key for each in other))]
    if not all(each.by_sex for each in (*one, *other)):
        return found
    for sex in SEXES:
        sides = [_in(sex, one, cells), _in(sex, other, cells)]
        if sum(each.value for each in sides[0]) != sum(each.value for each in sides[1]):
            return []
        found.append(tuple(tuple(each.key for each in side) for side in sides))
    return found
