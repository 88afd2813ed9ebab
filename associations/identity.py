"""Finds Swedish personal identity numbers in text, however they are written.

An association handles no individual cases (shared/domain.md), so a number that points at one
person is refused wherever people write. Found are personnummer and samordningsnummer (day + 60),
of 10 and 12 digits, that hold a day of the calendar and the right check digit (Luhn, as in
Skatteverket's SKV 704), or, whatever its check digit, the usual form of six or eight digits, a
dash or plus, and four (``19850101-1234``: somebody's, mistyped); and the temporary numbers that
authorities make with a letter after a date (``900101-T123``), which have no check digit.

Digits of every script count, and what can't be seen doesn't. Between the digits may stand
spaces, dashes, dots, slashes, line breaks. Numbers that are split where an identity number is
split by habit (after century, year, month and day) are found anywhere; split otherwise they are
found when no other digits stand around them, so that columns of amounts are left alone. What has
the shape of a telephone number, of amounts in thousands, of an hour after a date or of a registry
number (2019/0112-1234) passes. Not found: digits in words, letters that look like digits, and
numbers with letters within.
"""

import datetime
import html
import re
import unicodedata

from django.core.exceptions import ValidationError

SENTENCE = (
    "Texten ser ut att innehålla ett personnummer eller samordningsnummer. Uppgifter om enskilda "
    "får inte sparas här. Ta bort numret. Är det något annat, skriv det på ett annat sätt."
)
CODE = "identity_number"

COORDINATION = 60  # is added to the day of a coordination number
HABITUAL = {10: {2, 4, 6}, 12: {2, 4, 6, 8}}  # where the digits are split: century, year, …
FIRST_OF_OURS = 2003  # the year of the act: an earlier date is nobody's meeting or registry number
YOUNGEST = 15  # years; a later date with dashes and something after is a date

_TAG = re.compile(r"<[^<>\n]{0,60}>")
_MARKUP = dict.fromkeys(map(ord, "*~`\\"))
_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_OUTSIDE = r"[^0-9A-Za-zÅÄÖåäö]"
_GROUPS = re.compile(rf"[0-9]+(?:{_OUTSIDE}{{1,20}}[0-9]+)*")
_ON_A_LINE = re.compile(r"[0-9]+(?:[ \-+./]{1,20}[0-9]+)*")
_OVER_LINES = re.compile(r"[0-9]+(?:[ \n\-+./]{1,20}[0-9]+)*")
_LIST_MARK = re.compile(r"^[ \-+]*\d{1,3}[.)] +", re.MULTILINE)
_TEMPORARY = re.compile(
    r"(?<![0-9])((?:18|19|20)?[0-9]{2})[-/. ]?([01][0-9])[-/. ]?([0-9]{2})"
    r"[ \-+./\n]{0,4}(?:[TRPX][0-9]{3}|TF[0-9]{2})(?![0-9A-Za-zÅÄÖåäö])",
    re.IGNORECASE,
)
_USUAL = re.compile(
    r"(?<![0-9\-+/.])((?:18|19|20)?[0-9]{2})([01][0-9])([0-9]{2})[-+][0-9]{4}(?![0-9\-+/])"
)
_AMOUNT = r"[1-9][0-9]{0,2}(?: [0-9]{3})+"
_AMOUNTS = re.compile(rf"{_AMOUNT}(?:(?! [0-9]|[0-9]){_OUTSIDE}{{1,20}}?{_AMOUNT})+")
_TELEPHONE = re.compile(r"0[0-9]{1,3}(?: ?- ?|/)[0-9]{2,3}(?: [0-9]{2,3}){1,3}")
_ISO_DATE = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})-([01][0-9])-([0-3][0-9])(?![0-9])")
_CLOCK = re.compile(r"[^0-9\-+]{1,8}(?:[01][0-9]|2[0-3])[:.][0-5][0-9]")
_AMOUNT_AFTER = re.compile(
    r"[^0-9\-+]{1,8}[1-9] [0-9]{3}|[^0-9\-+]{1,8}[0-9]{4} ?(?:kr|tkr|sek|:-)\b"
)
_DNR = re.compile(r"(20[0-9]{2})/[0-9]{1,5}[- ][0-9]{1,5}")


def find(text):
    """Return where in ``readable(text)`` an identity number stands, as (start, end), or None."""
    text = readable(text)
    for shape in (_TEMPORARY, _USUAL):
        found = next(filter(_holds_date, shape.finditer(text)), None)
        if found:
            return found.span()
    return _habitual(text) or _alone(text) or _alone(_LIST_MARK.sub("", text))


def refuse(text):
    """Raise ValidationError, which doesn't repeat the number, when ``text`` holds one."""
    if isinstance(text, str) and find(text) is not None:
        raise ValidationError(SENTENCE, code=CODE)


def readable(text):
    """Return ``text`` as it is read: plain digits and dashes, and nothing that can't be seen."""
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub("", text)
    return "".join(map(_plain, text.translate(_MARKUP)))


