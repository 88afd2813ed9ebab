"""The two formats of import and export, CSV and XLSX, made safe in both directions.

Out: a cell that a spreadsheet would run is written as text behind an apostrophe; numbers stay
numbers, negative ones too. In: a file is measured before it is read, and a workbook is read by a
process of its own with limits on memory and time (``sheets.py``).
"""

import csv
import io
import re

import openpyxl
import tablib
from django.core.exceptions import ValidationError
from import_export.formats import base_formats

from associations import sheets, spreadsheets

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 10_000, 60
_NUMBER = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?")


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


def _dataset(rows):
    """Return the tablib dataset of ``rows``, the first being the heads; empty rows are left out."""
    dataset = tablib.Dataset()
    for number, cells in enumerate(rows):
        if number > MOST_ROWS:
            raise Unreadable(f"Filen har fler än {MOST_ROWS} rader. Dela upp den.")
        while cells and cells[-1] in (None, ""):
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise Unreadable(f"Rad {number + 1} har fler än {MOST_COLUMNS} kolumner.")
        if dataset.headers is None:
            dataset.headers = [str(head or "").strip() for head in cells]
        elif cells:
            width = len(dataset.headers)
            if len(cells) > width:
                raise Unreadable(f"Rad {number + 1} har fler celler än det finns rubriker.")
            dataset.append([unescape(cell) for cell in cells] + [""] * (width - len(cells)))
    return dataset


class CSV(base_formats.CSV):
    """CSV as Swedish spreadsheets write it: semicolons, UTF-8 with its mark. Reads commas too."""

    CONTENT_TYPE = "text/csv; charset=utf-8"

    def get_title(self):
        return "CSV"

    def create_dataset(self, in_stream, **kwargs):
        text = in_stream.decode("utf-8-sig") if isinstance(in_stream, bytes) else in_stream
        head = text.split("\n", 1)[0]
        delimiter = max(";,\t", key=head.count)
        return _dataset(csv.reader(io.StringIO(text), delimiter=delimiter))

    def export_data(self, dataset, **kwargs):
        rows = [dataset.headers, *dataset]
        return "\ufeff" + "".join(";".join(map(_written, row)) + "\r\n" for row in rows)


class XLSX(base_formats.XLSX):
    """A workbook's first sheet."""

    def get_title(self):
        return "XLSX"

    def create_dataset(self, in_stream, **kwargs):
        try:
            found = sheets.first_sheet(in_stream, MOST_ROWS + 1, MOST_COLUMNS)
        except sheets.Refused as refused:
            raise Unreadable(str(refused)) from None
        return _dataset(found["rows"])

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
