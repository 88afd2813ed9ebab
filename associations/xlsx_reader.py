"""A process of its own that reads one XLSX from standard input and writes its rows as JSON.

Started by ``sheets.py`` with the limits as arguments: unpacked bytes, rows, columns,
memory, seconds of processor time.
Exits with 3 and a Swedish sentence when it refuses. Knows nothing of Django.
"""

import datetime
import io
import json
import re
import resource
import sys
import zipfile

from openpyxl import load_workbook

ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="([0-9]{1,7})"[^>]*(?<!/)>(.*?)</(?:\w+:)?row>', re.S)
CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})[0-9]{1,7}"[^>]*(?<!/)>')
CONTENT = re.compile(rb"<(?:\w+:)?(?:v|is|f)\b")
FORMULA = re.compile(rb"<(?:\w+:)?f\b")


def refuse(sentence):
    """Say why, and end."""
    sys.stdout.write(sentence)
    sys.exit(3)


def column_number(letters):
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def check_parts(content, unpacked, rows, columns):
    """Read each part up to the limit: sizes that lie, document types, cells far away.

    Returns True when a sheet has formulas.
    """
    left, formulas = unpacked, False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            with archive.open(entry) as part:
                data = part.read(left + 1)
            left -= len(data)
            if left < 0:
                refuse("Filen blir större än 50 MB när den packas upp.")
            if not entry.filename.lower().endswith((".xml", ".rels")):
                continue
            if b"<!DOCTYPE" in data.replace(b"\0", b"") or b"<!ENTITY" in data.replace(b"\0", b""):
                refuse("Filen har en dokumenttyp (DTD) inuti. Spara den på nytt i Excel.")
            if entry.filename.startswith("xl/worksheets/"):
                check_cells(data, rows, columns)
                formulas = formulas or FORMULA.search(data) is not None
    return formulas


def check_cells(data, rows, columns):
    """Refuse a sheet with content beyond the limits."""
    for row, body in ROW.findall(data):
        if int(row) > rows and CONTENT.search(body):
            refuse(f"Bladet har innehåll på rad {int(row)}. Det får ha högst {rows} rader.")
    for letters in set(CELL.findall(data)):
        if column_number(letters) > columns:
            refuse(
                f"Bladet har innehåll i kolumn {letters.decode()}. "
                f"Det får ha högst {columns} kolumner."
            )


def text_of(value):
    """Return a cell's value as text: no thousands marks, all the digits that a spreadsheet has.

    A spreadsheet reckons with 15 digits; what a float has beyond them nobody wrote.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "SANT" if value else "FALSKT"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.15g}".replace(".", ",")
    if isinstance(value, datetime.datetime) and value.time() == datetime.time.min:
        return value.date().isoformat()  # a day in a spreadsheet is midnight
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def first_sheet(content, *, formulas, rows, columns):
    """Return (name, rows, number of sheets) of the first sheet: values, or formulas as written."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=not formulas)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not shown:
        refuse("Filen har inget kalkylblad att läsa.")
    sheet = shown[0]
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    found = sheet.iter_rows(max_row=rows + 1, max_col=columns + 1, values_only=True)
    return sheet.title, [list(row) for row in found], len(shown)


def with_formulas(values, written):
    """Return the values, with the formula itself where Excel has stored no value for it."""
    for row, formulas in zip(values, written, strict=True):
        for at, formula in enumerate(formulas):
            is_formula = isinstance(formula, str) and formula.startswith("=")
            if is_formula and at < len(row) and row[at] is None:
                row[at] = formula
    return values


def main():
    """Read, check, write."""
    unpacked, rows, columns, memory, seconds = map(int, sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    content = sys.stdin.buffer.read()
    has_formulas = check_parts(content, unpacked, rows, columns)
    limits = {"rows": rows, "columns": columns}
    name, values, sheets = first_sheet(content, formulas=False, **limits)
    if has_formulas:
        _, written, _ = first_sheet(content, formulas=True, **limits)
        values = with_formulas(values, written)
    table = [[text_of(value) for value in row] for row in values]
    json.dump({"name": name, "sheets": sheets, "rows": table}, sys.stdout)


main()
