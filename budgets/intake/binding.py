"""Which rows each printed sum of a sheet sums: the first reading that fits in every column. Pure.

A sum stands under its rows or above them, sums a group or a whole part, and may be told by its
name. A result is what income leaves after cost; a balance is what there was with the result.
"""

from dataclasses import dataclass
from itertools import combinations

from budgets.intake import heads, row_kinds
from budgets.intake.row_kinds import AMOUNT, BALANCE, RESULT, SUM

MOST_BOUNDARIES = 40  # heads and sums looked at on each side of a sum
MOST_BY_SUMS = 12  # sets of rows that are tried as the sheet's own sums of them print
MOST_RESULTS = 12  # results and balances that may follow from each other


@dataclass(frozen=True)
class Bound:
    """A printed sum and what it should be by the rows: ``expected`` kronor by column.

    ``members`` are the lines' indexes with the sign each has in it. ``section`` is the part that
    it is the whole of, or "". A balance of other results has no members. ``follows`` is true when
    it agrees with the sheet's other sums, though not with the rows: then those tell what is wrong.
    """

    index: int
    members: tuple[tuple[int, int], ...]
    expected: tuple[int, ...]
    section: str = ""
    fits: bool = True
    follows: bool = False


class Binder:
    """Binds the printed sums of one Outline.

    ``step`` is the smallest unit that the sheet writes, in kronor, when it is rounded; else 0.
    """

    def __init__(self, outline, step=0):
        self.outline, self.lines, self.step = outline, outline.lines, step
        self.width = len(self.lines[0].values) if self.lines else 0
        self.sums, self.results = [], []
        parts = outline.parts
        self.kinds = [part.kind for part in parts]
        self.regions = [part.region for part in parts]
        self.so_far, self.terms_so_far = self._running()
        self.edges = [-1, *(i for i, kind in enumerate(self.kinds) if kind != AMOUNT), len(parts)]
        for i, kind in enumerate(self.kinds):
            if kind == SUM:
                self.sums += [bound for bound in [self._bind(i)] if bound]
        self.sums = [bound if bound.fits else self._partly(bound) for bound in self.sums]
        for i, kind in enumerate(self.kinds):
            if kind in (RESULT, BALANCE) and len(self.results) < MOST_RESULTS:
                self.results += [bound for bound in [self._result(i)] if bound]

    @property
    def bound(self):
        """Every Bound, in the sheet's order."""
        return sorted([*self.sums, *self.results], key=lambda each: each.index)

    def added(self, members):
        """Return the sum of signed members, by column."""
        return tuple(
            sum(sign * (self.lines[i].values[at] or 0) for i, sign in members)
            for at in range(self.width)
        )

    def agrees(self, i, expected, terms, exact=False):
        """True when a line's own numbers are as expected, but for what rounding can explain."""
        reach = 0 if exact else self.reach(terms)
        own = self.lines[i].values
        return all(
            value is None or abs(value - each) <= reach
            for value, each in zip(own, expected, strict=True)
        )

    def reach(self, terms):
        """Return by how much rounding alone can move a sum of so many terms, in kronor."""
        return self.step * (terms + 1) // 2

    def _running(self):
        """Return the amounts added up to each line, by column, and how many they are."""
        sums, terms = [(0,) * self.width], [0]
        for line, kind in zip(self.lines, self.kinds, strict=True):
            counts = kind == AMOUNT
            sums.append(self._plus(sums[-1], line.values) if counts else sums[-1])
            terms.append(terms[-1] + counts)
        return sums, terms

    def expected(self, span):
        """Return what the amounts of a span of lines (first, one past the last) add up to."""
        first, stop = self.so_far[span[0]], self.so_far[span[1]]
        return self._plus(stop, first, -1)

    def terms(self, span):
        """Return how many amounts a span of lines has."""
        return self.terms_so_far[span[1]] - self.terms_so_far[span[0]]

    def members(self, span):
        """Return the amounts of a span of lines, each with its sign."""
        return tuple((m, 1) for m in range(*span) if self.kinds[m] == AMOUNT)

    def _bind(self, i):
        """Return the Bound of a sum: the first set of rows that fits, or the nearest."""
        label = self.lines[i].label
        section = heads.sums_section(label)
        named = tuple((m, 1) for m in self.outline.of(section)) if section else ()
        if named and self.agrees(i, self.added(named), len(named)):
            return self._whole(i, named, section)
        above, below = self.above(i), self.below(i)
        is_whole = section or row_kinds.is_bare_section(label)
        spans = [*(reversed(above) if is_whole else above), *below]
        for span in spans:
            if self.agrees(i, self.expected(span), self.terms(span)):
                return self._whole(i, self.members(span), section)
        by_sums = self._by_sums(i, named, spans)
        members = by_sums or named or (self._nearest(i, spans) if spans else ())
        if not members:
            return None
        expected = self.added(members)
        return Bound(i, members, expected, section, fits=False, follows=bool(by_sums))

    def _whole(self, i, members, section):
        section = section or self._only_section(members)
        if section:
            self.outline.prove([m for m, _ in members], section)
        whole = set(self.outline.of(section)) == {m for m, _ in members} if section else False
        return Bound(i, members, self.added(members), section if whole else "")

    def _only_section(self, members):
        """Return the part that those of the members are in that are so for sure, or "".

        A group's own sum proves nothing of a group of unknown kind.
        """
        found = {self.outline.parts[m].section for m, _ in members} - {""}
        return found.pop() if len(found) == 1 else ""

    def above(self, i):
        """Return the spans with amounts that end right above a line, the nearest first."""
        before = [edge for edge in self.edges if edge < i][-MOST_BOUNDARIES:]
        spans = [(edge + 1, i) for edge in reversed(before)]
        own = [span for span in spans if self._is_of_one_part(span, i)]
        return self._different(own) or self._different(spans)

    def below(self, i):
        """Return the spans with amounts that begin right below a line, the nearest first."""
        after = [edge for edge in self.edges if edge > i][:MOST_BOUNDARIES]
        spans = [(i + 1, edge) for edge in after]
        return self._different(span for span in spans if self._is_of_one_part(span, i))

    def _is_of_one_part(self, span, i):
        """True when a span of lines doesn't reach over a part's head or its sum."""
        regions = self.regions
        return all(regions[m] == regions[i] for m in (span[0], span[1] - 1) if m < len(regions))

    def _different(self, spans):
        """Return the spans that have amounts, one for each number of them."""
        found = {}
        for span in spans:
            found.setdefault(self.terms(span), span)
        found.pop(0, None)
        return list(found.values())

    def _off(self, i, expected):
        """Return in how many columns a line's own numbers are others, and by how much in all."""
        own = self.lines[i].values
        apart = [abs(v - e) for v, e in zip(own, expected, strict=True) if v is not None]
        return sum(map(bool, apart)), sum(apart)

    def _nearest(self, i, spans):
        """Return the amounts of the span that fits in most columns, and then is least off."""
        return self.members(min(spans, key=lambda span: self._off(i, self.expected(span))))

    def _by_sums(self, i, named, spans):
        """Return the members of a set that fits as the sheet's own sums print it; or ()."""
        sets = [named] if named else []
        for members in (*sets, *map(self.members, spans[:MOST_BY_SUMS])):
            left = {m for m, _ in members}
            printed, terms = (0,) * self.width, 0
            for bound in self.sums:
                own = {m for m, _ in bound.members}
                if own <= left and len(own) < len(members):
                    left -= own
                    terms += 1
                    printed = self._plus(printed, self.lines[bound.index].values)
            rest = self.added([(m, 1) for m in left])
            if terms and self.agrees(i, self._plus(printed, rest), terms + len(left)):
                return members
        return ()

    def _partly(self, bound):
        """Return the Bound of a sum of some rows next to it, when a whole part's sum counts all.

        Then no row is wrong, and ”Summa kommuner” is only of the last rows above it.
        """
        wholes = [{m for m, _ in each.members} for each in self.sums if each.section and each.fits]
        i = bound.index
        above, below = self.above(i)[:1], self.below(i)[:1]
        runs = [self.members(span)[-most:] for span in above for most in self._sizes(span)]
        runs += [self.members(span)[:most] for span in below for most in self._sizes(span)]
        for run in runs:
            inside = any({m for m, _ in run} <= whole for whole in wholes)
            if inside and not bound.section and self.agrees(i, self.added(run), len(run)):
                return Bound(i, run, self.added(run))
        return bound

    def _sizes(self, span):
        """Return the sizes of runs of rows to look at: from two, within reason."""
        return range(2, min(self.terms(span), MOST_BOUNDARIES))

    def _plus(self, one, other, sign=1):
        return tuple(a + sign * (b or 0) for a, b in zip(one, other, strict=True))

    def _result(self, i):
        """Return the Bound of a result or balance, or None when nothing says what it should be."""
        income, cost = self.outline.of("income"), self.outline.of("cost")
        label = self.lines[i].label
        parts = bool(income) + bool(cost)
        enough = 1 if "resultat" in heads.folded(label) and self.kinds[i] == RESULT else 2
        if parts < enough or not row_kinds.is_checked(label):
            return None
        own = [m for m in income if not self._is_opening(m)]
        made = []
        for plus in dict.fromkeys((tuple(income), tuple(own))):
            for sign in (-1, 1):
                members = (*((m, 1) for m in plus), *((m, sign) for m in cost))
                made.append((members, self.added(members)))
        for members, expected in made:
            if self.agrees(i, expected, len(members)):
                return Bound(i, members, expected)
        if self._is_difference_of_parts(i):
            return Bound(i, made[0][0], made[0][1], fits=False, follows=True)
        if self._is_of_results(i):
            return Bound(i, (), (0,) * self.width)
        if self.kinds[i] == BALANCE and "balansera" not in heads.folded(label):
            return self._closing(i)
        members, expected = min(made, key=lambda each: self._off(i, each[1]))
        return Bound(i, members, expected, fits=False)

    def _is_opening(self, m):
        return row_kinds.of_words(self.lines[m].label) == BALANCE

    def _others(self, i):
        """Return the results and balances above a line, nearest first."""
        kinds = (RESULT, BALANCE)
        return [m for m in range(i - 1, -1, -1) if self.kinds[m] in kinds][:MOST_RESULTS]

    def _is_difference_of_parts(self, i):
        """True when a result is what the printed sums of income and cost leave."""
        printed = {b.section: b.index for b in self.sums if b.section}
        both = {"income", "cost"} <= set(printed)
        return both and self._combines(i, printed["income"], printed["cost"])

    def _is_of_results(self, i):
        """True when a result or balance is of two others above it, such as what was there."""
        return any(self._combines(i, *pair) for pair in combinations(self._others(i), 2))

    def _combines(self, i, one, other):
        """True when a line is the sum of two others, or the first less the second."""
        first = self._plus((0,) * self.width, self.lines[one].values)
        made = (self._plus(first, self.lines[other].values, sign) for sign in (1, -1))
        return any(self.agrees(i, each, 2) for each in made)

    def _closing(self, i):
        """Return the Bound of a closing balance, of what was there and the result; or None."""
        others = self._others(i)
        opened = [m for m in others if heads.folded(self.lines[m].label).startswith(("ing", "ib"))]
        results = [m for m in others if self.kinds[m] == RESULT]
        if not opened or not results:
            return None
        members = ((opened[0], 1), (results[0], 1))
        return Bound(i, members, self.added(members), fits=False)


def step(lines, scale):
    """Return the smallest unit that a sheet in thousands or millions writes, in kronor; 0 in kr."""
    values = [value for line in lines for value in line.values if value]
    return next(
        (
            scale // part
            for part in (1, 10, 100)
            if scale > 1 and all(value % (scale // part) == 0 for value in values)
        ),
        0,
    )