def _plain(character):
    if character.isascii():
        if character in "\n\t" or character.isprintable():
            return "-" if character == "_" else character
        return "\n" if character in "\r\v\f" else ""
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    if unicodedata.category(character) in ("Cf", "Cc", "Mn", "Me", "Co", "Cn"):
        return "\n" if character == "\x85" else ""
    return _plain_symbol(character)


def _plain_symbol(character):
    if character in "\u115f\u1160\u3164\uffa0\u2800":  # letters and patterns that are blank
        return ""
    kind = unicodedata.category(character)
    if kind == "Zs":
        return " "
    if kind in ("Zl", "Zp"):
        return "\n"
    if kind == "Pd" or character in "\u2212\u2043\u02d7\u30fc\uff70\u2500\u2501":
        return "-"
    if character in "\u2044\u2215\u29f8":
        return "/"
    if character in "\u00b7\u2022\u2024\u2027\u2219\u22c5\u3002\uff61\u30fb":
        return "."
    folded = unicodedata.normalize("NFKC", character)
    return folded if folded.isdigit() or (len(folded) == 1 and folded in "+./-,:;|") else character


def _habitual(text):
    """Find a number that is split, if it is, where identity numbers are split by habit."""
    for run in _GROUPS.finditer(text):
        if sum(map(str.isdigit, run[0])) < 10:
            continue
        groups = [
            (run.start() + each.start(), run.start() + each.end())
            for each in re.finditer("[0-9]+", run[0])
        ]
        for first in range(len(groups)):
            span = _habitual_from(text, groups, first)
            if span and not _is_something_else(text, *span):
                return span
    return None


def _habitual_from(text, groups, first):
    digits, splits = "", set()
    for start, end in groups[first : first + 12]:
        if digits:
            splits.add(len(digits))
        digits += text[start:end]
        if len(digits) > 12:
            return None
        if len(digits) in HABITUAL and splits <= HABITUAL[len(digits)] and is_number(digits):
            return groups[first][0], end
    return None


def _alone(text):
    """Find a number, split anywhere, that no other digits stand beside."""
    for shape in (_ON_A_LINE, _OVER_LINES, _GROUPS):
        for run in shape.finditer(text):
            digits = "".join(filter(str.isdigit, run[0]))
            if is_number(digits) and not _is_something_else(text, *run.span()):
                return run.span()
    return None


def is_number(digits):
    """True when ``digits``, 10 or 12 and nothing else, are an identity number."""
    if len(digits) == 12 and digits[:2] in ("18", "19", "20"):
        return _is_day(digits[:4], digits[4:6], digits[6:8]) and _is_checked(digits[2:])
    if len(digits) != 10:
        return False
    century = any(_is_day(each + digits[:2], digits[2:4], digits[4:6]) for each in ("19", "20"))
    return century and _is_checked(digits)


def _is_day(year, month, day):
    day = int(day)
    try:
        datetime.date(int(year), int(month), day - COORDINATION if day > COORDINATION else day)
    except ValueError:
        return False
    return True


def _is_checked(ten):
    """True when the last of ten digits is the check digit of the others (Luhn)."""
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(ten))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def _holds_date(match):
    year, month, day = match.groups()
    iso = _ISO_DATE.match(match.string, match.start())
    if iso and _is_recent(year):  # a date, and perhaps a room
        return False
    return any(_is_day(each[-4:], month, day) for each in ("19" + year, "20" + year))


def _is_recent(year):
    return int(year) > datetime.date.today().year - YOUNGEST


def _is_something_else(text, start, end):
    """True when the digits from ``start`` to ``end`` have another meaning by their shape."""
    written = text[start:end]
    if _TELEPHONE.fullmatch(written) or _AMOUNTS.fullmatch(written):
        return True
    dnr = _DNR.fullmatch(written)
    if dnr and int(dnr[1]) >= FIRST_OF_OURS:
        return True
    around = text[max(0, start - 10) : end + 10]
    shift = start - max(0, start - 10)
    for date in _ISO_DATE.finditer(around):
        begin, stop = date.start() - shift, date.end() - shift
        if begin < 0 < stop or begin < len(written) < stop:
            return True  # the digits are parts of a date
    date = _ISO_DATE.match(written)
    rest = text[start + 10 : end + 10]
    return bool(date) and _is_a_date_first(date, rest, end - start - 10)


def _is_a_date_first(date, rest, length):
    """True when what stands after a date, ``length`` characters of ``rest``, is no serial."""
    year = int(date[1])
    serial = sum(map(str.isdigit, rest[:length]))
    if (_is_recent(year) or serial < 4) and rest[:1] not in "-+":
        return True
    found = _CLOCK.match(rest) or _AMOUNT_AFTER.match(rest)
    return year >= FIRST_OF_OURS and found is not None and found.end() >= length
