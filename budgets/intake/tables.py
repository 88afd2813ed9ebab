"""Lays a sheet out as one table under one row of heads, whatever stands before it or below. Pure.

Heads may stand anywhere. A second table with heads of its own is moved in under the columns that
those name, so that no amount is read under another table's year. Rows keep their numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from associations.cells import CellFormat
from associations.decimals import write
from associations.laying import letter
from associations.sheets import Refused
from budgets.intake import heads, row_kinds
from budgets.intake.heads import folded

MOST_FILLED = 10_000  # cells; a budget of 300 rows in five columns has 1 800
ROWS_BETWEEN = 4  # from the first amounts up to unknown heads: headings and blank rows
NAMED = 1_000  # a head that names a column; a kind beside the year adds one
SIDE_BY_SIDE = (
    "Bladet har två tabeller bredvid varandra ({} och {}). Läs in dem var för sig, "
    "eller ställ dem under varandra."
)


def check_size(sheet):
    """Raise Refused for a sheet with more in it than a budget has."""
    filled = sum(map(bool, chain.from_iterable(sheet.rows)))
    if filled > MOST_FILLED:
        raise Refused(
            f"Här är {write(filled)} celler med innehåll. En budget läses in med högst "
            f"{write(MOST_FILLED)} åt gången. Ta bort det som inte ska med, eller läs in i delar."
        )


@dataclass(frozen=True)
class Laid:
    """The sheet as one table: ``head_at`` is the index of the row of heads, None without one."""

    rows: tuple[tuple[str, ...], ...]
    cells: Mapping[tuple[int, int], CellFormat]
    head_at: int | None
    heads: tuple[str, ...]


class _Sheet:
    """A sheet's rows, and where amounts are; ``is_known`` tells a head that names a column."""

    def __init__(self, sheet, is_known):
        self.rows, self.cells, self.is_known = sheet.rows, sheet.cells, is_known
        self.width = len(self.rows[0])
        self.with_amounts = [any(map(heads.is_amount, row)) for row in self.rows]
        self.last = [self._last_number(j) for j in range(self.width)]

    def _last_number(self, j):
        """Return the index of the last row with numbers in a column, or -1."""
        down = range(len(self.rows) - 1, -1, -1)
        return next((i for i in down if heads.is_of_numbers(self.rows[i][j])), -1)

    def read_heads(self, i):
        """Return (score, heads) of a row: how well the best reading of it names columns."""
        row = self.rows[i]
        if self.with_amounts[i] or not any(row):
            return 0, ()
        above = self.rows[i - 1] if i and not self.with_amounts[i - 1] else ("",) * self.width
        joined = [f"{over} {cell}".strip() for over, cell in zip(above, row, strict=True)]
        readings = [list(row), joined, _under_merged(above, row)]
        scored = [(sum(map(self._score, texts, range(self.width), [i] * self.width)), texts)
                  for texts in readings]  # fmt: skip
        return max(scored, key=lambda each: each[0])

    def _score(self, head, j, i):
        """Return how well a head names a column with amounts: its year, or its kind too."""
        if not head or self.last[j] <= i or not self.is_known(head):
            return 0
        said = heads.read(head)
        return NAMED + (said is None or said.kind is not None)

    def head_rows(self):
        """Return [(index, score, heads)], one for each table: its best row before its amounts."""
        found, best = [], None
        for i in range(len(self.rows)):
            if self.with_amounts[i]:
                if best:
                    found.append(best)
                best = None
                continue
            score, texts = self.read_heads(i)
            if found and score and not self._may_head(i, texts, found[0][2]):
                continue
            if score and (best is None or score > best[1]):
                best = (i, score, tuple(texts))
        return found or ([best] if best else [])

    def _may_head(self, i, texts, first):
        """True unless a later row is rather a line whose amounts look like years.

        ``first`` are the first table's heads: where those say a kind, years alone are amounts.
        """
        if not self._are_years(texts):
            return True
        words = [text for text in self.rows[i] if text and not text.isdigit()]
        begins = (
            not words
            or row_kinds.is_bare_section(words[0])
            or heads.folded(words[0]) in ("finansiering", "insatser")
        )
        return begins and self._are_years(first)

    def _are_years(self, texts):
        return all(text.isdigit() for text in texts if text and self.is_known(text))

    def label_column(self, start, stop):
        """Return the column with most different words in some rows, the first of equals."""
        words = [
            {row[j] for row in self.rows[start:stop] if row[j] and not heads.is_amount(row[j])}
            for j in range(self.width)
        ]
        return max(range(self.width), key=lambda j: len(words[j]))


