"""Labels that look the same are the same, and those that don't are not."""

import unicodedata

import pytest

from associations.cells import CellFormat, Sheet, SheetName
from associations.labels import folded
from associations.units import named


@pytest.mark.parametrize(
    "written",
    [
        "Efterstöd", "efterstöd", "Efterstöd:", " Efterstöd\u00a0", "- Efterstöd", "'Efterstöd",
        "Efter\u00adstöd", "Efterstöd\u200b", "\ufeffEfterstöd", "Efterstöd 1)", "Efterstöd a)",
        "Efterstöd *", "Efterstöd**", "Efterstöd\u00b9", "Efterstöd [1]", "Efterstöd 1) 2):",
        unicodedata.normalize("NFD", "Efterstöd"),
    ],
)  # fmt: skip
def test_a_label_is_the_same_however_it_is_written(written):
    assert folded(written) == "efterstöd"


def test_hyphens_and_spaces_are_plain_and_what_tells_labels_apart_stays():
    assert folded("IT\u2011spåret") == folded("IT-spåret") == "it-spåret"
    assert folded("Region\u202f Jönköpings\r\nlän") == "region jönköpings län"
    apart = ["Insats", "Insats 2", "Insats (2)", "Styrelse (AU)", "Styrelse", "A", "Män 3"]
    assert len({folded(label) for label in apart}) == len(apart)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Budget 2020, tkr", {"tkr"}), ("Belopp i tusental kronor", {"tkr"}), ("(000 kr)", {"tkr"}),
        ("kr", {"kr"}), ("Kronor", {"kr"}), ("1 000 kr", {"kr"}), ("mnkr", {"mnkr"}),
        ("Mkr", {"mnkr"}), ("milj. kr", {"mnkr"}), ("MSEK", {"mnkr"}), ("tkr (Enter i kr)", None),
        ("Kransen", set()), ("Budget 2020", set()),
    ],
)  # fmt: skip
def test_a_text_names_its_units(text, units):
    assert named(text) == ({"kr", "tkr"} if units is None else units)


def test_a_sheet_travels_as_plain_values():
    formats = {(0, 1): CellFormat(percent=True), (1, 0): CellFormat(unit="tkr")}
    other = Sheet((("q",),), "y", name="y")
    sheet = Sheet(
        (("a", "25 %"), ("1", "")), "x", name="x", cells=formats, hidden={(1, 1): "2"},
        hidden_rows=frozenset([1]), sheets=(SheetName("x"), SheetName("y", hidden=True)),
        others={"y": other},
    )  # fmt: skip
    assert Sheet.from_plain(sheet.plain()) == sheet
    assert sheet.revealed().rows == (("a", "25 %"), ("1", "2"))
    assert sheet.turned_to("y").rows == (("q",),)
    assert sheet.turned_to("y").turned_to("x") == sheet
    assert sheet.format_at(9, 9) == CellFormat()
