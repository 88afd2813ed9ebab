"""Every sum of a budget: plain values in, one frozen table out. Nobody else adds.

The table is read by the editor, the public page, the plan, the PDF, the chart and the exports.
All amounts are whole kronor. An empty cell is ``None`` and adds nothing; it is not 0.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product, repeat
from typing import NamedTuple

from budgets.chain import chained
from budgets.lettering import letters
from budgets.parts import Share, by_split, shares

CATEGORIES = ("individual", "structural", "competence", "administration")
CATEGORY_LABELS = {
    "individual": "Individinriktade insatser",
    "structural": "Strukturövergripande insatser",
    "competence": "Kompetensutveckling",
    "administration": "Administration",
}
KINDS = ("budget", "actual", "forecast", "plan")  # which tells most of its year, first
PAYERS = ("state_agency", "region", "municipality")
RESULT_OF_YEAR_LABEL = "Årets resultat utan pengar från tidigare år"
PAYER_LABELS = {"state_agency": "Staten", "region": "Regionen", "municipality": "Kommunerna"}

# The act's split of the contributions, in per cent (domain.md, rule 3).
LAWFUL_SHARES = {"state_agency": 50, "region": 25, "municipality": 25}


@dataclass(frozen=True)
class Column:
    """A year in one kind. It opens with another column's result, a typed amount, or nothing."""

    key: int
    year: int
    kind: str
    label: str
    opens_from: int | None = None
    opening: int | None = None


