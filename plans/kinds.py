"""The kinds of document that a board adopts: the year's plan, and the reports on how it went.

A plan and a report are written, read, sealed and printed the same way. What differs is data:
words, address, and whether the money is the year's own budget or what it became.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind. ``value`` is what is stored, ``address`` stands in the page's address.

    ``short`` and ``the`` are its name in running text: "plan", "planen". ``says`` is what such a
    document tells. ``outcome`` names the kinds of budget column that the year is held against,
    the best first; empty for the plan, whose money is the year's own budget. ``adopts_on`` are
    those of them that the board can adopt the document on. ``begins`` is how many months into its
    year one begins to write it: a plan half a year before, a report when its time is over.
    """

    value: str
    address: str
    name: str
    plural: str
    short: str
    the: str
    says: str
    begins: int
    outcome: tuple[str, ...] = ()
    adopts_on: tuple[str, ...] = ()

    @property
    def is_report(self):
        """True for a report on a year, which sets its outcome against its budget."""
        return bool(self.outcome)

    def __str__(self):
        return self.name


PLAN = Kind(
    "plan",
    "verksamhetsplan",
    "verksamhetsplan",
    "verksamhetsplaner",
    "plan",
    "planen",
    "Vad förbundet vill, vad det ska göra och vad det får kosta. "
    "Styrelsen fastställer en plan för varje år.",
    begins=-6,
)
HALF_YEAR = Kind(
    "half_year",
    "delarsrapport",
    "delårsrapport",
    "delårsrapporter",
    "rapport",
    "rapporten",
    "Hur det har gått under årets första del, och hur året väntas sluta.",
    begins=6,
    outcome=("forecast", "actual"),
    adopts_on=("forecast", "actual"),
)
ANNUAL = Kind(
    "annual",
    "arsredovisning",
    "årsredovisning",
    "årsredovisningar",
    "årsredovisning",
    "årsredovisningen",
    "Vad förbundet gjorde under året, vad det kostade och vad det gav.",
    begins=12,
    outcome=("actual", "forecast"),
    adopts_on=("actual",),
)
ALL = (PLAN, HALF_YEAR, ANNUAL)
CHOICES = [(kind.value, kind.name) for kind in ALL]
BY_VALUE = {kind.value: kind for kind in ALL}


class KindConverter:
    """A kind in an address: ``<plankind:kind>`` is "verksamhetsplan" and its like."""

    regex = "|".join(kind.address for kind in ALL)

    def to_python(self, value):
        return next(kind for kind in ALL if kind.address == value)

    def to_url(self, value):
        return value if isinstance(value, str) else value.address
