"""How much room a text takes, in letters of usual width: an estimate, rather too large. Pure."""

import unicodedata

CAPITAL, WIDE = 1.3, 1.8  # how many usual letters such a letter takes
WIDE_LETTERS = "mwMW@%—…"


def width(text):
    """Return how many letters of usual width ``text`` takes."""
    return sum(map(_width, text))


def _width(letter):
    if letter in WIDE_LETTERS or unicodedata.east_asian_width(letter) in "WF":
        return WIDE
    return CAPITAL if letter.isupper() else 1
