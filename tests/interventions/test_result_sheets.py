"""Sheets with results as people keep them: workbooks, odd heads, hidden rows, sums, periods."""

import datetime
import io
import unicodedata

import pytest
from django.urls import reverse
from openpyxl import Workbook

from interventions.intake import values
from interventions.models import HeadMemory
from tests.factories import InterventionFactory, ResultFactory
from tests.interventions.test_result_import import save, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def intervention(chef_sodra):
    own = chef_sodra.associations.first()
    return InterventionFactory(lead=own, associations=[own], slug="provet", name="Provet")


@pytest.fixture
def chef(client_for):
    return client_for("chef-sodra")


def book(rows, formats=None, **more):
    made = Workbook()
    for row in rows:
        made.active.append(row)
    for place, code in (formats or {}).items():
        made.active[place].number_format = code
    for name, others in more.items():
        for row in others:
            (made[name] if name in made.sheetnames else made.create_sheet(name)).append(row)
    return made


def content(made):
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def lines(answer):
    return [
        (line.result.measure, line.result.period, line.result.women, line.result.percent)
        for line in answer.context["reading"].lines
    ]


def faults(answer):
    return [(each.row, each.column, each.why) for each in answer.context["reading"].faults]


def choose(client, shown, **chosen):
    """Press the preview's button that reads the sheet anew with other choices."""
    form = shown.context["form"]
    sent = {name: form.get_initial_for_field(form.fields[name], name) for name in form.fields}
    sent = {name: value for name, value in {**sent, **chosen}.items() if value not in (None, False)}
    return client.post(reverse("results_import"), {"sheet": shown.context["sheet"], **sent})


def test_per_cents_are_per_cents(chef, intervention):
    rows = [["vad som räknas", "år", "av vilka", "procent"],
            ["Till arbete", 2019, "avslutade", 0.3], ["Nöjda", 2019, "svarande", 1],
            ["Mer", 2019, "svarande", 1 / 3]]  # fmt: skip
    shown = send(chef, content(book(rows, {"D2": "0%", "D3": "0%", "D4": "0.0%"})), "r.xlsx",
                 intervention=intervention.pk)  # fmt: skip
    assert [str(line[3]) for line in lines(shown)] == ["30.0", "100.0", "33.3"]
    assert "avrundade till en: rad 4." in shown.content.decode()
    plain = send(chef, content(book(rows)), "r.xlsx", intervention=intervention.pk)
    assert [each[:2] for each in faults(plain)] == [(2, "procent"), (3, "procent"), (4, "procent")]
    assert "”0,3” kan vara en andel av 1 eller procent" in plain.content.decode()
    ResultFactory(intervention=intervention, measure="Ett", period="2019", women=None, men=None,
                  percent="0.5", base="alla")  # fmt: skip
    csv = "vad som räknas;år;av vilka;procent\nEtt;2019;alla;0,5\n"
    assert send(chef, csv, intervention=intervention.pk).status_code == 200  # it stands already


def test_a_cell_that_says_something_else_is_refused_by_name(chef, intervention):
    rows = [["vad som räknas", "år", "kvinnor", "män", "totalt"], ["A", 2019, 0.25, 5, None],
            ["B", 2019, 7, 5, None], ["C", 2019, "11 (varav 3)", 5, None],
            ["D", 2019, None, None, datetime.date(2019, 3, 1)]]  # fmt: skip
    shown = send(chef, content(book(rows, {"C2": "0%", "C3": '0 "tkr"'})), "r.xlsx",
                 intervention=intervention.pk)  # fmt: skip
    said = {row: why for row, _, why in faults(shown)}
    assert "är procent och inget antal" in said[2] and "belopp i tkr" in said[3]
    assert "två tal" in said[4] and "är ett datum" in said[5]


def test_hidden_rows_are_told_and_read_when_chosen(chef, intervention):
    made = book([["vad som räknas", "år", "kvinnor", "män"], ["Inskrivna", 2019, 11, 9],
                 ["Utkast", 2019, 99, 99]])  # fmt: skip
    made.active.row_dimensions[3].hidden = True
    shown = send(chef, content(made), "r.xlsx", intervention=intervention.pk)
    assert lines(shown) == [("Inskrivna", "2019", 11, None)]
    assert "Bladet har dold rad 3. Det läses inte in." in shown.content.decode()
    again = choose(chef, shown, hidden="on")
    assert [line[0] for line in lines(again)] == ["Inskrivna", "Utkast"]
    assert save(chef, again).status_code == 302 and intervention.results.count() == 2


def test_heads_are_found_below_a_title_and_on_another_sheet(chef, intervention):
    rows = [["Uppföljning 2019"], [None], ["Insats *", "Mått", "År", "Kvinnor 1)", "Män"],
            ["Provet", "Inskrivna", datetime.date(2019, 1, 1), 11, 9]]  # fmt: skip
    made = book([["Om filen"], ["Text", 5]], Siffror=rows, Utkast=rows[2:])
    made["Utkast"]["D2"] = 50
    shown = send(chef, content(made), "r.xlsx")
    assert lines(shown) == [("Inskrivna", "2019", 11, None)]
    assert "”Siffror” läses, inte ”Sheet”, ”Utkast”" in shown.content.decode()
    other = choose(chef, shown, name="Utkast")
    assert lines(other) == [("Inskrivna", "2019", 50, None)]


