"""Rows of text from what was pasted or uploaded, checked before it is believed.

``Sheet`` (``cells.py``) is all that an import knows. A file is checked by its content, not its
name, and an XLSX is parsed by a process of its own (``xlsx_reader.py``) with limits on memory and
time.
"""

import codecs
import csv
import io
import json
import re
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

from associations.cells import Refused, Sheet

__all__ = ["Refused", "Sheet", "pasted", "uploaded"]

MEGABYTE = 1024 * 1024
LARGEST_FILE = 5 * MEGABYTE
LARGEST_UNPACKED = 50 * MEGABYTE
MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST_CELL = 2_000
MEMORY = 512 * MEGABYTE
PROCESSOR_SECONDS = 2
PATIENCE = 20  # seconds on the wall, for a machine that is busy with other things

TOO_LARGE = f"Filen är större än {LARGEST_FILE // MEGABYTE} MB."
TOO_SLOW = "Filen tog för lång tid att läsa. Spara bladet som CSV i stället."
DELIMITERS = {"\t": "tabb", ";": "semikolon", ",": "komma"}
SAMPLE = 64 * 1024  # characters that the delimiter is told from
MOST_PARTS = 2_000  # files in the zip that an XLSX is
STRANGERS = {
    b"\xd0\xcf\x11\xe0": "Filen är i det gamla formatet XLS. Spara den som XLSX eller CSV.",
    b"\x89PNG": "Filen är en bild. Spara tabellen som XLSX eller CSV.",
    b"\xff\xd8\xff": "Filen är en bild. Spara tabellen som XLSX eller CSV.",
    b"%PDF": "Filen är en PDF. Spara tabellen som XLSX eller CSV.",
    b"{\\rtf": "Filen är en text (RTF). Spara tabellen som XLSX eller CSV.",
}
# What some systems write and call XLS.
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|\?xml|html|table|meta|style)\b", re.I)
READER = Path(__file__).with_name("xlsx_reader.py")


def pasted(text):
    """Return the Sheet of a block copied from Excel or LibreOffice (tabs between cells)."""
    if len(text.encode()) > LARGEST_FILE:
        raise Refused(f"Texten är större än {LARGEST_FILE // MEGABYTE} MB.")
    rows = _closed(_rows(text, "\t"), text, "\t")
    return _sheet(rows, "inklistrat, tabb mellan cellerna")


def uploaded(content: bytes):
    """Return the Sheet of a CSV or XLSX file. Raises Refused with the reason."""
    if len(content) > LARGEST_FILE:
        raise Refused(TOO_LARGE)
    if content.startswith(b"PK\x03\x04"):
        return _xlsx(content)
    for beginning, sentence in STRANGERS.items():
        if content.startswith(beginning):
            raise Refused(sentence)
    if MARKUP.match(content):
        raise Refused("Filen är en webbsida eller XML. Öppna den i Excel och spara den som XLSX.")
    return _csv(content)


def _csv(content):
    text, encoding = _decoded(content)
    delimiter = _delimiter(text)
    rows = _closed(_rows(text, delimiter), text, delimiter)
    return _sheet(rows, f"CSV med {DELIMITERS[delimiter]} mellan cellerna, {encoding}")


def _decoded(content):
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace"), "UTF-16"
    if b"\0" in content:
        raise Refused("Filen är varken CSV eller XLSX.")
    for encoding, name in (("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252")):
        try:
            return content.decode(encoding), name
        except UnicodeDecodeError:
            continue
    raise Refused("Filens tecken går inte att läsa. Spara den som CSV UTF-8 eller XLSX.")


def _delimiter(text):
    """Return the delimiter that gives the first rows the most cells; semicolon among equals."""
    sample = "\n".join(text[:SAMPLE].splitlines()[:50])
    found = {mark: sum(len(row) - 1 for row in _rows(sample, mark)) for mark in (";", "\t", ",")}
    return max(found, key=found.get)


