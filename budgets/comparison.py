"""Two columns side by side: what differs, line by line, in kronor and per cent. Pure.

The columns may be of one budget, of two, or of two associations. Each amount comes from
``sums.Table``; the only reckoning here is the difference of two of them.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from budgets import sums
from budgets.intake.matching import folded

SUMS = {
    "contributions": "Medlemmarnas bidrag",
    "other_income": "Andra intäkter",
    "opening": "Pengar från tidigare år",
    "income": "Summa intäkter",
    "cost": "Summa kostnader",
    "result": "Resultat",
    "result_of_year": sums.RESULT_OF_YEAR_LABEL,
}
RESULTS = ("result", "result_of_year")  # themselves differences between two sums
MOST_TIMES = 10  # the base that a per cent is still read against


@dataclass(frozen=True)
class Entry:
    """One line of one column. ``identities``: what it may be known by, the surest first.

    A line is known by its key within one budget; between budgets by its member, its intervention,
    and last its words. All the entries have as many identities; None where a line has no such.
    """

    section: str
    label: str
    amount: int | None
    identities: tuple[Hashable | None, ...]
    url: str = ""


@dataclass(frozen=True)
class Side:
    """One of the two columns: its name, its lines and its sums."""

    name: str
    entries: tuple[Entry, ...]
    sums: sums.ColumnSums


@dataclass(frozen=True)
class Difference:
    """Two amounts in whole kronor, and how far ``b`` is from ``a``.

    No amount (None) is shown as none; the difference reckons it as nothing, so that the lines'
    differences add up to the sums'. ``kronor`` is None when there is no amount at all.
    """

    label: str
    a: int | None
    b: int | None
    other_label: str = ""
    url: str = ""
    is_result: bool = False

    @property
    def kronor(self):
        """``b`` less ``a``, in kronor."""
        return None if self.a is None and self.b is None else (self.b or 0) - (self.a or 0)

    @property
    def is_changed(self):
        """True when the amounts or the words differ; no amount is another than 0."""
        return self.a != self.b or bool(self.other_label)

    @property
    def share(self):
        """The difference as a share of the base ``a``: 0.25 is 25 % more. None where it misleads.

        A per cent tells how far one has come from something of the same size. So there is none
        of a missing amount or of 0, none across 0, and none when ``b`` is more than MOST_TIMES
        the base: +42 117,6 % says only that the base was small. Nor has a result any: it is what
        is left between two large sums, near 0 when all goes as budgeted. Kronor tell it.
        """
        if self.is_result or self.a is None or self.b is None or self.a <= 0:
            return None
        if not 0 <= self.b <= MOST_TIMES * self.a:
            return None
        return Fraction(self.b - self.a, self.a)


@dataclass(frozen=True)
class ShareDifference:
    """Two shares in per cent, and the difference in percentage points (None without a base)."""

    label: str
    a: float | None
    b: float | None

    @property
    def points(self):
        """``b`` less ``a``, in percentage points."""
        return None if self.a is None or self.b is None else self.b - self.a


@dataclass(frozen=True)
class Comparison:
    """All that two columns have to say about each other. ``a`` is the base."""

    a: Side
    b: Side
    income: tuple[Difference, ...]
    cost: tuple[Difference, ...]
    sums: dict[str, Difference]
    payers: tuple[ShareDifference, ...]
    categories: tuple[ShareDifference, ...]


def entries_within(table, column_key):
    """Return the Entries of one column, known by the lines' keys: for columns of one budget."""
    return tuple(
        Entry(
            row.line.section,
            row.line.label,
            table.amounts.get((row.line.key, column_key)),
            (("line", row.line.key),),
        )
        for row in (*table.income, *table.cost)
    )


def deviation(table, a, b):
    """Return the Comparison of two columns (by key) of one table."""
    sides = [
        Side(table.by_key[key].column.label, entries_within(table, key), table.by_key[key])
        for key in (a, b)
    ]
    return compare(*sides)


def compare(a: Side, b: Side):
    """Return the Comparison of ``b`` with the base ``a``."""
    pairs = _pairs(a.entries, b.entries)
    return Comparison(
        a=a,
        b=b,
        income=tuple(_difference(*pair) for pair in pairs if _section(pair) == "income"),
        cost=tuple(_difference(*pair) for pair in pairs if _section(pair) == "cost"),
        sums={
            name: Difference(
                label, getattr(a.sums, name), getattr(b.sums, name), is_result=name in RESULTS
            )
            for name, label in SUMS.items()
        },
        payers=_shares(a.sums.payers, b.sums.payers),
        categories=_shares(a.sums.categories, b.sums.categories),
    )


def only_changed(found: Comparison):
    """Return the same Comparison without the lines where nothing differs. The sums stay whole."""
    return replace(
        found,
        income=tuple(each for each in found.income if each.is_changed),
        cost=tuple(each for each in found.cost if each.is_changed),
    )


def words_of(label):
    """Return the identity that a line has by its words alone."""
    return ("words", folded(label))


def _pairs(left: Sequence[Entry], right: Sequence[Entry]):
    """Pair the entries, each at most once, by the surest identity first; then those left over.

    Lines of the same identity are paired in their order.
    """
    found, used = {}, set()
    for at in range(len(left[0].identities) if left else 0):
        known = {}
        for other, entry in enumerate(right):
            if other not in used and entry.identities[at] is not None:
                known.setdefault((entry.section, entry.identities[at]), []).append(other)
        for number, entry in enumerate(left):
            others = known.get((entry.section, entry.identities[at]))
            if number not in found and others:
                used.add(others[0])
                found[number] = right[others.pop(0)]
    pairs = [(entry, found.get(number)) for number, entry in enumerate(left)]
    return pairs + [(None, entry) for other, entry in enumerate(right) if other not in used]


def _section(pair):
    return (pair[0] or pair[1]).section


def _difference(left, right):
    shown = left or right
    renamed = left and right and folded(left.label) != folded(right.label)
    return Difference(
        label=shown.label,
        a=left.amount if left else None,
        b=right.amount if right else None,
        other_label=right.label if renamed else "",
        url=(left.url if left else "") or (right.url if right else ""),
    )


def _shares(left, right):
    return tuple(
        ShareDifference(a.label, a.percent, b.percent)
        for a, b in zip(left, right, strict=True)
        if a.amount or b.amount
    )
