"""The page where a plan or report begins: which year it suggests, and why."""

import datetime

import pytest
from django.urls import reverse

from budgets.models import Budget, BudgetColumn
from plans import beginning, kinds
from plans.models import Plan
from tests.factories import AssociationFactory, BudgetFactory

pytestmark = pytest.mark.django_db

AUTUMN, SPRING = datetime.date(2031, 11, 22), datetime.date(2031, 3, 1)


def _year(association, kind, today=AUTUMN):
    return beginning.year_for(association, kind, today)[0]


@pytest.mark.parametrize(
    ("kind", "spring", "autumn"),
    [(kinds.PLAN, 2031, 2032), (kinds.HALF_YEAR, 2030, 2031), (kinds.ANNUAL, 2030, 2030)],
)
def test_the_calendar_suggests_what_is_written_at_that_time(kind, spring, autumn):
    association = AssociationFactory()
    assert (_year(association, kind, SPRING), _year(association, kind)) == (spring, autumn)
    for _ in range(2):  # one that is taken is never suggested, nor the other kinds held back
        Plan.objects.create(
            association=association, kind=kind.value, year=autumn, title=f"{kind} {autumn}"
        )
        autumn += 1
        assert _year(association, kind) == autumn
    other = next(each for each in kinds.ALL if each != kind)
    assert _year(association, other) < 2033


def test_figures_that_wait_go_before_the_calendar(portal_data):
    budget = Budget.objects.get(association__slug="sodra-vatterbygden", year=2020, edition=2)
    association = budget.association
    assert _year(association, kinds.PLAN) == 2032  # 2020 has its plan
    assert _year(association, kinds.ANNUAL) == 2030  # 2019 has its report, 2020 no outcome
    BudgetColumn.objects.create(budget=budget, position=9, year=2020, kind=BudgetColumn.Kind.ACTUAL)
    year, why = beginning.year_for(association, kinds.ANNUAL, AUTUMN)
    assert (year, why) == (2020, "För 2020 finns siffrorna men ingen årsredovisning än.")
    assert _year(association, kinds.ANNUAL, datetime.date(2020, 12, 1)) == 2019 + 1
    BudgetFactory(association=association, year=2021, costs=[1])
    year, why = beginning.year_for(association, kinds.PLAN, AUTUMN)
    assert (year, why) == (2021, "För 2021 finns en budget men ingen verksamhetsplan än.")


def test_the_page_asks_what_first_and_then_suggests_the_year(client_for):
    client, address = client_for("chef-sodra"), reverse("plan_start")
    choice = client.get(address)
    assert 'name="year"' not in choice.content.decode()
    for kind in kinds.ALL:
        page = client.get(address, {"kind": kind.value, "association": 3})
        form = page.context["form"]
        assert (
            form["year"].value()
            == beginning.year_for(form.initial["association"], kind, datetime.date.today())[0]
        )
        assert f"Ny {kind}" in page.content.decode() and "gäller" in page.content.decode()
    other = client.get(address, {"kind": "plan", "association": 2})  # another director's
    assert 'name="year"' not in other.content.decode() and other.status_code == 200
    before = Plan.objects.count()
    answer = client.post(address, {"kind": "plan", "association": 2, "year": 2040})
    assert answer.status_code == 422 and Plan.objects.count() == before
