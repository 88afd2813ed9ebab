"""The reader of numbers with decimals: exactly what was meant, or a refusal."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from associations.decimals import read_decimal, write_percent, write_typed


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
