"""Geometry of the house's charts: pure functions, plain values in, frozen dataclasses out.

Lengths sideways are in per cent of the chart's width (0–100), lengths upwards in pixels, so that a
chart follows its column while its words keep their size. Nothing here rounds a figure that is
shown; only coordinates are rounded, to two decimals.
"""

from dataclasses import dataclass
from fractions import Fraction

from associations.colour import COUNTY
from associations.decimals import half_up
from finsam.words import number

# Where no stylesheet reaches (the PDF), the hues on white paper; static/css/finsam.css has the same
# and those for a dark screen. A kind that is missing here takes the association's colour.
HUES = {
    "individual": "#0b5a82",
    "structural": "#c0561a",
    "competence": "#6b4c9a",
    "administration": "#6b7672",
    "b": "#b9c0c3",
    "cost": "#b9c0c3",
    "c": "#54605d",
    "d": "#dcd9d1",
}
# A texture beside the hue tells the parts apart in grey print; the first of each chart is plain.
TEXTURES = {
    "structural": "lines",
    "competence": "dots",
    "administration": "rules",
    "b": "lines",
    "cost": "lines",
    "c": "dots",
    "d": "rules",
}
COUNTY_COLOUR = COUNTY
# Figures stand white on a hue, but in ink on the light ones (4.5 to 1 at least).
INK, PAPER = "#17211f", "#ffffff"
LIGHT_KINDS = {"b", "cost", "d"}


@dataclass(frozen=True)
class Part:
    """One part of a whole: its label, value (any unit), per cent of the whole, and kind (hue).

    ``slug`` names the association whose own colour the part takes, on the screen.
    """

    label: str
    value: object
    percent: object
    kind: str = "accent"
    slug: str = ""

    @property
    def texture(self):
        """Return the texture's name, or "" for plain colour."""
        return TEXTURES.get(self.kind, "")

    @property
    def figure_ink(self):
        """Return the colour of a figure that stands on the part, on white paper."""
        return INK if self.kind in LIGHT_KINDS else PAPER


@dataclass(frozen=True)
class Series:
    """One row of values over the categories; a value of None is a gap, which is not 0."""

    label: str
    values: tuple
    kind: str = "accent"

    @property
    def texture(self):
        """Return the texture's name, or "" for plain colour."""
        return TEXTURES.get(self.kind, "")


@dataclass(frozen=True)
class Column:
    """A value's bar. ``value`` None has height 0 and no bar is drawn."""

    series: Series
    value: object
    text: str
    x: float
    width: float
    middle: float
    y: float
    height: float
    label_y: float


@dataclass(frozen=True)
class Group:
    """The bars of one category and the place of its name."""

    label: object
    middle: float
    columns: tuple


@dataclass(frozen=True)
class Columns:
    """A whole column chart: groups, the zero line and the ends of the drawn field, in pixels."""

    groups: tuple
    zero: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Goal:
    """A result's bar and the goal's mark, in per cent of the scale; None where one is missing."""

    result: object
    target: object
    reached: object


def part(thing):
    """Return ``thing`` (a Part, a dict, or an object with its attributes) as a Part."""
    if isinstance(thing, Part):
        return thing
    if isinstance(thing, dict):
        return Part(**thing)
    return Part(thing.label, thing.value, thing.percent, getattr(thing, "kind", "accent"))


def series(thing):
    """Return ``thing`` (a Series, a dict, or an object with its attributes) as a Series."""
    if isinstance(thing, dict):
        return Series(thing["label"], tuple(thing["values"]), thing.get("kind", "accent"))
    return Series(thing.label, tuple(thing.values), getattr(thing, "kind", "accent"))


def coordinate(value):
    """Return a place or a length as it is drawn, with two decimals."""
    return float(half_up(value, 2))


def hue(kind, accent=COUNTY_COLOUR):
    """Return the colour of a kind on white paper, ``#rrggbb``."""
    return HUES.get(kind, accent)


def columns(categories, all_series, *, write=number, height=220, label_height=22):
    """Return the geometry of bars that stand on (or hang from) one zero line.

    ``height`` is the drawn field in pixels, without the categories' names; ``label_height`` is
    kept free above the highest bar and below the lowest for the figures, which ``write`` turns
    into text. The axis always starts from zero.
    Raises ValueError when a series has another number of values than the categories.
    """
    rows = [series(each) for each in all_series]
    if any(len(row.values) != len(categories) for row in rows):
        raise ValueError("Every series needs one value for each category.")
    known = [value for row in rows for value in row.values if value is not None]
    high, low = max([0, *known]), min([0, *known])
    below = label_height if low < 0 else 0
    scale = (height - label_height - below) / float(high - low) if high != low else 0
    zero = label_height + float(high) * scale
    slot = 100 / max(len(categories), 1)
    bar = slot * 0.76 / max(len(rows), 1)
    groups = tuple(
        Group(
            label,
            coordinate(slot * (index + 0.5)),
            tuple(
                _column(row, index, write, slot * (index + 0.12) + bar * place, bar, zero, scale)
                for place, row in enumerate(rows)
            ),
        )
        for index, label in enumerate(categories)
    )
    return Columns(groups, coordinate(zero), float(label_height), float(height - below))


def _column(row, index, write, x, width, zero, scale):
    """Return one bar; its figure stands 6 px above it, or 16 px below one that hangs."""
    value = row.values[index]
    length = abs(float(value or 0)) * scale
    hangs = value is not None and value < 0
    y = zero if hangs else zero - length
    return Column(
        series=row,
        value=value,
        text=write(value),
        x=coordinate(x + width * 0.04),
        width=coordinate(width * 0.92),
        middle=coordinate(x + width / 2),
        y=coordinate(y),
        height=coordinate(length),
        label_y=coordinate(y + length + 16 if hangs else y - 6),
    )


def goal(result, target, *, maximum=None):
    """Return result and goal as per cents of one scale that starts at zero.

    ``maximum`` is the scale's end (100 for per cents); without it the larger of the two, with
    a quarter to spare beyond the goal. What is below zero has no place on it. ``reached`` says
    whether the result is at least the goal.
    """
    known = [value for value in (result, target) if value is not None]
    end = Fraction(maximum) if maximum else Fraction(max(known, default=0)) * Fraction(5, 4)
    end = max([end, *known])

    def share(value):
        on_it = value is not None and value >= 0 and end
        return coordinate(Fraction(value) / end * 100) if on_it else None

    both = result is not None and target is not None
    return Goal(share(result), share(target), result >= target if both else None)
