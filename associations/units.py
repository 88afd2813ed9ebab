"""The units of money that a text may name, as written in heads, sheet names and number formats."""

import re

from associations.cells import KRONOR, MILLIONS, THOUSANDS
from associations.labels import folded

WORDS = {KRONOR: "kronor", THOUSANDS: "tusental kronor", MILLIONS: "miljoner kronor"}
TIMES = {KRONOR: 1, THOUSANDS: 1_000, MILLIONS: 1_000_000}
_NAMED = {
    MILLIONS: r"mn ?kr|m ?kr|mkr|msek|mn ?sek|milj(?:\.|oner|on)?(?: ?(?:kr|kronor|sek))?",
    THOUSANDS: (
        r"t ?kr|tsek|kkr|ksek|tusen(?:tals?)?(?: (?:kr|kronor|sek))?"
        r"|(?<![0-9] )000 ?kr|i 1 ?000 ?(?:kr|kronor|sek)|1 ?000[- ]?tals?(?: (?:kr|kronor|sek))?"
    ),
    KRONOR: r"kr|kronor|sek",
}
_UNITS = [
    (unit, re.compile(rf"(?<![a-zåäö0-9])(?:{words})(?![a-zåäö0-9])"))
    for unit, words in _NAMED.items()
]


def named(text):
    """Return the units that ``text`` names, as a set of KRONOR, THOUSANDS and MILLIONS."""
    left, found = folded(text), set()
    for unit, pattern in _UNITS:
        left, times = pattern.subn(" ", left)
        if times:
            found.add(unit)
    return found
