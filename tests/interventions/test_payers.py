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
    assert [group.kind for group in payers.groups] == ["granted", "stated", "budgeted"]
    assert payers.fullest.total == 2_450_000
    assert [group.totals for group in payers.groups] == [(None,), (None,), (None,)]
    assert payers.mixed_totals == [2_450_000]


def test_one_kind_that_is_whole_is_the_sum():
    payers = table([Payment("A", 2020, granted=1), Payment("B", 2020, granted=2)])
    assert payers.groups[0].totals == (3,)
    assert payers.groups[0].has_totals
    assert payers.mixed_totals == []


def test_an_unknown_amount_gives_no_sum():
    payers = table([Payment("A", 2020, granted=1), Payment("B", 2020, note="lokaler")])
    assert payers.years[0].total is None
    assert payers.fullest is None
    assert not payers.groups[0].has_totals
    assert [whose for whose, _ in payers.notes] == ["B 2020"]


def test_oldest_year_first_with_gaps_and_nothing_of_nothing():
    payers = table([Payment("A", 2, granted=5), Payment("A", 1, stated=4)])
    assert [year.year for year in payers.years] == [1, 2]
    assert [cells for _, cells in payers.groups[0].rows][0][0] is None
    assert table([]).years == ()


def test_the_headline_spans_the_years_that_are_alike():
    alike = [
        Payment(payer, year, granted=5, note="på villkor") for payer in "AB" for year in (1, 2)
    ]
    payers = table([*alike, Payment("A", 7, granted=5)])
    headline = payers.headline
    assert (headline.who, headline.kronor, headline.years) == ("Två finansiärer", 10, "om året 1–2")
    assert headline.granted
    assert payers.notes == [("Alla finansiärer 1–2", "på villkor")]
    assert table([Payment("A", 1, granted=5)]).headline is None
