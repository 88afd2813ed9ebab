"""Geometry of a share bar: the parts of a whole side by side, each with its words. Pure.

Lengths sideways are in per cent of the chart's width, upwards in pixels, as in ``charts.py``.
"""

from dataclasses import dataclass
from fractions import Fraction

from associations import letters
from finsam.charts import Part, coordinate, part
from finsam.words import percent_of_100

REFERENCE_WIDTH = 672  # pixels at which labels are placed; below it the chart shows a key instead
LETTER_WIDTH = 7.6  # advance of a usual letter at 15 px, in pixels, with some to spare
LABEL_GAP = 12  # pixels between two labels on a row
LABEL_ROWS = 4  # one above the bar and three below it; what has no room there stands in the list
LEADER_GAP = 6  # pixels from a leading line to its label
LEAST_SHARE_WITH_FIGURE = 12  # per cent of the width that "13 %" needs on a narrow telephone


@dataclass(frozen=True)
class Label:
    """A segment's words and their place: ``row`` 0 is above the bar, 1, 2 … are below."""

    text: str
    x: float
    anchor: str
    row: int


@dataclass(frozen=True)
class Segment:
    """A part placed on the bar. Without room for its ``label`` it stands in the list below."""

    part: Part
    x: float
    width: float
    middle: float
    figure_fits: bool
    label: Label | None


def undrawable(parts):
    """Return why ``parts`` (charts.Part) make no share bar, in a sentence; "" when they do."""
    below = next((each.label for each in parts if each.value and each.value < 0), None)
    if below is not None:
        return (
            f"Diagrammet går inte att rita: ”{below}” är mindre än noll, och en del av en helhet "
            "kan inte vara det. Talen står i tabellen."
        )
    if not any(each.value for each in parts):
        return "Diagrammet går inte att rita: alla delar är noll."
    return ""


def share_bar(parts):
    """Return the segments of one stacked bar.

    Widths follow the values themselves, so they fill the bar exactly even where the printed per
    cents, being rounded, add up to 99 or 101. A part of 0 or None gets no segment.
    Raises ValueError on a negative value: a share of a whole cannot be below zero.
    """
    shown = [part(each) for each in parts]
    shown = [each for each in shown if each.value]
    if any(each.value < 0 for each in shown):
        raise ValueError("A part of a whole cannot be negative.")
    total = sum(Fraction(each.value) for each in shown)
    segments, x = [], Fraction(0)
    taken = [-LABEL_GAP] * LABEL_ROWS  # how far each row's labels reach, in pixels
    for each in shown:
        width = Fraction(each.value) / total * 100
        segments.append(
            Segment(
                part=each,
                x=coordinate(x),
                width=coordinate(width),
                middle=coordinate(x + width / 2),
                figure_fits=width >= LEAST_SHARE_WITH_FIGURE,
                label=_label(each, x, x + width, taken),
            )
        )
        x += width
    return segments


def _label(each, first, last, taken):
    """Return the Label of a part that goes from ``first`` to ``last``; None without room for it.

    One that would run into its neighbour goes below the bar, then lower, led there by a line that
    crosses no other. ``taken`` has each row's end so far, and is brought up to date.
    """
    figure = percent_of_100(each.percent)
    figure_fits = last - first >= LEAST_SHARE_WITH_FIGURE
    for row in range(LABEL_ROWS):
        text = each.label if figure_fits and row == 0 else f"{each.label} {figure}"
        length = letters.width(text) * LETTER_WIDTH + (LEADER_GAP if row else 0)
        at, anchor = _pixels(first), "start"
        start = at
        if start + length > REFERENCE_WIDTH:
            at, anchor = _pixels(last), "end"
            start = at - length
        led = all(end <= at for end in taken[1:row])
        if start >= 0 and taken[row] + LABEL_GAP <= start + 0.5 and led:
            taken[1:row] = [at] * len(taken[1:row])
            taken[row] = start + length
            return Label(text, coordinate(last if anchor == "end" else first), anchor, row)
    return None


def _pixels(per_cent):
    return float(per_cent) / 100 * REFERENCE_WIDTH