def _rows(text, delimiter):
    """Return the rows of cells; blank rows at the end, however many, are left out."""
    rows, blank = [], 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if not any(map(_trimmed, row)):
                blank += 1
                continue
            if len(rows) + blank >= MOST_ROWS:
                raise Refused(f"Här är fler än {MOST_ROWS} rader. Dela upp bladet.")
            rows += [[]] * blank
            blank = 0
            rows.append(row)
    except csv.Error:
        raise Refused("Texten går inte att dela upp i celler.") from None
    return rows


def _closed(rows, text, delimiter):
    """Return ``rows``; a quotation mark that never ends would have made one cell of many rows."""
    last = rows[-1][-1] if rows else ""
    if "\n" not in last:
        return rows
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        if "end of data" in str(error):
            began = _trimmed(last.splitlines()[0])[:40]
            raise Refused(f"Citattecknet före ”{began}” har inget slut.") from None
    return rows


def _xlsx(content):
    answer = first_sheet(content)
    return _sheet(answer["rows"], _which_sheet(answer))


def first_sheet(content, rows=MOST_ROWS, columns=MOST_COLUMNS):
    """Return the first sheet of a workbook as the reader's answer: name, rows of text, sheets.

    Raises Refused; ``rows`` and ``columns`` are the most that it may have.
    """
    _check_archive(content)
    limits = [LARGEST_UNPACKED, rows, columns, MEMORY, PROCESSOR_SECONDS]
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(READER), *map(str, limits)],
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired:
        raise Refused(TOO_SLOW) from None
    if done.returncode == -signal.SIGXCPU:
        raise Refused(TOO_SLOW)
    if done.returncode == 3:
        raise Refused(done.stdout.decode())
    if done.returncode != 0:
        raise Refused("Filen går inte att läsa som XLSX. Spara den på nytt, eller som CSV.")
    return json.loads(done.stdout)


def _which_sheet(answer):
    others = f", det första av {answer['sheets']}" if answer["sheets"] > 1 else ""
    return f"XLSX, bladet ”{answer['name']}”{others}"


def _check_archive(content):
    """Look at the zip's directory before anything is unpacked."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile:
        raise Refused("Filen är skadad: den går inte att packa upp.") from None
    names = {entry.filename.lower() for entry in entries}
    if "content.xml" in names:
        raise Refused("Filen är i formatet ODS. Spara den som XLSX eller CSV.")
    if "xl/workbook.bin" in names:
        raise Refused("Filen är i formatet XLSB. Spara den som XLSX eller CSV.")
    if "xl/workbook.xml" not in names:
        raise Refused("Filen är inte ett kalkylark i formatet XLSX.")
    if len(entries) > MOST_PARTS:
        raise Refused("Filen har för många delar. Spara bladet för sig, eller som CSV.")
    if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in names):
        raise Refused("Filen har makron. Spara den som XLSX utan makron.")
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise Refused("Filen blir större än 50 MB när den packas upp.")


def _sheet(rows, described):
    """Trim blank rows and columns at the ends, and refuse what is too large."""
    cells = [[_trimmed(cell) for cell in row] for row in rows]
    while cells and not any(cells[-1]):
        cells.pop()
    width = max((at + 1 for row in cells for at, cell in enumerate(row) if cell), default=0)
    if not width:
        raise Refused("Här finns inga celler att läsa.")
    if len(cells) > MOST_ROWS:
        raise Refused(f"Här är {len(cells)} rader. Det får vara högst {MOST_ROWS}.")
    if width > MOST_COLUMNS:
        raise Refused(f"Här är {width} kolumner. Det får vara högst {MOST_COLUMNS}.")
    if any(len(cell) > LONGEST_CELL for row in cells for cell in row):
        raise Refused(f"En cell är längre än {LONGEST_CELL} tecken.")
    padded = (tuple(row[:width]) + ("",) * (width - len(row)) for row in cells)
    return Sheet(tuple(padded), described)


def _trimmed(cell):
    return cell.strip(" \t\r\n\u00a0\u202f\u2009")
