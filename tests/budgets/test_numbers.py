"""The one reader of amounts: the number meant, or a refusal. Never a third outcome."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from associations.decimals import MINUS, write
from budgets.numbers import LARGEST, read_amount, read_kronor

NBSP, NARROW, THIN = "\u00a0", "\u202f", "\u2009"

READ = [
    ("0", 0),
    ("950000", 950_000),
    ("950 000", 950_000),
    (f"1{NBSP}345{NBSP}100", 1_345_100),
    (f"1{NARROW}345{NARROW}100", 1_345_100),
    (f"1{THIN}345{THIN}100", 1_345_100),
    (" 950 000 ", 950_000),
    ("950 000\r\n", 950_000),
    ("950 000 kr", 950_000),
    ("950 000 KR", 950_000),
    ("kr 950 000", 950_000),
    ("950000 SEK", 950_000),
    ("SEK 950000", 950_000),
    ("950 000:-", 950_000),
    ("950 000,00", 950_000),
    ("950 000,00 kr", 950_000),
    ("106400,0", 106_400),
    ("870000.0", 870_000),
    ("2915.00", 2_915),
    ("-648 800", -648_800),
    (f"{MINUS}648 800", -648_800),
    (f"{MINUS} 648 800 kr", -648_800),
    ("999 999 999 999", LARGEST),
    ("-999999999999", -LARGEST),
    ("", None),
    ("   ", None),
    ("-", None),
    ("–", None),
    (NBSP, None),
]

REFUSED = [
    ("950 000,50", "öre"),
    ("950000,5", "öre"),
    ("13,75", "öre"),
    ("1.000", "1000"),
    ("1,000", "1000"),
    ("1.345.100", "1345100"),
    ("1.345,00", "1345"),
    ("13.75", "decimaler"),
    ("1 2 3", "mellanrummen"),
    ("1 0000", "mellanrummen"),
    ("12 34", "mellanrummen"),
    ("1e6", "vanligt skrivet"),
    ("1E+6", "inte"),
    ("1_000", "vanligt skrivet"),
    ("٣٠٠", "siffror av annat slag"),
    ("１２３", "siffror av annat slag"),
    ("1²", "siffror av annat slag"),
    ("1\u200b000", "osynliga"),
    ("950\u00ad000", "osynliga"),
    ("950 tkr", "enhet"),
    ("7 mnkr", "enhet"),
    ("7,5 mnkr", "decimaler"),
    ("50 %", "procent"),
    ("=A1+B1", "formel"),
    ("+1000", "formel"),
    ("@SUM(A1)", "formel"),
    ("#REF!", "kalkylark"),
    ("#VÄRDEFEL!", "kalkylark"),
    ("1 000 000 000 000", "för stort"),
    ("-1000000000000", "för stort"),
    ("1" * 200, "för stort"),
    ("1" * 201, "för lång"),
    ("9" * 5000, "för lång"),
    ("9" + ".999" * 2000, "för lång"),
    ("femtio", "inget belopp"),
    ("--5", "inget belopp"),
    ("5-", "inget belopp"),
    ("(950 000)", "inom parentes"),
    ("1\n2", "osynliga"),
]


@pytest.mark.parametrize(("text", "kronor"), READ)
def test_is_read(text, kronor):
    assert read_kronor(text) == kronor


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_is_refused_with_its_reason(text, reason):
    with pytest.raises(ValueError, match=reason):
        read_kronor(text)


@given(st.integers(-LARGEST, LARGEST))
def test_what_is_written_is_read_back(kronor):
    assert read_kronor(write(kronor)) == kronor
    assert read_kronor(f"{write(kronor)} kr") == kronor


AMOUNTLIKE = st.text("0123456789 .,-−–kr:%eE_tkSEK\u00a0\u202f\u2009\u200b=+#", max_size=18)


@given(st.text() | AMOUNTLIKE)
def test_never_a_third_outcome(text):
    """Whole kronor, no amount, or a ValueError with a sentence; and what is read stays itself."""
    try:
        kronor = read_kronor(text)
    except ValueError as refusal:
        assert str(refusal).endswith(".")
        return
    assert kronor is None or (type(kronor) is int and abs(kronor) <= LARGEST)
    assert read_kronor(write(kronor)) == kronor


@given(AMOUNTLIKE)
def test_the_digits_read_are_the_digits_written(text):
    """Nothing is rounded, scaled or dropped but zero öre and leading zeros."""
    try:
        kronor = read_kronor(text)
    except ValueError:
        return
    if kronor is None:
        return
    digits = "".join(character for character in re.split("[.,]", text)[0] if character.isdigit())
    assert str(abs(kronor)) == (digits.lstrip("0") or "0")


THOUSANDS = [
    ("1 345,1", 1_345_100), ("118,4", 118_400), ("-0,5", -500), ("5,00 kr", 5_000),
    ("kr -5,5", -5_500), ("\N{MINUS SIGN}1,25", -1_250), ("5", 5_000), ("–", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kronor"), THOUSANDS)
def test_a_file_in_thousands(text, kronor):
    assert read_amount(text, scale=1000) == kronor


@pytest.mark.parametrize("text", ["1,2345", "5,5 kr", "5:-,5", "5 kr,5", "1,5-", "(5,5)"])
def test_a_file_in_thousands_is_refused_what_is_uncertain(text):
    with pytest.raises(ValueError, match=r"\.$"):
        read_amount(text, scale=1000)


MILLIONS = [("7,46567", 7_465_670), ("-0,5", -500_000), ("3", 3_000_000), ("0,000001", 1)]


@pytest.mark.parametrize(("text", "kronor"), MILLIONS)
def test_a_file_in_millions(text, kronor):
    assert read_amount(text, scale=1_000_000) == kronor


@given(AMOUNTLIKE)
def test_thousands_keep_every_digit_and_the_sign(text):
    try:
        kronor = read_amount(text, scale=1000)
    except ValueError:
        return
    if kronor is None:
        return
    before, digit = re.split("(?=[0-9])", text, maxsplit=1)
    meant = Decimal(re.sub("[^0-9.]", "", digit.replace(",", ".")).rstrip("."))
    assert kronor == meant * 1000 * (-1 if set(before) & set("-\N{MINUS SIGN}") else 1)
