"""What a spreadsheet's number format makes of a number: the text that one sees, exactly.

A format such as ``#,##0, "tkr"`` or ``0.0%`` says what the stored number means. Only what changes
the meaning is read: per cent, unit, thousands left out, dates, and what would be shown as another
number than the one stored. Formats as in ECMA-376, part 1, 18.8.31.
"""

import datetime
import functools
import re
from dataclasses import dataclass
from decimal import Decimal

from associations import units
from associations.cells import DAY, MONTH, PLAIN, YEAR, CellFormat

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
# A quoted text, an escaped sign, a sign's width, a filling, a bracket, or any other sign.
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]|(?P<sign>.)'
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9.]+)")
_HOLDS = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b, "=": lambda a, b: a == b, "<>": lambda a, b: a != b,
}  # fmt: skip
_FOREIGN = re.compile(r"[€$£¥]|\b(?:eur|euro|usd|dollar|gbp|nok|dkk)\b", re.I)
_PLACES = "0#?"
_MINUS = re.compile(r"(?<![A-Za-zÅÄÖåäö])[-\u2212]|\(\s*(?:kr|sek|tkr|mkr)?\s*\)", re.I)
PLAIN_CODES = {"General", "@", "0", "0.00", "#,##0", "#,##0.00"}


@dataclass(frozen=True)
class _Section:
    """One of the parts between semicolons."""

    places: str  # the signs that digits are laid out by: 0 # ? . ,
    words: str  # what is written beside the digits
    percents: int
    colour: bool
    condition: tuple | None

    @property
    def thousands(self):
        """How many times three digits are left out: by commas after the last place."""
        return len(re.search(r",*$", self.places.replace(".", "").rstrip())[0]) or len(
            re.search(r",*(?=\.)|$", self.places)[0]
        )

    @property
    def is_minus(self):
        """True when a minus or brackets stand beside the digits, and not within a word."""
        return bool(_MINUS.search(self.words))


@functools.cache
def _sections(code):
    """Return the sections of a format's code; text's own section is left out."""
    parts, places, words, percents, colour, condition = [], "", "", 0, False, None
    for token in [*_TOKEN.finditer(code), None]:
        sign = token["sign"] if token else ";"
        if sign == ";":
            parts.append(_Section(places, words, percents, colour, condition))
            places, words, percents, colour, condition = "", "", 0, False, None
        elif sign == "%":
            percents += 1
        elif sign and (sign in _PLACES or sign in ".,"):
            places += sign
        elif sign is not None:
            words += sign
        elif token["bracket"] is None:
            words += token["quoted"] or token["escaped"] or " "
        elif token["bracket"].startswith("$"):
            words += f" {token['bracket'][1:].partition('-')[0]} "
        elif found := _CONDITION.fullmatch(token["bracket"]):
            condition = (found[1], Decimal(found[2]))
        else:
            colour = True
    return tuple(parts[:3])


def _meaning(code, value):
    """Return (CellFormat, factor) of ``value`` as the ``code`` shows it."""
    sign = (value > 0) - (value < 0)
    by_sign = _meanings(code)
    if by_sign is not None:
        return by_sign[sign]
    for part in _sections(code):
        if part.condition is None or _HOLDS[part.condition[0]](value, part.condition[1]):
            return _of_section(part, False, sign)
    return _of_section(_sections(code)[-1], False, sign)


@functools.cache
def _meanings(code):
    """Return {sign: (CellFormat, factor)}; None when sections have conditions of their own."""
    parts = _sections(code)
    if any(part.condition for part in parts):
        return None
    minus, zero = parts[min(1, len(parts) - 1)], parts[2 if len(parts) > 2 else 0]
    return {
        1: _of_section(parts[0], False, 1),
        -1: _of_section(minus, len(parts) > 1, -1),
        0: _of_section(zero, False, 0),
    }


