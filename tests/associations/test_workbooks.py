"""A workbook is read as one sees it: formats, and what is hidden, struck or not reckoned."""

import datetime
import io
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from associations import sheets, units
from associations.cells import KRONOR, MILLIONS, THOUSANDS
from associations.number_formats import date, exact, number
from tests.associations.test_sheets import book, repacked

ACCOUNTS = '_-* #,##0.00\\ "kr"_-;\\-* #,##0.00\\ "kr"_-;_-* "-"??\\ "kr"_-;_-@_-'


def saved(workbook):
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("stored", "code", "text", "unit"),
    [
        ("0.3", "0%", "30 %", ""), ("1", "0%", "100 %", ""), ("0.1234", "0.0%", "12,34 %", ""),
        ("-0.05", "0.00%;[Red]-0.00%", "-5 %", ""), ("30", '0"%"', "30 %", ""),
        ("30", "0\\%", "30 %", ""), ("2914", '0 "tkr"', "2914", THOUSANDS),
        ("2914", '#,##0\\ "tkr"', "2914", THOUSANDS), ("2914", "0\\ \\t\\k\\r", "2914", THOUSANDS),
        ("7.3", '0,0 "mnkr"', "7,3", MILLIONS), ("7.3", '0.0" MSEK"', "7,3", MILLIONS),
        ("2914000", "#,##0,", "2914000", ""), ("2914000", '#,##0,\\ "tkr"', "2914000", KRONOR),
        ("7300000", '0.0,, "mnkr"', "7300000", KRONOR), ("7300", '0.0, "mnkr"', "7300", THOUSANDS),
        ("7300000", "0,.0", "7300000", ""), ("2914", "#,##0\\ [$kr-41D]", "2914", KRONOR),
        ("5", ACCOUNTS, "5", KRONOR), ("0", ACCOUNTS, "0", KRONOR),
        ("-5", "#,##0;[Red]#,##0", "-5", ""),
        ("2500000", '[>=1000000]0.0,,"mnkr";[>=1000]0,"tkr";0', "2500000", KRONOR),
        ("12", '0 "st"', "12", ""), ("0.30000000000000004", "0.00", "0,3", ""),
        ("1E-3", "0.00E+00", "0,001", ""),
        ("12345678901234567890", "0", "12345678901234567890", ""),
    ],
)  # fmt: skip
def test_a_format_says_what_a_number_means(stored, code, text, unit):
    shown, told = number(exact(stored), code)
    assert (shown, told.unit, told.refused) == (text, unit, "")
    assert told.percent == text.endswith("%")


@pytest.mark.parametrize(
    ("stored", "code", "why"),
    [
        ("5", ";;;", "visar inte talet"), ("2914", '#,##0" 000"', "skriver till siffror"),
        ("5", "-0;0", "visas med minus"), ("-5", "0;0", "visas utan minus"),
        ("5", '"("0")"', "visas med minus"), ("5", "[$€-2] #,##0", "annan valuta"),
        ("5", '0"\u2030"', "promille"), ("5", '0 "tkr/mnkr"', "två enheter"),
        ("5", '0, "kr"', "annan enhet"),
    ],
)  # fmt: skip
def test_a_format_that_shows_another_number_is_refused(stored, code, why):
    assert why in number(exact(stored), code)[1].refused


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("yyyy", "2019"), ("mmm-yy", "mars 2019"), ("[$-41D]mmmm\\ yyyy", "mars 2019"),
        ("yyyy-mm-dd", "2019-03-01"), ("mm-dd-yy", "2019-03-01"), ("m/d/yy h:mm", "2019-03-01"),
        ("mmmm", "mars 2019"),
    ],
)  # fmt: skip
def test_a_date_is_as_much_of_it_as_is_shown_and_no_number(code, text):
    shown, told = date(datetime.date(2019, 3, 1), code)
    assert shown == text and "är ett datum" in told.refused


