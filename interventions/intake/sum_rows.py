"""Rows that only sum the others: no results, but checks of what was read. Pure."""

import re

from associations.labels import folded

COUNTS = ("women", "men", "total")
_SUM = re.compile(
    r"(?:summa|s:a|delsumma|totalsumma|totalt|total|samtliga|alla)(?: (?:19|20)[0-9]{2})?|summa\b.*"
)
ADVICE = "Rätta bladet, eller ge raden ett eget namn, till exempel ”Deltagare totalt”."


def is_sum(measure):
    """True when what a row counts is only called a sum."""
    return bool(_SUM.fullmatch(folded(measure or "")))


class Sums:
    """The results that a sheet has had so far, as its rows of sums may add them."""

    def __init__(self):
        self.all, self.since = [], []

    def add(self, result):
        """Take a row's result."""
        self.all.append(result)
        self.since.append(result)

    def why_not(self, read):
        """Say why the numbers of a row of sums aren't those of the rows above, or "".

        They may sum the rows since the sum before, or all; of the row's own period when it has one.
        """
        said = _why_not(_of_period(self.since, read), read, "ovanför")
        if said and not _why_not(_of_period(self.all, read), read, "ovanför"):
            said = ""
        self.since = []
        return said

    def are_below(self, read):
        """True when a row of sums has no rows of its period above it: it sums those below."""
        return not _of_period(self.all, read)

    def why_not_below(self, read):
        """Say why such a row's numbers aren't those of the rows of its period, or ""."""
        return _why_not(_of_period(self.all, read), read, "under")


def _of_period(results, read):
    period = read.get("period") or str(read.get("year") or "")
    return [each for each in results if period in ("", each.period, str(each.year or ""))]


def _why_not(results, read, where):
    printed = {name: read[name] for name in COUNTS if read.get(name) is not None}
    return " ".join(
        f"Bladet har {number}, men raderna {where} blir {_sum(results, name)}."
        for name, number in printed.items()
        if _sum(results, name) != number
    )


def _sum(results, name):
    """Return the sum of one kind of count; women and men are also a total."""
    if name != "total":
        return sum(getattr(each, name) or 0 for each in results)
    return sum(
        (each.women or 0) + (each.men or 0) if each.women is not None else each.total or 0
        for each in results
    )
