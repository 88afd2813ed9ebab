"""Geometry of a waterfall: how one total becomes another, step by step. Pure.

Lengths sideways are in per cent of the chart's width, upwards in pixels, as in ``charts.py``.
"""

from dataclasses import dataclass

from finsam.charts import coordinate

ROW = 54  # pixels a row: a line of words, the bar beneath it, and a gap
BAR_TOP = 24  # pixels from the row's top


@dataclass(frozen=True)
class Step:
    """A row of a waterfall: a total (``change`` None), or a change that ends at ``total``."""

    label: str
    change: object
    total: object


@dataclass(frozen=True)
class Bar:
    """A placed bar; ``change`` is None for a total, which stands on the axis."""

    label: str
    change: object
    total: object
    kind: str
    texture: str
    x: float
    width: float
    label_y: float
    y: float

    @property
    def value(self):
        """What is written at the bar: the change, or the total."""
        return self.total if self.change is None else self.change


@dataclass(frozen=True)
class Waterfall:
    """The bars, the axis' place (per cent) and the height (pixels)."""

    bars: tuple
    axis: float
    height: int


def waterfall(rows):
    """Return the Waterfall of ``rows``, which are Steps or have their attributes."""
    rows = list(rows)
    ends = [0, *(each.total for each in rows)]
    low, high = min(ends), max(ends)
    reach = (high - low) or 1

    def at(value):
        return float((value - low) / reach * 100)

    bars = []
    for number, each in enumerate(rows):
        start = 0 if each.change is None else each.total - each.change
        first, last = sorted((at(start), at(each.total)))
        bars.append(
            Bar(
                label=each.label,
                change=each.change,
                total=each.total,
                kind="accent" if each.change is None else "b",
                texture="" if each.change is None else "lines",
                x=coordinate(first),
                width=coordinate(last - first),
                label_y=number * ROW + 17,
                y=number * ROW + BAR_TOP,
            )
        )
    return Waterfall(tuple(bars), coordinate(at(0)), len(rows) * ROW)