def lay(sheet, is_known, *, loose=False):
    """Return the Laid of ``sheet`` (cells.Sheet).

    ``is_known`` tells whether a text names a column. ``loose`` is true when the sheet may be bare
    amounts. Raises Refused for two tables side by side, and for more than a budget has.
    """
    check_size(sheet)
    read = _Sheet(sheet, is_known)
    tables = read.head_rows()
    if not tables:
        at, texts = (None, ()) if loose else _above_the_amounts(read)
        return Laid(sheet.rows, sheet.cells, at, texts or ("",) * read.width)
    if loose and len(tables) == 1 and tables[0][1] == NAMED and _is_bare(tables[0][2]):
        return Laid(sheet.rows, sheet.cells, None, ("",) * read.width)
    _refuse_side_by_side(read, *tables[0])
    at, _, texts = tables[0]
    own = [
        table
        for table in tables[1:]
        if any(_differs(*pair) for pair in zip(texts, table[2], strict=True))
    ]
    if not own:
        return Laid(_without_heads(read, tables[1:]), sheet.cells, at, texts)
    return _moved(read, tables)


def _is_bare(texts):
    """True for a row of nothing but numbers: 2 020 kronor as likely as the year."""
    return all(not text or text.isdigit() for text in texts)


def _differs(first, other):
    return bool(other) and heads.read(other) != heads.read(first)


def _above_the_amounts(read):
    """Return (index, heads) of a row of unknown heads: the nearest over the first amounts."""
    first = next((i for i, has in enumerate(read.with_amounts) if has), 0)
    with_amount = [j for j, cell in enumerate(read.rows[first]) if heads.is_amount(cell)]
    for at in range(first - 1, max(first - 1 - ROWS_BETWEEN, -1), -1):
        if any(read.rows[at][j] for j in with_amount):
            return at, tuple(read.rows[at])
    return None, ()


def _under_merged(above, row):
    """Return the heads with what a merged cell over several of them says put before each."""
    said, found = "", []
    for over, cell in zip(above, row, strict=True):
        said = over or said
        found.append(f"{said} {cell}".strip() if cell else over)
    return found


def _without_heads(read, tables):
    """Return the rows with the heads that are said again taken away, but for the label."""
    again = {i: texts for i, _, texts in tables}
    return tuple(
        tuple("" if read.is_known(text) else text for text in row) if i in again else row
        for i, row in enumerate(read.rows)
    )


def _refuse_side_by_side(read, at, _score, texts):
    """Refuse a second column of labels that heads columns of its own."""
    label = read.label_column(at + 1, len(read.rows))
    used = [j for j, text in enumerate(texts) if text and read.last[j] > at and read.is_known(text)]
    for j in range(label + 2, read.width):
        if read.last[j] > at or not any(k < j for k in used) or not any(k > j for k in used):
            continue
        words = [row[j] for row in read.rows[at:] if row[j]]
        if any(_is_label(word) for word in words):
            names = [texts[k] or letter(k) for k in (label, j)]
            raise Refused(SIDE_BY_SIDE.format(*(f"”{name}”" for name in names)))


def _is_label(word):
    return bool(heads.section_of(word) or row_kinds.of_words(word) == row_kinds.SUM)


def _moved(read, tables):
    """Return the Laid with the cells of each later table under the heads that it has itself."""
    at, _, first = tables[0]
    starts = [table[0] for table in tables]
    stops = [*starts[1:], len(read.rows)]
    label = read.label_column(at, stops[0])
    names = list(first)
    maps = {}
    for (start, _, texts), stop in list(zip(tables, stops, strict=True))[1:]:
        own_label = read.label_column(start, stop)
        to = {own_label: label}
        for j in range(read.width):
            if j == own_label or not any(row[j] for row in read.rows[start:stop]):
                continue
            to[j] = _place(texts[j], names, {*to.values()})
        maps[start, stop] = to
    rows = [[*row, *[""] * (len(names) - read.width)] for row in read.rows]
    cells = dict(read.cells)
    for (start, stop), to in maps.items():
        for i in range(start, stop):
            rows[i] = [""] * len(names)
            for j, k in to.items():
                if i > start or j == next(iter(to)):
                    rows[i][k] = read.rows[i][j]
        moved = {(i, to[j]): f for (i, j), f in cells.items() if start <= i < stop and j in to}
        cells = {p: f for p, f in cells.items() if not start <= p[0] < stop} | moved
    return Laid(tuple(map(tuple, rows)), cells, at, tuple(names))


def _place(text, names, taken):
    """Return the index of the column that a later table's head names, a new one if need be."""
    for k, name in enumerate(names):
        same = folded(name) == folded(text) or (heads.read(text) and _same(name, text))
        if text and same and k not in taken:
            return k
    names.append(text)
    return len(names) - 1


def _same(one, other):
    return heads.read(one) == heads.read(other)
