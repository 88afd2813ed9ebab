"""Whether a label in a sheet names a member, or may be another name of a line. Pure."""

import re

from associations.labels import folded

_OF_PLACE = re.compile(r" (?:kommun|stad)$|^region ")
_CONTRIBUTION = re.compile(r"^(?:kommun|region|medlems)?(?:bidrag|avgift)(?:er)?(?: från)? ")
_WORDS = re.compile(r"[\w-]+")


def names(member, label):
    """True when a label names a member, as a whole word or several."""
    return bool(member) and f" {folded(member)} " in f" {folded(label)} ".replace(",", " ")


def is_place_of(member, label):
    """True when a label is a member's place alone: ”Vaggeryd”, ”Bidrag Vaggeryd”."""
    place = _OF_PLACE.sub("", folded(member.label))
    said = _CONTRIBUTION.sub("", folded(label))
    return place != folded(member.label) and said in (place, place.removesuffix("s"))


def are_near(one, other):
    """True when all words of one of two labels are in the other: ”FIA”, ”Projekt (FIA)”."""
    first, second = (set(_WORDS.findall(folded(each))) for each in (one, other))
    return bool(first and second) and (first <= second or second <= first)
