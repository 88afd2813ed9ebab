"""A sheet against a budget: rows and columns found by their words, and everything else said."""

import pytest

from associations import sheets
from budgets.editor.starting import start
from budgets.intake import heads, importing, reading
from budgets.intake.import_saving import do, plan_of
from budgets.intake.matching import SKIP, Choice, Place, Target
from budgets.models import Budget
from tests.factories import AssociationFactory, MembershipFactory, OrganisationFactory

COLUMNS = (
    Place("11", "Prognos 2019", year=2019, kind="forecast"),
    Place("12", "Budget 2020", year=2020, kind="budget"),
    Place("13", "Plan 2021", year=2021, kind="plan"),
)
ROWS = (
    Place("1", "Staten", "income"),
    Place("2", "Övrigt", "income"),
    Place("opening", "Balanserat resultat", "income"),
    Place("3", "Enter", "cost"),
    Place("4", "Övrigt", "cost"),
)
CELLS = {
    (row.ident, column.ident): (f"cell-{row.ident}-{column.ident}", 100)
    for row in ROWS
    for column in COLUMNS
    if (row.ident, column.ident) not in {("opening", "12"), ("opening", "13")}
}
TARGET = Target(
    ROWS, COLUMNS, CELLS, ("Summa intäkter", "Resultat"),
    {"intäkter": "income", "kostnader": "cost"}, year=2020,
)  # fmt: skip


def look(text, anchor=None, **choice):
    return reading.preview(sheets.pasted(text), TARGET, Choice(**choice), anchor)


def new(preview):
    """Return what would be written: (row id, column id) → kronor."""
    return {(each.row_ident, each.column_ident): each.new for each in preview.changes}


def test_labels_and_heads_in_any_order():
    found = look("Rad\tPlan 2021\tBudget 2020\nEnter\t1\t2\nStaten\t\t100\n")
    assert new(found) == {("3", "13"): 1, ("3", "12"): 2, ("1", "13"): None}
    assert found.unchanged == 1


def test_a_bare_block_is_laid_out_from_the_cell():
    found = look("1\t2\n3\t4\n", ("3", "12"))
    assert new(found) == {
        ("3", "12"): 1, ("3", "13"): 2, ("4", "12"): 3, ("4", "13"): 4,
    }  # fmt: skip


def test_a_lone_2020_pasted_in_a_cell_is_an_amount():
    assert new(look("2020\n2021\n", ("3", "12"))) == {("3", "12"): 2020, ("4", "12"): 2021}


def test_labels_without_heads_take_the_columns_from_the_cell():
    found = look("Staten\t1\t2\nEnter\t3\t4\n", ("3", "12"))
    assert set(new(found)) == {("1", "12"), ("1", "13"), ("3", "12"), ("3", "13")}


def test_labels_without_heads_and_without_a_cell_wait_for_a_choice():
    found = look("Staten\t1\nEnter\t3\n")
    assert found.unmatched_columns == ("Kolumn B (utan text)",) and not found.can_be_done
    assert set(new(look("Staten\t1\nEnter\t3\n", columns={2: "12"}))) == {("1", "12"), ("3", "12")}


def test_heads_without_labels_take_the_rows_from_the_cell():
    assert set(new(look("Budget 2020\tPlan 2021\n1\t2\n", ("3", "11")))) == {
        ("3", "12"),
        ("3", "13"),
    }


def test_outside_the_table_is_refused():
    found = look("1\t2\t3\n4\t5\t6\n7\t8\t9\n", ("3", "12"))
    assert {problem.sentence for problem in found.problems} == {
        "”3” hamnar utanför tabellen.", "”6” hamnar utanför tabellen.",
        "”7” hamnar utanför tabellen.",
    }  # fmt: skip
    assert not found.can_be_done


def test_an_unknown_cell_to_paste_in_is_said():
    assert look("1\n", ("99", "12")).problems[0].sentence.startswith("Välj en cell")


def test_a_bad_cell_is_named_by_row_and_column():
    problem = look("\tBudget 2020\tPlan 2021\nStaten\t5\t6\nEnter\t1\t1.000\n").problems[0]
    assert (problem.row, problem.column) == ("rad 3, Enter", "Plan 2021")
    assert "flera sätt" in problem.sentence


def test_equal_labels_are_told_apart_by_the_heads_over_them():
    text = "\tBudget 2020\nIntäkter\nÖvrigt\t1\nSumma intäkter\t9\nKostnader\nÖvrigt\t2\n"
    found = look(text)
    assert new(found) == {("2", "12"): 1, ("4", "12"): 2}
    assert found.computed_rows == ("Summa intäkter",)
    other = look("\tBudget 2020\nVåra intäkter\nÖvrigt\t1\nSumma intäkter\t9\nÖvrigt\t2\n")
    assert new(other) == {("4", "12"): 2} and other.unmatched_rows == (
        "Övrigt (flera rader heter så)",
    )
    assert look("\tBudget 2020\nÖvrigt\t1\n").unmatched_rows == ("Övrigt (flera rader heter så)",)


