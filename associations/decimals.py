"""Numbers that may have decimals, as Swedes type them: after a comma, and nothing ambiguous.

The house's one reader of per cents, parts and assumptions. Whole kronor in a budget have a reader
of their own, ``budgets/numbers.py``, which knows kronor and öre.
"""

import re
from decimal import Decimal
from fractions import Fraction

MINUS = "\u2212"
NO_BREAK_SPACE = "\u00a0"

_SPACES = " \u00a0\u202f\u2009"
_NUMBER = re.compile(
    rf"(?P<sign>[-{MINUS}+]?)[{_SPACES}]*"
    rf"(?P<whole>[0-9]{{1,15}}|[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}}){{1,4}})"
    rf"(?:,(?P<decimals>[0-9]+))?[{_SPACES}]*%?"
)
DECIMALS = 4


def half_up(number, places=0):
    """Return ``number`` rounded half up, away from zero: the house's one way of rounding.

    An int without ``places``, else a Decimal with so many. A float counts as what it prints:
    0.145 with two places is 0.15.
    """
    if isinstance(number, float):
        number = Decimal(repr(number))
    above, below = number.as_integer_ratio()
    rounded = divided(above * 10**places, below)
    return Decimal(rounded).scaleb(-places) if places else rounded


def divided(above, below):
    """Return ``above`` / ``below`` (integers, the latter positive), rounded half up as above."""
    whole = (2 * abs(above) + below) // (2 * below)
    return -whole if above < 0 else whole


def read_decimal(text):
    """Return the number that ``text`` means as a Fraction (``12,5`` is 25/2), or None for none.

    A per cent sign after it is allowed and means nothing more. Raises ValueError with a Swedish
    sentence when it is not certain what is meant.
    """
    text = text.strip(_SPACES + "\t\r\n")
    if not text:
        return None
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise ValueError(_why_not(text))
    decimals = found["decimals"] or ""
    if len(decimals) == 3:
        plain = re.sub(r"[^0-9]", "", found["whole"] + decimals)
        raise ValueError(
            f"”{text}” kan läsas på två sätt, för tre siffror efter komma kan vara tusental. "
            f"Skriv {plain}, eller {found['whole']},{decimals}0 om du menar decimaler."
        )
    if len(decimals) > DECIMALS:
        raise ValueError(f"”{text}” har för många decimaler. Skriv högst {DECIMALS}.")
    whole = re.sub(r"[^0-9]", "", found["whole"])
    number = Fraction(int(whole + decimals), 10 ** len(decimals))
    return -number if found["sign"] in ("-", MINUS) and found["sign"] else number


def _why_not(text):
    shown = f"”{text}”"
    if re.search(r"(?i)kr|sek|:-", text):
        return f"{shown} är kronor. Skriv bara talet: enheten står eller väljs vid sidan om."
    if re.fullmatch(rf"[-+{MINUS}]?[0-9{_SPACES}]+(?:[.,][0-9]+)+%?", text):
        return f"{shown} kan läsas på flera sätt. Skriv decimaler efter ett komma: 12,5."
    if re.fullmatch(rf"[0-9{_SPACES}]+", text):
        return f"I {shown} står mellanrummen fel. Skriv siffrorna tätt, eller tre och tre."
    return f"{shown} är inget tal. Skriv till exempel 10 eller 12,5."


def write(whole):
    """Write a whole number with no-break groups of three and a real minus; None is ``""``."""
    if whole is None:
        return ""
    digits = f"{abs(whole):,}".replace(",", NO_BREAK_SPACE)
    return f"{MINUS}{digits}" if whole < 0 else digits


def write_decimal(number, places=DECIMALS):
    """Write a Fraction or Decimal with a comma and at most ``places`` decimals, no idle zeros."""
    scaled = half_up(abs(Fraction(number)) * 10**places)
    whole, rest = divmod(scaled, 10**places)
    decimals = f"{rest:0{places}d}".rstrip("0") if places else ""
    text = write(whole) + (f",{decimals}" if decimals else "")
    return f"{MINUS}{text}" if number < 0 and scaled else text


def write_percent(share, places=2):
    """Write a share of one as per cent: 1/10 is ``10 %``."""
    return f"{write_decimal(share * 100, places)}\u00a0%"


def write_typed(number):
    """Write a number as ``read_decimal`` reads it back, three decimals with a zero behind them."""
    text = write_decimal(number)
    return f"{text}0" if len(text.partition(",")[2]) == 3 else text
