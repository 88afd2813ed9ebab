"""Compares what a sheet prints as sums with what is read of it, and with what would be saved. Pure.

Every printed sum is a checksum (domain.md, rule 18). A difference names the sum, the columns, by
how much, and the rows that may explain it; the person confirms each by name.
"""

from dataclasses import dataclass, field, replace

from associations.decimals import write
from budgets.intake import explaining
from budgets.intake.row_kinds import BALANCE, RESULT, SUM


@dataclass(frozen=True)
class Apart:
    """One column where a printed sum differs: kronor as the sheet prints it, and as it adds up."""

    column: str
    printed: int
    found: int

    @property
    def by(self):
        """How much more the sheet prints; negative when it prints less."""
        return self.printed - self.found


@dataclass(frozen=True)
class Difference:
    """A printed sum that isn't what is read (or saved): where, and what may explain it.

    ``key`` names it among the sheet's; ``also`` are sums that differ just because this one does.
    ``saved`` is true when it is the budget's own sum after the import that is another.
    ``members`` are the indexes of the lines that it sums.
    """

    key: str
    label: str
    number: int
    apart: tuple[Apart, ...]
    why: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    saved: bool = False
    members: frozenset = field(default=frozenset(), repr=False)

    @property
    def sizes(self):
        """How far off it is in each column."""
        return {(each.column, abs(each.by)) for each in self.apart}


@dataclass(frozen=True)
class Reconciliation:
    """What became of the comparison: how many sums there were, which differ, which are rounded.

    ``unchecked`` are the sums and results that nothing in the sheet says what they should be.
    """

    sums: int = 0
    differences: tuple[Difference, ...] = ()
    rounded: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()


class Reconciler:
    """Compares the sums of fitted ``rows`` (row_fitting.Rows).

    ``heads`` are the names of the columns that are read, in order. ``after`` (after.After, or
    None) says what the budget would sum to then.
    """

    def __init__(self, rows, heads, after=None):
        settled = rows.settled
        self.lines, self.parts = settled.outline.lines, settled.outline.parts
        self.binder, self.heads, self.after = settled.binder, heads, after
        fits = {fit.number: fit for fit in rows.fits}
        self.used = [line.number in fits and fits[line.number].used for line in self.lines]
        self.differences, self.rounded = [], []
        bounds = self.binder.bound
        for bound in [*(b for b in bounds if not b.follows), *(b for b in bounds if b.follows)]:
            if bound.members:
                self._compare(bound)
        self.differences.sort(key=lambda each: (each.number, each.saved))

    def result(self):
        """Return the Reconciliation."""
        checked = {bound.index for bound in self.binder.bound}
        unchecked = [
            self.lines[i].label
            for i, part in enumerate(self.parts)
            if part.kind in (SUM, RESULT, BALANCE)
            and i not in checked
            and any(self.lines[i].values)
        ]
        return Reconciliation(
            len(checked),
            tuple(self.differences),
            tuple(self.rounded),
            tuple(dict.fromkeys(unchecked)),
        )

    def _compare(self, bound):
        """Compare one printed sum with what is read, and with what is saved."""
        added = self.binder.added([(m, sign) for m, sign in bound.members if self.used[m]])
        saved = self.after.of(bound, self) if self.after else [None] * len(added)
        reach = self.binder.reach(len(bound.members))
        read_apart, saved_apart = [], []
        for at, printed in enumerate(self.lines[bound.index].values):
            if printed is None:
                continue
            apart = Apart(self.heads[at], printed, added[at])
            later = apart if saved[at] is None else replace(apart, found=saved[at])
            if abs(later.by) > reach and saved[at] is not None and later.found != apart.found:
                saved_apart.append((at, later))
            elif abs(apart.by) > reach and abs(later.by) > reach:
                read_apart.append((at, apart))
            elif apart.by:
                label = self.lines[bound.index].label
                self.rounded.append(f"{label}, {self.heads[at]}: {write(abs(apart.by))} kr")
        if read_apart and not (bound.follows and self._is_told(bound)):
            self._tell(bound, read_apart)
        if saved_apart:
            self._tell(bound, saved_apart, saved=True)

    def _is_told(self, bound):
        """True when a sum that this one follows from is told already."""
        members = {m for m, _ in bound.members}
        return any(not each.saved and each.members < members for each in self.differences)

    def _tell(self, bound, places, *, saved=False):
        """Add a difference, or only its name to the one that it follows from."""
        line, (at, first) = self.lines[bound.index], places[0]
        members = frozenset(m for m, _ in bound.members)
        why = self.after.why(bound, at, self) if saved else explaining.why(self, bound, at, first)
        new = Difference(
            key=f"{line.number}{'s' if saved else ''}",
            label=line.label or f"Rad {line.number}",
            number=line.number,
            apart=tuple(apart for _, apart in places),
            why=tuple(why),
            saved=saved,
            members=members,
        )
        for place, other in enumerate(self.differences):
            if other.saved == saved and other.members <= members and other.sizes == new.sizes:
                self.differences[place] = replace(other, also=(*other.also, new.label))
                return
        self.differences.append(new)
