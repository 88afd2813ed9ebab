"""The state pays through one of its two agencies; a block is offered only where it can be."""

import pytest
from django.urls import reverse

from associations.models import Association, Organisation
from budgets.editor import starting
from budgets.models import Amount, Budget, BudgetColumn
from plans import blocks
from plans.models import Plan
from tests.factories import AssociationFactory, MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

COLUMNS = [("forecast", -1), ("budget", 0), ("plan", 1)]
FK, AF = "Försäkringskassan", "Arbetsförmedlingen"


@pytest.fixture
def association():
    """An association with both agencies, the region and a municipality, and no budget yet."""
    one = AssociationFactory()
    for name in (FK, AF, "Region Jönköpings län"):
        MembershipFactory(association=one, organisation=Organisation.objects.get(name=name))
    MembershipFactory(association=one, organisation=OrganisationFactory(name="Provby kommun"))
    return one


def labels_of(budget):
    return list(budget.lines.values_list("label", "organisation__name"))


def test_the_state_has_one_line_by_the_agency_that_pays(association):
    budget = starting.start(association, 2031, COLUMNS)
    assert labels_of(budget) == [
        (FK, FK),
        ("Region Jönköpings län", "Region Jönköpings län"),
        ("Provby kommun", "Provby kommun"),
    ]
    Amount.objects.create(line=budget.lines.first(), column=budget.columns.first(), kronor=1)
    budget.lines.filter(label=FK).update(organisation=Organisation.objects.get(name=AF))
    assert labels_of(starting.start(association, 2032, COLUMNS))[0] == (AF, AF)


def test_without_any_budget_the_line_is_the_state_s(association):
    two = [OrganisationFactory(name=name, kind="state_agency") for name in ("Verk A", "Verk B")]
    other = AssociationFactory()
    for agency in two:
        MembershipFactory(association=other, organisation=agency)
    assert labels_of(starting.start(other, 2031, COLUMNS)) == [("Statens bidrag", "Verk A")]


def test_a_table_without_carried_forward_money_is_a_choice(client_for):
    client = client_for("chef-sodra")
    own = Association.objects.get(slug="sodra-vatterbygden")
    sent = {"association": own.pk, "members": "on", "columns": ["forecast:-1", "budget:0"]}
    for year, alone in ((2041, {}), (2042, {"alone": "on"})):
        client.post(reverse("budget_start"), sent | {"year": year} | alone)
        budget = Budget.objects.with_table().get(association=own, year=year)
        for column in budget.columns.all():
            Amount.objects.create(line=budget.lines.first(), column=column, kronor=9)
        table = Budget.objects.with_table().get(pk=budget.pk).table()
        assert table.has_opening is not bool(alone)


def test_a_member_s_contribution_lacks_only_where_the_state_has_not_paid(association):
    budget = starting.start(association, 2031, COLUMNS)
    agency = Organisation.objects.get(name=AF)
    budget.lines.create(section="income", position=9, label=AF, organisation=agency)
    own = budget.columns.get(kind="budget")
    for line in budget.lines.exclude(organisation__kind="state_agency"):
        Amount.objects.create(line=line, column=own, kronor=25)

    def plan():
        return Plan(
            association=association,
            year=2031,
            title="Plan",
            budget=Budget.objects.get(pk=budget.pk),
        )

    with pytest.raises(blocks.BlockError, match=rf"saknas för staten \({FK} eller {AF}\)\.$"):
        blocks.draw(plan(), "bidrag")
    Amount.objects.create(line=budget.lines.get(label=FK), column=own, kronor=50)
    _, context = blocks.draw(plan(), "bidrag")
    assert [label for label, _ in context["rows"]] == [
        FK, "Region Jönköpings län", "Provby kommun",
    ]  # fmt: skip
    Amount.objects.filter(line__label="Provby kommun").delete()
    with pytest.raises(blocks.BlockError, match=r"saknas för Provby kommun\.$"):
        blocks.draw(plan(), "bidrag")


def test_the_outcome_is_offered_where_it_can_be(client_for, association):
    budget = starting.start(association, 2031, COLUMNS)
    for column in budget.columns.all():
        Amount.objects.create(line=budget.lines.first(), column=column, kronor=9)

    def names(year, kind="plan"):
        plan = Plan(
            association=association,
            year=year,
            title="x",
            kind=kind,
            budget=Budget.objects.get(pk=budget.pk),
        )
        return [each.name for each in blocks.offered(plan)], plan

    told, plan = names(2031)
    assert "utfall" not in told and len(told) == len(blocks.REGISTRY) - 1
    with pytest.raises(blocks.BlockError) as refused:
        blocks.draw(plan, "utfal")
    assert "[[budget]]" in str(refused.value) and "[[utfall]]" not in str(refused.value)
    assert "utfall" in names(2031, "annual")[0]
    own = budget.columns.get(kind="budget")
    actual = BudgetColumn.objects.create(budget=budget, year=2031, kind="actual", position=9)
    Amount.objects.create(line=budget.lines.first(), column=actual, kronor=8)
    assert own.year == 2031 and "utfall" in names(2031)[0]
