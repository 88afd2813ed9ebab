"""Every figure that the sources print and the software can compute, from the fixtures alone.

The numbers of the rules are those of the domain: sums, chain, shares, own capital, cost shares,
printed sums that are wrong, effects, two readings of balance, granted and budgeted, payers, bases.
"""

import pytest

from associations.models import Figure
from budgets.models import Budget, BudgetLine, StateAllocation
from budgets.sums import LAWFUL_SHARES
from interventions import effects as reckoned
from interventions.effects.payback import paybacks
from interventions.models import EffectCalculation, Intervention, Result

pytestmark = pytest.mark.django_db


def adopted_table(slug, year):
    """Return the computed table of the published budget of ``slug`` for ``year``."""
    return budget(slug, year).table()


def budget(slug, year):
    """Return the published budget of ``slug`` for ``year``."""
    return Budget.objects.published().current().with_table().get(association__slug=slug, year=year)


@pytest.fixture
def vatterbygden():
    return adopted_table("sodra-vatterbygden", 2020)


@pytest.fixture
def hoglandet():
    return adopted_table("hoglandet", 2018)


def test_rule_1_sums_of_sodra_vatterbygden(vatterbygden):
    columns = vatterbygden.columns
    assert [c.column.label for c in columns] == [
        "Budget 2019", "Prognos 2019", "Budget 2020", "Plan 2021", "Plan 2022",
    ]  # fmt: skip
    assert [c.income for c in columns] == [7_927_011, 8_194_970, 7_465_670, 6_816_870, 6_778_570]
    assert [c.cost for c in columns] == [7_925_150, 7_409_300, 7_328_800, 6_718_300, 6_715_000]
    assert [c.result for c in columns] == [1_861, 785_670, 136_870, 98_570, 63_570]


def test_rule_1_sums_of_hoglandet(hoglandet):
    columns = hoglandet.columns
    assert [c.column.year for c in columns] == [2017, 2018, 2019, 2020]
    assert [c.income for c in columns] == [5_127_000, 6_410_000, 6_410_000, 6_410_000]
    assert [c.cost for c in columns] == [5_301_854, 7_402_000, 6_652_000, 5_953_000]
    assert [c.result for c in columns] == [-174_854, -992_000, -242_000, 457_000]
    assert not hoglandet.has_opening


def test_rule_2_each_year_opens_with_the_one_before(vatterbygden):
    openings = [c.opening for c in vatterbygden.columns]
    assert openings == [1_855_011, 2_122_970, 785_670, 136_870, 98_570]
    typed = [c.column.opening for c in vatterbygden.columns]
    assert typed == [1_855_011, 2_122_970, None, None, None]


def test_rule_2_one_cell_moves_the_years_that_follow():
    original = budget("sodra-vatterbygden", 2020)
    draft = Budget.objects.with_table().get(pk=original.replaced_by.pk)
    enter = next(line for line in draft.lines.all() if line.label == "Enter")
    amount = enter.amounts.get(column__year=2020, column__kind="budget")
    amount.kronor += 1_000
    amount.save()
    columns = Budget.objects.with_table().get(pk=draft.pk).table().columns
    assert [c.cost for c in columns][2] == 7_329_800
    assert [c.result for c in columns][2:] == [135_870, 97_570, 62_570]
    assert [c.opening for c in columns][3] == 135_870


def test_rule_3_the_state_half_the_region_and_the_municipalities_a_quarter(vatterbygden, hoglandet):
    checked = 0
    for column in (*vatterbygden.columns, *hoglandet.columns):
        for share in column.payers:
            # Rounding to 100 kr or the like is normal; more than 1 000 kr off is not.
            off = abs(share.amount - column.contributions * LAWFUL_SHARES[share.key] / 100)
            assert off <= 1_000, (column.column.label, share)
            checked += 1
    assert checked == 27
    region = {share.key: share.amount for share in hoglandet.columns[0].payers}["region"]
    assert (region, hoglandet.columns[0].contributions / 4) == (1_281_500, 1_281_750)


def test_rule_5_own_capital_is_within_the_recommended_largest(vatterbygden):
    per_cent = Figure.objects.get(
        key="capital-cap-percent", associations__slug="sodra-vatterbygden"
    ).value
    column = vatterbygden.column_of(2019, kinds=("budget",))
    assert column.contributions == 6_072_000
    cap = column.contributions * per_cent / 100
    assert cap == 1_214_400
    assert vatterbygden.column_of(2019, kinds=("forecast",)).result == 785_670 <= cap


