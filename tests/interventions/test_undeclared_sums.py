"""Sums that nobody has declared but any reader makes of the words: the gate makes them too."""

from decimal import Decimal

import pytest

from interventions import periods
from interventions.suppression import WITHHELD, Row, publish


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ("första halvåret 2020", "2020"),
        ("kvartal 1 2020", "2020"),
        ("2017–2018", "2017-2019"),
        ("2018", "2017–19"),
        ("2018", "sedan starten"),
        ("2018", "sedan 2015"),
        ("till och med 2018", "sedan starten"),
    ],
)
def test_a_period_lies_within_a_longer_one(inner, outer):
    assert periods.span(inner).is_within(periods.span(outer))
    assert not periods.span(outer).is_within(periods.span(inner))


def test_periods_that_do_not_lie_within_each_other():
    halves = [periods.span(f"{each} halvåret 2020") for each in ("första", "andra")]
    assert not halves[0].is_within(halves[1])
    assert not periods.span("2018–2020").is_within(periods.span("2017–2019"))
    assert periods.span("våren") is None
    assert periods.divided({}) == set()


@pytest.mark.parametrize(
    "counts",
    [
        {"första halvåret 2020": 12, "2020": 14},
        {"2017-2018": 60, "2017-2019": 62},
        {"2018": 60, "2019": 57, "sedan starten": 120},
        {"2018": 60, "2018-2019": 119, "2018-2020": 150, "2020": 28},
        {"sedan starten till och med 2018": 42, "sedan starten till och med 2019": 45, "2019": 3},
        {"från start t.o.m. 2018": 42, "från start t.o.m. 2019": 45, "2019": 3},
        {"ackumulerat 2018": 42, "ackumulerat 2019": 45},
        {"sedan starten 2018": 42, "sedan starten 2019": 45, "2019": 3},
    ],
)
def test_the_few_of_the_time_between_two_counts_can_not_be_reckoned(counts):
    rows = [Row(when, 1, "deltagare", when, total=count) for when, count in counts.items()]
    found = publish(rows)
    assert WITHHELD in [each.counts.total for each in found.values()]


def test_the_few_of_a_base_whom_no_result_tells_of_can_not_be_reckoned():
    rows = [
        Row(name, 1, name, "2020", total=count, base_count=19, base="avslutade")
        for name, count in (("arbete", 9), ("studier", 8))
    ]
    found = publish(rows)
    assert [found[name].counts.total for name in ("arbete", "studier")] == [9, WITHHELD]
    assert found["studier"].rate is None


def test_a_rate_is_of_the_count_that_its_base_is_named_by():
    def rate(percent, count):
        printed = Row(1, 1, "fick arbete", "2020", percent=Decimal(percent), base="av avslutade")
        return publish([printed, Row(2, 1, "Avslutade", "2020", total=count)])[1].rate

    assert rate(47, 19) == 47
    assert rate(11, 19) is None  # two
    assert rate(89, 19) is None  # all but two
    assert rate(50, 4) is None


def test_women_and_men_as_results_of_their_own_are_parts_too():
    counts = {"kvinnor i arbete": 9, "män i arbete": 2, "i arbete": 11}
    found = publish([Row(name, 1, name, "2020", total=count) for name, count in counts.items()])
    assert [each.counts.total for each in found.values()] == [WITHHELD, WITHHELD, 11]
