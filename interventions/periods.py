"""Which of two periods, as people write them, lies within the other. Plain text in.

”första halvåret 2020” lies within ”2020”, 2017–2018 within 2017–2019, and every year within
”sedan starten”. What has no year and no such word is not known to lie within anything.
"""

import re
from dataclasses import dataclass

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_WHOLE_YEARS = re.compile(r"(?:år(?:en)? )?[0-9]{4}(?: ?[-–] ?(?:[0-9]{2}|[0-9]{4}))?")
_SHORT_END = re.compile(r"([0-9]{2})[0-9]{2} ?[-–] ?([0-9]{2})")
_UP_TO = re.compile(
    r"(?:till|t\.? ?o\.? ?m|totalt|hela tiden|hittills|redovisa(?:t|de|s)"
    r"|ack(?:umulera(?:t|de))?)\b"
)
_UP_TO_LATER = re.compile(r"\b(?:till och med|t\.? ?o\.? ?m)\b")
_FROM_START = re.compile(r"(?:sedan|från) (?:insatsens |projektets )?start(?:en)?\b")
_SINCE = re.compile(r"(?:sedan|från)\b")
BEGINNING, END = 0, 9999


@dataclass(frozen=True)
class Span:
    """The years that a period touches; ``in_part`` when it isn't known to be the whole of them."""

    first: int
    last: int
    in_part: bool = False

    def is_within(self, other):
        """True when this lies within ``other`` and is not the same."""
        if self == other or not other.first <= self.first <= self.last <= other.last:
            return False
        return not other.in_part and (self.in_part or self != other)

    def overlaps(self, other):
        """True when some year is of both; two parts of a year are taken as apart."""
        apart = self.in_part and other.in_part
        return not apart and self.first <= other.last and other.first <= self.last


def span(period):
    """Return the Span of a written period, or None when it can't be told."""
    text = " ".join(period.casefold().split())
    if short := _SHORT_END.fullmatch(text):
        text = f"{text[:4]}-{short[1]}{short[2]}"
    years = [int(year) for year in _YEAR.findall(text)]
    if _UP_TO.match(text) or (_UP_TO_LATER.search(text) and len(years) < 2):
        return Span(BEGINNING, max(years, default=END))
    if _FROM_START.match(text):
        return Span(BEGINNING, END)
    if not years:
        return Span(BEGINNING, END) if _SINCE.match(text) else None
    if _SINCE.match(text) and len(years) == 1:
        return Span(years[0], END)
    return Span(min(years), max(years), in_part=_WHOLE_YEARS.fullmatch(text) is None)


def span_of(period, year):
    """Return the Span of a period, or of some part of ``year`` where its words hold none."""
    found = span(period)
    return Span(year, year, in_part=True) if found is None and year else found


def may_hold(whole, part):
    """True unless ``part`` is known to reach beyond ``whole``; each a Span, or None when unknown.

    What part of a year words mean isn't known for sure, so years alone tell.
    """
    return None in (whole, part) or whole.first <= part.first <= part.last <= whole.last


def divided(spans):
    """Return sets of keys of ``spans`` that don't overlap: made of the longest, of the shortest.

    ``spans`` is key → Span. Of each two the longer, or the shorter, is taken first.
    """
    ordered = sorted(spans, key=lambda key: (spans[key].last - spans[key].first, str(key)))
    found = {frozenset(_apart(order, spans)) for order in (ordered, ordered[::-1])}
    return found - {frozenset()}


def _apart(order, spans):
    taken = []
    for key in order:
        if not any(spans[key].overlaps(spans[each]) for each in taken):
            taken.append(key)
    return taken
