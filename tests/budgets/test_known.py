"""What the rules are told beside the table: grants, other payers, the cap, what sources print."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets import known, rules
from budgets.models import Budget
from tests.factories import (
    ADOPTED_ON,
    BudgetFactory,
    FigureFactory,
    FinancingFactory,
    InterventionFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared():
    """An intervention that two associations and a region pay: 400 + 250 + 600 thousand."""
    intervention = InterventionFactory()
    own = BudgetFactory(costs=[(intervention, 400_000)])
    other = BudgetFactory(costs=[(intervention, 250_000)])
    other.adopted_on = ADOPTED_ON
    other.save()
    grant = {"intervention": intervention, "year": 2020}
    FinancingFactory(association=own.association, granted=400_000, **grant)
    FinancingFactory(association=other.association, granted=250_000, **grant)
    FinancingFactory(
        association=None, organisation=OrganisationFactory(kind="region"), granted=600_000, **grant
    )
    return own, other


def cell(budget):
    line = budget.lines.get(section="cost")
    return line.pk, budget.columns.get().pk


def found(budget):
    budget = Budget.objects.with_table().get(pk=budget.pk)
    return {each.finding.rule: each for each in known.findings_of(budget)}


def test_grants_are_the_association_s_own(shared):
    own, other = shared
    assert known.known_of(own).granted == {cell(own): 400_000}
    assert known.known_of(other).granted == {cell(other): 250_000}


def test_a_forecast_has_no_grant(shared):
    own, _ = shared
    own.columns.update(kind="forecast")
    assert known.known_of(own).granted == {}


def test_all_payers_are_reckoned_those_without_a_budget_by_their_grant(shared):
    own, other = shared
    assert known.known_of(own).shared == {cell(own): rules.Shared(1_250_000, 1_250_000)}
    amount = own.lines.get(section="cost").amounts.get()
    amount.kronor = 400_001
    amount.save()
    assert known.known_of(own).shared[cell(own)].budgeted == 1_250_001
    assert {"over-granted", "shared-total"} <= found(own).keys()
    place = found(own)["over-granted"].place
    assert place == "cell-{}-{}".format(*cell(own))
    amount.kronor = 400_000
    amount.save()
    assert not {"over-granted", "shared-total"} & found(own).keys()


def test_another_s_draft_does_not_count_its_latest_adopted_does(shared):
    own, other = shared
    revision = other.revise()
    revision.lines.get(section="cost").amounts.update(kronor=999_999)
    assert known.known_of(own).shared[cell(own)].budgeted == 1_250_000
    revision.adopted_on = ADOPTED_ON
    revision.save()
    assert known.known_of(own).shared[cell(own)].budgeted == 400_000 + 999_999 + 600_000


def test_an_unknown_grant_leaves_no_whole(shared):
    own, _ = shared
    grant = own.lines.get(section="cost").intervention.financing.get(organisation__isnull=False)
    grant.granted, grant.note = None, "okänt"
    grant.save()
    assert known.known_of(own).shared == {}


def test_the_cap_is_the_latest_that_was_known(shared):
    own, _ = shared
    cap = {"key": "capital-cap-percent", "unit": "percent", "base": "bidragen"}
    for year, value in ((2018, 30), (2019, 20), (2021, 5)):
        FigureFactory(year=year, value=value, associations=[own.association], **cap)
    assert known.known_of(own).capital_cap_percent == 20
    assert found(own)["capital"].place.startswith("sum-result-")


def test_what_a_source_prints_and_an_explained_deficit():
    sodra = Budget.objects.get(association__slug="sodra-vatterbygden", year=2020, edition=1)
    by_rule = found(sodra)
    assert by_rule["published"].finding.severity == rules.NOTICE
    assert "7\xa0466\xa0000" in by_rule["published"].finding.sentence
    assert by_rule["deficit-covered"].finding.severity == rules.NOTICE
    own = BudgetFactory(comment="")
    assert known.known_of(own).deficit_explained is False
    own.comment = "Vi tar av sparade pengar."
    assert known.known_of(own).deficit_explained is True


def test_the_queries_do_not_grow_with_the_lines():
    counts = []
    for number in (1, 15):
        costs = []
        for _ in range(number):
            intervention = InterventionFactory()
            FinancingFactory(intervention=intervention)
            costs.append((intervention, 5))
        budget = Budget.objects.with_table().get(pk=BudgetFactory(costs=costs).pk)
        with CaptureQueriesContext(connection) as queries:
            known.findings_of(budget)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6


def test_staff_read_the_findings_beside_the_table(client_for):
    sodra = Budget.objects.get(association__slug="sodra-vatterbygden", year=2020, edition=1)
    page = client_for("styrelse-sodra").get(f"/arbeta/budget/{sodra.pk}/").text
    assert "Att se över" in page and 'class="notice"' in page
    assert page.count('href="#sum-result-') == 5
