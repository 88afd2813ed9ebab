"""No public count points at a person: what the gate shows of results that belong together."""

from dataclasses import fields, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interventions import suppression
from interventions.suppression import FEW, WITHHELD, PublicCounts, Row, publish

COUNTS = st.integers(min_value=0, max_value=60)


def shown(**facts):
    return publish([Row(1, **facts)])[1]


@pytest.mark.parametrize(
    ("women", "men", "total", "told"),
    [
        (36, 34, None, (36, 34, 70)),
        (2, 10, None, (WITHHELD, WITHHELD, 12)),
        (10, 4, None, (WITHHELD, WITHHELD, 14)),
        (2, 3, None, (WITHHELD, WITHHELD, 5)),
        (1, 2, None, (WITHHELD, WITHHELD, FEW)),
        (0, 12, None, (0, 12, 12)),
        (0, 3, None, (WITHHELD, WITHHELD, FEW)),
        (0, 0, None, (0, 0, 0)),
        (None, None, 4, (None, None, FEW)),
        (None, None, 5, (None, None, 5)),
        (None, None, None, (None, None, None)),
    ],
)
def test_what_is_shown_of_one_result(women, men, total, told):
    percent = Decimal(50) if women is total is None else None
    found = shown(women=women, men=men, total=total, percent=percent, base="alla")
    assert found.counts == PublicCounts(*told)
    assert found.suppressed == any(isinstance(each, str) for each in told)


@given(COUNTS, COUNTS, COUNTS)
def test_a_few_are_never_reckoned_from_women_men_and_base(women, men, rest):
    found = shown(women=women, men=men, base_count=women + men + rest, base="deltagare")
    counts = found.counts
    known = [each for each in (counts.women, counts.men, counts.total) if isinstance(each, int)]
    assert not any(0 < each < 5 for each in known)
    if 0 < women < 5 or 0 < men < 5:
        assert len(known) < 2
    if isinstance(counts.total, int) and isinstance(found.base_count, int):
        assert not 0 < found.base_count - counts.total < 5
    if found.rate is not None:
        assert found.base_count >= 10 and isinstance(counts.total, int)


@pytest.mark.parametrize(
    ("count", "base", "told"),
    [
        (9, 19, 47),
        (8, 9, None),  # a small base
        (4, 33, None),  # a small count
        (19, 20, None),  # one who did not
        (20, 20, 100),
        (0, 20, 0),
    ],
)
def test_a_rate_needs_a_base_and_counts_that_may_be_shown(count, base, told):
    found = shown(total=count, base_count=base, base="avslutade")
    assert found.rate is None if told is None else round(found.rate) == told


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"percent": "55", "base": "alla"}, True),  # of an unknown number, as the source prints
        ({"percent": "55", "base_count": 20}, True),
        ({"percent": "10", "base_count": 20}, False),  # two
        ({"percent": "90", "base_count": 20}, False),  # all but two
        ({"percent": "60", "base_count": 5}, False),
        ({"percent": "87", "total": 13}, False),  # 13 of 15
        ({"percent": "50", "total": 40}, True),
        ({"percent": "8", "total": 3}, False),
        ({"percent": "12", "base_count": 40, "roughly": True}, False),  # perhaps four
    ],
)
def test_a_printed_rate_is_held_against_what_it_could_tell(facts, told):
    found = shown(**{"base": "deltagare"} | facts | {"percent": Decimal(facts["percent"])})
    assert (found.rate is not None) is told
    assert found.suppressed is not told


def test_parts_can_not_be_reckoned_from_their_whole():
    years = [
        Row(n, women=w, men=m, part_of=9) for n, (w, m) in enumerate([(2, 8), (7, 9), (30, 6)])
    ]
    whole = Row(9, women=39, men=23)
    found = publish([*years, whole])
    assert found[9].counts == PublicCounts(39, 23, 62)
    assert found[0].counts == PublicCounts(WITHHELD, WITHHELD, 10)
    others = [found[1].counts.women, found[2].counts.women]
    assert others.count(WITHHELD) == 1
    free = publish([Row(each.key, women=each.women, men=each.men) for each in years])
    assert free[1].counts == PublicCounts(7, 9, 16)


