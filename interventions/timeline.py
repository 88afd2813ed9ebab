"""An intervention's history by year: plain values in, years with their events out. Pure."""

from dataclasses import dataclass
from itertools import groupby

from interventions.payers import KIND_LABELS

PLANNED = "Planerat"  # money that an earlier year's budget plans for


@dataclass(frozen=True)
class Event:
    """One thing that is known of one year. ``date`` when the day is known; ``kronor`` of money.

    ``kind`` is "start", "end", "event", "decision", "evaluation", "result", "goals" or "money".
    ``number``: how many payers, or goals. ``of``: the kind of the money.
    """

    year: int
    kind: str
    text: str = ""
    date: object = None
    kronor: int | None = None
    number: int = 0
    of: str = ""
    about: bool = False
    planned: bool = False

    @property
    def label(self):
        """What kind of money it is, in Swedish."""
        return PLANNED if self.planned else KIND_LABELS.get(self.of, "Alla belopp tillsammans")


# Within a year: what happened, then what was aimed at, what it cost, and what came of it.
ORDER = ("start", "event", "decision", "evaluation", "goals", "money", "result", "end")


@dataclass(frozen=True)
class Year:
    """A year and what is known of it."""

    year: int
    events: tuple[Event, ...]


def of(first_year, last_year, milestones, goals, payers, results):
    """Return the Years of an intervention, the oldest first.

    ``milestones`` have year, date, kind and text; ``goals`` have year; ``payers`` is the
    PayerTable; ``results`` is [(year, sentence)] that have passed the gate for small counts.
    A start or an end is told by its own words when a milestone of that year has them.
    """
    events = [Event(each.year, each.kind, each.text, each.date) for each in milestones]
    told = {each.year for each in events}
    if first_year and first_year not in told:
        events.append(Event(first_year, "start"))
    if last_year and last_year not in told:
        events.append(Event(last_year, "end"))
    events += _goals(goals) + _money(payers)
    events += [Event(year, "result", text) for year, text in results if year and text]
    events.sort(key=lambda each: (each.year, ORDER.index(each.kind), str(each.date or "")))
    return [Year(year, tuple(group)) for year, group in groupby(events, key=lambda e: e.year)]


def _goals(goals):
    years = sorted(goal.year for goal in goals if goal.year)
    return [Event(year, "goals", number=len(list(group))) for year, group in groupby(years)]


def _money(payers):
    return [
        Event(
            year.year, "money",
            kronor=year.total, number=len(year.payments), of=year.kind, about=year.about,
            planned=year.kind == "budgeted" and not year.own_budgets,
        )
        for year in payers.years
        if year.total
    ]  # fmt: skip
