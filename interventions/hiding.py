"""Which counts of a set of tables are hidden, so that no small one can be worked out.

Pure: cells with values, and sums that hold between them, in; the hidden cells out. A count of 1–4
is hidden, and then others (complementary suppression) until every hidden count could be at least
``CHOICES`` different numbers for one who knows everything that is shown, the sums, that counts are
whole and not negative, and what the words mean that stand instead of a number.

Soundness: for each hidden count the other possible numbers are *found*, as whole tables that fit
all that is shown (``Fitting``). What is not found is taken as impossible and more is hidden, in
the end all of a component, so a search that gives up early hides too much and never too little.
"""

from collections import defaultdict
from dataclasses import dataclass

FEWEST = 5
CHOICES = 3  # numbers that a hidden count could be
PATIENCE = 60  # steps of a search
STEPS = (1, -1, 2, -2, 3, -3, 4, -4)

FEW = f"färre än {FEWEST}"
WITHHELD = "visas inte"


@dataclass(frozen=True)
class Cell:
    """A count. ``rank`` orders what is hidden first: the lower, the sooner.

    One that is not ``published`` stands nowhere, but could be worked out: those of a base who are
    not in the count, what is left of a whole beside its parts, an intervention not yet public.
    """

    key: object
    value: int
    rank: int = 0
    published: bool = True

    @property
    def is_few(self):
        """True for a count that could point at persons: 1–4. A zero says nothing of anybody."""
        return 0 < self.value < FEWEST


@dataclass(frozen=True)
class Sum:
    """That the cell ``whole`` is the sum of the cells ``parts``.

    ``together``: all its parts are hidden when one of them or the whole is, whatever they are, so
    that one who knows how it is reckoned learns nothing from which of them were hidden.
    """

    whole: object
    parts: tuple
    together: bool = False

    @property
    def keys(self):
        """The whole and its parts."""
        return (self.whole, *self.parts)


def hide(cells, sums, dense=frozenset()):
    """Return {key: ``FEW`` or ``WITHHELD``} of the published cells that are not shown.

    ``dense`` are keys that are hidden in any case, since not all of their sums are known.
    ``FEW`` is said only of a count whose hidden company is its own parts; of others it would tell
    which of them is the small one.
    """
    labels = {}
    for group, within in _components(cells, sums):
        if any(cell.is_few or cell.key in dense for cell in group):
            labels |= _Group(group, within, dense).hidden()
    return labels


def _components(cells, sums):
    """Yield (cells, sums) of each set of cells that sums bind together."""
    by_key = {cell.key: cell for cell in cells}
    bound = defaultdict(list)
    for each in sums:
        for key in each.keys:
            bound[key].append(each)
    left = dict.fromkeys(by_key)
    while left:
        waiting, reached, within = [next(iter(left))], {}, {}
        while waiting:
            key = waiting.pop()
            if key in reached:
                continue
            reached[key] = by_key[key]
            for each in bound[key]:
                within[each] = None
                waiting.extend(each.keys)
        left = {key: None for key in left if key not in reached}
        yield list(reached.values()), list(within)