def test_a_head_that_is_not_known_can_be_chosen_and_is_remembered(chef, chef_sodra, intervention):
    csv = "Indikatorn;Året;Kv;Mn;Rum\nInskrivna;2019;11;9;3\n"
    shown = send(chef, csv, intervention=intervention.pk)
    assert shown.status_code == 422 and not shown.context["plan"]
    fields = ("measure", "year", "women", "men", "-")
    chosen = {f"column-{at}": field for at, field in enumerate(fields)}
    again = choose(chef, shown, **chosen)
    assert lines(again) == [("Inskrivna", "2019", 11, None)]
    assert again.context["reading"].heads.strange == ["Rum"]
    assert save(chef, again).status_code == 302
    assert HeadMemory.objects.for_user(chef_sodra).count() == 4
    later = send(chef, csv.replace("11", "12"), intervention=intervention.pk)
    assert lines(later) == [("Inskrivna", "2019", 12, None)] and later.status_code == 200


@pytest.mark.parametrize(
    ("rows", "told", "why"),
    [
        ("A;2019;11;9\nB;2019;5;6\nTotalt;2019;16;15\n", "Rad 4, ”Totalt”, är en summa", ""),
        ("Samtliga;2019;16;15\nA;2019;11;9\nB;2019;5;6\n", "Rad 2, ”Samtliga”, är en summa", ""),
        ("Samtliga;2019;16;14\nA;2019;11;9\nB;2019;5;6\n", "", "Bladet har 14, men raderna under"),
        ("Samtliga;2018;7;7\nA;2018;7;7\nAlla;2019;8;8\nB;2019;8;8\n", "Rad 4, ”Alla”, är en", ""),
        ("A;2019;11;9\nB;2019;5;6\nTotalt;2019;16;14\n", "", "Bladet har 14, men raderna ovanför"),
        ("A;2018;11;9\nB;2019;5;6\nSumma;2019;5;6\n", "Den stämmer", ""),
        ("A;2019;1;2\nDelsumma;;1;2\nB;2019;3;4\nDelsumma;;3;4\nTotalt;;4;6\n", "Rad 6", ""),
        ("A;2019;11;9\nvad som räknas;år;kvinnor;män\nB;2020;5;6\n", "", "börjar en ny tabell"),
    ],
)  # fmt: skip
def test_sums_are_checks_and_no_results(chef, intervention, rows, told, why):
    csv = f"vad som räknas;år;kvinnor;män\n{rows}"
    shown = send(chef, csv, intervention=intervention.pk)
    assert not [line for line in lines(shown) if line[0] in ("Totalt", "Summa", "Delsumma")]
    assert told in shown.content.decode()
    assert bool(why) == bool(faults(shown)) and all(why in each[2] for each in faults(shown))


def test_letters_that_are_taken_apart_are_the_same_words(chef, intervention):
    ResultFactory(intervention=intervention, measure="På väg", period="2019", women=1, men=1)
    text = "sep=;\r\ninsats;vad som räknas;år;kvinnor;män\r\nProvet;På\u00ad väg *;2019;11;9\r\n"
    shown = send(chef, unicodedata.normalize("NFD", text).encode("utf-8-sig"))
    [line] = shown.context["reading"].lines
    assert (line.state, line.changes) == ("ändras", [("kvinnor", 1, 11), ("män", 1, 9)])


def test_the_numbers_of_persons_on_another_sheet_or_hidden_do_not_come_along(chef, intervention):
    rows = [["vad som räknas", "år", "kvinnor", "män"], ["Inskrivna", 2019, 11, 9]]
    made = book(rows, Deltagare=[["Namn", "Personnummer"], ["Kim", "900101-1239"]])
    shown = send(chef, content(made), "r.xlsx", intervention=intervention.pk)
    assert (
        shown.status_code == 200 and "Deltagare" not in shown.context["form"].fields["name"].choices
        if "name" in shown.context["form"].fields
        else True
    )
    assert "900101" not in str(shown.context["form"].data) and lines(shown)
    made.active["F1"], made.active["F2"] = "namn", "Kim"
    made.active.column_dimensions["F"].hidden = True
    assert send(chef, content(made), "r.xlsx", intervention=intervention.pk).status_code == 422


@pytest.mark.parametrize(
    ("written", "period"),
    [("mar-19", "mars 2019"), ("Mar 2019", "mars 2019"), ("maj-19", "maj 2019"),
     ("Oct-19", "oktober 2019"), ("september 2019", "september 2019"), ("2019-01-01", "2019"),
     ("helår 2019", "helår 2019"), ("sedan starten", "sedan starten"), ("våren 2019", "våren 2019"),
     ("2019", "2019")],
)  # fmt: skip
def test_a_period_is_written_in_one_way(written, period):
    assert values.read_cell("period", written) == period


def test_counts_are_read_exactly_or_not_at_all():
    for written, number in (("1 234", 1234), ("12,0", 12), ("12,00", 12), ("7", 7), ("–", None)):
        assert values.read_cell("women", written) == number
    for written in ("12,5", "1.234", "1,234", "<5", "ca 20", "-3", "12 %", "1 2"):
        with pytest.raises(ValueError, match="”"):
            values.read_cell("women", written)