def test_a_sheet_tells_what_its_cells_say():
    made = Workbook()
    sheet = made.active
    sheet.title = "Budget i tkr"
    for row in (["Rad", 2020, datetime.date(2021, 1, 1)], ["Enter", 0.25, 7], ["FIA", 8, 9],
                ["SE-N", 1, 2]):  # fmt: skip
        sheet.append(row)
    sheet["C1"].number_format, sheet["B2"].number_format = "yyyy", "0%"
    sheet["C2"].number_format, sheet["B3"].font = "#,##0,", Font(strike=True)
    struck, raised = InlineFont(strike=True), InlineFont(vertAlign="superscript")
    sheet["C3"] = CellRichText(TextBlock(struck, "118 400"), " 120 000")
    sheet["C4"] = CellRichText("118 400", TextBlock(raised, "1"))
    sheet["A4"] = CellRichText("Projekt SE-N", TextBlock(raised, "1)"))
    sheet["A2"] = CellRichText("Enter", TextBlock(InlineFont(b=True), " och mer"))
    read = sheets.uploaded(saved(made))
    assert read.rows[0] == ("Rad", "2020", "2021")
    assert [row[0] for row in read.rows] == ["Rad", "Enter och mer", "FIA", "Projekt SE-N"]
    assert read.rows[1][1:] == ("25 %", "7")
    assert read.units == {THOUSANDS} and read.format_at(1, 2).unit == KRONOR
    assert read.format_at(1, 1).percent and read.format_at(0, 2).date == "year"
    assert read.format_at(2, 1).refused == "Cellen är överstruken."
    assert "överstruken del, ”118 400”" in read.format_at(2, 2).refused
    assert "upphöjd eller nedsänkt del, ”1”" in read.format_at(3, 2).refused


def test_what_is_hidden_is_set_aside_and_told():
    made = Workbook()
    for at in range(1, 8):
        made.active.append([f"Rad {at}", at, at * 10, at * 100])
    made.active.row_dimensions[2].hidden = True
    made.active.row_dimensions.group(6, 7, hidden=True)
    made.active.row_dimensions[90].hidden = True  # holds nothing
    made.active.column_dimensions["C"].hidden = True
    made.active.merge_cells("A4:B5")
    content = saved(made)
    part = read_part(content, "xl/worksheets/sheet1.xml").replace(
        b'<row r="3"', b'<row r="3" ht="0"'
    )
    read = sheets.uploaded(repacked(content, xl__worksheets__sheet1_xml=part))
    assert read.hidden_rows == {1, 2, 5, 6} and read.hidden_columns == {2}
    assert read.rows[1] == ("", "", "", "") and read.rows[0] == ("Rad 1", "1", "", "100")
    told = "Bladet har dolda rader 2–3, 6–7 och dold kolumn C. Det läses inte in."
    assert read.told == (told,)
    shown = read.revealed()
    assert shown.rows[1] == ("Rad 2", "2", "20", "200")
    assert shown.told == (told.replace("inte in", "också in"),)


def test_what_stands_under_a_merged_cell_is_no_text():
    body = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
      <sheetData><row><c t="inlineStr"><is><t>Enter</t></is></c><c><v>1</v></c></row>
      <row><c t="str"><v>FIA</v></c><c><v>2</v></c></row></sheetData>
      <mergeCells><mergeCell ref="B1:B2"/></mergeCells>
      <headerFooter><oddHeader />
      <oddFooter>&amp;LBelopp i &amp;"Arial,Bold"mnkr&amp;RSida &amp;P</oddFooter>
      </headerFooter></worksheet>"""
    read = sheets.uploaded(repacked(book([[1]]), xl__worksheets__sheet1_xml=body.encode()))
    assert read.rows == (("Enter", "1"), ("FIA", ""))
    assert read.told == ("Bladet har en cell under sammanslagna celler. Det läses inte in.",)
    assert read.units == {MILLIONS}


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("Alla belopp anges i tusentals kronor.", THOUSANDS), ("(1000-tal kr)", THOUSANDS),
        ("belopp i 1 000 kr", THOUSANDS), ("Arvode 1 000 kr", KRONOR), ("12 000 kr", KRONOR),
    ],
)  # fmt: skip
def test_a_unit_is_told_in_many_words(words, unit):
    assert units.named(words) == {unit}


def test_a_formula_that_nobody_has_reckoned_is_told():
    made = Workbook()
    made.active.append(["Summa", 5])
    content = saved(made)
    sheet = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
      <sheetData><row r="1"><c r="A1"><v>5</v></c><c r="B1"><f>A1*2</f><v>0</v></c></row>
      </sheetData></worksheet>"""
    read = sheets.uploaded(repacked(content, xl__worksheets__sheet1_xml=sheet))
    assert read.recalculate and read.rows == (("5", "0"),)  # openpyxl asks to be reckoned too
    assert read.format_at(0, 1).stale and "inte är uträknad" in read.format_at(0, 1).refused
    assert read.told[0].startswith("En formel är inte uträknad i filen.")
    reckoned = read_part(content, "xl/workbook.xml").replace(b'fullCalcOnLoad="1"', b"")
    read = sheets.uploaded(
        repacked(content, xl__worksheets__sheet1_xml=sheet, xl__workbook_xml=reckoned)
    )
    assert read.rows == (("5", "0"),) and not read.cells and not read.told


