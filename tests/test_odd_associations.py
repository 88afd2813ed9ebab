"""Sixty odd associations: every public page of theirs stands, and so does the start page.

No budget, one that is negative, zero or empty, one member or none, names as long as they may be,
a payer whose name has no room in its chart, only a printed sum, a proposal, amounts as large as
they may be. On SQLite an expression may be this deep: one that grows with the number of rows
would sooner or later be too deep for it.
"""

import datetime
import sqlite3
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from associations.models import Association, Organisation
from budgets.models import Amount, BudgetColumn
from interventions.models import Goal
from tests.factories import (
    AssociationFactory,
    BudgetFactory,
    DocumentFactory,
    FigureFactory,
    FinancingFactory,
    GoalFactory,
    InterventionFactory,
    MeetingFactory,
    MembershipFactory,
    NewsFactory,
    OrganisationFactory,
    ResultFactory,
    SeatFactory,
)
from tests.reading import travel

pytestmark = pytest.mark.django_db

DEPTH = 150  # of an expression; SQLite's own limit is 1 000, and the deepest now is 72
LARGEST = 999_999_999_999
MANY = 60


def long_name(number, length=120):
    """Return a name of ``length`` letters without a blank, the widest there are."""
    return f"{'W' * length}{number}"[-length:]


def nothing(one):
    """No member, no budget, no intervention."""


def one_member(one):
    MembershipFactory(association=one)
    BudgetFactory(association=one, adopted=True)


def negative(one):
    BudgetFactory(association=one, contributions=[-5_000_000], costs=[-1, 2], adopted=True)


def one_part_negative(one):
    BudgetFactory(association=one, contributions=[9, 8, -3], costs=[7, -2, 5], adopted=True)


def zero(one):
    BudgetFactory(association=one, contributions=[0], costs=[0], adopted=True)


def empty(one):
    """A proposal with two years and no amount at all."""
    budget = BudgetFactory(association=one, published_in=DocumentFactory(associations=[one]))
    BudgetColumn.objects.create(budget=budget, year=2021, kind="plan", position=1)
    for line in budget.lines.all():
        line.amounts.all().delete()


def another_year(one):
    """A budget without a column of its own year."""
    budget = BudgetFactory(association=one)
    budget.columns.update(year=2019)
    type(budget).objects.filter(pk=budget.pk).update(proposed_on=datetime.date(2019, 9, 1))


def ring(one):
    """A proposal whose columns open from each other."""
    budget = BudgetFactory(association=one, published_in=DocumentFactory(associations=[one]))
    own = budget.columns.get()
    other = budget.columns.create(year=2021, kind="plan", position=1, opens_from=own)
    Amount.objects.create(line=budget.lines.first(), column=other, kronor=5)
    budget.columns.filter(pk=own.pk).update(opens_from=other)


def printed_only(one):
    FigureFactory(associations=[one], value=-4_000_000)
    FigureFactory(associations=[one], key="budget-share-individual", value=0, unit="percent",
                  base="kostnaden")  # fmt: skip


def largest(one):
    BudgetFactory(association=one, contributions=[LARGEST] * 3, costs=[LARGEST, 1], adopted=True)


def long_names(one):
    """Names as long as they may be, of what has a page and of what stands in a table or chart."""
    Association.objects.filter(pk=one.pk).update(
        name=long_name(one.pk), short_name=long_name(one.pk, 60), vision="V" * 500
    )
    place = OrganisationFactory(name=long_name(one.pk), short_name=long_name(one.pk, 40))
    MembershipFactory(association=one, organisation=place)
    SeatFactory(association=one, person=long_name(one.pk))
    own = InterventionFactory(lead=one, associations=[one], name=long_name(one.pk))
    BudgetFactory(association=one, costs=[(own, 5)], adopted=True)
    ResultFactory(intervention=own, measure="W" * 200, base="W" * 200, base_count=90)
    NewsFactory(associations=[one], title="W" * 160)
    MeetingFactory(associations=[one], title="W" * 100)
    DocumentFactory(associations=[one], title="W" * 200)


def many_payers(one):
    """The third of three payers has a long name, and another intervention has forty payers."""
    own = InterventionFactory(lead=one, associations=[one])
    kinds = Organisation.Kind
    for kronor, length in ((400_000, 20), (390_000, 30), (380_000, 64)):
        payer = OrganisationFactory(name=long_name(f"{own.pk}-{length}", length), kind=kinds.OTHER)
        FinancingFactory(intervention=own, association=None, organisation=payer, granted=kronor)
    crowded = InterventionFactory(lead=one, associations=[one])
    for kronor in range(40):
        payer = OrganisationFactory(short_name=long_name(kronor, 40))
        FinancingFactory(intervention=crowded, association=None, organisation=payer,
                         granted=kronor)  # fmt: skip


def odd_goals(one):
    """Goals that are negative, zero or without a result, and results of nothing."""
    own = InterventionFactory(lead=one, associations=[one])
    for number, target in enumerate((-5, 0, 20)):
        goal = GoalFactory(intervention=own, kind=Goal.Kind.COUNT, target=target, base="")
        if number < 2:
            ResultFactory(intervention=own, goal=goal, measure=f"Mått {number}", women=0, men=0)
    ResultFactory(intervention=own, women=None, men=None, total=25, base_count=40, base="alla")


ODD = (
    nothing, one_member, negative, one_part_negative, zero, empty, another_year, ring,
    printed_only, largest, long_names, many_payers, odd_goals,
)  # fmt: skip


@contextmanager
def shallow():
    """Let SQLite refuse an expression deeper than DEPTH."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    limit = sqlite3.SQLITE_LIMIT_EXPR_DEPTH
    before = connection.connection.setlimit(limit, DEPTH)
    yield
    connection.connection.setlimit(limit, before)


@pytest.fixture
def odd(db):
    """Return the first of each odd kind, of sixty associations with many interventions."""
    first = {}
    for number in range(MANY):
        one = AssociationFactory()
        kind = ODD[number % len(ODD)]
        kind(one)
        first.setdefault(kind.__name__, Association.objects.get(pk=one.pk))
        if number >= len(ODD) and kind is nothing:
            costs = [(InterventionFactory(lead=one, associations=[one]), 5) for _ in range(45)]
            BudgetFactory(association=one, costs=costs, adopted=True)
    return first


def test_every_public_page_stands(odd):
    chosen = {each.slug for each in odd.values()}
    others = Association.objects.filter(slug__startswith="provbygden").exclude(slug__in=chosen)
    fixtures = Association.objects.exclude(slug__startswith="provbygden")
    passed = [f"/{each.slug}/" for each in (*others, *fixtures)]
    with shallow():
        journey = travel(Client(), "/", *(each.get_absolute_url() for each in odd.values()),
                         passed=tuple(passed))  # fmt: skip
        found = [Client().get(f"{each}?q=prov&sort=name") for each in ("/insatser/", "/sok/")]
    lost = [f"{a.path} {a.status} {a.kind} from {a.came_from}" for a in journey.answers
            if a.status >= 400]  # fmt: skip
    assert Association.objects.count() == MANY + 3
    assert len(journey.pages) > 150 and [each.status_code for each in found] == [200, 200]
    assert not lost, "\n".join(lost)
