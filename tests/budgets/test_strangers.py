"""A made-up association's table, by hand and by two kinds of import: the same sums come out.

Thousands with decimals, an outcome, a per cent column, groups with sums of their own, five years,
blanks, a dash, zeros, several payers of whom one is no member, no notes, a result below zero.
"""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from associations.decimals import write
from budgets import grid
from budgets.models import Budget
from budgets.numbers import read_amount
from tests.budgets.test_editing import post_whole
from tests.budgets.test_import_page import do, hidden, show
from tests.factories import AssociationFactory, MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

COLUMNS = ["Utfall 2020", "Budget 2021", "Budget 2022", "Plan 2023", "Plan 2024"]
SHEET = """\
Ekonomisk plan (tkr)

\tBokslut 2020\tBudget 2021\tBu 2022\tFörändring %\tPlan 2023\tPlan 2024
Finansiering
Statliga medel\t1 500\t1 600\t1 650,5\t3,2 %\t1 650,5\t
Region Sjölandet\t750\t800\t825,25\t3,2 %\t825,25\t
Aby kommun\t450\t480\t495,15\t3,2 %\t495,15\t
Beby\t300\t320\t330,1\t3,2 %\t330,1\t
Sparbanksstiftelsen\t25\t\t0\t\t–\t10
Sparade medel\t300\t410\t35\t\t16\t−3,5
Summa inkomster\t3 325\t3 610\t3 336\t\t3 317\t6,5
Kostnader
Individinriktade insatser
Första steget\t1 800\t1 900,5\t1 950\t2,6 %\t2 000\t
Vägvalet\t400\t450\t\t-100 %\t–\t
Delsumma\t2 200\t2 350,5\t1 950\t-17,0 %\t2 000\t
Strategiska insatser
Mötesplatsen\t295\t300\t310\t3,3 %\t310\t
Kompetensutveckling
Gemensamma kurser\t20\t124,5\t60\t-51,8 %\t0\t
Kansli
Tjänster och lokal\t400\t800\t1 000\t25 %\t1 010,5\t5
Summa kostnader\t2 915\t3 575\t3 320\t-7,1 %\t3 320,5\t5
Resultat\t410\t35\t16\t\t-3,5\t1,5
"""
SPLIT = {
    "Första steget": "individual", "Vägvalet": "individual", "Mötesplatsen": "structural",
    "Gemensamma kurser": "competence", "Tjänster och lokal": "administration",
}  # fmt: skip
PRINTED = {"income": "Summa inkomster", "cost": "Summa kostnader", "result": "Resultat"}


def printed():
    """Return label → the five amounts in kronor (None for none), without the per cents."""
    rows = [line.split("\t") for line in SHEET.splitlines() if line.count("\t") == 6]
    return {
        label: [read_amount(text, scale=1000) for text in (*cells[:3], *cells[4:])]
        for label, *cells in rows[1:]
    }


@pytest.fixture
def members(db):
    """The state, a region and two municipalities, by name."""
    kinds = {
        "Försäkringskassan i Sjölandet": "state_agency", "Region Sjölandet": "region",
        "Aby kommun": "municipality", "Beby kommun": "municipality",
    }  # fmt: skip
    made = {}
    for name, kind in kinds.items():
        short = name.removesuffix(" kommun")
        made[name] = OrganisationFactory(name=name, short_name=short, kind=kind)
    return made


@pytest.fixture
def client(client_for, admin):
    return client_for("admin")


def begin(client, members, columns):
    """Begin an empty budget for 2022 on its page; return it."""
    association = AssociationFactory()
    for member in members.values():
        MembershipFactory(association=association, organisation=member)
    sent = {"association": association.pk, "year": 2022, "columns": columns}
    assert client.post(reverse("budget_start"), sent).status_code == 302
    return Budget.objects.get(association=association)


ALL = ["actual:-2", "budget:-1", "budget:0", "plan:1", "plan:2"]


