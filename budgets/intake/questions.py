"""What a sheet leaves in doubt as a whole: its unit, its signs, what nobody has reckoned. Pure.

A question is answered in words that are seen, never by silence: by a choice, or by a box ticked.
"""

import re
from dataclasses import dataclass

from associations import units
from associations.cells import KRONOR
from associations.decimals import write
from budgets.intake import heads
from budgets.intake.row_kinds import AMOUNT

KEEP, TURN = "keep", "turn"
SIDES = {"income": "Alla intäkter", "cost": "Alla kostnader"}
LINES_OF_HEAD, LINES_OF_FOOT = 12, 6  # where a sheet says its unit
FEWEST_NEGATIVE = 2
A_THOUSAND = range(500, 2_001)  # about a thousandfold
# Words over a table that its outcome is not of a whole year: a day in it, or a part's name.
_PART = re.compile(
    r"\b(?:(?:19|20)[0-9]{2}-(?!12-31|01-01)[0-9]{2}-[0-9]{2}\b|(?:del|halv)år|tertial|kvartal)"
)
_YEARS = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
TICK, CHOOSE = "tick", "choose"


@dataclass(frozen=True)
class Question:
    """One doubt: ``key`` names it, ``kind`` says how it is answered (TICK, or CHOOSE a setting)."""

    key: str
    sentence: str
    kind: str = TICK


def said_units(sheet):
    """Return the units that a sheet (cells.Sheet) names, in itself, its head and its foot."""
    rows = [*sheet.rows[:LINES_OF_HEAD], *sheet.rows[LINES_OF_HEAD:][-LINES_OF_FOOT:]]
    texts = {cell for row in rows for cell in row if cell and not heads.is_amount(cell)}
    return sheet.units.union(*map(units.named, texts))


def unit_of(chosen, said):
    """Return the unit to read in: as ``chosen``, or as the sheet says; kronor when it says none.

    ``said`` is what ``said_units`` returned. Of kronor and one other, the other: it is the one
    that nobody writes by habit, and ``unit_questions`` asks.
    """
    others = sorted(said - {KRONOR})
    return chosen or (others[0] if len(others) == 1 else KRONOR)


def unit_questions(chosen, said):
    """Return the questions that the sheet's own words on its unit raise."""
    words = " och ".join(units.WORDS[unit] for unit in sorted(said))
    if not chosen and len(said) > 1:
        return [Question("unit", f"Bladet talar om både {words}. Välj enhet nedan.", CHOOSE)]
    if chosen and said and chosen not in said:
        sentence = f"Bladet talar om {words}. Beloppen läses ändå som {units.WORDS[chosen]}."
        return [Question("unit", sentence)]
    return []


def negative(rows, width):
    """Return the (part, column) places where every amount of fitted ``rows`` is below zero.

    One cost alone may be so, as what is sold to others; not when the sheet sums it as its part.
    """
    if rows.settled is None:
        return frozenset()
    outline, found = rows.settled.outline, set()
    summed = {"income", *(bound.section for bound in rows.settled.binder.bound)}
    for side in SIDES:
        for at in range(width):
            values = [
                line.values[at]
                for line, part in zip(outline.lines, outline.parts, strict=True)
                if part.kind == AMOUNT and (part.section or part.lean) == side
            ]
            values = [value for value in values if value]
            fewest = 1 if side in summed else FEWEST_NEGATIVE
            if len(values) >= fewest and max(values) < 0:
                found.add((side, at))
    return frozenset(found)


def sign_questions(chosen, places, names):
    """Return the question that negative places raise; ``names`` are the columns', in order."""
    if not places or chosen:
        return []
    said = [
        f"{SIDES[side]} i {', '.join(names[at] for each, at in sorted(places) if each == side)}"
        for side in SIDES
        if any(each == side for each, _ in places)
    ]
    sentence = f"{' och '.join(said)} är under noll. Välj nedan om tecknet ska vändas."
    return [Question("signs", sentence, CHOOSE)]


def size_questions(changes, unit):
    """Ask for the unit when most amounts would become about a thousandth, or a thousandfold."""
    pairs = [(abs(each.old), abs(each.new)) for each in changes if each.old and each.new]
    for words, ratios in (
        ("tusendelen", [old // new for old, new in pairs]),
        ("tusen gånger", [new // old for old, new in pairs]),
    ):
        hits = [at for at, ratio in enumerate(ratios) if ratio in A_THOUSAND]
        if 2 * len(hits) > len(pairs):
            old, new = pairs[hits[0]]
            return [
                Question(
                    "size",
                    f"{len(hits)} av {len(pairs)} ändrade belopp blir omkring {words} av vad som "
                    f"står där, till exempel {write(old)} → {write(new)}. Beloppen läses i "
                    f"{units.WORDS[unit]}.",
                )
            ]
    return []


def part_questions(texts, read_heads):
    """Ask when what stands over the table says that a year's outcome is of a part of it.

    ``texts`` are the cells over the heads and the heads; ``read_heads`` those of read columns.
    """
    said = [(head, heads.read(head)) for head in read_heads]
    actual = {str(each.year): head for head, each in said if each and each.kind == "actual"}
    for text in texts:
        years = set(_YEARS.findall(text)) or set(actual)
        of = [actual[year] for year in sorted(years) if year in actual]
        if of and _PART.search(text.casefold()):
            sentence = f"Bladet talar om ”{text}”, så {of[0]} kan vara en del av året."
            return [Question("part", sentence)]
    return []


def stale_questions(sheet, cells):
    """Ask when formulas among the cells that are read were never reckoned.

    ``cells`` are (row, column, name) that are read, counted from 0.
    """
    stale = [name for row, column, name in cells if sheet.cells.get((row, column)) and
             sheet.cells[row, column].stale]  # fmt: skip
    if not stale:
        return []
    named = "; ".join(stale[:5]) + (f" och {len(stale) - 5} till" if len(stale) > 5 else "")
    sentence = (
        f"{len(stale)} formler är inte uträknade i filen, så talen där kan vara fel: {named}. "
        "Öppna filen i Excel, spara den och läs in den igen."
    )
    return [Question("stale", sentence)]
