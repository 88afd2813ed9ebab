"""Lays cells out as a Sheet: blank ends off, limits held, what is hidden set aside. Pure."""

import re
import unicodedata
from dataclasses import dataclass

from associations.cells import CellFormat, Refused, Sheet, left_out

BLANK = " \t\r\n\u00a0\u202f\u2009"
# One number, however it is grouped; two signs between digits are none of a number's.
_NUMBER = re.compile("[0-9](?:[ \u00a0\u202f\u2009.,'\u2019]?[0-9])*")
_SPACE = "[ \u00a0\u202f\u2009]"
_GROUPED = f"[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+"
_BILLION = re.compile(f"-?[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}}){{3,}}(?:,[0-9]+)?")
_SIDE_BY_SIDE = re.compile(f"(?!{_GROUPED}$)-?{_GROUPED}{_SPACE}-?{_GROUPED}")
_NO_AMOUNT = re.compile(r"[0-9]{2,4}[-/.][0-9]{1,2}[-/.][0-9]{2,4}|[0-9.,]+[eE][-+]?[0-9]+")
_STARTS = frozenset("0123456789-\u2212+(")
EMPTY = "Här finns inga celler att läsa."
TWO = "Cellen har två tal. Dela den på två celler, eller skriv det som gäller."
MAYBE_TWO = "Cellen kan läsas som två tal. Skriv ett, utan mellanrum om det är så stort."
TWO_NUMBERS = (TWO, MAYBE_TWO)  # what a text that isn't to be a number may well hold
RANGES = 8  # that are named


@dataclass(frozen=True)
class Limits:
    """The most that one sheet may be: rows, columns, letters in a cell."""

    rows: int
    columns: int
    letters: int


def trimmed(text):
    """Return a cell's text without blanks around it."""
    return text.strip(BLANK)


def _whole(text):
    """Return a cell's text without blanks around it, its letters whole (NFC)."""
    text = trimmed(text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def laid(grid, described, limits, *, hidden_rows=(), hidden_columns=(), covered=(), cells=(),
         told=(), **facts):  # fmt: skip
    """Return the Sheet of ``grid`` (lists of text). Raises Refused when it is empty or too large.

    ``covered`` are places under merged cells, which no program shows.
    """
    rows = [[_whole(cell) for cell in row] for row in grid]
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((at + 1 for row in rows for at, cell in enumerate(row) if cell), default=0)
    _check(rows, width, limits)
    rows = [row[:width] + [""] * (width - len(row)) for row in rows]
    formats = {place: each for place, each in dict(cells).items() if _within(place, rows)}
    hidden = _set_aside(rows, set(hidden_rows), set(hidden_columns), set(covered))
    hidden_rows = {row for row, _ in hidden} & set(hidden_rows)
    hidden_columns = {column for _, column in hidden} & set(hidden_columns)
    under = sum(r not in hidden_rows and c not in hidden_columns for r, c in hidden)
    told = (*told, left_out(_hidden_words(hidden_rows, hidden_columns, under)))
    return Sheet(
        tuple(map(tuple, rows)), described, cells=formats, hidden=hidden,
        hidden_rows=frozenset(hidden_rows), hidden_columns=frozenset(hidden_columns),
        told=tuple(filter(None, told)), **facts,
    )  # fmt: skip


def _check(rows, width, limits):
    if not width:
        raise Refused(EMPTY)
    if len(rows) > limits.rows:
        raise Refused(f"Här är {len(rows)} rader. Det får vara högst {limits.rows}.")
    if width > limits.columns:
        raise Refused(f"Här är {width} kolumner. Det får vara högst {limits.columns}.")
    if any(len(cell) > limits.letters for row in rows for cell in row):
        raise Refused(f"En cell är längre än {limits.letters} tecken.")


def _within(place, rows):
    row, column = place
    return row < len(rows) and column < len(rows[row]) and rows[row][column]


def two_numbers(grid):
    """Return {place: CellFormat} of the cells whose text holds two numbers, or may."""
    found = {}
    for r, row in enumerate(grid):
        for c, text in enumerate(row):
            if text and not text.isdigit() and (why := why_two(text)):
                found[r, c] = CellFormat(refused=why)
    return found


def why_two(text):
    """Say why a text that begins as a number can't be read as one, or ""."""
    text = trimmed(text)
    if len(text) < 3 or text[0] not in _STARTS or _NO_AMOUNT.fullmatch(text):
        return ""
    if _BILLION.fullmatch(text):
        return MAYBE_TWO
    return TWO if len(_NUMBER.findall(text)) > 1 or _SIDE_BY_SIDE.fullmatch(text) else ""


def _set_aside(rows, hidden_rows, hidden_columns, covered):
    """Blank what is hidden; return {place: its text}."""
    hidden = {}
    if not (hidden_rows or hidden_columns or covered):
        return hidden
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text and (r in hidden_rows or c in hidden_columns or (r, c) in covered):
                hidden[r, c], row[c] = text, ""
    return hidden


def _hidden_words(rows, columns, under):
    parts = []
    if rows:
        parts.append(("dold rad " if len(rows) == 1 else "dolda rader ") + _ranges(rows, _row))
    if columns:
        named = "dold kolumn " if len(columns) == 1 else "dolda kolumner "
        parts.append(named + _ranges(columns, letter))
    if under:
        named = "en cell" if under == 1 else f"{under} celler"
        parts.append(f"{named} under sammanslagna celler")
    return f"Bladet har {' och '.join(parts)}" if parts else ""


def _row(index):
    return str(index + 1)


def letter(index):
    """Return a spreadsheet's letter for the column ``index``, counted from 0: A, B, … AA."""
    name, left = "", index + 1
    while left:
        left, rest = divmod(left - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _ranges(numbers, name):
    """Return numbers in words, those that follow each other as one: ”3, 5–7”."""
    found = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    words = [name(a) if a == b else f"{name(a)}\u2013{name(b)}" for a, b in found[:RANGES]]
    more = sum(b - a + 1 for a, b in found[RANGES:])
    return ", ".join(words) + (f" och {more} till" if more else "")