def test_a_row_or_column_that_stands_twice_is_said():
    found = look("\tBudget 2020\tBu 2020\nEnter\t1\t2\nEnter\t3\t4\n")
    assert found.unmatched_columns == ("Bu 2020 (samma kolumn står tidigare i bladet)",)
    assert "två gånger" in found.problems[0].sentence


@pytest.mark.parametrize(
    ("head", "ident"),
    [
        ("Bu 2020", "12"), ("BU2020", "12"), ("2020", "12"), ("Budget 2020 (tkr)", "12"),
        ("budget  2020:", "12"), ("Prognos helår 2019", "11"), ("2019", "11"), ("Plan 2021", "13"),
        ("Utfall 2019", ""), ("Prognos", ""), ("Budget 2020 jan–aug", ""), ("Avvikelse 2020", ""),
        ("Budget 2020 %", ""), ("Budget 2019–2020", ""), ("Not", ""),
    ],
)  # fmt: skip
def test_heads_in_other_words(head, ident):
    found = look(f"\t{head}\nEnter\t5\n")
    assert {column for _, column in new(found)} == ({ident} if ident else set())
    assert found.unmatched_columns == (() if ident else (head,))


def test_heads_in_two_rows():
    found = look("\tPrognos\tBudget\n\t2019\t2020\nEnter\t1\t2\n")
    assert new(found) == {("3", "11"): 1, ("3", "12"): 2}


def test_notes_per_cents_groups_and_sums_are_left_out_and_said():
    found = look(
        "Budgetförslag\n\tNot\tBudget 2020\t%\nIntäkter\nStaten\ta)\t7\t50 %\n"
        "Andel\t\t3\t1 %\nSumma insatser\t\t8\nInsatser\nEnter\tb)\t9\t\n"
    )
    assert new(found) == {("1", "12"): 7, ("3", "12"): 9}
    assert found.unmatched_columns == ("Not", "%")
    assert found.unmatched_rows == (
        "Andel (andel)",
        "Summa insatser (summa)",
    )


def test_thousands_with_decimals_are_exact():
    found = look("tkr\tBudget 2020\nEnter\t1 345,1\nStaten\t-0,5\n", unit="tkr")
    assert new(found) == {("3", "12"): 1_345_100, ("1", "12"): -500}
    assert look("tkr\tBudget 2020\nEnter\t1,2345\n", unit="tkr").problems


def test_an_opening_that_the_budget_computes_is_said():
    found = look("\tPrognos 2019\tBudget 2020\nBalanserat resultat\t5\t6\n")
    assert new(found) == {("opening", "11"): 5}
    assert found.computed_cells == ("Balanserat resultat, Budget 2020",)


def test_a_choice_beats_what_is_matched_and_memory_does_so_next():
    text = "\tBudget 2020\nEnter\t1\n"
    assert new(look(text, rows={2: "1"})) == {("1", "12"): 1}
    assert new(look(text, remembered_rows={("", "enter"): "1"})) == {("1", "12"): 1}
    assert new(look(text, rows={2: "3"}, remembered_rows={("", "enter"): SKIP})) == {("3", "12"): 1}
    remembered = {"budget {0}": "+plan:2021"}
    assert new(look(text, remembered_columns=remembered)) == {("3", "13"): 1}


def test_a_head_is_remembered_by_its_distance_in_years():
    assert heads.remembered("Utfall 2018 (ack.)", 2020) == "utfall {-2} (ack.)"
    assert heads.remembered("Utfall 2019 (ack.)", 2021) == "utfall {-2} (ack.)"


# Two made-up associations, each with a table of its own making.
FJORDEN = """\
Samordningsförbundet Fjorden;;;;;;
Förslag till budget 2024, belopp i tkr;;;;;;
;Utfall 2022;Budget 2023;Prognos helår 2023;Bu 2024;%;Plan 2025
INTÄKTER;;;;;;
Statsbidrag FK;2 000;2 000;2 000;2 100,5;50 %;2 100
Region Fjordlandet;1 000;1 000;1 000;1 050;25 %;1 050
Sundby;600;600;600;630;15 %;630
Norrnäs kommun;400;400;400;420;10 %;420
Sparade medel från föregående år;150;;;;;
Summa intäkter;4 150;4 000;4 000;4 200,5;100 %;4 200
KOSTNADER;;;;;;
Individinriktade insatser;;;;;;
Steget vidare;1 900;2 000;1 950,25;2 000;;2 000
Vägval;800;;-;900;;900
Delsumma;2 700;2 000;1 950,25;2 900;69 %;2 900
Strukturövergripande insatser;;;;;;
Samverkansarena;300;310;300;310;;310
Administration;;;;;;
Kansli och styrelse;900;950;925;980;;990
Revision;0;0;0;10;;10
Summa kostnader;3 900;3 260;3 175,25;4 200;100 %;4 210
Resultat;250;740;824,75;0,5;;-10
"""
SLATTEN = (
    "\tPrognos\tBudget\tPlan\tPlan\tPlan\tNot\r\n\t2019\t2020\t2021\t2022\t2023\t\r\n"
    "Intäkter\r\n"
    "Slätta kommun\t500 000\t500 000\t510 000\t520 000\t530 000\ta)\r\n"
    "Arbetsförmedlingen\t0\t0\t0\t0\t0\t\r\n"
    "Fonden för goda idéer\t75 000\t\t\t\t\tb)\r\n"
    "Summa intäkter\t575 000\t500 000\t510 000\t520 000\t530 000\t\r\n"
    "Kostnader\r\n"
    "Mötesplats Slätten\t400 000 kr\t410 000\t410 000\t410 000\t410 000\t\r\n"
    "Fonden för goda idéer\t-\t20 000\t–\t\t\tc)\r\n"
    "Summa kostnader\t400 000\t430 000\t410 000\t410 000\t410 000\t\r\n\r\n"
)