def test_rule_6_hoglandet_plans_a_deficit_without_a_carried_forward_line(hoglandet):
    column = hoglandet.column_of(2018)
    assert (column.opening, column.result) == (None, -992_000)


def test_rule_7_cost_shares(vatterbygden):
    categories = vatterbygden.column_of(2020).categories
    assert [share.rounded for share in categories] == [67, 17, 3, 13]
    assert sum(share.amount for share in categories) == 7_328_800
    efterstod = BudgetLine.objects.adopted().get(label="Efterstöd")
    assert (efterstod.individual, efterstod.structural) == (50, 50)


def test_rule_8_a_printed_sum_is_wrong():
    rows = StateAllocation.objects.filter(year=2015)
    assert rows.count() == 3
    assert sum(row.grant for row in rows) == 5_996_000
    assert sum(row.ceiling for row in rows) == 11_304_000
    assert sum(row.possible_increase for row in rows) == 5_308_000
    assert Figure.objects.get(key="allocation-increase-total", year=2015).value == 4_697_000


def test_rule_9_effects_of_2019():
    effects = EffectCalculation.objects.get(year=2019).effects()
    assert effects.growth == 13_912_500
    assert effects.region_tax == 1_397_088
    assert effects.municipal_tax == 2_570_832
    millions = [float(round(kronor / 1_000_000, 1)) for kronor in (
        effects.growth, effects.region_tax, effects.municipal_tax, effects.total
    )]  # fmt: skip
    assert millions == [13.9, 1.4, 2.6, 17.9]
    keys = ("effect-growth", "effect-region-tax", "effect-municipal-tax", "effect-total")
    printed = [Figure.objects.get(key=key, year=2019).value for key in keys]
    assert [float(value / 1_000_000) for value in printed] == millions


def test_rule_17_what_the_effects_leave_out():
    calculation = EffectCalculation.objects.get(year=2019)
    of = calculation.resting_on()
    assert reckoned.alone(of) == {
        "studies": -1_350_000,
        "tax_weighted": -622_242,
        "tax_within": -3_967_920,
    }
    everything = reckoned.everything(of)
    assert reckoned.compute(of, everything).total == 12_562_500
    changes = {step.name: step.change for step in reckoned.steps(of, everything)}
    assert changes == {"studies": -1_350_000, "tax_weighted": -622_242, "tax_within": -3_345_678}
    months = {
        each.key: each.months for each in paybacks(calculation.effects(), calculation.values())
    }
    assert months["state"] is None and months["region"] is None
    assert 15 < months["region_municipalities"] < 15.2


def test_rule_11_two_readings_of_balance(vatterbygden):
    column = vatterbygden.column_of(2020)
    assert column.contributions == 6_680_000
    assert (column.result_of_year, column.result) == (-648_800, 136_870)


def test_rule_12_granted_and_budgeted_differ():
    it_sparet = Intervention.objects.get(slug="it-sparet")
    granted = it_sparet.financing.get(association__slug="sodra-vatterbygden", year=2020).granted
    line = it_sparet.budget_lines.adopted().get(budget__association__slug="sodra-vatterbygden")
    budgeted = line.amounts.get(column__year=2020, column__kind="budget").kronor
    assert (granted, budgeted) == (400_000, 356_000)
    assert (granted - budgeted) / granted == 0.11


def test_rule_13_one_intervention_several_payers():
    rows = Intervention.objects.get(slug="it-sparet").financing.filter(year=2018)
    assert {str(row.payer): row.granted for row in rows} == {
        "Höglandets samordningsförbund": 1_200_000,
        "Region Jönköpings län": 600_000,
        "Samordningsförbundet Södra Vätterbygden": 400_000,
        "Finnvedens samordningsförbund": 250_000,
    }
    assert sum(row.granted for row in rows) == 2_450_000


def test_rule_14_the_base_of_a_percentage_is_named(vatterbygden):
    column = vatterbygden.column_of(2020)
    of_income = [round(100 * share.amount / column.income) for share in column.categories]
    assert of_income == [66, 17, 3, 13]
    enter = Result.objects.get(intervention__slug="enter", percent=55)
    assert enter.base
    assert enter.period
    fia = Result.objects.get(intervention__slug="fia", base_count=19)
    assert (fia.count, fia.base) != (None, "")
    assert fia.count == 9
    shares = Figure.objects.filter(key__startswith="budget-share-", unit="percent")
    assert shares.count() >= 11
    assert all(share.base for share in shares)


def test_no_rate_is_without_its_base():
    rates = [result for result in Result.objects.all() if result.rate is not None]
    assert len(rates) >= 8
    assert [str(result) for result in rates if not (result.base or result.base_count)] == []
