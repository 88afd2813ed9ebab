"""Budgets read by the prepared queries are the same as Django reads, whatever is changed."""

import random

from django.db import connection

from budgets import reading
from budgets.models import Amount, Budget, BudgetColumn, BudgetLine
from interventions.models import Intervention
from tests import factories


def _parts(budget):
    """Return all that pages and files read of a budget."""
    lines = [
        (line.pk, line.as_plain(), line.organisation, line.intervention_id, _intervention(line))
        for line in budget.lines.all()
    ]
    table = budget.table()
    return list(budget.columns.all()), lines, table, dict(table.amounts)


def _intervention(line):
    found = line.intervention
    return found and (found, found.name, found.public, found.get_absolute_url())


def _equal():
    budgets = list(Budget.objects.with_table())
    read = reading.with_tables(Budget.objects.select_related("association").order_by("-pk"))
    assert len(read) == len(budgets) > 3
    by_key = {each.pk: each for each in read}
    for budget in budgets:
        assert _parts(by_key[budget.pk]) == _parts(budget)


def _raw(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_they_follow_every_change(db, django_assert_num_queries):
    budget = factories.BudgetFactory(contributions=[900_000, 300_000], costs=[700_000, 100_000])
    chance, line = random.Random(2027), budget.lines.filter(section="cost").first()
    _equal()
    for number in range(30):
        chance.choice(
            [
                lambda: _raw(
                    "UPDATE budgets_amount SET kronor = %s WHERE line_id = %s",
                    chance.randrange(-500_000, 900_000),
                    line.pk,
                ),
                lambda number=number: _raw(
                    "UPDATE budgets_budgetline SET label = %s, note = %s WHERE id = %s",
                    f"Rad {number}",
                    chance.choice(["", f"Not {number}"]),
                    line.pk,
                ),
                lambda: BudgetLine.objects.filter(pk=line.pk).update(
                    intervention=chance.choice([None, *Intervention.objects.all()[:5]]),
                    position=chance.randrange(9),
                ),
                lambda: BudgetColumn.objects.filter(budget=budget).update(
                    opening=chance.choice([None, 0, -70_000, 45_000])
                ),
                lambda: Budget.objects.filter(pk=budget.pk).update(
                    opening_label=chance.choice(["Sparat", "Balans"]),
                    opening_note=chance.choice(["", "Enligt bokslutet"]),
                ),
                lambda: Intervention.objects.update(public=chance.random() < 0.5),
                lambda: line.amounts.all().delete(),
                lambda: Amount.objects.update_or_create(
                    line=line, column=budget.columns.first(), defaults={"kronor": 123_456}
                ),
            ]
        )()
        _equal()
    budgets = list(Budget.objects.select_related("association"))
    with django_assert_num_queries(4):
        for each in reading.with_tables(budgets):
            _parts(each)
    with django_assert_num_queries(0):
        assert reading.with_tables([]) == []
