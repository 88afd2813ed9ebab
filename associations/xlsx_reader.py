"""A process of its own that reads an XLSX from standard input and writes its sheets as JSON.

Started by ``workbooks.py`` with the limits as arguments: unpacked bytes, rows, columns, letters in
a cell, memory, seconds of processor time. Exits with 3 and a Swedish sentence when it refuses.
Knows nothing of Django.
"""

import gc
import io
import json
import re
import resource
import sys
import zipfile
from dataclasses import asdict

from associations import units, xlsx_cells, xlsx_units
from associations.cells import PLAIN, Refused, SheetName
from associations.laying import Limits, laid, letter
from associations.xlsx_parts import Book, SheetParser

FAR_ROW = "Bladet har innehåll på rad {}. Det får ha högst {} rader."
FAR_COLUMN = "Bladet har innehåll i kolumn {}. Det får ha högst {} kolumner."
TOGETHER = "Filen har för mycket att läsa på en gång. Spara bladet som en egen fil."
STRICT = b"purl.oclc.org/ooxml/spreadsheetml"
RECALCULATED = re.compile(rb'<(?:\w+:)?calcPr\b[^>]*\bfullCalcOnLoad="(?:1|true)"')
MARGINS = re.compile(r"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)\b[^>]*>([^<]*)")
MARGIN_CODES = re.compile(r'&amp;(?:"[^"]*"|&quot;.*?&quot;|K[0-9A-F]{6}|[0-9]+|[A-Za-z])')


def check_parts(archive, unpacked):
    """Read each part up to the limit: sizes that lie, document types, formats of other kinds."""
    left = unpacked
    for entry in archive.infolist():
        with archive.open(entry) as part:
            data = part.read(left + 1)
        left -= len(data)
        if left < 0:
            raise Refused("Filen blir större än 50 MB när den packas upp.")
        if not entry.filename.lower().endswith((".xml", ".rels")):
            continue
        if b"<!DOCTYPE" in data.replace(b"\0", b"") or b"<!ENTITY" in data.replace(b"\0", b""):
            raise Refused("Filen har en dokumenttyp (DTD) inuti. Spara den på nytt i Excel.")
        if entry.filename.lower() == "xl/workbook.xml" and STRICT in data:
            raise Refused(
                "Filen är sparad som ”Strict Open XML-kalkylblad”. Öppna den i Excel, välj Spara "
                "som och filformatet ”Excel-arbetsbok (*.xlsx)”, och läs in den igen."
            )


def margin_words(data):
    """Return what the sheet's printed head and foot say, without their codes."""
    found = MARGINS.findall(data.decode("utf-8", "replace")) if b"eader" in data else []
    return " ".join(MARGIN_CODES.sub(" ", text) for text in found)


def read_sheet(book, name, data, limits):
    """Return the Sheet of one part's ``data``. Raises Refused when it holds nothing."""
    parser = SheetParser(io.BytesIO(data), book)
    grid, cells = [], {}
    for number, row in parser.parse():
        if row and number > limits.rows:
            raise Refused(FAR_ROW.format(number, limits.rows))
        grid += [[] for _ in range(min(number, limits.rows) - len(grid))]
        for cell in row:
            if cell.column >= limits.columns:
                raise Refused(FAR_COLUMN.format(letter(cell.column), limits.columns))
            text, told = xlsx_cells.text_of(cell, book.style(cell.style), book.recalculate)
            if told is not PLAIN:
                cells[number - 1, cell.column] = told
            if text:
                texts = grid[number - 1]
                texts += [""] * (cell.column + 1 - len(texts))
                texts[cell.column] = text
    said = units.named(f"{name} {margin_words(data)}")
    cells, said = xlsx_units.settled(cells, said, grid)
    hidden = xlsx_cells.hidden_of(parser, limits)
    told = xlsx_cells.told_of(cells)
    return laid(grid, f"XLSX, bladet ”{name}”", limits, name=name, cells=cells, told=told,
                units=frozenset(said), recalculate=book.recalculate, **hidden)  # fmt: skip


def read_book(content, unpacked, limits):
    """Return [(SheetName, Sheet or None)] of every sheet, in the workbook's order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        check_parts(archive, unpacked)
        recalculate = RECALCULATED.search(archive.read("xl/workbook.xml")) is not None
        book = Book(io.BytesIO(content), recalculate)
        parts = [(name, state, archive.read(path)) for name, state, path in book.sheets]
    sizes = [data.count(b"</c>") + data.count(b":c>") for _, _, data in parts]
    left, found = limits.rows * limits.columns, {}
    for at in sorted(range(len(parts)), key=sizes.__getitem__):  # the small ones first
        name, state, data = parts[at]
        sheet, sentence = None, "" if sizes[at] <= left else TOGETHER
        if not sentence:
            left -= sizes[at]
            try:
                sheet = read_sheet(book, name, data, limits)
            except Refused as refused:
                sentence = str(refused)
        size = (len(sheet.rows), len(sheet.rows[0])) if sheet else (0, 0)
        found[at] = SheetName(name, state != "visible", *size, sentence), sheet
    return [found[at] for at in range(len(parts))]


def main(arguments):
    """Read, check, write."""
    unpacked, rows, columns, letters, memory, seconds = map(int, arguments)
    gc.disable()  # one deed, and then it ends: looking for garbage took a fourth of the time
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    try:
        found = read_book(sys.stdin.buffer.read(), unpacked, Limits(rows, columns, letters))
    except Refused as refused:
        sys.stdout.write(str(refused))
        sys.exit(3)
    json.dump([[asdict(name), sheet and sheet.plain()] for name, sheet in found], sys.stdout)
