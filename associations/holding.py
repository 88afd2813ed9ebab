"""What may not be torn at a line's end: amounts with their units, days, names.

Pure text in and out. A no-break space holds what a plain one would let go; names that are too
long for that keep their spaces, so that they fit a narrow column.
"""

import re

NO_BREAK = "\N{NO-BREAK SPACE}"
LONGEST_HELD = 40  # characters of a name that stays on one line
SHORTEST = 8  # letters of a single word that could be hyphenated
MONTHS = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
UNITS = "kr|kronor|tkr|mnkr|mkr|msek|sek|miljon(?:er)?|miljard(?:er)?|procent(?:enhet(?:er)?)?|år"
GAPS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<=\d)[ \N{NARROW NO-BREAK SPACE}\N{THIN SPACE}](?=\d{3}(?!\d))",
        rf"(?<=\d) (?=(?:{UNITS}|{MONTHS})\b|%|§)",
        r"(?<=§) (?=\d)",
        r"(?<=\bkl) (?=\d)|(?<=\bkl\.) (?=\d)|(?<=\b[ndt]r) (?=\d)|(?<=\bdnr) (?=\d)",
        r"(?<=\w) (?=kommuns?\b)|(?<=\bregion) (?=[A-ZÅÄÖ])|(?<=\wings) (?=läns?\b)",
    )
]
# A dash between figures, a telephone number, an association's name: the whole is held.
WHOLE = re.compile(
    r"(?<!\w)(?:[A-ZÅÄÖ]\w{1,30}s )?[Ss]amordningsförbund(?:et)?s?(?!\w)|"
    r"(?<![\d.:/\w])\d[\d.:/]{0,15}[–−-]\d[\d.:/]{0,15}(?: \d{2,3}){0,4}(?![\w-])"
)


def hold(text):
    """Return ``text`` with no-break spaces inside amounts, days and names of authorities."""
    for gap in GAPS:
        text = gap.sub(NO_BREAK, text)
    return text


def held_name(name):
    """Return a name that stays on one line, unless it is longer than ``LONGEST_HELD``."""
    return str(name).replace(" ", NO_BREAK) if len(str(name)) <= LONGEST_HELD else str(name)


def pattern_of(names):
    """Return what finds any of ``names`` in a text, the longest first; None without names."""
    known = {name.strip() for name in names if " " in name.strip() or len(name.strip()) >= SHORTEST}
    known = sorted(known, key=lambda name: (-len(name), name))
    if not known:
        return None
    either = "|".join(re.escape(name).replace(r"\ ", "[ \u00a0]") for name in known)
    return re.compile(rf"(?<!\w)(?:{either})(?:s(?!\w)|(?!\w))", re.IGNORECASE)
