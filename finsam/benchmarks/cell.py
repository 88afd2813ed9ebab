"""A saved cell of a large budget, beside an empty page of somebody who has logged in."""

from django.db import connection
from django.urls import reverse

from associations.models import Association
from budgets import grid
from budgets.models import Amount, Budget, BudgetLine
from finsam.timing import EMPTY, Site, Times, in_turn

TITLE = "En sparad cell bredvid en tom sida"
GOAL = 3.5 if connection.vendor == "sqlite" else 3
POINT = "p95"
ROUNDS = 200


def measure(rounds, small=False):
    """Time the empty page and a save of ever another cell, in turn."""
    budget = large_budget(lines=5 if small else 300)
    site = Site("chef-sodra")
    address = reverse("budget_cell", args=[budget.pk])
    stored = {
        grid.line_cell(line, column): kronor
        for line, column, kronor in Amount.objects.filter(line__budget=budget).values_list(
            "line", "column", "kronor"
        )
    }
    cells = list(stored)

    def save(turn):
        cell = cells[turn * 7 % len(cells)]
        was, stored[cell] = stored[cell], stored[cell] + 1
        site.ask(address, {"cell": cell, "typed": stored[cell], "was": was})

    page, saved = in_turn(rounds, lambda turn: site.ask(EMPTY), save)
    about = f"{budget.lines.count()} rader × {budget.columns.count()} kolumner, {rounds} gånger"
    return Times(about, ("tom sida", page), ("sparad cell", saved))


def large_budget(lines):
    """Return a draft of five chained columns with ``lines`` costs, every cell filled."""
    association = Association.objects.get(slug="sodra-vatterbygden")
    budgets = Budget.objects.filter(association=association)
    taken = set(budgets.values_list("year", flat=True))  # by other measurements
    year = next(year for year in range(2090, 2000, -1) if year not in taken)
    budget = Budget.objects.create(association=association, year=year)
    columns = []
    for number in range(5):
        opener = columns[-1] if columns else None
        columns.append(
            budget.columns.create(
                position=number, year=year + number, kind="plan", opens_from=opener
            )
        )
    for number in range(lines):
        line = BudgetLine.objects.create(
            budget=budget,
            section="cost",
            position=number,
            label=f"Insats {number}",
            individual=50,
            structural=50,
        )
        for column in columns:
            line.amounts.create(column=column, kronor=1000 * number)
    return budget
