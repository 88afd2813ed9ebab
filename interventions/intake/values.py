"""Reads one cell of a sheet with results as a field's value, or says why it can't be. Pure."""

import re
from decimal import Decimal

from associations.cells import DAY, PLAIN
from associations.decimals import half_up, read_decimal
from associations.import_widgets import YesNoWidget
from associations.labels import folded, visible
from associations.number_formats import MONTHS
from interventions.hiding import FEW, WITHHELD
from interventions.result_rows import QUALIFIERS

COUNTS = ("women", "men", "total", "base_count")
NUMBERS = (*COUNTS, "year", "percent")
NOTHING = ("", "-", "\N{EN DASH}", "\N{MINUS SIGN}")
PLACES = 1  # decimals that a rate is stored with
_RATE = re.compile("[0-9]{1,15}(?:[.,][0-9]{1,15})?[ \u00a0\u202f]*%?")
_WHOLE_YEAR = re.compile(r"((?:19|20)[0-9]{2})-(?:01-01|12-31)")
_MONTH = re.compile(r"([^\W\d]{3,9})\.?[ \-/'\u2019]*((?:19|20)?[0-9]{2})")
_ENGLISH = {"may": "maj", "oct": "okt"}


def read_cell(name, cell, said=PLAIN):
    """Return the value of a cell with its CellFormat. Raises ValueError with a sentence."""
    if name in NUMBERS and cell in NOTHING:
        return None
    if cell in (FEW, WITHHELD):
        raise ValueError(
            f"”{cell}” är ett dolt antal ur den publika filen. Läs in kansliets egen fil."
        )
    if name == "year":
        return _year(cell)
    if name in NUMBERS:
        _refuse(cell, said)
        return _percent(cell) if name == "percent" else _count(cell)
    if name == "period":
        return _period(cell, said)
    if name == "counts_persons":
        return YesNoWidget().clean(cell) is not False
    return _qualifier(cell) if name == "qualifier" else visible(cell)


def _refuse(cell, said):
    if said.refused:
        raise ValueError(f"”{cell}”: {said.refused}")
    if said.unit:
        raise ValueError(f"”{cell}” är ett belopp i {said.unit} och inget antal.")


def _count(cell):
    """Return a whole number from 0; digits may stand in groups, and be followed by ,0 or ,00."""
    try:
        number = read_decimal(cell)
    except ValueError:
        raise ValueError(f"”{cell}” är inget heltal. Skriv bara siffror.") from None
    if "%" in cell:
        raise ValueError(f"”{cell}” är procent och inget antal.")
    if number.denominator != 1:
        raise ValueError(f"”{cell}” är inget heltal. Skriv bara siffror.")
    if number < 0:
        raise ValueError(f"”{cell}” är mindre än noll.")
    return int(number)


def _percent(cell):
    """Return a rate as a Decimal with one decimal, half up; ``is_rounded`` tells of more."""
    return half_up(_exact(cell), PLACES)


def _exact(cell):
    """Return a rate's Decimal, with as many decimals as a spreadsheet has."""
    if not _RATE.fullmatch(cell):
        raise ValueError(f"”{cell}” är inget procenttal. Skriv till exempel 12,5.")
    return Decimal(cell.rstrip(" \u00a0\u202f%").replace(",", "."))


def is_rounded(cell):
    """True when a per cent has more decimals than are stored."""
    return cell not in NOTHING and (_exact(cell) * 10**PLACES) % 1 != 0


def is_doubtful(cell):
    """True for a rate without a per cent sign that may be a share of one: 0,3 for 30 %."""
    return cell not in NOTHING and not cell.endswith("%") and 0 < _exact(cell) <= 1


def _year(cell):
    found = _WHOLE_YEAR.fullmatch(cell)
    return _count(found[1] if found else cell)


def _period(cell, said):
    """Return a period as it is stored: a whole year's day is the year, mar-19 is mars 2019."""
    found = _WHOLE_YEAR.fullmatch(cell)
    if found:
        return found[1]
    if said.date == DAY:
        raise ValueError(f"”{cell}” är en dag. Skriv perioden som text, till exempel mars 2019.")
    found = _MONTH.fullmatch(folded(cell))
    month = _month(found[1]) if found else ""
    if not month:
        return visible(cell)
    year = found[2] if len(found[2]) == 4 else f"20{found[2]}"
    return f"{month} {year}"


def _month(word):
    """Return the month that a word names, whole or cut short, in Swedish or as programs write."""
    short = _ENGLISH.get(word, word)
    named = [
        month
        for month in MONTHS
        if month.startswith(short[:3])
        and (month.startswith(short) or word in ("sept", "march", "june", "july", "august"))
    ]
    return named[0] if len(named) == 1 else ""


def _qualifier(cell):
    known = {folded(label): value for value, label in QUALIFIERS.items()}
    if cell and folded(cell) not in known:
        raise ValueError(f"”{cell}” går inte att välja. Välj {', '.join(QUALIFIERS.values())}.")
    return known.get(folded(cell), "")
