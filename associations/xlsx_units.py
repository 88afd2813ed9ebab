"""Holds the units that number formats say against those of the sheet's own words. Pure."""

from dataclasses import replace

from associations import units
from associations.cells import MILLIONS, THOUSANDS

LINES_OF_HEAD = 12  # rows from the top whose texts say a unit
SHOWN = {1: THOUSANDS, 2: MILLIONS}  # what a number is shown in when three digits are left out
ODD = "Cellens format visar talet i tusental eller miljoner, men bladet säger något annat."


def settled(cells, said, grid):
    """Return (cells, units that the sheet says) with each cell's unit certain, or to be asked of.

    ``said`` are the units of the sheet's name, head and foot. Where a format writes another unit
    than the sheet's words, as when all amounts have the currency format by habit, neither holds:
    the cells lose theirs, and the sheet says both.
    """
    written = {each.unit for each in cells.values() if each.unit}
    if not written and not any(each.scaled for each in cells.values()):
        return cells, said
    texts = {cell for row in grid[:LINES_OF_HEAD] for cell in row if any(map(str.isalpha, cell))}
    words = said.union(*map(units.named, texts))
    if words and not written <= words:
        cells = {place: replace(each, unit="") if each.unit else each
                 for place, each in cells.items()}  # fmt: skip
        said = said | written
    return {place: _unscaled(each, words) for place, each in cells.items()}, said


def _unscaled(cell, words):
    """Return a cell whose left out digits are back: its unit is the shown one over a thousand."""
    if not cell.scaled:
        return cell
    shown = min(words) if len(words) == 1 else SHOWN.get(cell.scaled)
    times, left_out = units.TIMES.get(shown, 0), 1000**cell.scaled
    unit = next((name for name, each in units.TIMES.items() if each * left_out == times), "")
    return replace(cell, unit=unit, refused=cell.refused or ("" if unit else ODD))
