"""Sheets as people keep them: merged heads, dates, items of a list, signs of other programs."""

import datetime

import pytest

from associations import sheets
from budgets.intake import reading
from tests.associations.test_sheets import book
from tests.budgets.test_matching import TARGET, look, new

WINDOWS = (
    "Samordningsförbundet;;;\r\nBudget 2020, belopp i tkr;;;\r\n;;;\r\n"
    ";Utfall 2019;Budget 2020;Avvikelse\r\nIntäkter;;;\r\nStaten;3 036;118,4;12\r\n"
    "Summa intäkter;8 195;7 466;-729\r\nKostnader;;;\r\nEnter;2 602,8;2 915;312\r\n"
    "Resultat;786;137;\r\n"
)


def test_a_merged_cell_says_the_year_of_each_column_under_it():
    found = look(
        "Budget för förbundet\n\n\t2019\t\t2020\t\t2021\nKronor\tUtfall\tPrognos\tBudget\t%\tPlan\n"
        "Enter\t4\t5\t6\t7\t8\n"
    )
    assert new(found) == {("3", "11"): 5, ("3", "12"): 6, ("3", "13"): 8}
    assert found.unmatched_columns == ("2019 Utfall", "2020 %")


def test_a_column_with_nothing_of_its_own_is_not_under_the_merged_cell():
    found = look("\t2020\t\nKr\tBudget\t\nEnter\t6\t7\n")
    assert new(found) == {("3", "12"): 6} and found.unmatched_columns == ("Kolumn C (utan text)",)


@pytest.mark.parametrize(
    ("head", "ident"),
    [
        (datetime.date(2020, 1, 1), "12"), (datetime.date(2021, 12, 31), "13"),
        ("2020-01-01 – 2020-12-31", "12"), ("Budget 2020-01-01--2020-08-31", ""),
        (datetime.date(2020, 8, 31), ""), ("Utfall 2020-12-31", ""), ("2019-01-01-2020-12-31", ""),
    ],
)  # fmt: skip
def test_a_whole_year_written_as_dates_is_the_year(head, ident):
    sheet = sheets.uploaded(book([["Kr", head], ["Enter", 5]]))
    found = reading.preview(sheet, TARGET)
    assert {column for _, column in new(found)} == ({ident} if ident else set())


def test_items_of_a_list_are_the_lines_they_name():
    assert set(new(look("\tBudget 2020\n- Enter\t5\n• Staten\t6\n"))) == {("3", "12"), ("1", "12")}


@pytest.mark.parametrize("text", ["(2 915)", "29.15", "1'000", "2 915-", "+5"])
def test_a_column_of_other_programs_signs_is_refused_by_cell(text):
    problem = look(f"Rad\tBudget 2020\nEnter\t{text}\n").problems[0]
    assert (problem.row, problem.column) == ("rad 2, Enter", "Budget 2020")


def test_windows_csv_in_thousands_with_titles_sums_and_other_columns():
    sheet = sheets.uploaded(WINDOWS.encode("cp1252"))
    found = reading.preview(sheet, TARGET, reading.Choice(unit="tkr"))
    assert new(found) == {("1", "12"): 118_400, ("3", "12"): 2_915_000}
    assert "Windows-1252" in found.described
    assert found.unmatched_columns == ("Utfall 2019", "Avvikelse")
    assert found.computed_rows == ("Summa intäkter", "Resultat")


def test_a_quotation_mark_without_end_is_refused_and_says_where():
    with pytest.raises(sheets.Refused, match="före ”Enter;5” har inget slut"):
        sheets.uploaded(b'Rad;Budget 2020\n"Enter;5\nStaten;6\n')
    with pytest.raises(sheets.Refused, match="har inget slut"):
        sheets.pasted('\tBudget 2020\nEnter\t5\n"Staten\t6\n')
    whole = sheets.uploaded('Rad;Not\r\nEnter;"två\r\nrader"\r\n'.encode())
    assert whole.rows[1] == ("Enter", "två\r\nrader")


def test_a_line_under_a_shorter_name_is_asked_about_and_never_stands_beside_itself():
    named = look("\tBudget 2020\nKostnader\nProjekt Enter\t5\n", add_missing=True)
    assert [fit.why for fit in named.asked] == [
        "liknar raden ”Enter” i budgeten, som bladet annars inte har"
    ]
    both = look("\tBudget 2020\nKostnader\nEnter\t5\nProjekt Enter\t6\n", add_missing=True)
    assert not both.asked and [fit.label for fit in both.new_rows] == ["Projekt Enter"]


def test_heads_that_are_not_known_stand_over_a_heading_too():
    found = look("Kr\tUppdelat\tTvå år\n\n\t\t\nKostnader\nEnter\t5\t6\n")
    assert found.unmatched_columns == ("Uppdelat", "Två år") and not found.asked


@pytest.mark.parametrize(
    ("title", "is_asked"),
    [
        ("Ekonomisk rapport 2020-08-31", True), ("Delårsrapport", True), ("Tertial 2 2020", True),
        ("Bokslut 2020-12-31", False), ("Rapport 2021-02-10", False), ("Halvår 2019", False),
    ],
)  # fmt: skip
def test_an_outcome_under_a_title_of_a_part_of_its_year_is_asked_about(title, is_asked):
    found = look(f"{title}\n\tUtfall 2020\nEnter\t5\n", add_missing=True)
    assert [each.key for each in found.questions] == ["part"] * is_asked and found.changes
