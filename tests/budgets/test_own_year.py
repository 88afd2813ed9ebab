"""The front pages' sums of many budgets are the tables' own, whatever is changed."""

import random
from dataclasses import replace

from associations.memo import Memo
from budgets import own_year
from budgets.models import Amount, Budget, BudgetColumn, BudgetLine
from tests import factories


def _told(budget):
    column = budget.told_table().column_of(budget.year)
    return column and replace(column, column=replace(column.column, label=""))


def _equal():
    budgets = list(Budget.objects.with_table())
    found = own_year.own_year_sums(budgets)
    published = [each for each in budgets if each.is_public]
    assert {each.pk: found[each.pk] for each in published} == {
        each.pk: _told(each) for each in published
    }
    return sum(each is not None for each in found.values())


def test_they_follow_every_change(db, django_assert_num_queries):
    budget = factories.BudgetFactory(contributions=[900_000, 300_000], costs=[700_000, 100_000])
    Budget.objects.filter(pk=budget.pk).update(published_in=factories.DocumentFactory())
    chance, line = random.Random(2026), budget.lines.filter(section="cost").first()
    assert _equal() > 2
    for _ in range(25):
        chance.choice(
            [
                lambda: Amount.objects.filter(line__budget=budget).update(
                    kronor=chance.randrange(-500_000, 900_000)
                ),
                lambda: BudgetLine.objects.filter(pk=line.pk).update(
                    individual=40,
                    structural=(parts := chance.randrange(61)),
                    competence=60 - parts,
                    administration=0,
                ),
                lambda: BudgetColumn.objects.filter(budget=budget).update(
                    opening=chance.choice([None, 0, -70_000, 45_000])
                ),
                lambda: line.amounts.all().delete(),
                lambda: factories.Amount.objects.update_or_create(
                    line=line, column=budget.columns.first(), defaults={"kronor": 123_456}
                ),
                lambda: line.budget.lines.filter(section="income").update(
                    organisation=factories.OrganisationFactory(
                        kind=chance.choice(["region", "municipality", "state_agency"])
                    )
                ),
            ]
        )()
        _equal()
    budgets = list(Budget.objects.all())
    with django_assert_num_queries(3):
        own_year.own_year_sums(budgets)


def test_a_memo_is_bounded_and_knows_its_rows_apart():
    asked, memo = [], Memo(3)

    def told(*rows):
        asked.append(rows)
        return rows

    for rows in ([(1, 2)], [(1, 2)], [(12,)], [("1", 2)], [(1, None)], [(1, 2)]):
        assert memo(told, rows) == (rows,)
    assert len(asked) == 5 and len(memo.known) == 3