def by_hand(client, members):
    """Add each line on its page, then type every amount in the table."""
    budget = begin(client, members, ALL)
    amounts = printed()
    payers = dict(zip(list(amounts)[:4], members.values(), strict=True))
    for label in (*payers, "Sparbanksstiftelsen", *SPLIT):
        sent = {"label": label, "section": "cost" if label in SPLIT else "income"}
        sent |= {SPLIT[label]: "100"} if label in SPLIT else {}
        sent |= {"organisation": payers[label].pk} if label in payers else {}
        assert client.post(reverse("budget_line_new", args=[budget.pk]), sent).status_code == 302
    columns = list(budget.columns.all())
    typed = {
        grid.line_cell(line.pk, column.pk): write(kronor)
        for line in budget.lines.all()
        for column, kronor in zip(columns, amounts[line.label], strict=True)
        if kronor is not None
    }
    for column, kronor in list(zip(columns, amounts["Sparade medel"], strict=True))[:2]:
        typed[grid.opening_cell(column.pk)] = write(kronor)
    assert post_whole(client, budget, changes=typed).status_code == 302
    return budget


def by_paste(client, members):
    """Paste the whole sheet into a table that has the columns."""
    budget = begin(client, members, ALL)
    sheet = SHEET.replace("Sparade medel", budget.opening_label).replace("\n", "\r\n")
    return budget, show(client, budget, sheet, unit="tkr", add_missing="on", chain="on")


def by_file(client, members):
    """Upload the sheet as a Swedish CSV into a table with the year's column alone."""
    budget = begin(client, members, ["budget:0"])
    content = SHEET.replace("\t", ";").replace("−", "-").replace("–", "-").encode("cp1252")
    file = SimpleUploadedFile("plan.csv", content)
    return budget, show(client, budget, file=file, unit="tkr", add_missing="on", chain="on")


def read_in(client, members, road):
    """Choose who pays the one row that the preview cannot know, and press the button."""
    budget, first = road(client, members)
    assert "Statliga medel" in str(first.context["preview"].unmatched_rows)
    number = next(f.number for f in first.context["preview"].rows if f.label == "Statliga medel")
    state = members["Försäkringskassan i Sjölandet"].pk
    choices = {"unit": "tkr", "add_missing": "on", "chain": "on", "new_cost": "individual"}
    choices |= {"sheet": hidden(first)["sheet"], f"row-{number}": f"+income:{state}"}
    shown = client.post(reverse("budget_import", args=[budget.pk]), choices)
    assert shown.status_code == 200, re.findall(r"<li>[^<]*", shown.text)
    assert do(client, budget, shown).status_code == 302
    del choices[f"row-{number}"]  # the row is there now, and goes by its own words
    again = client.post(reverse("budget_import", args=[budget.pk]), choices)
    assert "Inget skulle ändras" in again.text
    return budget


ROADS = {
    "by hand": by_hand,
    "by paste": lambda client, members: read_in(client, members, by_paste),
    "by file": lambda client, members: read_in(client, members, by_file),
}


@pytest.mark.parametrize("road", ROADS)
def test_the_table_gives_the_sums_that_it_prints(client, members, road):
    budget = ROADS[road](client, members)
    whole = Budget.objects.with_table().get(pk=budget.pk)
    table = whole.table()
    amounts = printed()
    assert [each.column.label for each in table.columns] == COLUMNS
    for name, label in PRINTED.items():
        assert [getattr(each, name) for each in table.columns] == amounts[label], name
    assert [each.opening for each in table.columns] == amounts["Sparade medel"]
    rows = {row.line.label: list(row.amounts) for row in (*table.income, *table.cost)}
    named = {label for label in rows if label in amounts}
    assert {label: rows[label] for label in named} == {label: amounts[label] for label in named}
    assert len(rows) == 10 and len(named) == 10
    split = {label: dict(row.line.split)[SPLIT[label]] for row in table.cost
             for label in [row.line.label]}  # fmt: skip
    assert split == dict.fromkeys(SPLIT, 100)
    year = table.column_of(2022)
    assert [share.amount for share in year.payers] == [1_650_500, 825_250, 825_250]
    assert year.other_income == 0 and table.columns[0].other_income == 25_000
    assert client.get(reverse("budget_edit", args=[budget.pk])).status_code == 200