class _Group:
    """Cells that sums bind together, and which of them are hidden so far."""

    def __init__(self, cells, sums, dense=frozenset()):
        self.cells = {cell.key: cell for cell in cells}
        self.dense = dense & self.cells.keys()
        self.bound = defaultdict(list)
        for each in sums:
            for key in each.keys:
                self.bound[key].append(each)
        self.witnesses = {}  # what other tables move, by the guarded cell that they were found for

    def hidden(self):
        """Return the labels of the cells that are hidden."""
        few = {cell.key for cell in self.cells.values() if cell.is_few and cell.published}
        away = few | self.dense
        self._close(away)
        while (open_one := self._worked_out(away)) is not None:
            shown = [key for key, cell in self.cells.items() if cell.published and key not in away]
            if not shown:
                break  # all is hidden, and every number possible
            away.add(self._next_to_hide(open_one, set(shown)))
            self._close(away)
        for key in sorted(away, key=self._cost, reverse=True):
            if not self._must_be_hidden(key) and self._can_be_shown(key, away):
                away.discard(key)
        alone = self._few_alone(away)
        return {key: FEW if key == alone else WITHHELD for key in away}

    def _close(self, away):
        """Add to ``away`` what is hidden together with what it holds."""
        sums = {each for key in away for each in self.bound[key] if each.together}
        for each in sums:
            away.update(each.parts)

    def _must_be_hidden(self, key):
        """True for a small or dense count, and for what is hidden together with others."""
        at_once = any(each.together for each in self.bound[key])
        return at_once or self.cells[key].is_few or key in self.dense

    def _cost(self, key):
        """Order what is hidden: parts before wholes, the smaller first, a zero last."""
        cell = self.cells[key]
        is_whole = any(each.whole == key for each in self.bound[key])
        return (cell.rank, is_whole, cell.value == 0, cell.value, str(key))

    def _next_to_hide(self, key, shown):
        """Return the cheapest shown cell in the sums of ``key``, or in those around them."""
        reached, ring = {key}, {key}
        while not ring & shown:
            ring = {
                near for each in ring for total in self.bound[each] for near in total.keys
            } - reached
            reached |= ring
        return min(ring & shown, key=self._cost)

    def _guarded(self, away):
        """Return what nobody may work out: the hidden, and small ones that stand nowhere."""
        return [
            key
            for key, cell in self.cells.items()
            if key in away or (not cell.published and cell.is_few)
        ]

    def _worked_out(self, away):
        """Return a guarded cell for which too few tables are found, or None.

        What was found stays found when more is hidden.
        """
        fitting = self._fitting(away)
        for key in self._guarded(away):
            if key not in self.witnesses:
                found = fitting.other_tables(key)
                if len(found) < CHOICES - 1:
                    return key
                self.witnesses[key] = found
        return None

    def _can_be_shown(self, key, away):
        """True when nothing is worked out though the hidden cell ``key`` is shown after all."""
        fitting, found = self._fitting(away - {key}), {}
        for each in self._guarded(away - {key}):
            if each not in self.witnesses:
                return False
            if any(key in moved for moved in self.witnesses[each]):
                found[each] = fitting.other_tables(each)
                if len(found[each]) < CHOICES - 1:
                    return False
        self.witnesses |= found
        return True

    def _fitting(self, away, few=None):
        free = {key for key, cell in self.cells.items() if key in away or not cell.published}
        values = {key: cell.value for key, cell in self.cells.items()}
        least = {key: self._least(key) for key in free}
        return Fitting(values, self.bound, free, least, few)

    def _least(self, key):
        """Return the least that a reader takes a hidden cell for: a zero is seldom hidden."""
        stands = self.cells[key].published and self.cells[key].value
        return 1 if stands and not any(each.together for each in self.bound[key]) else 0

    def _few_alone(self, away):
        """Return the one cell that may be called few: all else that is hidden are its parts."""
        for key in away:
            parts = {part for each in self.bound[key] if each.whole == key for part in each.parts}
            of_large = all(
                self.cells[each.whole].value >= 2 * FEWEST - 1
                for each in self.bound[key]
                if each.whole != key
            )  # of a smaller whole, it would tell that the rest isn't few
            if self.cells[key].is_few and away - {key} <= parts and of_large:
                told = self._fitting(away, few=key)
                guarded = self._guarded(away)
                if all(len(told.other_tables(each)) >= CHOICES - 1 for each in guarded):
                    return key
        return None


class Fitting:
    """Finds tables, other than the true one, that fit what is shown.

    ``few`` is the cell that is said to be 1–4, if any; every other free one is at least what
    ``least`` says.
    """

    def __init__(self, values, bound, free, least, few=None):
        self.values, self.bound, self.free = values, bound, free
        self.least, self.few = least, few
        self.left = 0

    def other_tables(self, key):
        """Return up to ``CHOICES - 1`` tables, as what they move, that move ``key`` differently."""
        found = []
        for step in STEPS:
            value = self.values[key] + step
            if len(found) < CHOICES - 1 and self._allowed(key, value) == value:
                self.left = PATIENCE
                moved = self._fitted({key: value}, tuple(self.bound[key]))
                found += [moved] if moved else []
        return found

    def _allowed(self, key, value):
        """Return the number nearest ``value`` that the cell may be."""
        return min(max(value, 1), FEWEST - 1) if key == self.few else max(value, self.least[key])

    def _fitted(self, moved, sums):
        """Return ``moved`` with what else must move for all of ``sums`` to hold, or None."""
        self.left -= 1
        if self.left < 0:
            return None
        while sums and not self._excess(sums[0], moved):
            sums = sums[1:]
        if not sums:
            return moved
        excess = self._excess(sums[0], moved)
        for key in sorted(sums[0].keys, key=lambda each: len(self.bound[each])):
            if key not in self.free or key in moved:
                continue
            # As far as it goes: another cell takes the rest.
            wanted = self.values[key] + (excess if key == sums[0].whole else -excess)
            value = self._allowed(key, wanted)
            if value != self.values[key]:
                fitted = self._fitted(moved | {key: value}, (*sums, *self.bound[key]))
                if fitted:
                    return fitted
        return None

    def _excess(self, each, moved):
        """Return how much the parts are more than the whole."""
        parts = sum(moved.get(key, self.values[key]) for key in each.parts)
        return parts - moved.get(each.whole, self.values[each.whole])
