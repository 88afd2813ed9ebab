"""Rows of text from a CSV or TSV, or from what was pasted: letters, separator, quotation marks."""

import codecs
import csv
import io
import re
import unicodedata
from itertools import islice

from associations.cells import Refused
from associations.laying import trimmed

DELIMITERS = {"\t": "tabb", ";": "semikolon", ",": "komma", "|": "lodstreck"}
GUESSED = ("\t", ";", ",")  # separators that are looked for, the first one that most rows have
SAMPLE = 64 * 1024  # characters that the separator is told from
SAMPLE_ROWS = 50
SAMPLE_SIGNS = 5_000  # beyond ASCII, that an older encoding is told from
_UNLIKELY = 9
_CONTROL = re.compile(rb"[\x01-\x08\x0b\x0c\x0e-\x1f]")
_SEPARATOR = re.compile(r'\ufeff?"?sep=(.)"?[ \t]*(?:\r\n|\r|\n|$)', re.I)
_USUAL = frozenset("åäöÅÄÖéÉüÜ–—−”“’‘»«…•§°½¼×·€\u00a0\u202f\u00ad\u2009£²³®©")
# UTF-8's two bytes of å, ä, ö and their capitals, each read as a letter of its own.
_TWICE = re.compile("\u00c3[\u00a5\u00a4\u00b6\u2026\u201e\u2013\u0085\u0084\u0096]")
_ENCODINGS = (("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman"), ("cp850", "CP850 (DOS)"))
UNREADABLE = "Filens tecken går inte att läsa säkert. Spara den som CSV UTF-8 eller XLSX."
BROKEN = (
    "Filens å, ä och ö är sönder: den är sparad med fel teckenkodning någon gång. Spara den på "
    "nytt ur det program där den ser rätt ut, som CSV UTF-8 eller XLSX."
)


def read_csv(content, most_rows):
    """Return (rows, how it was read in words, sentences to tell). Raises Refused."""
    text, encoding, told = decoded(content)
    found = _SEPARATOR.match(text)
    text = text[found.end() :] if found else text
    mark = found[1] if found else _delimiter(text)
    rows = split(text, mark, most_rows)
    named = DELIMITERS.get(mark, f"”{mark}”")
    return rows, f"CSV med {named} mellan cellerna, {encoding}", told


def decoded(content):
    """Return (text, the encoding's name, sentences to tell) of a text file's bytes."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(content, "utf-16"), "UTF-16", []
    if b"\0" in content:
        return _strictly(content, _wide(content)), "UTF-16", []
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _guessed(content)
    if _TWICE.search(text):
        raise Refused(BROKEN)
    return text, "UTF-8", []


def _strictly(content, encoding):
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Refused(UNREADABLE) from None


def _wide(content):
    """Return which UTF-16 a text without a mark is in: Latin letters have every other byte NUL."""
    half = max(len(content) // 2, 1)
    for encoding, nulls in (("utf-16-le", content[1::2]), ("utf-16-be", content[::2])):
        if nulls.count(0) > 0.8 * half and not _CONTROL.search(content.replace(b"\0", b"")):
            return encoding
    raise Refused("Filen är varken CSV eller XLSX.")


def _guessed(content):
    """Return what an older encoding gives with the fewest strange signs; a doubt is told."""
    costs = {}
    for encoding, name in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        costs[name] = [_strangeness(*each) for each in _beyond_ascii(text)], text
    name = min(costs, key=lambda each: sum(costs[each][0]))
    signs, text = costs[name]
    if max(signs) >= _UNLIKELY:
        raise Refused(UNREADABLE)
    if name == _ENCODINGS[0][1] and max(signs) <= 1:
        return text, name, []
    return text, name, [f"Filens tecken är lästa som {name}. Se efter att å, ä och ö är rätt."]


def _beyond_ascii(text):
    """Return the first signs beyond ASCII, each with the one before and the one after it."""
    found = islice(re.finditer("[^\x00-\x7f]", text), SAMPLE_SIGNS)
    return [(text[max(at.start() - 1, 0) : at.start()], at[0], text[at.end() : at.end() + 1])
            for at in found]  # fmt: skip


def _strangeness(before, sign, after):
    """Return how unlikely a sign is in a Swedish text: 0 for å, ä, ö, and more and more."""
    between = before.isalpha() and after.isalpha()
    if sign in "åäöÅÄÖ":
        return 0 if before.isalpha() or after.isalpha() else 1
    if sign in _USUAL:
        odd = between and not sign.isalpha() and sign not in "’\u2013\u00ad"
        return 3 if odd or (sign in "€…" and after.isalpha()) else 1
    return 2 if unicodedata.category(sign).startswith("L") else _UNLIKELY


def _delimiter(text):
    """Return the first separator that most rows have; else the one that gives the most cells."""
    counts = {mark: _marks(text[:SAMPLE], mark) for mark in GUESSED}
    for mark, found in counts.items():
        if sum(map(bool, found)) * 2 > len(found):
            return mark
    return max(counts, key=lambda mark: (sum(counts[mark]), mark == ";"))


def _marks(sample, mark):
    """Return how many separators each of the first rows has; the sample may end within a cell."""
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=mark)
    try:
        return [len(row) - 1 for row in islice(rows, SAMPLE_ROWS) if any(row)]
    except csv.Error:
        return []


def split(text, delimiter, most_rows):
    """Return the rows of cells; blank rows at the end, however many, are left out."""
    rows, blank = [], 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if not any(map(trimmed, row)):
                blank += 1
                continue
            if len(rows) + blank >= most_rows:
                raise Refused(f"Här är fler än {most_rows} rader. Dela upp bladet.")
            rows += [[] for _ in range(blank)]
            blank = 0
            rows.append(row)
    except csv.Error:
        raise Refused("Texten går inte att dela upp i celler.") from None
    _check_closed(rows, text, delimiter)
    return rows


def _check_closed(rows, text, delimiter):
    """Refuse a quotation mark that never ends: it would have made one cell of many rows."""
    last = rows[-1][-1] if rows else ""
    if "\n" not in last:
        return
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        if "end of data" in str(error):
            began = trimmed(last.splitlines()[0])[:40]
            raise Refused(f"Citattecknet före ”{began}” har inget slut.") from None
