"""A year that nobody filled in: no 0 kr anywhere that others read, and a word that it is empty."""

import json

import pytest

from budgets.models import Amount, Budget, BudgetColumn
from budgets.public import exports
from finsam import overview
from plans import blocks
from plans.blocks import budget as budget_blocks
from plans.models import Plan
from tests.factories import AssociationFactory, BudgetFactory, DocumentFactory, budget_column

pytestmark = pytest.mark.django_db

EMPTY = ("Prognos 2019", "Plan 2021")


@pytest.fixture
def budget():
    """Prognos 2019 (empty), Budget 2020 that opens from it, Plan 2021 (empty) that opens from it.

    It is public as printed.
    """
    one = AssociationFactory()
    budget = BudgetFactory(association=one, published_in=DocumentFactory(associations=[one]))
    own = budget_column(budget)
    before = BudgetColumn.objects.create(budget=budget, year=2019, kind="forecast", position=0)
    BudgetColumn.objects.create(budget=budget, year=2021, kind="plan", position=2, opens_from=own)
    BudgetColumn.objects.filter(pk=own.pk).update(position=1, opens_from=before)
    return Budget.objects.with_table().get(pk=budget.pk)


def text_of(client, address):
    return client.get(address).content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_an_empty_year_is_told_and_not_published_as_nought(budget, visitor):
    text = text_of(visitor, budget.get_absolute_url())
    assert "Prognos 2019, Plan 2021 är inte ifyllda än och visas inte." in text
    assert '<th scope="col" class="amount">Plan 2021' not in text
    assert budget.opening_label not in text  # nobody knows what 2020 opens with
    assert "Åren bredvid varandra" not in text
    slug = budget.association.slug
    document = json.loads(visitor.get(f"/{slug}/budget/2020.json").content)
    assert [each["id"] for each in document["columns"]] == ["2020-budget"]
    for form in ("csv", "data.csv"):
        assert ",2021," not in (told := text_of(visitor, f"/{slug}/budget/2020.{form}"))
        assert not any(each in told for each in EMPTY)
    choices = text_of(visitor, f"/{slug}/budget/jamfor/")
    name = budget.association.short_name
    assert f"{name}: Budget 2020" in choices
    assert not any(f"{name}: {each}" in choices for each in EMPTY)


def test_a_draft_s_file_has_every_year_to_fill_in(budget):
    Budget.objects.filter(pk=budget.pk).update(published_in=None)
    draft = Budget.objects.with_table().get(pk=budget.pk)
    assert all(each in exports.excel_csv(draft).decode() for each in EMPTY)


def test_0_is_filled_in(budget):
    line, column = budget.lines.first(), budget.columns.get(year=2021)
    Amount.objects.create(line=line, column=column, kronor=0)
    assert Budget.objects.with_table().get(pk=budget.pk).table().unfilled == ["Prognos 2019"]


def test_a_budget_whose_own_year_is_empty_has_no_sum(budget, visitor):
    Amount.objects.filter(column=budget_column(budget)).delete()
    assert ">0 mnkr" not in text_of(visitor, "/")
    assert budget.association_id not in overview.money_by_association([budget.association])
    row = text_of(visitor, f"/{budget.association.slug}/budget/")
    assert 'data-label="Intäkter">0<' not in row
    page = text_of(visitor, budget.get_absolute_url())
    assert "<table" not in page and "är inte ifyllda än" in page
    line, later = budget.lines.first(), budget.columns.get(year=2021)
    Amount.objects.create(line=line, column=later, kronor=7)
    stored = Budget.objects.get(pk=budget.pk)
    assert stored.missing_to_propose() == ["Kolumnen för 2020 är tom. Skriv in belopp först."]


def test_a_plan_prints_the_years_that_are_filled_in(budget):
    plan = Plan.objects.create(
        association=budget.association, year=2020, title="Plan", budget=budget
    )
    _, context = blocks.draw(plan, "budget")
    assert [label for label, _ in context["columns"]] == ["Budget 2020"]
    assert context["unfilled"] == list(EMPTY)
    with pytest.raises(blocks.BlockError, match="ingen ifylld kolumn ”plan 2021”"):
        blocks.draw(plan, "budget kolumner: plan 2021")
    Amount.objects.filter(column__budget=budget).delete()
    empty = type(plan).objects.get(pk=plan.pk)
    with pytest.raises(blocks.BlockError, match="inga belopp"):
        budget_blocks.year_column(empty)
