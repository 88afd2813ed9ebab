"""Which signs our PDFs can print: those of our own font, and those that leave no mark.

Any other sign would be drawn by whatever font the machine has, or by none, so the file would
differ between machines or break PDF/A (ISO 19005-3, 6.2.11.8) and PDF/UA (ISO 14289-1, 7.21.8).
``static/fonts/signs.txt`` tells what the font holds. Pure; knows nothing of Django.
"""

import html
import re
import unicodedata
from functools import cache
from pathlib import Path

FONT_SIGNS = Path(__file__).resolve().parent.parent / "static" / "fonts" / "signs.txt"
INVISIBLE = frozenset("\t\n\r\u00ad\u061c\u180e\u2060\u2061\u2062\u2063\u2064\u3000\u205f\u2029")
INVISIBLE |= frozenset(map(chr, [*range(0x2000, 0x2010), *range(0x202A, 0x2030)]))
INVISIBLE |= frozenset(map(chr, range(0x2066, 0x2070)))
# A sign's dress (as an emoji or not) would choose another font; a line separator is a line end.
DROPPED = {
    0xFE0E: None,
    0xFE0F: None,
    0xFEFF: None,
    0x2028: "\n",
    0x85: "\n",
    0x0B: "\n",
    0x0C: "\n",
}
TEXT = re.compile(r"(?<=>)[^<>]+")
TAG = re.compile(r"<[^>]*>")
AROUND = 14  # characters on each side of a sign that a sentence quotes
MOST = 8  # signs told one by one


@cache
def printed():
    """Return the signs that can stand in a PDF, as a frozenset of characters."""
    found = set(INVISIBLE) | set(map(chr, DROPPED))
    for line in FONT_SIGNS.read_text().split():
        first, _, last = line.partition("-")
        found |= {chr(code) for code in range(int(first, 16), int(last or first, 16) + 1)}
    return frozenset(found)


def missing(text):
    """Return the signs of ``text`` that our font lacks, each once, in their order."""
    lacks = set(text) - printed()
    return [] if not lacks else [sign for sign in dict.fromkeys(text) if sign in lacks]


def written(sign):
    """Return what a PDF prints in the place of ``sign``."""
    return f"[U+{ord(sign):04X}]"


def sentences(text, *, is_html=False):
    """Return what a writer should know of the signs that our font lacks, in Swedish."""
    if not missing(text):
        return ()
    if is_html:
        text = html.unescape(TAG.sub(" ", text))
    lacks = missing(text)
    told = [
        f"{_named(sign)} finns inte i vårt typsnitt{_where(sign, text)}." for sign in lacks[:MOST]
    ]
    if len(lacks) > MOST:
        told.append(f"{len(lacks) - MOST} tecken till finns inte i vårt typsnitt.")
    if told:
        told[-1] += (
            f" I PDF:en står {written(lacks[0])} i tecknets ställe. Skriv på ett annat sätt."
        )
    return tuple(told)


def _named(sign):
    name = unicodedata.name(sign, "").lower()
    return f"Tecknet {sign} ({name + ', ' if name else ''}U+{ord(sign):04X})"


def _where(sign, text):
    at = text.index(sign)
    around = " ".join(text[max(0, at - AROUND) : at + AROUND].split())
    return f" (i ”{around}”)" if around != sign else ""


def printable(page):
    """Return ``page`` (html) with its texts free of signs that our font lacks.

    A sign written as a letter and a mark after it is put together where that is one we have.
    Attributes stand as they are: addresses must still lead where they led.
    """
    return TEXT.sub(lambda text: _printable(text[0]), page)


def _printable(text):
    text = text.translate(DROPPED)
    if not missing(text):
        return text
    text = unicodedata.normalize("NFC", text)
    lacks = {ord(sign): written(sign) for sign in missing(text)}
    return text.translate(lacks)
