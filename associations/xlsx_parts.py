"""A workbook's parts, read with openpyxl's own readers: strings, styles, sheets.

openpyxl's public reading leaves out hidden rows and rich text, or reads everything twice over; its
parsers know all of it. Only ``xlsx_reader.py`` uses this.
"""

from dataclasses import dataclass
from typing import NamedTuple

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import FORMULA_TAG, INLINE_STRING, VALUE_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from associations.number_formats import PLAIN_CODES

_T, _R, _RPR, _STRIKE, _ALIGN, _SI = (
    f"{{{SHEET_MAIN_NS}}}{name}" for name in ("t", "r", "rPr", "strike", "vertAlign", "si")
)


@dataclass(frozen=True)
class Rich:
    """A text with runs that are struck through, raised or lowered: (text, struck, moved)."""

    runs: tuple[tuple[str, bool, bool], ...]


@dataclass(frozen=True)
class Style:
    """What a cell's style says of its content."""

    code: str = "General"
    struck: bool = False
    moved: bool = False
    is_plain: bool = True  # a whole number is shown as its digits


class Book(ExcelReader):
    """A workbook's strings, styles and list of sheets; ``sheets`` are (name, state, path)."""

    def __init__(self, source, recalculate):
        super().__init__(source, read_only=True, data_only=True, keep_links=False)
        self.recalculate, self._styles = recalculate, {}
        self.read_manifest()
        self.read_strings()
        self.read_workbook()
        apply_stylesheet(self.archive, self.wb)
        self.sheets = [
            (sheet.name, sheet.state, related.target)
            for sheet, related in self.parser.find_sheets()
            if related.target in self.valid_files and "chartsheet" not in related.Type
        ]

    def read_strings(self):
        part = self.package.find(SHARED_STRINGS)
        if part is None or part.PartName[1:] not in self.valid_files:
            return
        with self.archive.open(part.PartName[1:]) as source:
            for _, element in iterparse(source):
                if element.tag == _SI:
                    self.shared_strings.append(text_in(element))
                    element.clear()

    def style(self, number):
        """Return the Style of a cell's style ``number``."""
        if number not in self._styles:
            self._styles[number] = self._style(number)
        return self._styles[number]

    def _style(self, number):
        if number >= len(self.wb._cell_styles):
            return Style()
        array = self.wb._cell_styles[number]
        font = self.wb._fonts[array.fontId] if array.fontId < len(self.wb._fonts) else None
        code = _code(self.wb, array.numFmtId)
        struck, moved = bool(font and font.strike), bool(font and font.vertAlign in _MOVED)
        return Style(code, struck, moved, code in PLAIN_CODES and not (struck or moved))


# Built-in formats of money are in the computer's own currency; openpyxl's texts of them are the
# American, and of 44 without its semicolons.
OWN_MONEY = {*range(5, 9), *range(37, 45)}
_MOVED = ("superscript", "subscript")


def _code(book, number):
    if number >= BUILTIN_FORMATS_MAX_SIZE:
        return book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE]
    return "#,##0" if number in OWN_MONEY else BUILTIN_FORMATS.get(number, "General")


def text_in(element):
    """Return the text of a shared or inline string: str, or Rich when some run says more."""
    runs = []
    for child in element:
        if child.tag == _T:
            runs.append((_text(child), False, False))
        elif child.tag == _R:
            properties, text = child.find(_RPR), child.find(_T)
            struck = moved = False
            if properties is not None:
                struck = _is_on(properties.find(_STRIKE))
                align = properties.find(_ALIGN)
                moved = align is not None and align.get("val") in _MOVED
            runs.append((_text(text), struck, moved))
    if any(struck or moved for _, struck, moved in runs):
        return Rich(tuple(runs))
    return "".join(text for text, _, _ in runs)


def _text(element):
    text = "" if element is None else element.text or ""
    return unescape(text) if "_x" in text else text


def _is_on(element):
    return element is not None and element.get("val", "1") not in ("0", "false")


class Cell(NamedTuple):
    """A cell that holds something: its column from 0, value, style's number and formula or None.

    ``value`` is a str, bool, datetime or Rich; a number is as the file writes it (``is_number``).
    """

    column: int
    value: object
    style: int
    formula: str | None
    is_number: bool = False


class SheetParser(WorkSheetParser):
    """A sheet's rows as lists of Cell; beside them its hidden rows and columns, merges and so on.

    openpyxl's own way of reading a cell is twice as slow and tells no formula with its value.
    """

    def __init__(self, source, book):
        made = book.wb
        super().__init__(source, book.shared_strings, True, made.epoch, made._date_formats,
                         made._timedelta_formats)  # fmt: skip
        self._columns = {}

    def parse_row(self, row):
        """Return (number from 1, cells) of a row's element."""
        self.row_counter = int(float(row.get("r", self.row_counter + 1)))
        if set(row.keys()) - {"r", "spans"}:
            self.row_dimensions[str(self.row_counter)] = dict(row.attrib)
        cells, at = [], -1
        for element in row:
            place = element.get("r")
            at = self._column(place) if place else at + 1
            if len(element):
                cells.append(self._cell(at, element))
        return self.row_counter, cells

    def _column(self, place):
        letters = place.rstrip("0123456789")
        if letters not in self._columns:
            self._columns[letters] = column_number(letters) - 1
        return self._columns[letters]

    def _cell(self, at, element):
        kind, style = element.get("t", "n"), int(element.get("s", 0))
        value = formula = None
        for child in element:
            if child.tag == VALUE_TAG:
                value = child.text
            elif child.tag == FORMULA_TAG:
                formula = f"={child.text or ''}"
            elif child.tag == INLINE_STRING:
                value = text_in(child)
        if kind == "n" and value is not None:
            if style in self.date_formats:
                return Cell(at, self._date(value, style), style, formula)
            return Cell(at, value, style, formula, True)
        return Cell(at, self._other(kind, value), style, formula)

    def _other(self, kind, value):
        """Return the value of a cell that is no number: text, yes or no, an ISO date, an error."""
        if value is None:
            return None
        if kind == "s":
            return self.shared_strings[int(value)]
        if kind == "b":
            return value not in ("0", "false")
        return from_ISO8601(value) if kind == "d" else value

    def _date(self, value, style):
        try:
            return from_excel(float(value), self.epoch, style in self.timedelta_formats)
        except (OverflowError, ValueError):
            return "#VALUE!"


def column_number(letters):
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
