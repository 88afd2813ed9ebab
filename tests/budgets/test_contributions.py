"""The contributions engine: the figures of 2020, and what must hold for any members."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from budgets.contributions import (
    BY_KEY,
    COMMON_RATE,
    MUNICIPALITY,
    REGION,
    STATE,
    Member,
    accepts_kronor,
    accepts_percent,
    largest,
    one_per_cent_more,
)

OFFER_2020 = 5_600_000


def members_2020():
    """Södra Vätterbygden 2019 with the accepted rise; 2020's printed amounts as key."""
    rows = [
        ("habo", 106_400, 20, 118_400),
        ("jonkoping", 1_225_700, 10, 1_345_100),
        ("mullsjo", 65_200, 10, 70_600),
        ("vaggeryd", 120_700, 20, 135_900),
    ]
    region = Member("region", "Region", REGION, 1_518_000, accepts_percent(1_518_000, 20))
    return [
        region,
        *(
            Member(key, key, MUNICIPALITY, before, accepts_percent(before, per_cent), weight)
            for key, before, per_cent, weight in rows
        ),
    ]


def test_common_rate_gives_the_printed_figures_of_2020():
    answer = largest(members_2020(), OFFER_2020, reading=COMMON_RATE)
    assert set(answer.binding) == {"mullsjo", "jonkoping"}
    assert answer.parts[0].amount == 1_669_800
    assert answer.state == 3_339_600
    assert round(answer.parts[0].amount, -3) == 1_670_000
    assert round(answer.state, -3) == 3_340_000
    assert OFFER_2020 - round(answer.state, -3) == 2_260_000
    assert answer.matched_total == 11_200_000
    assert sum(part.amount for part in answer.parts[1:]) == 1_669_800


def test_by_key_jonkoping_alone_binds():
    answer = largest(members_2020(), OFFER_2020, reading=BY_KEY)
    assert answer.binding == ("jonkoping",)
    assert round(answer.quarter) == 1_673_936
    assert round(answer.exact_total) == 6_695_743
    key = Fraction(1_345_100, 118_400 + 1_345_100 + 70_600 + 135_900)
    assert round(float(100 * key), 4) == 80.5449


def test_one_per_cent_more_from_those_who_bind():
    released = one_per_cent_more(members_2020(), OFFER_2020, reading=COMMON_RATE)
    assert (released.members, released.state) == (30_200, 30_200)
    small = one_per_cent_more(members_2020(), 1_000_000, reading=COMMON_RATE)
    assert small.total == 0


def test_the_states_offer_can_bind():
    answer = largest(members_2020(), 3_000_000, reading=BY_KEY)
    assert (answer.binding, answer.unclaimed) == ((STATE,), 0)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda m: m[1:], "en region"),
        (lambda m: m[:1], "minst en kommun"),
        (lambda m: [m[0], *(replace(x, weight=0) for x in m[1:])], "Nyckeln är tom"),
        (lambda m: [replace(m[0], limit=Fraction(-1)), *m[1:]], "mindre än noll"),
    ],
)
def test_refusals(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        largest(change(members_2020()), OFFER_2020, reading=BY_KEY)


kronor = st.integers(1, 50_000_000)


@st.composite
def some_members(draw):
    count = draw(st.integers(1, 13))
    region_before = draw(kronor)
    members = [
        Member("region", "", REGION, region_before,
               accepts_percent(region_before, draw(st.integers(0, 100))))
    ]  # fmt: skip
    for number in range(count):
        before = draw(kronor)
        limit = draw(
            st.one_of(
                st.builds(accepts_percent, st.just(before), st.integers(0, 100)),
                st.builds(accepts_kronor, st.just(before), st.integers(0, 1_000_000)),
            )
        )
        members.append(
            Member(str(number), "", MUNICIPALITY, before, limit, draw(st.integers(0, 200_000)))
        )
    assume(any(m.weight for m in members))
    return members


@given(
    some_members(),
    st.integers(0, 200_000_000),
    st.sampled_from([COMMON_RATE, BY_KEY]),
    st.sampled_from([1, 100, 1000]),
)
def test_parts_make_the_whole_and_nobody_pays_more_than_accepted(members, offer, reading, unit):
    answer = largest(members, offer, reading=reading, unit=unit)
    region, *municipalities = answer.parts
    assert sum(part.amount for part in municipalities) == region.amount
    assert answer.state == 2 * region.amount <= offer
    assert answer.total == 4 * region.amount <= answer.exact_total
    assert all(0 <= part.amount <= part.member.limit for part in answer.parts)
    assert all(part.amount % unit == 0 for part in answer.parts)


@given(some_members(), st.integers(0, 200_000_000), st.sampled_from([COMMON_RATE, BY_KEY]))
def test_those_who_bind_truly_bind(members, offer, reading):
    answer = largest(members, offer, reading=reading, unit=1)
    assert answer.binding
    # Raising everybody else changes nothing; raising those who bind raises the limit.
    others = [m if m.key in answer.binding else replace(m, limit=m.limit + 1000) for m in members]
    more = offer if STATE in answer.binding else offer + 1000
    assert largest(others, more, reading=reading, unit=1).quarter == answer.quarter
    raised = [replace(m, limit=m.limit + 1000) if m.key in answer.binding else m for m in members]
    more = offer + 1000 if STATE in answer.binding else offer
    assert largest(raised, more, reading=reading, unit=1).quarter > answer.quarter


def test_the_limits_say_how_large_a_quarter_each_allows():
    answer = largest(members_2020(), OFFER_2020, reading=COMMON_RATE)
    limits = dict(answer.limits)
    assert limits["jonkoping"] == limits["mullsjo"] == answer.quarter == 1_669_800
    assert limits["habo"] == limits["region"] == 1_821_600
    assert limits[STATE] == 2_800_000
    assert answer.parts[0].rate == Fraction(1, 10)


def test_small_shares_below_a_unit_do_not_shrink_the_whole():
    """Ten municipalities that may not pay a whole unit; the large one has room for their part."""
    region = Member("region", "", REGION, 1_000_000, Fraction(1_000_000))
    large = Member("large", "", MUNICIPALITY, 991_000, Fraction(2_000_000), 991_000)
    small = [Member(str(n), "", MUNICIPALITY, 900, Fraction(950), 900) for n in range(10)]
    answer = largest([region, large, *small], 10**12, reading=BY_KEY, unit=1000)
    assert answer.binding == ("region",)
    assert [part.amount for part in answer.parts[:3]] == [1_000_000, 1_000_000, 0]