def exact(stored):
    """Return the number that a file stores as text: whole ones as int, else a Decimal.

    A spreadsheet reckons with 15 digits; what a float has beyond them nobody wrote.
    """
    if stored.isdigit():
        return int(stored)
    if len(stored) <= 16 and "E" not in stored and "e" not in stored:
        return Decimal(stored)
    return Decimal(f"{float(stored):.15g}")


def number(exact, code):
    """Return (text, CellFormat) of an int or Decimal shown by a format's ``code``."""
    told, times = _meaning(code, exact)
    return (f"{written(exact * times)} %" if told.percent else written(exact)), told


def _of_section(section, signless, sign):
    """Return (CellFormat, factor) of the numbers of a sign that a section shows.

    ``signless``: the section is for negative numbers, so that its words have to show it.
    """
    why = _why_not(section, sign)
    if signless and not section.is_minus and not section.colour:
        why = "Cellens tal är mindre än noll, men visas utan minus. Skriv talet som det är."
    if section.percents or "%" in section.words:
        return CellFormat(percent=True, refused=why), 100**section.percents
    unit, odd = _unit(section)
    scaled = 0 if unit or odd else section.thousands
    if unit or why or odd or scaled:
        return CellFormat(unit=unit, refused=why or odd, scaled=scaled), 1
    return PLAIN, 1


def _why_not(section, sign):
    """Say why what is shown isn't the number that is stored, or ""."""
    words = section.words
    if not section.places and sign and "General" not in words:
        return "Cellens format visar inte talet. Välj ett vanligt talformat, eller töm cellen."
    if re.search(r"[0-9]", words):
        return "Cellens format skriver till siffror som inte finns i talet. Skriv hela talet."
    if "\u2030" in words:
        return "Cellen är i promille. Skriv talet i procent."
    if _FOREIGN.search(words):
        return "Cellen är i en annan valuta än kronor. Skriv beloppet i kronor."
    if sign > 0 and section.is_minus:
        return "Cellens tal är större än noll, men visas med minus. Skriv talet som det är."
    return ""


def _unit(section):
    """Return (unit, why not): the stored number's unit, once the thousands left out are back."""
    named, left_out = units.named(section.words), section.thousands
    if len(named) > 1:
        return "", "Cellens format nämner två enheter. Skriv talet med en."
    if not named:
        return "", ""
    times = Decimal(units.TIMES[min(named)]) / 1000**left_out
    unit = next((unit for unit, each in units.TIMES.items() if each == times), "")
    return unit, "" if unit else "Cellens format visar talet i en annan enhet än det nämner."


def written(exact):
    """Return an int or Decimal as text: all its digits, a comma before decimals, no exponent."""
    if isinstance(exact, int):
        return str(exact)
    text = f"{exact:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace(".", ",")


def date(value, code):
    """Return (text, CellFormat) of a datetime, date or time shown by a format's ``code``."""
    if isinstance(value, datetime.time | datetime.timedelta):
        return str(value), CellFormat(refused="Cellen är ett klockslag och inget tal.")
    shows = _date_parts(code)
    midnight = not isinstance(value, datetime.datetime) or value.time() == datetime.time.min
    if "d" in shows or not shows & set("ym"):
        day = value.date() if isinstance(value, datetime.datetime) and midnight else value
        text, precision = day.isoformat(), DAY
    elif "m" in shows:
        text, precision = f"{MONTHS[value.month - 1]} {value.year}", MONTH
    else:
        text, precision = str(value.year), YEAR
    refused = f"Cellen är ett datum, {text}, och inget tal."
    return text, CellFormat(date=precision, refused=refused)


@functools.cache
def _date_parts(code):
    """Return which of y, m and d a date's format shows; an m beside hours is minutes."""
    signs = "".join((token["sign"] or "") for token in _TOKEN.finditer(code)).lower()
    signs = re.sub(r"h+[:.]?m+|m+[:.]?s+", "", signs)
    return frozenset(signs.replace("e", "y")) & set("ymd")
