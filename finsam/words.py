"""Numbers and dates as Swedish readers expect them: pure functions, plain text out.

Groups of three are parted by U+00A0: copied text stays one number, screen readers say it as one,
and in the house's font it is 0.2 em wide, as thin as a thin space. The minus is U+2212.
"""

import datetime
from decimal import Decimal
from fractions import Fraction

from associations.decimals import half_up

SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
NO_VALUE = "–"
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def number(value, places=0, *, plus=False):
    """Return ``1 345 100``, ``−648 800`` or ``13,9``; None gives ``–``. ``plus`` adds a + sign."""
    if value is None or value == "":
        return NO_VALUE
    rounded = half_up(value, places)
    digits = f"{abs(rounded):,}".replace(",", SPACE).replace(".", ",")
    if rounded < 0:
        return MINUS + digits
    return f"+{digits}" if plus and rounded > 0 else digits


def with_unit(text, unit):
    """Return text and unit held together by a no-break space; a missing value gets no unit."""
    return text if text == NO_VALUE else f"{text}{SPACE}{unit}"


def kronor(value, *, plus=False):
    """Return whole kronor with the unit: ``1 345 100 kr``."""
    return with_unit(number(value, plus=plus), "kr")


def millions(value, *, plus=False):
    """Return kronor as millions with one decimal, without the unit: 7 465 670 → ``7,5``."""
    if not value:
        return number(value)
    return number(Fraction(value) / 1_000_000, 1, plus=plus)


def thousands(value):
    """Return kronor as thousands without the unit: 7 465 670 → ``7 466``."""
    return number(Fraction(value) / 1000 if value else value)


def mnkr(value, *, plus=False):
    """Return kronor as ``7,5 mnkr``; below a tenth of a million the whole kronor instead."""
    if value is not None and 0 < abs(value) < 100_000:
        return kronor(value, plus=plus)
    return with_unit(millions(value, plus=plus), "mnkr")


def tkr(value):
    """Return kronor as thousands: 7 465 670 → ``7 466 tkr``."""
    return with_unit(thousands(value), "tkr")


def percent(share, places=0, *, plus=False):
    """Return a share of one as per cent: 0.67 → ``67 %``. ``plus`` adds a + sign."""
    return NO_VALUE if share is None else percent_of_100(_exact(share) * 100, places, plus=plus)


def percent_of_100(value, places=None, *, plus=False):
    """Return a number that is per cent already: 67 → ``67 %``.

    Without ``places`` a Decimal that isn't whole keeps one decimal, and all else is whole.
    """
    if places is None:
        places = int(isinstance(value, Decimal) and value != int(value))
    return with_unit(number(value, places, plus=plus), "%")


def _exact(value):
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def swedish_date(value):
    """Return ``26 februari 2016``; text passes through, since some sources know only the month."""
    if isinstance(value, datetime.date):
        return f"{value.day}{SPACE}{MONTHS[value.month - 1]} {value.year}"
    return NO_VALUE if value is None else str(value)


def period(start, end):
    """Return ``2019–2021``, ``sedan 2019``, ``till och med 2021`` or ``–`` (years or dates)."""
    first, last = swedish_date(start), swedish_date(end)
    if start and end:
        gap = " " if isinstance(start, datetime.date) else ""
        return first if first == last else f"{first}{gap}–{gap}{last}"
    if start:
        return f"sedan {first}"
    return f"till och med {last}" if end else NO_VALUE
