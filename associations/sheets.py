"""Rows of text from what was pasted or uploaded, checked before it is believed.

The one way in for every import: ``Sheet`` (``cells.py``) is all that they know. A file is checked
by its content, not its name; an XLSX is parsed in a process of its own (``workbooks.py``).
"""

import re
from dataclasses import replace

from associations import csv_reader
from associations.cells import CellFormat, Refused, Sheet, SheetName
from associations.laying import EMPTY, Limits, laid, two_numbers
from associations.workbooks import LARGEST_UNPACKED, MEGABYTE, PATIENCE, read_sheets

__all__ = ["LARGEST_UNPACKED", "PATIENCE", "CellFormat", "Refused", "Sheet", "SheetName"]

LARGEST_FILE = 5 * MEGABYTE
LIMITS = Limits(rows=5_000, columns=60, letters=2_000)
MOST_BESIDE = 20_000  # cells of the other sheets that are kept, to be turned to without the file

TOO_LARGE = f"Filen är större än {LARGEST_FILE // MEGABYTE} MB."
STRANGERS = {
    b"\xd0\xcf\x11\xe0": "Filen är i det gamla formatet XLS, eller har lösenord. Spara den som "
    "XLSX utan lösenord, eller som CSV.",
    b"\x89PNG": "Filen är en bild. Spara tabellen som XLSX eller CSV.",
    b"\xff\xd8\xff": "Filen är en bild. Spara tabellen som XLSX eller CSV.",
    b"%PDF": "Filen är en PDF. Spara tabellen som XLSX eller CSV.",
    b"{\\rtf": "Filen är en text (RTF). Spara tabellen som XLSX eller CSV.",
}
# What some systems write and call XLS.
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|\?xml|html|table|meta|style)\b", re.I)
_NUMBER = re.compile("[-\u2212]?[0-9][0-9 \u00a0\u202f.,]*")


def pasted(text):
    """Return the Sheet of a block copied from Excel or LibreOffice (tabs between cells)."""
    if len(text.encode()) > LARGEST_FILE:
        raise Refused(f"Texten är större än {LARGEST_FILE // MEGABYTE} MB.")
    rows = csv_reader.split(text, "\t", LIMITS.rows)
    return laid(rows, "inklistrat, tabb mellan cellerna", LIMITS, cells=two_numbers(rows))


def uploaded(content: bytes, *, sheet="", prefer=None, limits=LIMITS):
    """Return the Sheet of a CSV or XLSX file. Raises Refused with the reason.

    ``sheet`` chooses a workbook's sheet by name. Else the one that ``prefer`` (Sheet → number)
    gives the most, the first among equals; without it the first that looks like a table.
    """
    if len(content) > LARGEST_FILE:
        raise Refused(TOO_LARGE)
    if content.startswith(b"PK\x03\x04"):
        return _of_workbook(read_sheets(content, limits), sheet, prefer or looks_like_table)
    for beginning, sentence in STRANGERS.items():
        if content.startswith(beginning):
            raise Refused(sentence)
    if MARKUP.match(content):
        raise Refused("Filen är en webbsida eller XML. Öppna den i Excel och spara den som XLSX.")
    rows, described, told = csv_reader.read_csv(content, limits.rows)
    return laid(rows, described, limits, told=told, cells=two_numbers(rows))


def looks_like_table(sheet):
    """True when two rows or more have a text and a number: no cover, no page of instructions."""
    rows = (
        row
        for row in sheet.rows
        if any(map(_NUMBER.fullmatch, row)) and any(map(str.isalpha, "".join(row)))
    )
    return next(rows, None) is not None and next(rows, None) is not None


def _of_workbook(found, chosen, prefer):
    """Return the chosen sheet of a workbook, with the others beside it."""
    read = {name.name: sheet for name, sheet in found if sheet is not None}
    shown = [name for name, sheet in found if sheet is not None and not name.hidden]
    if chosen and chosen not in read:
        why = next((name.why_not for name, _ in found if name.name == chosen), "")
        raise Refused(why or f"Filen har inget blad som heter ”{chosen}”.")
    if not chosen and not shown:
        whys = [name.why_not for name, _ in found if name.why_not and not name.hidden]
        raise Refused(whys[0] if whys else "Filen har inget kalkylblad att läsa.")
    taken = chosen or max(shown, key=lambda name: prefer(read[name.name])).name
    sheet = read.pop(taken)
    names = tuple(name for name, _ in found)
    others, kept = {}, 0
    for name, other in read.items():
        kept += len(other.rows) * len(other.rows[0])
        if kept <= MOST_BESIDE:
            others[name] = other
    names = tuple(_kept(name, taken, others) for name in names)
    return replace(sheet, sheets=names, others=others, told=(*_which(taken, names), *sheet.told))


def _kept(name, taken, others):
    if name.name == taken or name.name in others or name.why_not:
        return name
    return replace(name, why_not="Bladet är för stort för att bytas till här. Spara det för sig.")


def _which(taken, names):
    """Return the sentences that tell which of several sheets is read."""
    others = [f"”{name.name}”{' (dolt)' if name.hidden else ''}" for name in names
              if name.name != taken and name.why_not != EMPTY]  # fmt: skip
    if not others:
        return ()
    return (f"Filen har fler blad. ”{taken}” läses, inte {', '.join(others[:8])}"
            f"{' med flera' if len(others) > 8 else ''}.",)  # fmt: skip
