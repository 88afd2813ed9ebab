"""Public pages while ten plans of 300 lines × 5 columns are exported at once, beside idle.

A gunicorn of its own, with production's settings and the demo's number of workers, answers on
127.0.0.1. Ten directors each ask for another draft, and ask again as the site's script does
until they have it; a visitor goes on reading public pages, one after the other.
"""

import time
from concurrent.futures import ThreadPoolExecutor

from django.urls import reverse

from associations.decimals import half_up
from finsam.benchmarks.cell import large_budget
from finsam.serving import PATIENCE, ask, server
from finsam.timing import Site, Times
from plans.models import Chapter, Plan

TITLE = "Publika sidor medan tio planer exporteras bredvid samma sidor i lugn"
GOAL = 3
POINT = "p95"
ROUNDS = 100
PAGES = ("/", "/sodra-vatterbygden/", "/sodra-vatterbygden/verksamhetsplan/2020/")


def measure(rounds, small=False):
    """Time public pages in idle, and then until all exports are done."""
    plans = _plans(1 if small else 10, lines=5 if small else 300)
    cookies = Site("chef-sodra").cookies
    with server() as port:
        for page in PAGES * 4:
            ask(port, page)
        idle = [_timed(port, turn) for turn in range(rounds)]
        with ThreadPoolExecutor(len(plans)) as pool:
            begun = time.perf_counter()
            exports = [pool.submit(_export, port, plan, cookies) for plan in plans]
            busy = []
            while len(busy) < 2 or not all(export.done() for export in exports):
                busy.append(_timed(port, len(busy)))
            taken = time.perf_counter() - begun
            for export in exports:
                export.result()
    about = f"{len(plans)} exporter på {half_up(taken)} s, {len(idle)} och {len(busy)} sidor"
    return Times(about, ("i lugn", idle), ("medan planer exporteras", busy))


def _plans(number, lines):
    """Return drafts that show a large budget, each with a title of its own."""
    budget = large_budget(lines)
    plans = []
    for year in range(2100, 2100 + number):
        plan = Plan.objects.create(
            association=budget.association, year=year, title=f"Plan {year}", budget=budget
        )
        Chapter.objects.create(plan=plan, position=1, title="Budget", body="[[budget]]")
        plans.append(plan)
    return plans


def _timed(port, turn):
    begun = time.perf_counter()
    ask(port, PAGES[turn % len(PAGES)])
    return time.perf_counter() - begun


def _export(port, plan, cookies):
    """Get a plan's PDF as ``static/js/pdf-link.js`` does."""
    address = again = reverse("plan_draft_pdf", args=[plan.pk])
    pause, until = 0.4, time.monotonic() + PATIENCE
    while True:
        status, headers = ask(port, again, "HEAD", cookies, statuses=(200, 202, 302))
        if status != 202:
            break
        if time.monotonic() > until:
            raise AssertionError(f"{address} was not ready in {PATIENCE} seconds.")
        again = headers["Refresh"].partition("url=")[2]
        time.sleep(pause)
        pause = min(pause * 1.3, 3)
    ask(port, address, cookies=cookies)
