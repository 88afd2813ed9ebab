"""A workbook's cell as text, with what it says beside it; and what a sheet hides. Pure."""

import datetime
import re
from dataclasses import replace

from associations import number_formats
from associations.cells import PLAIN, CellFormat
from associations.laying import why_two
from associations.xlsx_parts import Rich

STALE = (
    "Cellen är en formel som inte är uträknad. Öppna filen i Excel eller LibreOffice, spara den "
    "och läs in den igen."
)
STRUCK = "Cellen är överstruken."
NOTE = re.compile(r"[ \u00a0]*(?:[0-9]{1,2}|[a-zåäö]|[*\u2020]{1,3})\)?", re.I)
YEAR = re.compile(r"(?:^|[^\W\d] )(?:19|20)[0-9]{2}$")
TRUE = ("1", "true", "on")
MERGED_MOST = 1_000_000  # cells under merged ones that are looked at


def text_of(cell, style, recalculate):
    """Return (text, CellFormat) of a parser's Cell; ``recalculate`` when no 0 of a formula counts.

    A formula without a value is told as it is written.
    """
    value = cell.value
    if cell.formula is not None and (value is None or (recalculate and value == "0")):
        return (cell.formula if value is None else "0"), CellFormat(refused=STALE, stale=True)
    if cell.is_number:
        exact = number_formats.exact(value)
        if style.is_plain:
            return number_formats.written(exact), PLAIN
        text, told = number_formats.number(exact, style.code)
    else:
        text, told = _shown(value, style.code)
    if not text or told.refused:
        return text, told
    if style.struck:
        return text, replace(told, refused=STRUCK)
    if style.moved and cell.is_number:
        return text, replace(told, refused="Cellens tal är upphöjt eller nedsänkt.")
    return text, told


def _shown(value, code):
    if value is None:
        return "", PLAIN
    if isinstance(value, bool):
        return ("SANT" if value else "FALSKT"), PLAIN
    if isinstance(value, Rich):
        return _rich(value)
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return number_formats.date(value, code)
    text = str(value)
    why = why_two(text)
    return text, CellFormat(refused=why) if why else PLAIN


def _rich(value):
    """Return a text with struck or raised runs; a raised note's mark after a word is left out."""
    runs = list(value.runs)
    while len(runs) > 1 and _is_note(runs):
        runs.pop()
    text = "".join(each for each, _, _ in runs)
    for words, struck, moved in runs:
        if not words.strip() or not (struck or moved):
            continue
        how = "en överstruken del" if struck else "en upphöjd eller nedsänkt del"
        return text, CellFormat(refused=f"Cellen har {how}, ”{words.strip()[:40]}”.")
    return text, PLAIN


def _is_note(runs):
    """True when the last run is a mark such as a raised 1 after a word or a year: no part of it."""
    last, struck, moved = runs[-1]
    before = "".join(each for each, _, _ in runs[:-1]).rstrip()
    is_word = re.search(r"[^\W\d]\)?$", before) and not re.search(r"\b[ckdm]?m$", before)
    return moved and not struck and NOTE.fullmatch(last) and (is_word or YEAR.search(before))


def hidden_of(parser, limits):
    """Return the hidden rows and columns of a parsed sheet, and the cells under merged ones."""
    rows = {int(at) - 1 for at, each in parser.row_dimensions.items() if _is_hidden(each, "ht")}
    columns = {
        at - 1
        for each in parser.column_dimensions.values()
        if _is_hidden(each, "width")
        for at in range(
            int(each["min"]), min(int(each.get("max", each["min"])), limits.columns) + 1
        )
    }
    covered, left = set(), MERGED_MOST
    for merge in parser.merged_cells.mergeCell if parser.merged_cells else ():
        left_most, top, right, bottom = merge.bounds
        right, bottom = min(right, limits.columns), min(bottom, limits.rows)
        left -= max(right - left_most + 1, 0) * max(bottom - top + 1, 0)
        if left < 0:
            break
        area = ((r, c) for r in range(top - 1, bottom) for c in range(left_most - 1, right))
        covered.update(place for place in area if place != (top - 1, left_most - 1))
    return {"hidden_rows": rows, "hidden_columns": columns, "covered": covered}


def _is_hidden(attributes, size):
    """True for a row or column that is hidden, by hand, a filter or a group, or has no size."""
    return attributes.get("hidden") in TRUE or float(attributes.get(size) or 1) < 0.1


def told_of(cells):
    """Return sentences about what many cells say."""
    stale = sum(each.stale for each in cells.values())
    if not stale:
        return []
    which = "En formel är" if stale == 1 else f"{stale} formler är"
    return [
        f"{which} inte uträknad{'' if stale == 1 else 'e'} i filen. Öppna filen i Excel eller "
        "LibreOffice och spara den, så står talen där."
    ]
