"""The sums: parts make the whole, whatever the figures."""

import itertools
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from associations.shares import largest_remainder
from budgets import resumming, rules, sums
from budgets.lettering import letters

KRONOR = st.none() | st.integers(-10_000_000, 100_000_000)
NOT_NEGATIVE = st.integers(0, 100_000_000)


@st.composite
def splits(draw):
    """Four whole per cents that sum to 100."""
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=3, max_size=3)))
    parts = [b - a for a, b in itertools.pairwise([0, *cuts, 100])]
    return tuple(zip(sums.CATEGORIES, parts, strict=True))


@st.composite
def tables(draw, amounts=KRONOR):
    """A table of one to four chained columns with a handful of lines."""
    number = draw(st.integers(1, 4))
    columns = [
        sums.Column(
            at, 2020 + at, "plan", f"Plan {2020 + at}", at - 1 if at else None,
            None if at else draw(KRONOR),
        )
        for at in range(number)
    ]  # fmt: skip
    payers = st.sampled_from([*sums.PAYERS, None, "other"])
    lines = [
        sums.Line(key, "income", f"Rad {key}", draw(payers))
        for key in range(draw(st.integers(0, 4)))
    ]
    lines += [
        sums.Line(10 + key, "cost", f"Rad {key}", split=draw(splits()))
        for key in range(draw(st.integers(0, 4)))
    ]
    cells = {(line.key, column.key): draw(amounts) for line in lines for column in columns}
    filled = {place: kronor for place, kronor in cells.items() if kronor is not None}
    return sums.table(columns, lines, filled)


@given(tables())
def test_parts_make_the_whole(table):
    for at, column in enumerate(table.columns):
        income = sum(row.amounts[at] or 0 for row in table.income)
        cost = sum(row.amounts[at] or 0 for row in table.cost)
        assert column.income == income + (column.opening or 0)
        assert column.cost == cost
        assert column.result == column.income - column.cost
        assert column.result == column.result_of_year + (column.opening or 0)
        assert sum(share.amount for share in column.categories) == cost
        assert sum(share.amount for share in column.payers) == column.contributions


@given(tables())
def test_each_column_opens_with_what_the_one_before_leaves(table):
    for before, after in itertools.pairwise(table.columns):
        known = before.filled or before.opening is not None
        assert after.opening == (before.result if known else None)
    assert table.unfilled == [
        each.column.label for each in table.columns
        if not any(column == each.column.key for _, column in table.amounts)
    ]  # fmt: skip


@given(tables(), st.sampled_from(["", "En not."]), st.data())
def test_one_other_amount_gives_what_all_summed_anew_give(table, note, data):
    columns = [each.column for each in table.columns]
    lines = [
        replace(row.line, note=data.draw(st.sampled_from(["", "Not"]))) for row in table.income
    ]
    lines += [row.line for row in table.cost]
    assume(lines)
    opener = data.draw(st.sampled_from(columns)).key  # also a ring, or none
    columns[0] = replace(columns[0], opens_from=data.draw(st.sampled_from([None, opener])))
    before = sums.table(columns, lines, table.amounts, opening_note=note)
    place = data.draw(st.sampled_from(lines)).key, data.draw(st.sampled_from(columns)).key
    kronor = data.draw(KRONOR)
    amounts = {each: kr for each, kr in table.amounts.items() if each != place}
    if kronor is not None:
        amounts[place] = kronor
    anew = sums.table(columns, lines, amounts, opening_note=note)
    changed = resumming.with_amount(before, place, amounts)
    assert changed == anew or (changed is None and before.has_opening != anew.has_opening)


@given(tables(amounts=NOT_NEGATIVE))
def test_shares_are_whole_where_they_make_100_and_never_moved_so_as_to_do_so(table):
    for column in table.columns:
        for whole in (column.payers, column.categories):
            rounded = [share.rounded for share in whole]
            if not sum(share.amount for share in whole):
                assert rounded == [None] * len(whole)
                continue
            step = 1 if all(isinstance(each, int) for each in rounded) else 10
            assert step == 10 or sum(rounded) == 100
            for share in whole:
                exact = Fraction(100 * share.amount, sum(each.amount for each in whole))
                assert abs(Fraction(share.rounded) - exact) <= Fraction(1, 2 * step)


def test_a_half_that_would_be_moved_is_shown_with_its_decimal():
    def rounded(*amounts):
        labels = dict.fromkeys(map(str, range(len(amounts))), "")
        shares = sums.shares(dict(zip(labels, amounts, strict=True)), labels)
        return [str(share.rounded) for share in shares]

    assert rounded(675, 325) == ["67.5", "32.5"]
    assert rounded(670, 330) == ["67", "33"]
    assert rounded(1, 1, 1) == ["33.3", "33.3", "33.3"]
    assert rounded(0, 5) == ["0", "100"]


@given(st.lists(st.integers(0, 10**9), max_size=12), st.integers(0, 10**12))
def test_largest_remainder_gives_away_all_and_no_more(weights, whole):
    parts = largest_remainder(weights, whole)
    total = sum(weights)
    assert sum(parts) == (whole if total else 0)
    for weight, part in zip(weights, parts, strict=True):
        if total:
            assert whole * weight // total <= part <= whole * weight // total + 1


def test_an_empty_cell_is_not_a_zero():
    columns = [sums.Column(1, 2020, "budget", "Budget 2020")]
    split = (("individual", 100),)
    lines = [sums.Line(1, "cost", "Tom", split=split), sums.Line(2, "cost", "Noll", split=split)]
    table = sums.table(columns, lines, {(2, 1): 0})
    assert [row.amounts for row in table.cost] == [(None,), (0,)]
    assert table.columns[0].opening is None
    assert not table.has_opening


def test_notes_are_lettered_in_the_order_of_the_table():
    columns = [sums.Column(1, 2020, "budget", "Budget 2020", opening=5)]
    lines = [
        sums.Line(1, "income", "Habo", "municipality", note="Först."),
        sums.Line(2, "cost", "Enter", split=(("individual", 100),), note="Sist."),
    ]
    table = sums.table(columns, lines, {}, opening_note="Mitt emellan.")
    assert table.notes == (("a", "Först."), ("b", "Mitt emellan."), ("c", "Sist."))
    assert (table.income[0].letter, table.opening_letter, table.cost[0].letter) == tuple("abc")
    assert list(itertools.islice(letters(), 25, 28)) == ["z", "aa", "ab"]


@pytest.mark.parametrize(
    ("opens_from", "ringed"), [((2, 1), 2), ((1, None), 1), ((9, None), 1), ((9, 1), 2)]
)
def test_a_chain_without_a_beginning_is_an_error_and_no_crash(opens_from, ringed):
    first, second = opens_from
    columns = [
        sums.Column(1, 2020, "budget", "Budget 2020", first),
        sums.Column(2, 2021, "plan", "Plan 2021", second),
        sums.Column(3, 2022, "plan", "Plan 2022", opening=5),
    ]
    lines = [sums.Line(1, "income", "Habo", "municipality")]
    table = sums.table(columns, lines, {(1, key): 7 for key in (1, 2, 3)})
    assert [each.ringed for each in table.columns].count(True) == ringed
    assert [each.opening for each in table.columns] == [None, None, 5]
    found = [each for each in rules.findings(table) if each.rule == "ring"]
    assert len(found) == ringed and all(each.severity == rules.ERROR for each in found)
