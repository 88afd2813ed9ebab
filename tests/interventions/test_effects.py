"""The effects' arithmetic: linear, exact, and every choice told with what it changes."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interventions import effects
from interventions.effects import Choices, compute, payback, ranges

AMOUNTS = st.fractions(0, 10**6, max_denominator=10**4)
SHARES = st.fractions(0, 1, max_denominator=10**4)
PERSONS = st.fractions(-1000, 1000, max_denominator=10**4)
ASSUMPTIONS = st.builds(
    effects.Assumptions,
    fte_unsubsidised=PERSONS,
    fte_subsidised=PERSONS,
    value_full_time=AMOUNTS,
    factor_subsidised=SHARES,
    taxed_income=AMOUNTS,
    tax_region=st.fractions(0, 100, max_denominator=10**4),
    tax_municipality=st.fractions(0, 100, max_denominator=10**4),
    studies=PERSONS,
    factor_studies=SHARES,
)
CHOICES = st.builds(
    Choices,
    studies=st.booleans(),
    tax_weighted=st.booleans(),
    tax_within=st.booleans(),
    deadweight=st.fractions(0, 100, max_denominator=100),
)
VALUES = {
    "fte_unsubsidised": 20, "fte_subsidised": 30, "value_full_time": 25000,
    "factor_subsidised": Fraction(3, 4), "taxed_income": 18000, "tax_region": 12,
    "tax_municipality": 21, "studies_women": -4, "studies_men": -5,
    "factor_studies": Fraction(1, 2),
}  # fmt: skip


@given(ASSUMPTIONS, CHOICES, st.fractions(0, 100, max_denominator=100))
def test_as_many_times_the_volumes_give_as_many_times_the_money(of, choices, times):
    larger = replace(
        of,
        fte_unsubsidised=of.fte_unsubsidised * times,
        fte_subsidised=of.fte_subsidised * times,
        studies=of.studies * times,
    )
    assert compute(larger, choices).total == compute(of, choices).total * times


@given(ASSUMPTIONS, ASSUMPTIONS, CHOICES)
def test_two_counties_volumes_add_up(of, other, choices):
    volumes = ("fte_unsubsidised", "fte_subsidised", "studies")
    same = replace(of, **{name: getattr(other, name) for name in volumes})
    both = replace(of, **{name: getattr(of, name) + getattr(other, name) for name in volumes})
    parts = compute(of, choices).total + compute(same, choices).total
    assert compute(both, choices).total == parts


@given(ASSUMPTIONS, CHOICES)
def test_steps_in_order_add_up_to_the_whole_difference(of, choices):
    steps = effects.steps(of, choices)
    difference = compute(of, choices).total - compute(of).total
    assert sum(step.change for step in steps) == difference
    assert (steps[-1].total if steps else compute(of).total) == compute(of, choices).total


@given(ASSUMPTIONS)
def test_a_switch_alone_is_the_difference_to_the_preset_and_only_the_taxes_meet(of):
    alone = effects.alone(of)
    together = compute(of, effects.everything(of)).total - compute(of).total
    assert together == alone["studies"] + alone["tax_within"]
    weighted_first = {step.name: step.change for step in effects.steps(of, effects.everything(of))}
    assert weighted_first["tax_weighted"] == alone["tax_weighted"]
    assert weighted_first["tax_within"] == alone["tax_within"] - alone["tax_weighted"]


@given(ASSUMPTIONS, CHOICES)
def test_deadweight_takes_its_part_of_everything(of, choices):
    whole = compute(of, replace(choices, deadweight=Fraction(0))).total
    assert compute(of, choices).total == whole * (100 - choices.deadweight) / 100


@given(CHOICES, st.fractions(0, 33, max_denominator=100), PERSONS, PERSONS)
def test_low_is_never_above_the_middle_nor_high_below(choices, percent, women, men):
    values = VALUES | {"studies_women": women, "studies_men": men}
    low, high = ranges.ends(values, choices, ranges.spread(values, percent))
    ends = [ranges.total(each, choices) for each in (low, values, high)]
    assert ends == sorted(ends)
    assert low["tax_region"] == high["tax_region"] == 12


def test_a_share_that_would_pass_the_whole_is_refused():
    with pytest.raises(ValueError, match="högst 33 procent"):
        ranges.spread(VALUES, 34)


@given(PERSONS, PERSONS, PERSONS, PERSONS, CHOICES)
def test_women_and_men_add_up(women, men, more_women, more_men, choices):
    values = {key: value for key, value in VALUES.items() if not key.startswith("fte")} | {
        "fte_unsubsidised_women": women, "fte_unsubsidised_men": men,
        "fte_subsidised_women": more_women, "fte_subsidised_men": more_men,
    }  # fmt: skip
    parts = effects.by_sex(values, choices)
    whole = compute(effects.Assumptions.from_values(values), choices)
    assert sum(each.total for each in parts) == whole.total


def test_what_is_not_divided_is_not_guessed():
    women, men = effects.by_sex(VALUES, Choices(studies=True))
    assert women.growth is men.growth is women.region_tax is None
    assert (women.studies, men.studies) == (-600_000, -750_000)


def test_what_is_missing_is_named_and_studies_untold_cannot_be_counted():
    assert effects.missing_of({"fte_subsidised": 1}) == [
        name for name in effects.REQUIRED if name != "fte_subsidised"
    ]
    values = {key: value for key, value in VALUES.items() if "studies" not in key}
    of = effects.Assumptions.from_values(values)
    assert effects.possible(of) == ("tax_weighted", "tax_within")
    with pytest.raises(ValueError, match="säger inget om studier"):
        compute(of, Choices(studies=True))


def test_payback_tells_apart_what_is_unknown_and_what_never_comes():
    effect = compute(effects.Assumptions.from_values(VALUES))
    paid = {"paid_region": Fraction(0), "paid_state": Fraction(5), "activities": effect.total * 2}
    found = {each.key: each for each in payback.paybacks(effect, paid)}
    assert found["region"].months == 0
    assert found["municipalities"].months is None and not found["municipalities"].never
    assert found["state"].never and found["state"].months is None
    assert found["all"].months == 24
    both = {"paid_region": 1, "paid_municipalities": 2}
    assert payback.together(both) == 3
    assert payback.together({"paid_region": 1, "paid_region_municipalities": 9}) == 9
