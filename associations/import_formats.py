"""The two formats of import and export, CSV and XLSX, made safe in both directions.

Out: a cell that a spreadsheet would run is written as text behind an apostrophe; numbers stay
numbers, negative ones too. In: the same reader as every import's (``sheets.py``), but here nobody
is asked: a file with anything to choose or doubt is refused.
"""

import io
import re

import openpyxl
import tablib
from django.core.exceptions import ValidationError
from import_export.formats import base_formats

from associations import laying, sheets, spreadsheets, units
from associations.labels import visible

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 10_000, 60, 100_000
LIMITS = laying.Limits(MOST_ROWS + 1, MOST_COLUMNS, MOST_LETTERS)
_NUMBER = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?")


NOTHING = "Inget har lästs in. Rätta filen och välj den igen."


class Unreadable(ValidationError):
    """The file is refused, with a sentence that says why."""


def escape(cell):
    """Return ``cell`` so that no spreadsheet runs it; only text can be a formula."""
    if not isinstance(cell, str) or _NUMBER.fullmatch(cell):
        return cell
    return spreadsheets.marked(cell)


def unescape(cell):
    """Take away the apostrophe that ``escape`` put before a cell."""
    return spreadsheets.unmarked(cell) if isinstance(cell, str) else cell


def refuse_large(size):
    """Refuse a file of more than 5 MB."""
    if size > MOST_BYTES:
        raise Unreadable(
            "Filen är större än 5 MB. Inget har lästs in; dela upp den på flera filer."
        )


def _dataset(content):
    """Return the tablib dataset of a file's rows, heads first; empty rows are left out."""
    try:
        sheet = sheets.uploaded(content, limits=LIMITS)
    except sheets.Refused as refused:
        raise Unreadable(str(refused)) from None
    _refuse_doubts(sheet)
    dataset = tablib.Dataset()
    for number, row in enumerate(sheet.rows, start=1):
        cells = [unescape(cell) for cell in row]
        if dataset.headers is None:
            width = max((at + 1 for at, cell in enumerate(cells) if cell), default=0)
            dataset.headers = [visible(head) for head in cells[:width]] or None
        elif any(cells):
            if any(cells[width:]):
                raise Unreadable(f"Rad {number} har fler celler än det finns rubriker.")
            dataset.append(cells[:width])
    return dataset


def _refuse_doubts(sheet):
    """Refuse what another import would ask about: hidden rows, more sheets, units, struck cells."""
    doubts = list(sheet.told)
    for unit in sorted(sheet.units & {units.THOUSANDS, units.MILLIONS}):
        doubts.append(f"Bladet eller cellernas format säger {unit}, men här läses hela kronor.")
    for (row, column), cell in sorted(sheet.cells.items()):
        odd = "" if cell.date or cell.refused in laying.TWO_NUMBERS else cell.refused
        if cell.unit in (units.THOUSANDS, units.MILLIONS):
            odd = f"Cellens format är i {cell.unit}."
        if odd:
            doubts.append(f"Cell {laying.letter(column)}{row + 1}: {odd}")
    if doubts:
        raise Unreadable(
            " ".join([*doubts[:5], "Inget har lästs in. Rätta filen och välj den igen."])
        )


class CSV(base_formats.CSV):
    """CSV as Swedish spreadsheets write it: semicolons, UTF-8 with its mark. Reads others too."""

    CONTENT_TYPE = "text/csv; charset=utf-8"

    def get_title(self):
        return "CSV"

    def create_dataset(self, in_stream, **kwargs):
        return _dataset(in_stream.encode() if isinstance(in_stream, str) else in_stream)

    def export_data(self, dataset, **kwargs):
        rows = [dataset.headers, *dataset]
        return "\ufeff" + "".join(";".join(map(_written, row)) + "\r\n" for row in rows)


class XLSX(base_formats.XLSX):
    """A workbook with one sheet."""

    def get_title(self):
        return "XLSX"

    def create_dataset(self, in_stream, **kwargs):
        return _dataset(in_stream)

    def export_data(self, dataset, **kwargs):
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("finsam")
        sheet.append(dataset.headers)
        for row in dataset:
            sheet.append([_printable(escape(cell)) for cell in row])
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()


def _written(cell):
    """Return a cell of a CSV file."""
    return "" if cell is None else spreadsheets.in_csv(str(escape(cell)))


def _printable(cell):
    """Replace the signs that a workbook cannot hold."""
    illegal = openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE
    return illegal.sub("\N{REPLACEMENT CHARACTER}", cell) if isinstance(cell, str) else cell


FORMATS = [CSV, XLSX]
