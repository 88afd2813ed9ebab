"""The one reader of amounts that a person typed or pasted.

Cell, paste, CSV, XLSX, form and admin all read through ``read_kronor``. The result is exactly
the number meant, or a refusal that says why (domain.md, "Reading a number").
"""

import re

from associations.decimals import MINUS, write

LARGEST = 999_999_999_999
LONGEST = 200  # characters in a cell

# Ordinary, no-break, narrow no-break and thin space may group digits in threes.
_SPACES = " \u00a0\u202f\u2009"
_NOTHING = {"", "-", "\u2013", MINUS}
_GROUPED = re.compile(rf"[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+")
_PLAIN = re.compile(r"[0-9]+")
_DECIMALS = re.compile(r"(?P<whole>.*[0-9]),(?P<part>[0-9]+)")
_ZERO_ORE = re.compile(r"(.*[0-9])(?:,00?|\.00?)")  # no thousands are grouped in ones or twos
_CURRENCY_BEFORE = re.compile(r"^(?:kr|sek)\.?(?=[^a-zåäö]|$)", re.IGNORECASE)
_CURRENCY_AFTER = re.compile(r"(?:(?<![a-zåäö])(?:kr|sek)\.?|:-)$", re.IGNORECASE)


def read_kronor(text):
    """Return the whole kronor that ``text`` means, or None for no amount.

    Raises ValueError with a Swedish sentence when it is not certain what is meant.
    """
    original = text.strip(_SPACES + "\t\r\n")
    if original in _NOTHING:
        return None
    if len(original) > LONGEST:
        raise ValueError(f"Texten är för lång för ett belopp. Skriv högst {LONGEST} tecken.")
    shown = f"”{original}”"
    _refuse_strange_characters(original, shown)
    rest, negative = _take_sign(_take_currency(original))
    rest = _take_zero_ore(rest, shown)
    if _PLAIN.fullmatch(rest):
        digits = rest
    elif _GROUPED.fullmatch(rest):
        digits = rest.translate(dict.fromkeys(map(ord, _SPACES)))
    else:
        raise ValueError(_why_not(rest, shown))
    kronor = int(digits)
    if kronor > LARGEST:
        raise ValueError(f"Beloppet {shown} är för stort. Det största är {write(LARGEST)} kr.")
    return -kronor if negative else kronor


def read_amount(text, *, scale=1):
    """Return the kronor that ``text`` means in a file whose unit is ``scale`` kronor.

    Decimals that make whole kronor are exact: in thousands ``1 345,1`` is 1 345 100, in millions
    ``7,46567`` is 7 465 670. Raises as ``read_kronor``.
    """
    most = len(str(scale)) - 1
    decimals = _DECIMALS.fullmatch(text.strip()) if most else None
    if decimals and len(decimals["part"]) > most:
        decimals = None
    whole = decimals["whole"] if decimals else text
    kronor = read_kronor(whole)
    if kronor is None:
        return None
    part = int(decimals["part"].ljust(most, "0")) if decimals else 0
    negative = any(sign in whole for sign in f"-{MINUS}")
    result = kronor * scale + (-part if negative else part)
    if abs(result) > LARGEST:
        raise ValueError(f"Beloppet ”{text}” är för stort. Det största är {write(LARGEST)} kr.")
    return result


def _refuse_strange_characters(text, shown):
    if text[0] in "=@" or (text[0] == "+" and len(text) > 1):
        raise ValueError(f"{shown} ser ut som en formel. Skriv talet.")
    if text.startswith("#"):
        raise ValueError(f"{shown} är ett fel ur ett kalkylark. Skriv talet.")
    for character in text:
        if character.isdigit() and character not in "0123456789":
            raise ValueError(f"{shown} har siffror av annat slag än 0–9. Skriv om talet.")
        if not character.isprintable() and character not in _SPACES:
            raise ValueError("Texten har osynliga tecken. Skriv om talet för hand.")


def _take_currency(text):
    """Take one ``kr``, ``SEK`` or ``:-`` away from around the number."""
    for pattern in (_CURRENCY_BEFORE, _CURRENCY_AFTER):
        rest, taken = pattern.subn("", text)
        if taken and rest.strip(_SPACES):
            return rest.strip(_SPACES)
    return text


def _take_sign(text):
    if text[0] in f"-{MINUS}":
        return _take_currency(text[1:].strip(_SPACES)), True
    return text, False


def _take_zero_ore(text, shown):
    """Take ``,00``, ``,0``, ``.00`` or ``.0`` away; refuse other öre."""
    zero = _ZERO_ORE.fullmatch(text)
    if zero:
        return zero[1]
    if re.fullmatch(r".+,[0-9]{1,2}", text):
        raise ValueError(f"{shown} har öre. Skriv hela kronor.")
    return text


def _why_not(rest, shown):
    """Say why ``rest`` is not read as a number."""
    if re.fullmatch(r"[0-9]{1,3}(?:[.,][0-9]{3})+", rest):
        plain = re.sub(r"[^0-9]", "", rest)
        return (
            f"Beloppet {shown} kan läsas på flera sätt, för punkt och komma betyder olika i olika "
            f"program. Skriv {plain} eller {write(int(plain))} om du menar det."
        )
    if re.search(r"[0-9][.,][0-9]", rest):
        return f"{shown} har decimaler eller flera skiljetecken. Skriv hela kronor med siffror."
    if re.fullmatch(r"[0-9]+([eE][+-]?[0-9]+)", rest) or "_" in rest:
        return f"{shown} är inte ett vanligt skrivet tal. Skriv bara siffror: 1 345 100."
    if re.search(r"(?i)tkr|mkr|mnkr|msek|tsek|miljon", rest):
        return f"{shown} har en enhet. Skriv hela kronor, till exempel 950 000."
    if rest.startswith("(") and rest.endswith(")"):
        return f"{shown} står inom parentes. Skriv minus före talet om det är det du menar."
    if "%" in rest:
        return f"{shown} är procent. Skriv beloppet i hela kronor."
    if re.fullmatch(rf"[0-9{_SPACES}]+", rest):
        return f"I {shown} står mellanrummen fel. Gruppera siffrorna tre och tre: 1 345 100."
    return f"{shown} är inget belopp. Skriv hela kronor med siffror, till exempel 1 345 100."
