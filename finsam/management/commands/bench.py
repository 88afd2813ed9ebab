"""``manage.py bench``: how long a cell's save takes, beside a page that does nothing.

Both are asked in turn in one process, with the same middleware and login, so that a busy machine
slows them alike. The ratio is what to look at; the milliseconds are this machine's. Run it on a
throw-away database (``bin/bench``): it leaves a large budget behind.
"""

import time
from statistics import quantiles

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse

from associations.models import Association
from budgets import grid
from budgets.models import Budget

TARGET = 4  # times the empty page's p95
WARM_UP = 10  # rounds that are not counted


def empty(request):
    """Answer a user who has logged in with nothing."""
    return HttpResponse(request.user.get_username())


urlpatterns = [path("tomt/", empty), path("", include("finsam.urls"))]


class Command(BaseCommand):
    help = "Mäter hur lång tid en sparad cell tar, bredvid en tom sida."

    def add_arguments(self, parser):
        parser.add_argument("--lines", type=int, default=300)
        parser.add_argument("--rounds", type=int, default=200)

    def handle(self, *args, **options):
        user = get_user_model().objects.get(username="chef-sodra")
        budget = large_budget(options["lines"])
        client = Client(SERVER_NAME="localhost")
        client.force_login(user)
        with override_settings(ROOT_URLCONF=__name__):
            times = measure(client, budget, options["rounds"])
        size = f"{options['lines']} rader × {budget.columns.count()} kolumner"
        self.stdout.write(f"{connection.vendor}, {size}, {options['rounds']} gånger, millisekunder")
        self.stdout.write(f"{'':<16}{'p50':>8}{'p95':>8}")
        points = {name: percentiles(each) for name, each in times.items()}
        for name, (middle, high) in points.items():
            self.stdout.write(f"{name:<16}{middle:>8.1f}{high:>8.1f}")
        base, save = points["tom sida"], points["sparad cell"]
        ratios = [b / a for a, b in zip(base, save, strict=True)]
        self.stdout.write(f"{'gånger':<16}{ratios[0]:>8.1f}{ratios[1]:>8.1f}   mål: ≤ {TARGET}")


def large_budget(lines):
    """Return a draft of five chained columns with ``lines`` costs, every cell filled."""
    association = Association.objects.get(slug="sodra-vatterbygden")
    budget = Budget.objects.create(association=association, year=2090)
    columns = []
    for number in range(5):
        columns.append(
            budget.columns.create(
                position=number,
                year=2090 + number,
                kind="plan",
                opens_from=columns[-1] if columns else None,
            )
        )
    for number in range(lines):
        line = budget.lines.create(
            section="cost", position=number, label=f"Insats {number}", individual=50, structural=50
        )
        for column in columns:
            line.amounts.create(column=column, kronor=1000 * number)
    return budget


def measure(client, budget, rounds):
    """Return name → seconds of each round: an empty page and a saved cell, in turn."""
    times = {"tom sida": [], "sparad cell": []}
    cells = [
        grid.line_cell(line.pk, column.pk)
        for line in budget.lines.all()
        for column in budget.columns.all()
    ]
    for turn in range(rounds + WARM_UP):
        cell = cells[turn * 7 % len(cells)]
        line, column = cell.removeprefix("cell-").split("-")
        stored = budget.lines.get(pk=line).amounts.get(column=column).kronor
        data = {"cell": cell, "typed": str(stored + 1), "was": stored}
        asked = {
            "tom sida": lambda: client.get("/tomt/"),
            "sparad cell": lambda d=data: client.post(reverse("budget_cell", args=[budget.pk]), d),
        }
        for name, ask in asked.items():
            begun = time.perf_counter()
            answer = ask()
            taken = time.perf_counter() - begun
            if answer.status_code != 200:
                raise SystemExit(f"{name}: {answer.status_code}")
            if turn >= WARM_UP:
                times[name].append(taken)
    return times


def percentiles(seconds):
    """Return (p50, p95) in milliseconds."""
    parts = quantiles(seconds, n=20)
    return 1000 * parts[9], 1000 * parts[18]