@dataclass(frozen=True)
class Line:
    """An income or a cost. ``payer`` is the kind of the member that contributes, or None.

    ``split`` gives (category, per cent) for a cost, and sums to 100.
    """

    key: int
    section: str
    label: str
    payer: str | None = None
    split: tuple[tuple[str, int], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class ColumnSums:
    """What one column sums to, in kronor. ``filled``: some line has an amount in it, also 0.

    ``ringed``: its chain of openings has no beginning, so nobody knows what it opens with.
    """

    column: Column
    contributions: int
    other_income: int
    opening: int | None
    cost: int
    payers: tuple[Share, ...] = ()
    categories: tuple[Share, ...] = ()
    filled: bool = True
    ringed: bool = False

    @property
    def income(self):
        """Contributions, other income and the opening balance."""
        return self.contributions + self.other_income + (self.opening or 0)

    @property
    def result(self):
        """Income with the opening balance, less cost: what the next column may open with."""
        return self.income - self.cost

    @property
    def result_of_year(self):
        """The other reading of balance (rule 11): without the carried-forward money."""
        return self.contributions + self.other_income - self.cost


class Row(NamedTuple):
    """One printed line: its amounts in the order of the columns, and its note's letter."""

    line: Line
    amounts: tuple[int | None, ...]
    letter: str = ""


@dataclass(frozen=True)
class Table:
    """A budget with all that is computed from it."""

    columns: tuple[ColumnSums, ...]
    income: tuple[Row, ...]
    cost: tuple[Row, ...]
    opening_label: str
    opening_letter: str
    notes: tuple[tuple[str, str], ...]
    amounts: Mapping[tuple[int, int], int] = field(repr=False, default_factory=dict)

    @cached_property
    def by_key(self):
        """The columns' sums by the column's key."""
        return {sums.column.key: sums for sums in self.columns}

    def following(self, key):
        """Return the keys of the columns that a change in the column ``key`` reaches."""
        reached = {key}
        while (
            more := {each.column.key for each in self.columns if each.column.opens_from in reached}
            - reached
        ):
            reached |= more
        return reached

    def only(self, columns):
        """Return this table with only ``columns`` (some of its own) printed; no sum changes."""
        at = [self.columns.index(each) for each in columns]
        income, cost = (
            tuple(row._replace(amounts=tuple(row.amounts[number] for number in at)) for row in rows)
            for rows in (self.income, self.cost)
        )
        return replace(self, columns=tuple(columns), income=income, cost=cost)

    def told(self):
        """Return this table as others than its writers read it: a column that is empty is no 0."""
        return self.only([each for each in self.columns if each.filled])

    @property
    def unfilled(self):
        """The labels of the columns that nobody has filled in."""
        return [each.column.label for each in self.columns if not each.filled]

    @property
    def has_opening(self):
        """True when any column opens with money, so that the row is printed."""
        return any(sums.opening is not None for sums in self.columns)

    def column_of(self, year, kinds=KINDS):
        """Return the sums of ``year``, by the first of ``kinds`` that the budget has, or None."""
        for kind in kinds:
            for sums in self.columns:
                if sums.column.year == year and sums.column.kind == kind:
                    return sums
        return None


def table(
    columns: Sequence[Column],
    lines: Sequence[Line],
    amounts: Mapping[tuple[int, int], int],
    *,
    opening_label="Balanserat resultat",
    opening_note="",
):
    """Compute the whole table.

    ``amounts`` maps (line key, column key) to kronor; an empty cell is not in it.
    """
    cells = _rows(columns, lines, amounts)
    income = [each for each in cells if each[0].section == "income"]
    cost = [each for each in cells if each[0].section == "cost"]
    filled = {key for _, key in amounts}
    sums = chained(sum_columns(columns, income, cost, filled))
    letter = letters()
    notes = []

    def letter_for(note):
        if not note:
            return ""
        notes.append((next(letter), note))
        return notes[-1][0]

    income_rows = tuple(
        [Row(line, own, line.note and letter_for(line.note)) for line, own in income]
    )
    has_opening = any(column.opening is not None for column in sums)
    opening_letter = letter_for(opening_note if has_opening else "")
    cost_rows = tuple([Row(line, own, line.note and letter_for(line.note)) for line, own in cost])
    return Table(
        tuple(sums), income_rows, cost_rows, opening_label, opening_letter, tuple(notes), amounts
    )


@dataclass(frozen=True)
class CategoryGroup:
    """The costs that are mostly of one category, and what they sum to in each column.

    The sum is of the lines as they stand, wholly; ``ColumnSums.categories`` divides each line.
    """

    category: str
    rows: tuple[Row, ...]
    sums: tuple[int, ...]


def by_category(table):
    """Return the costs of ``table`` under the category with the largest part, the first of equals.

    A category that no line is mostly of is left out.
    """
    found = {category: [] for category in CATEGORIES}
    for row in table.cost:
        found[max(row.line.split, key=lambda part: part[1])[0]].append(row)
    return tuple(
        CategoryGroup(
            category,
            tuple(rows),
            tuple(
                sum(kronor or 0 for kronor in column)
                for column in zip(*(row.amounts for row in rows), strict=True)
            ),
        )
        for category, rows in found.items()
        if rows
    )


def _rows(columns, lines, amounts):
    """Return each of ``lines`` with its amounts in the order of ``columns``."""
    places = product([line.key for line in lines], [column.key for column in columns])
    found = map(amounts.get, places)
    own = zip(*[found] * len(columns), strict=True) if columns else repeat(())
    return list(zip(lines, own, strict=False))


def sum_columns(columns, income, cost, filled):
    """Return the sums of each column, before its opening balance is known.

    ``income`` and ``cost`` are (line, its amounts in the order of the columns); ``filled`` the
    keys of the columns with some amount.
    """
    costs = defaultdict(list)
    for line, amounts in cost:
        costs[line.split].append(amounts)
    by_column = [
        [by_split(split, own) for own in zip(*amounts, strict=True)]
        for split, amounts in costs.items()
    ]
    return [
        _sum_column(
            column,
            [(line, amounts[at]) for line, amounts in income],
            parts,
            column.key in filled,
        )
        for at, (column, *parts) in enumerate(zip(columns, *by_column, strict=True))
    ]


def _sum_column(column, income, costs, filled):
    """Sum one column: ``income`` is (line, kronor), ``costs`` what ``parts.by_split`` returns."""
    payers = dict.fromkeys(PAYERS, 0)
    other_income = 0
    for line, kronor in income:
        if line.payer in payers:
            payers[line.payer] += kronor or 0
        else:
            other_income += kronor or 0
    categories = dict.fromkeys(CATEGORIES, 0)
    for _, parts in costs:
        for category, part in parts:
            categories[category] += part
    return ColumnSums(
        column=column,
        contributions=sum(payers.values()),
        other_income=other_income,
        opening=column.opening,
        cost=sum(cost for cost, _ in costs),
        payers=shares(payers, PAYER_LABELS),
        categories=shares(categories, CATEGORY_LABELS),
        filled=filled,
    )