def test_what_comes_out_even_is_taken_as_parts():
    outcomes = [
        Row(n, 1, measure, "2020", total=count, base_count=40, base="avslutade")
        for n, (measure, count) in enumerate([("arbete", 3), ("studier", 17), ("annat", 20)])
    ]
    found = publish(outcomes)
    assert [found[n].counts.total for n in range(3)] == [WITHHELD, WITHHELD, 20]
    years = [Row(n, 1, "deltagare", str(n), total=count) for n, count in enumerate([3, 9, 20, 32])]
    found = publish(years)
    assert [found[n].counts.total for n in range(4)] == [WITHHELD, WITHHELD, 20, 32]


def test_a_base_that_is_another_result_is_one_count():
    ended = Row(1, 1, "Avslutade", "2020", women=8, men=12)
    work = Row(2, 1, "fick arbete", "2020", total=18, base_count=20, base="avslutade")
    found = publish([ended, work])
    assert (found[1].counts.total, found[2].base_count) == (20, 20)
    assert found[2].counts.total == WITHHELD  # two of the twenty did not


def test_another_intervention_that_nobody_sees_yet_gives_nothing_away():
    rows = [
        Row(1, 1, total=8, part_of=3),
        Row(2, 2, total=2, part_of=3, published=False),
        Row(3, 1, total=10),
    ]
    found = publish(rows)
    assert WITHHELD in (found[1].counts.total, found[3].counts.total)


def test_what_counts_no_persons_is_shown_whole():
    found = shown(
        total=3, base_count=8, percent=Decimal("37.5"), base="dagar", counts_persons=False
    )
    assert (found.counts.total, found.base_count, found.rate) == (3, 8, Decimal("37.5"))
    assert not found.suppressed


SMALL = st.none() | st.integers(min_value=0, max_value=14)
INPUTS = {  # of a Row, what each of its facts may be
    "key": st.integers(1, 3),
    "family": st.sampled_from([1, 2]),
    "measure": st.sampled_from(["i arbete", "i studier"]),
    "period": st.sampled_from(["2019", "hösten 2019"]),
    "year": st.sampled_from([None, 2019, 2020]),
    "women": SMALL,
    "men": SMALL,
    "total": SMALL,
    "base_count": SMALL,
    "base": st.sampled_from(["deltagare", "avslutade"]),
    "percent": st.sampled_from([None, Decimal(25), Decimal(50)]),
    "roughly": st.booleans(),
    "counts_persons": st.booleans(),
    "part_of": st.sampled_from([None, 1, 2]),
    "published": st.booleans(),
}


def _tables(rows):
    """Return the drawn ``rows`` as they can be: no key twice, both sexes or none, no rate alone."""
    found = []
    for key, row in enumerate(rows, start=1):
        both = row.women is not None and row.men is not None
        row = row if both else replace(row, women=None, men=None)
        percent = row.percent if row.base_count is None or row.count is None else None
        part_of = row.part_of if row.part_of != key else None
        found.append(replace(row, key=key, percent=percent, part_of=part_of))
    return found


@given(st.lists(st.builds(Row, **INPUTS), min_size=1, max_size=3), st.data())
def test_what_is_remembered_is_what_is_found_anew_whatever_differs(rows, data):
    """Asked of rows that differ in any one fact, the gate answers as one that remembers nothing."""
    assert {each.name for each in fields(Row)} == set(INPUTS)
    name = data.draw(st.sampled_from(sorted(INPUTS)))
    other = replace(rows[0], **{name: data.draw(INPUTS[name])})
    before, after = _tables(rows), _tables([other, *rows[1:]])
    remembered = [publish(each) for each in (before, after, before)]
    anew = []
    for each in (before, after, before):
        suppression._published.cache_clear()
        anew.append(publish(each))
    assert remembered == anew


def test_what_is_remembered_is_by_every_fact_and_can_not_be_changed():
    row = Row(1, women=10, men=12)
    others = {
        "key": 2, "family": 5, "measure": "x", "period": "x", "year": 2019, "women": 11, "men": 13,
        "total": 1, "base_count": 30, "base": "x", "percent": Decimal(5), "roughly": True,
        "counts_persons": False, "part_of": 3, "published": False,
    }  # fmt: skip
    assert set(others) == {each.name for each in fields(Row)}
    changed = [replace(row, **{name: value}) for name, value in others.items()]
    assert len({hash(each) for each in (row, *changed)}) == len({row, *changed}) == 16
    with pytest.raises(TypeError):
        suppression._published((row,))[1] = None
    assert suppression._published.cache_info().maxsize == 512
