"""Other associations' sheets: read whole when their sums agree, no wrong number unasked."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from associations import sheets
from budgets.intake import import_page, questions, reading
from budgets.intake.matching import Choice, Place, Target
from tests.budgets.everyday_sheets import FOLDER, SHEETS, TRAPS, text_of

COLUMN = Place("12", "Budget 2025", year=2025, kind="budget")
OPENING = Place("opening", "Balanserat resultat", "income")
MEMBERS = (
    Place("1", "Försäkringskassan", kind="state_agency"),
    Place("2", "Arbetsförmedlingen", kind="state_agency"),
    Place("3", "Region Norrby", kind="region"),
    Place("4", "Aby kommun", kind="municipality"),
)
EMPTY = Target(
    (OPENING,),
    (COLUMN,),
    {("opening", "12"): ("opening-12", None)},
    ("Summa intäkter", "Summa kostnader", "Resultat"),
    {"intäkter": "income", "kostnader": "cost"},
    MEMBERS,
    2025,
)


def look(text, unit="", **choice):
    """Return the preview of a pasted sheet in an empty budget of 2025, adding what is missing."""
    sheet = sheets.pasted(text)
    said = questions.said_units(sheet)
    read_in = questions.unit_of(unit, said)
    chosen = Choice(unit=read_in, chosen_unit=unit, said_units=said, add_missing=True, **choice)
    return reading.preview(sheet, EMPTY, chosen)


def totals(found):
    """Return what would be stored: {column: (income, cost)}."""
    names = {
        fit.ident: import_page.added_words(fit.add) if fit.add else "Budget 2025"
        for fit in found.columns
        if fit.used
    }
    is_cost = {fit.ident: fit.add.startswith("+cost") for fit in found.rows if fit.used}
    sums = {name: [0, 0] for name in names.values()}
    for (row, column), change in found.read.items():
        if change and change.new is not None:
            sums[names[column]][is_cost[row]] += change.new
    return {name: tuple(both) for name, both in sums.items()}


def is_silent(found):
    """True when one press would do it, with nothing told to be ticked or chosen."""
    return found.can_be_done and not found.to_confirm


@pytest.mark.parametrize("name", SHEETS)
def test_an_everyday_sheet_is_read_whole_without_handwork(name):
    text, (unit, expected) = text_of(name), SHEETS[name]
    found = look(text, unit)
    assert totals(found) == expected
    assert is_silent(found), (found.asked, found.sums.differences, found.questions)
    assert found.sums.sums or "Summa" not in text


def test_every_sheet_of_the_folder_is_tried():
    assert {path.stem for path in FOLDER.glob("*.tsv")} == {*SHEETS, *TRAPS}


def test_of_two_columns_of_one_year_the_one_without_a_stage_is_read_and_of_two_stages_none():
    text = "Kr\t{}\t{}\nKostnader\nStegen\t900 000\t800 000\n"
    found = look(text.format("Förslag budget 2025", "Budget 2025"))
    assert totals(found) == {"Budget 2025": (0, 800_000)}
    found = look(text.format("Förslag budget 2025", "Beslutad budget 2025"))
    assert not found.changes and len(found.unmatched_columns) == 2
    assert "av samma slag för samma år" in found.unmatched_columns[0]


def test_cells_that_all_are_refused_stand_under_their_heads():
    found = look("Kr\tBudget 2025\nKostnader\nStegen\t900 000 / 800 000\n")
    assert [(each.column, each.sentence[:19]) for each in found.problems] == [
        ("Budget 2025", "Cellen har två tal.")
    ]
    assert not found.asked


@pytest.mark.parametrize("name", TRAPS)
def test_a_sheet_with_a_doubt_is_not_read_with_one_press(name):
    assert not is_silent(look(text_of(name), TRAPS[name]))


@pytest.mark.parametrize("name", SHEETS)
def test_an_everyday_sheet_with_one_amount_changed_is_told(name):
    """Each amount of each sheet in turn is another: no such sheet is read with one press."""
    text, (unit, _) = text_of(name), SHEETS[name]
    rows = [line.split("\t") for line in text.splitlines()]
    tried = 0
    used = {fit.number - 1 for fit in look(text, unit).columns if fit.used}
    fits = {fit.number for fit in look(text, unit).rows if fit.used}
    for i, row in enumerate(rows):
        for j in used & set(range(len(row))):
            if i + 1 in fits and row[j].strip("–-") and row[j] != "0":
                other = [list(each) for each in rows]
                other[i][j] = "777" if "," in row[j] else f"{row[j]}77"[-len(row[j]) :] + "0"
                changed = look("\n".join("\t".join(each) for each in other), unit)
                assert not is_silent(changed), (row, other[i])
                tried += 1
    assert tried


amounts = st.integers(1_000, 9_000_000)


@st.composite
def tables(draw):
    """Return (rows, places): a table with sums of groups, parts and a result; where numbers are.

    A row is a list of a label and integers (or nothing); a place is (row, column).
    """
    width = draw(st.integers(1, 3))
    above = draw(st.booleans())
    rows = [["Kronor", *[f"Budget {2025 + at}" for at in range(width)]]]
    whole = {}
    for name in draw(st.permutations(["Intäkter", "Kostnader"])):
        rows.append([name])
        part = [0] * width
        for group in range(draw(st.integers(1, 3))):
            lines = [[draw(amounts) for _ in range(width)] for _ in range(draw(st.integers(1, 4)))]
            sums = [sum(column) for column in zip(*lines, strict=True)]
            part = [a + b for a, b in zip(part, sums, strict=True)]
            named = [[f"{name} {group}:{at} rad", *line] for at, line in enumerate(lines)]
            summed = [f"Summa {name.lower()} grupp {group}", *sums]
            rows += [summed, *named] if above else [*named, summed]
        whole[name] = part
        rows.append([f"Summa {name.lower()}", *part])
    left = [a - b for a, b in zip(whole["Intäkter"], whole["Kostnader"], strict=True)]
    rows.append(["Årets resultat", *left])
    places = [(i, j) for i, row in enumerate(rows) for j, cell in enumerate(row) if i and j]
    return rows, places


def laid(rows):
    return "\n".join("\t".join(map(str, row)) for row in rows)


@given(tables(), st.data())
@settings(max_examples=60)
def test_one_changed_number_in_a_table_is_always_told(table, data):
    rows, places = table
    found = look(laid(rows))
    assert is_silent(found), (found.asked, found.sums.differences)
    i, j = data.draw(st.sampled_from(places))
    apart = data.draw(st.integers(1, 9_000_000) | st.integers(-9_000_000, -1))
    changed = [[*row] for row in rows]
    changed[i][j] += apart
    assert not is_silent(look(laid(changed))) or _is_the_whole(changed, i, j)


def _is_the_whole(rows, i, j):
    """True for a printed sum of a group that says what all its section comes to.

    By its number it is the section's sum, printed above as well as below; no line is another.
    """
    label = rows[i][0]
    below = next(row for row in rows[i:] if re.fullmatch(r"Summa \w+|Årets resultat", row[0]))
    return " grupp " in label and label.startswith("Summa ") and rows[i][j] == below[j]


def test_a_groups_sum_that_is_the_sections_is_taken_for_it_and_reads_the_same_lines():
    text = (
        "Kronor\tBudget 2025\nIntäkter\nSumma intäkter grupp 0\t{}\nIntäkter 0:0 rad\t1000\n"
        "Summa intäkter grupp 1\t1000\nIntäkter 1:0 rad\t1000\nSumma intäkter\t2000\nKostnader\n"
        "Kostnader rad\t1000\nSumma kostnader\t1000\nÅrets resultat\t1000"
    )
    right, whole, wrong = (look(text.format(number)) for number in (1000, 2000, 3000))
    assert is_silent(right) and not is_silent(wrong)
    lines = [[fit for fit in found.rows if fit.used] for found in (right, whole)]
    assert lines[0] == lines[1] and len(lines[0]) == 3
