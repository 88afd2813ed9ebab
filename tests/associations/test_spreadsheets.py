"""Every text that a spreadsheet would run gets an apostrophe, and comes back as it was."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from associations import import_formats
from associations.spreadsheets import marked, unmarked
from budgets.public import exports

RUN = [
    "=1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "\n1", " =1", "\u00a0=1", "\u2003=1",
    "\u200b=1", "\u2060=1", "\ufeff=1", "\u202e=1", "\u00ad=1", "\u200d \u2061=1", "\uff1d1",
    "\uff0b1", "\uff0d1", "\uff201", "\ufe661", "\u22121", "\ufe63x",
]  # fmt: skip


@pytest.mark.parametrize("text", RUN)
def test_both_writers_mark_it(text):
    assert marked(text) == exports.as_text(text) == import_formats.escape(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", " ", "Hyra", "'citat'", "1=1", "A-B", "\u2013 5", "\u200b"])
def test_other_texts_stay(text):
    assert marked(text) == exports.as_text(text) == import_formats.escape(text) == text


def test_numbers_stay_numbers():
    assert [import_formats.escape(cell) for cell in ("-5", -5, "+1,5", None)] == [
        "-5", -5, "+1,5", None,
    ]  # fmt: skip


@example("''=")
@given(st.text(alphabet="'=+-@\t\n \u200b\uff1dx1"))
def test_what_is_marked_comes_back(text):
    assert unmarked(marked(text)) == text
    assert import_formats.unescape(import_formats.escape(text)) == text
