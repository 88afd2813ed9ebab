"""Results read in from a file: shown first, then all of it or nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from associations import identity
from interventions import result_rows
from interventions.models import Result
from tests.admin_pages import workbook
from tests.factories import InterventionFactory, ResultFactory

pytestmark = pytest.mark.django_db

HEADS = "insats;vad som räknas;år;kvinnor;män;av antal;av vilka"


@pytest.fixture
def intervention(chef_sodra):
    own = chef_sodra.associations.first()
    return InterventionFactory(lead=own, associations=[own], slug="provet", name="Provet")


@pytest.fixture
def stored(intervention):
    return ResultFactory(intervention=intervention, measure="Deltagare", women=36, men=34)


def send(client, content, name="resultat.csv", **more):
    content = content.encode() if isinstance(content, str) else content
    return client.post(
        reverse("results_import"), {"file": SimpleUploadedFile(name, content), **more}
    )


def save(client, preview):
    return client.post(reverse("results_import_do"), {"plan": preview.context["plan"]})


def refusal(answer):
    return " ".join(answer.context["form"].errors.get("file", []))


def test_a_file_is_shown_and_then_saved_whole(client_for, intervention, stored):
    chef = client_for("chef-sodra")
    rows = "provet;deltagare;2019;37;34;;\nProvet;Fick arbete;2019;9;10;25;avslutade\n"
    shown = send(chef, f"{HEADS};egen anteckning\n{rows}".replace(";;\n", ";;;\n"))
    assert shown.status_code == 200
    reading = shown.context["reading"]
    assert [line.state for line in reading.lines] == ["ändras", "ny"]
    assert reading.heads.strange == ["egen anteckning"]
    assert reading.lines[0].changes == [("kvinnor", 36, 37)]
    assert Result.objects.filter(intervention=intervention).count() == 1
    done = save(chef, shown)
    assert done["Location"] == reverse("work_results", args=[intervention.pk])
    assert "inläst. Nya resultat: 1. Ändrade: 1." in chef.get(done["Location"]).content.decode()
    stored.refresh_from_db()
    new = intervention.results.get(measure="Fick arbete")
    assert (stored.women, stored.measure, stored.period) == (37, "Deltagare", "2019")
    assert (new.count, new.base_count, new.base, new.period) == (19, 25, "avslutade", "2019")
    record = new.history.first()
    assert record.history_user.username == "chef-sodra"
    assert record.history_change_reason == "inläst ur en fil"


def test_what_is_exported_changes_nothing(client_for, chef_sodra):
    chef = client_for("chef-sodra")
    read = 0
    for own in {r.intervention for r in Result.objects.for_user(chef_sodra)}:
        for form in ("csv", "xlsx"):
            file = chef.get(reverse("work_results_file", args=[own.pk, form]))
            shown = send(chef, file.content, f"r.{form}", intervention=own.pk)
            assert shown.status_code == 200, shown.context
            lines = shown.context["reading"].lines
            assert [line.changes for line in lines if line.state != "oförändrad"] == []
            assert not shown.context["plan"]
            read += len(lines)
    assert read > 15


def test_the_empty_file_has_the_heads_that_are_read(client_for):
    chef = client_for("chef-sodra")
    answer = chef.get(reverse("results_template", args=["csv"]))
    assert answer.content.decode("utf-8-sig").strip() == ";".join(result_rows.HEADS.values())
    assert chef.get(reverse("results_template", args=["pdf"])).status_code == 404


def test_a_workbook_is_read_like_the_csv(client_for, intervention, stored):
    rows = [HEADS.split(";"), ["provet", "Deltagare", 2019, 40, 34, None, None]]
    shown = send(client_for("chef-sodra"), workbook(rows), "r.xlsx")
    assert shown.context["reading"].lines[0].changes == [("kvinnor", 36, 40)]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("provet;Mått;2019;1.5;2;;", "Rad 3, kolumnen ”kvinnor”: ”1.5” är inget heltal"),
        ("provet;Mått;2019;-1;2;;", "är mindre än noll"),
        ("provet;Mått;2019;1;;;", "Fyll i kvinnor och män"),
        ("provet;Mått;20190;1;2;;", "Skriv ett år från 1990"),
        ("provet;Mått;2019;8;9;10;avslutade", "Kvinnor och män är fler"),
        ("provet;;2019;8;9;;", "Rad 3, kolumnen ”vad som räknas”"),
        ("okänd;Mått;2019;8;9;;", "Ingen av dina insatser heter ”okänd”. Lägg in den först"),
        ("provet;Mått;2019;färre än 5;9;;", "dolt antal ur den publika filen"),
        ("provet;Bra;2019;8;9;;", "Samma resultat står redan på rad 2"),
    ],
)
def test_one_bad_cell_keeps_the_whole_file_out(client_for, intervention, row, told):
    shown = send(client_for("chef-sodra"), f"{HEADS}\nprovet;Bra;2019;5;6;;\n{row}\n")
    assert shown.status_code == 422 and not shown.context["plan"]
    text = " ".join(shown.content.decode().split())
    assert told in text
    assert not intervention.results.exists()


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        ("insats;vad som räknas;år;namn\nprovet;x;2019;Kim\n", "”namn”"),
        ("insats;vad som räknas;år;Personnummer\nprovet;x;2019;1\n", "”Personnummer”"),
        (
            "insats;vad som räknas;år;övrigt\nprovet;x;2019;900101 1239\n",
            "Rad 2, kolumnen ”övrigt”",
        ),
        ("Resultat\n\nvad som räknas;år;NAMN\nx;2019;Kim\n", "”NAMN”"),
    ],
)
def test_sheets_about_persons_are_refused(client_for, intervention, sheet, told):
    answer = send(client_for("chef-sodra"), sheet)
    assert answer.status_code == 422 and told in refusal(answer)
    assert "900101" not in answer.content.decode()
    assert identity.SENTENCE  # the same law as everywhere else


def test_what_another_changed_meanwhile_is_shown_anew(client_for, intervention, stored):
    chef = client_for("chef-sodra")
    shown = send(chef, f"{HEADS}\nprovet;Deltagare;2019;50;34;;\n")
    stored.women = 45
    stored.save()
    again = save(chef, shown)
    assert again.status_code == 409 and again.context["moved"]
    stored.refresh_from_db()
    assert stored.women == 45
    assert save(chef, again).status_code == 302
    stored.refresh_from_db()
    assert stored.women == 50


def test_a_plan_is_its_reader_s_own(client_for, intervention):
    shown = send(client_for("chef-sodra"), f"{HEADS}\nprovet;Nytt;2019;50;34;;\n")
    assert save(client_for("redaktor-sodra"), shown)["Location"] == reverse("results_import")
    assert not intervention.results.exists()
    other = send(client_for("chef-hoglandet"), f"{HEADS}\nprovet;Nytt;2019;50;34;;\n")
    assert "Ingen av dina insatser heter" in other.content.decode()
    for who in ("styrelse-sodra", "revisor-sodra"):
        assert client_for(who).get(reverse("results_import")).status_code == 403


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        ("år;kvinnor\n2019;3\n", "minst ”vad som räknas”"),
        ("vad som räknas;år;kvinnor;antal kvinnor\nx;2019;3;4\n", "Två kolumner betyder ”kvinnor”"),
        ("vad som räknas;år\nx;2019\n", "Välj vilken insats"),
        ("insats;vad som räknas;år;totalt\n" + "provet;x;2019;9\n" * 531, "fler än 500 rader"),
        ("insats;vad som räknas;år;övrigt\n" + f"provet;x;2019;{'x' * 2000}\n" * 151, "mer text"),
    ],
)
def test_a_sheet_that_says_too_little_or_too_much_is_told(client_for, intervention, sheet, told):
    answer = send(client_for("chef-sodra"), sheet)
    assert answer.status_code == 422 and told in answer.content.decode()
    assert not intervention.results.exists()
