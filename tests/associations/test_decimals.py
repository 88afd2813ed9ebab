"""The reader of numbers with decimals: exactly what was meant, or a refusal; and rounding."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from associations.decimals import half_up, read_decimal, write_percent, write_typed


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10", 10),
        (" 12,5 % ", Fraction(25, 2)),
        ("80,5449", Fraction(805449, 10000)),
        ("\u22125", -5),
        ("-0,5%", Fraction(-1, 2)),
        ("1 345 100", 1_345_100),
        ("", None),
    ],
)
def test_read(text, number):
    assert read_decimal(text) == number


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("12.5", "efter ett komma"),
        ("1.000", "flera sätt"),
        ("1,000", "Skriv 1000, eller 1,0000"),
        ("1,23456", "för många decimaler"),
        ("20 kr", "är kronor"),
        ("1 0", "mellanrummen"),
        ("1e3", "inget tal"),
        ("=1", "inget tal"),
        ("٣", "inget tal"),
        ("1\u200b0", "inget tal"),
    ],
)
def test_refused(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        read_decimal(text)


@given(st.integers(-(10**12), 10**12))
def test_what_is_written_is_read_back(scaled):
    number = Fraction(scaled, 10**4)
    assert read_decimal(write_typed(number)) == number


def test_written_per_cent():
    assert write_percent(Fraction(1, 3)) == "33,33\u00a0%"
    assert write_percent(Fraction(-1, 10)) == "\u221210\u00a0%"


@pytest.mark.parametrize(
    ("number", "places", "rounded"),
    [
        (62.5, 0, 63),
        (63.5, 0, 64),
        (Fraction(1250, 100), 0, 13),
        (Decimal("-0.5"), 0, -1),
        (Decimal("2.25"), 1, Decimal("2.3")),
        (0.145, 2, Decimal("0.15")),
        (7, 1, Decimal("7.0")),
        (-649, 0, -649),
    ],
)
def test_a_half_goes_up_whatever_kind_of_number(number, places, rounded):
    found = half_up(number, places)
    assert (found, str(found)) == (rounded, str(rounded))


@given(st.integers(-(10**14), 10**14), st.integers(1, 10**6), st.integers(0, 3))
def test_rounding_is_never_off_by_more_than_a_half(above, below, places):
    exact = Fraction(above, below)
    off = Fraction(half_up(exact, places)) - exact
    half = Fraction(1, 2 * 10**places)
    assert -half <= off <= half and (abs(off) < half or (off > 0) == (exact > 0))
