"""A sheet's rows in their parts: what is income, what is cost, and under which head. Pure.

A heading that isn't known opens a group of unknown kind: it never inherits the one before. What
its rows are is then known only when a printed sum of a part counts them (``proven``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from budgets.intake import heads, row_kinds
from budgets.intake.heads import folded
from budgets.intake.row_kinds import AMOUNT, BALANCE, SUM, TEXT


@dataclass(frozen=True)
class Line:
    """One row of the sheet: its number there, label, kronor by column, and kind by its words.

    ``kind`` is TEXT for a row without amounts and "" where words say nothing. ``known`` is true
    for a line that the budget has, ``section`` then its part of the budget.
    """

    number: int
    label: str
    values: tuple[int | None, ...]
    kind: str = ""
    known: bool = False
    section: str = ""


@dataclass
class Part:
    """What is found of one line.

    ``lean`` is the part of the budget it stands in by its place alone; ``section`` is so for sure.
    """

    kind: str
    section: str = ""
    lean: str = ""
    category: str = ""
    in_unknown: bool = False
    region: int = 0  # the same between a part's head and its sum


@dataclass
class _Now:
    """Where the walk down the sheet is. ``main`` is the part begun by a head, until its sum."""

    main: str = ""
    section: str = ""
    lean: str = ""
    category: str = ""
    in_unknown: bool = False
    since: int = 0  # the first line after the last part's sum
    filled: bool = False  # amounts since then
    head: str = ""  # the words that began ``main``, folded
    region: int = 0


@dataclass
class Outline:
    """A Part for each of ``lines``; ``decided`` are kinds settled otherwise than by words.

    ``own`` are the budget's own heads (folded label → part). When the sheet has those of both
    parts no other head begins one, so that a group's own name can't.
    """

    lines: tuple[Line, ...]
    own: Mapping[str, str] = field(default_factory=dict)
    decided: Mapping[int, str] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)

    def __post_init__(self):
        said = {self.own.get(folded(line.label)) for line in self.lines}
        self.has_own = said >= {"income", "cost"}
        now = _Now()
        for i, line in enumerate(self.lines):
            kind = self._kind(i, line)
            if kind == TEXT or self._heads_amounts(i, kind, now):
                self._begin(line.label, now)
                self.parts.append(Part(kind, lean=now.lean, region=now.region))
                continue
            if kind == SUM and row_kinds.is_bare_section(line.label) and not now.filled:
                self._place_alone(line, now)
                continue
            self._place(line, kind, now)
            if kind == SUM:
                self._end(line.label, now)

    def _kind(self, i, line):
        return self.decided.get(i) or line.kind or AMOUNT

    def _heads_amounts(self, i, kind, now):
        """True for a sum that stands above the rows it sums, and so begins a part."""
        label = self.lines[i].label
        after = self.lines[i + 1] if i + 1 < len(self.lines) else None
        if kind != SUM or after is None or after.kind not in ("", AMOUNT):
            return False
        section = heads.sums_section(label)
        if section:
            first = folded(label).split()[0]  # ”Kostnader totalt”
            begins = any(map(row_kinds.is_bare_section, (label, first)))
            is_next = begins and now.main not in ("", section)
            return is_next or not now.filled
        return bool(self.section_of(label) or heads.category_of(label))

    def section_of(self, label):
        """Return the part that a head begins, or ""."""
        mine = self.own.get(folded(label), "")
        return (
            mine if mine or self.has_own else heads.section_of(label) or heads.sums_section(label)
        )

    def _begin(self, label, now):
        """Take a row for the head of what follows."""
        section, category = self.section_of(label), heads.category_of(label)
        if section:
            if section != now.main:
                now.region += 1
                now.head = folded(label)
            now.main = now.section = now.lean = section
            now.category, now.in_unknown = category if section == "cost" else "", False
            now.filled = False
        elif now.main != "income" and (category or heads.may_begin_cost(label)):
            now.main, now.section, now.lean = "cost", "cost", "cost"
            now.head = ""
            now.category, now.in_unknown = category, False
        else:
            now.section, now.category, now.in_unknown = "", "", True
            now.lean = now.main or now.lean

    def _place(self, line, kind, now):
        section = now.section
        if kind == BALANCE and self._is_opening(line, now):
            kind = AMOUNT
        if kind == AMOUNT:
            now.filled = True
            section = line.section or section
        part = Part(kind, section, now.lean, now.category, now.in_unknown, now.region)
        self.parts.append(part)

    def _place_alone(self, line, now):
        """Take ”Intäkter” with amounts and without rows for the one line that it is then."""
        section = heads.sums_section(line.label)
        self.parts.append(Part(AMOUNT, section, section, region=now.region))

    def _is_opening(self, line, now):
        """True for money from the year before among the income, or for the budget's own row."""
        if _is_closing(line):
            return False
        is_alone = line.known and not now.main and not now.since
        return "income" in (now.section, now.main) or is_alone

    def _end(self, label, now):
        """Let the sum of a whole part end it: what stands above without a head is of that part."""
        is_head = now.main == "income" and heads.summed(label) == now.head
        own = now.main if is_head else ""
        section = heads.sums_section(label) or own
        if not section or now.main not in ("", section):
            return
        for line, part in zip(self.lines[now.since :], self.parts[now.since :], strict=False):
            if part.section or part.in_unknown:
                continue
            if part.kind == BALANCE and section == "income" and not _is_closing(line):
                part.kind = AMOUNT
            if part.kind == AMOUNT:
                part.section = section
        now.main = now.section = now.category = ""
        now.lean = "cost" if section == "income" else ""
        now.in_unknown, now.since, now.filled = False, len(self.parts), False
        now.region += 1

    def prove(self, members, section):
        """Let the lines that a part's printed sum counts be of that part."""
        for i in members:
            part = self.parts[i]
            part.section = part.section or section

    def of(self, section):
        """Return the indexes of the amounts of a part."""
        return [i for i, p in enumerate(self.parts) if p.kind == AMOUNT and p.section == section]


def _is_closing(line):
    """True for what there is at a year's end, which is never money to begin with."""
    return folded(line.label).startswith(("utgående", "ub"))
