"""Numbers that stand in the words of a result, beside its counts. Pure.

”Deltagare (17 kvinnor, 3 män)” tells what the gate hides, and ”av 20 deltagare” is a base. Years,
ages, times, places in a source and what is counted of something else than persons are no counts.
"""

import re

UNSAID = "[visas inte]"
WORDS = (
    "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv",
)  # fmt: skip
_OTHER = (
    r"[ \u00a0]?(?:%|procent|år|årig|mån|veck|dag|tim|gång|områd|kr|mkr|tkr|januari|februari|mars|"
    r"april|maj|juni|juli|augusti|september|oktober|november|december)"
)
_PLACE = r"kapitel|kap\.?|sida|sid\.?|s\.|kvartal|bild|tabell|not|§|nr|punkt|mål|steg|del"
_NUMBER = re.compile(
    rf"(?P<place>\b(?:{_PLACE})[ \u00a0]?)?"
    rf"(?<![\w.,–-])(?P<number>[0-9]{{1,6}}|{'|'.join(WORDS)})(?!\w|[.,–-][0-9])"
    rf"(?P<other>{_OTHER})?",
    re.IGNORECASE,
)
_YEARS = range(1900, 2100)


def counts_in(text):
    """Return the numbers in ``text`` that may count persons, in their order."""
    return [number for match in _NUMBER.finditer(text) if (number := _count(match)) is not None]


def without(text, numbers):
    """Return ``text`` with ``UNSAID`` for those of ``numbers`` that stand in it as counts."""
    return _NUMBER.sub(
        lambda match: (
            UNSAID if _count(match) in numbers and _count(match) is not None else match[0]
        ),
        text,
    )


def _count(match):
    """Return the number that was found, or None when it isn't one of persons."""
    if match["place"] or match["other"]:
        return None
    said = match["number"].casefold()
    number = WORDS.index(said) + 2 if said in WORDS else int(said)
    return None if number in _YEARS else number
