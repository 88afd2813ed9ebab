"""How long each kind of public page takes beside an empty one: kept, after a change, and made anew.

All are asked in turn in one process through every middleware, so a busy machine slows them alike.
"""

import os
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import caches
from django.db import connection

from associations.decimals import half_up
from budgets.models import Budget
from finsam import timing
from interventions.models import Intervention
from meetings.models import Meeting
from plans.models import Plan

HEAD = (
    "| sida | tom sida, ms | sparad | efter en ändring på annat håll | gjord från början |\n"
    "| --- | --- | --- | --- | --- |"
)


@dataclass(frozen=True)
class PageTimes:
    """The median of an empty page in milliseconds, and how many times that a page takes.

    ``kept``: it was made before. ``unchanged``: something that it does not show has changed since.
    ``made``: nothing is kept.
    """

    name: str
    empty: float
    kept: float
    unchanged: float
    made: float

    def row(self):
        """Return the times as a row of a table in Markdown."""
        times = (self.kept, self.unchanged, self.made)
        cells = [self.name, str(half_up(self.empty, 2)), *(f"{half_up(t, 1)} ×" for t in times)]
        return f"| {' | '.join(cells)} |".replace(".", ",")


def pages():
    """Return name → address of one page of each kind that the database has."""
    budget = Budget.objects.published().order_by("-association__position", "-year", "pk").first()
    if budget is None:
        return {"start": "/"}
    own = budget.association
    rows = {
        "insats": Intervention.objects.published().filter(lead=own).order_by("pk").first(),
        "budget": budget,
        "möte": Meeting.objects.published().filter(associations=own).order_by("pk").first(),
        "plan": Plan.objects.published().order_by("pk").first(),
    }
    front = own.get_absolute_url()
    return {
        "start": "/",
        "förbund": front,
        **{name: row.get_absolute_url() for name, row in rows.items() if row is not None},
        "insatser": "/insatser/",
        "förbundets insatser": f"{front}insatser/",
        "hitta insats": "/insatser/hitta/",
        "sök": "/sok/?q=rehabilitering",
        "sök, felstavat": "/sok/?q=rehabilitiring",
        "möten": "/moten/",
        "dokument": f"{front}dokument/",
        "budgetar": f"{front}budget/",
    }


def measured(rounds):
    """Yield the PageTimes of each of ``pages``; the settings and the store are as before after."""
    site, keep = timing.Site(), settings.KEEP_PAGES
    try:
        for name, address in pages().items():
            yield _of(site, name, address, rounds)
    finally:
        settings.KEEP_PAGES = keep
        caches["pages"].clear()


def _of(site, name, address, rounds):
    def kept(turn):
        settings.KEEP_PAGES = True
        site.ask(address)

    def made(turn):
        settings.KEEP_PAGES = False
        site.ask(address)

    def empty(turn):
        settings.KEEP_PAGES = False
        site.ask(timing.EMPTY)

    base, again, anew = (
        timing.points(each)["p50"] for each in timing.in_turn(rounds, empty, kept, made, warm_up=2)
    )
    changed = []
    for _ in range(rounds):
        _touch()
        changed += timing.in_turn(1, kept, warm_up=0)[0]
    unchanged = timing.points(changed)["p50"]
    return PageTimes(name, 1000 * base, again / base, unchanged / base, anew / base)


def _touch():
    """Commit something that counts as a change of what the public sees, on no page asked for."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_actionpoint SET done_on = done_on")


def load():
    """Return the machine's load of the last minute and its processors, in words."""
    return f"last {half_up(os.getloadavg()[0], 1)} på {os.cpu_count()} kärnor".replace(".", ",")