def association(*members):
    made = AssociationFactory()
    for name, short_name, kind in members:
        organisation = OrganisationFactory(name=name, short_name=short_name, kind=kind)
        MembershipFactory(association=made, organisation=organisation)
    return made


def bring_in(budget, user, sheet, **choice):
    """Read the sheet into the budget; return (preview, fetched budget)."""
    budget = Budget.objects.with_table().get(pk=budget.pk)
    target = importing.target_of(budget)
    chosen = Choice(add_missing=True, **choice)
    found = reading.preview(sheet, target, chosen)
    assert found.can_be_done, found.problems
    do(plan_of(found, target, chosen, budget, user), user)
    return found, Budget.objects.with_table().get(pk=budget.pk)


def sums(budget):
    return {
        each.column.label: (each.income, each.cost, each.result) for each in budget.table().columns
    }


@pytest.mark.django_db
def test_a_strange_table_in_thousands_with_outcomes_per_cents_and_groups_comes_whole(admin):
    fjorden = association(
        ("Försäkringskassan i Fjorden", "FK", "state_agency"),
        ("Region Fjordlandet", "Fjordlandet", "region"),
        ("Sundby kommun", "Sundby", "municipality"),
        ("Norrnäs kommun", "Norrnäs", "municipality"),
    )
    draft = start(fjorden, 2024, [("budget", 0)], members=False)
    sheet = sheets.uploaded(FJORDEN.encode("cp1252"))
    found, budget = bring_in(draft, admin, sheet, unit="tkr")
    assert sums(budget) == {
        "Utfall 2022": (4_150_000, 3_900_000, 250_000),
        "Budget 2023": (4_000_000, 3_260_000, 740_000),
        "Prognos 2023": (4_000_000, 3_175_250, 824_750),
        "Budget 2024": (4_200_500, 4_200_000, 500),
        "Plan 2025": (4_200_000, 4_210_000, -10_000),
    }
    assert found.unmatched_columns == ("%",)
    assert "Delsumma (summa)" in found.unmatched_rows
    members = {line.label: line.organisation for line in budget.lines.all() if line.organisation}
    assert {label: member.short_name for label, member in members.items()} == {
        "Statsbidrag FK": "FK", "Region Fjordlandet": "Fjordlandet", "Sundby": "Sundby",
        "Norrnäs kommun": "Norrnäs",
    }  # fmt: skip
    split = {line.label: (line.individual, line.structural, line.administration)
             for line in budget.lines.all() if line.section == "cost"}  # fmt: skip
    assert split == {
        "Steget vidare": (100, 0, 0), "Vägval": (100, 0, 0), "Samverkansarena": (0, 100, 0),
        "Kansli och styrelse": (0, 0, 100), "Revision": (0, 0, 100),
    }  # fmt: skip
    cells = {(a.line.label, a.column.label): a.kronor
             for line in budget.lines.all() for a in line.amounts.all()}  # fmt: skip
    assert cells["Revision", "Utfall 2022"] == 0
    assert ("Vägval", "Prognos 2023") not in cells and ("Vägval", "Budget 2023") not in cells
    again = reading.preview(
        sheet, importing.target_of(budget), Choice(unit="tkr", add_missing=True)
    )
    assert not again.changes and not again.new_rows and not again.new_columns


@pytest.mark.django_db
def test_a_strange_table_with_five_years_several_payers_and_equal_names_comes_whole(admin):
    slatten = association(("Slätta kommun", "Slätta", "municipality"))
    draft = start(slatten, 2020, [("budget", 0), ("plan", 1)], members=True)
    sheet = sheets.pasted(SLATTEN)
    found, budget = bring_in(draft, admin, sheet, new_cost="structural", chain=False)
    assert not found.openers
    assert list(sums(budget)) == [
        "Prognos 2019", "Budget 2020", "Plan 2021", "Plan 2022", "Plan 2023",
    ]  # fmt: skip
    assert [each[:2] for each in sums(budget).values()] == [
        (575_000, 400_000), (500_000, 430_000), (580_000, 410_000), (520_000, 410_000),
        (530_000, 410_000),
    ]  # fmt: skip
    assert found.unmatched_columns == ("Not",)
    names = [(line.section, line.label) for line in budget.lines.all()]
    assert names.count(("income", "Slätta kommun")) == 1
    assert ("income", "Fonden för goda idéer") in names and (
        "cost",
        "Fonden för goda idéer",
    ) in names