def read_part(content, name):
    return zipfile.ZipFile(io.BytesIO(content)).read(name)


def test_the_sheet_that_looks_like_a_table_is_read_and_another_can_be_chosen():
    made = Workbook()
    made.active.title = "Framsida"
    made.active.append(["Budget 2020, antagen", 2019])
    made.create_sheet("Budget")
    made.create_sheet("Arbetsblad").sheet_state = "veryHidden"
    for name, amount in (("Budget", 5), ("Arbetsblad", 6)):
        for row in (["Rad", "2020"], ["Enter", amount], ["FIA", amount]):
            made[name].append(row)
    made.create_sheet("Tomt")
    content = saved(made)
    read = sheets.uploaded(content)
    assert (read.name, read.rows[1]) == ("Budget", ("Enter", "5"))
    assert [(each.name, each.hidden, each.rows) for each in read.sheets] == [
        ("Framsida", False, 1), ("Budget", False, 3), ("Arbetsblad", True, 3), ("Tomt", False, 0)
    ]  # fmt: skip
    assert read.sheets[3].why_not == "Här finns inga celler att läsa."
    assert read.turned_to("Arbetsblad").rows[1] == ("Enter", "6")
    assert read.turned_to("Arbetsblad").turned_to("Budget").rows == read.rows
    fewest = sheets.uploaded(content, prefer=lambda sheet: -len(sheet.rows))
    assert fewest.name == "Framsida"


def test_dates_from_1904_and_iso_dates_are_the_same_days():
    made = Workbook()
    made.epoch = CALENDAR_MAC_1904
    made.active.append(["Datum", datetime.date(2020, 1, 1)])
    assert sheets.uploaded(saved(made)).rows == (("Datum", "2020-01-01"),)


@pytest.mark.parametrize(
    ("corner", "code", "unit", "units", "why"),
    [
        ("Rad", '#,##0 "tkr"', THOUSANDS, set(), ""), ("Belopp i tkr", "#,##0,", KRONOR, set(), ""),
        ("Rad", "#,##0,", KRONOR, set(), ""), ("Rad", "0.0,,", KRONOR, set(), ""),
        ("mnkr", "0.0,", THOUSANDS, set(), ""), ("Kronor", "#,##0,", "", set(), "i tusental"),
        ("tkr", '#,##0 "kr"', "", {KRONOR}, ""), ("tkr", '#,##0 "tkr"', THOUSANDS, set(), ""),
        ("Rad", 44, "", set(), ""),
    ],
)  # fmt: skip
def test_formats_and_words_agree_on_the_unit_or_it_is_asked_for(corner, code, unit, units, why):
    """An own currency format by habit, under a head that says tkr, is no kronor."""
    made = Workbook()
    made.active.append([corner, 2020])
    made.active.append(["Enter", 2914000])
    made.active["B2"].number_format = BUILTIN_FORMATS[code] if code == 44 else code
    read = sheets.uploaded(saved(made))
    told = read.format_at(1, 1)
    assert (told.unit, read.units) == (unit, units) and why in told.refused
    assert bool(why) == bool(told.refused)
