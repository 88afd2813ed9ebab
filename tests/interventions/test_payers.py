"""Who pays what, and what they pay together."""

from interventions.payers import Payment, table


def test_four_payers_of_one_intervention():
    payers = table(
        [
            Payment("Höglandet", 2018, stated=1_200_000),
            Payment("Region", 2018, stated=600_000),
            Payment("Södra Vätterbygden", 2018, granted=400_000, budgeted=356_000),
            Payment("Finnveden", 2018, stated=250_000),
        ]
    )
    assert payers.kinds == ("granted", "stated", "budgeted")
    assert payers.fullest.total == 2_450_000
    assert payers.years[0].totals == [None, None, None]
    assert not payers.years[0].one_kind


def test_one_column_that_is_whole_is_the_sum():
    payers = table([Payment("A", 2020, granted=1), Payment("B", 2020, granted=2)])
    assert payers.years[0].totals == [3]
    assert payers.years[0].one_kind


def test_an_unknown_amount_gives_no_sum():
    payers = table([Payment("A", 2020, granted=1), Payment("B", 2020, note="lokaler")])
    assert payers.years[0].total is None
    assert payers.fullest is None


def test_newest_year_first_and_nothing_of_nothing():
    assert [year.year for year in table([Payment("A", 1), Payment("A", 2)]).years] == [2, 1]
    assert table([]).years == ()
