"""Small counts where they are shown: page, chart, JSON, CSV, report and its PDF, and in words."""

import json
import re
import subprocess

import pytest
from django.urls import reverse

from associations import sheets
from finsam import pdf, pdf_writer
from interventions import results
from interventions.intake import importing, row_reading
from interventions.models import Intervention
from plans.models import Plan
from plans.printing import printed
from tests.attacker import Attacker
from tests.factories import GoalFactory

CASE = """vad som räknas;år;period;totalt;kvinnor;män
Deltagare;2019;helår;20;;
Deltagare kvinnor;2019;helår;17;;
Deltagare män;2019;helår;3;;"""


@pytest.fixture
def enter(chef_sodra):
    """The intervention Enter, with a file of results read in, two of them held against goals."""
    found = Intervention.objects.get(slug="enter")
    sheet = sheets.uploaded(CASE.encode())
    importing.do(row_reading.read(sheet, chef_sodra, found))
    for sex in ("kvinnor", "män"):
        goal = GoalFactory(intervention=found, kind="count", target=10, year=2019, base="")
        found.results.filter(measure=f"Deltagare {sex}").update(goal=goal)
    return found


def rows_of(html):
    """Return the tables' rows in ``html`` as the words of their cells, joined with ”|”."""
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    cells = [[re.sub(r"<[^>]+>", "", each) for each in re.split(r"<t[hd]", row)] for row in rows]
    return ["|".join(" ".join(each.partition(">")[2].split()) for each in row) for row in cells]


@pytest.mark.django_db
def test_every_outlet_leaves_three_numbers_of_a_few(visitor, enter, tmp_path):
    public = json.loads(visitor.get(enter.results_url("json")).content)["results"]
    attacker = Attacker(public, [as_stored(each) for each in enter.results.all()])
    assert not attacker.worked_out()
    assert {each.value for each in attacker.hidden} == {17, 3}
    survey = next(each for each in public if each["measure"].startswith("uppgav i enkät"))
    assert survey["withheld"] == ["percent"]  # 83 % of the 20 would be 17
    csv = visitor.get(enter.results_url("csv")).content.decode("utf-8-sig").splitlines()
    page = visitor.get(enter.get_absolute_url()).content.decode()
    assert re.search(r"svarat på enkäten.*?<td class=.amount.>visas inte</td>", page, re.DOTALL)
    annual = Plan.objects.get(kind="annual", year=2019, association=enter.lead)
    annual.chapters.filter(position=1).update(body="[[resultat enter]]\n\n[[måluppfyllelse enter]]")
    report = printed(annual)
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf_writer.from_html(**pdf.job_of(report)))
    command = ["pdftotext", "-layout", path, "-"]
    paper = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for lines in (csv, rows_of(page), rows_of(report.html), paper.splitlines()):
        told = [each for each in lines if re.search("Deltagare (kvinnor|män)", each)]
        assert len(told) >= 2  # and beside their goals
        assert not {"3", "17"} & set(re.findall(r"\d+", " ".join(told)))
        assert "visas inte" in " ".join(told).casefold()
    for html in (page, report.html):
        assert html.count("inte heller det som de kan räknas ut av") >= 1
    charts = re.findall(r"<svg class=.goal-bar.*?</svg>", page, re.DOTALL)
    assert charts and not [each for each in charts if re.search(r"Resultat (3|17)\b", each)]
    assert "Resultatet visas inte" in page and page.count("<strong>Visas inte:") == 3


def as_stored(result):
    """Return a result as the public JSON would have it if nothing were hidden."""
    return {"women": result.women, "men": result.men, "total": result.count,
            "base_count": result.base_count, "period": result.period,
            "year": result.year}  # fmt: skip


@pytest.mark.django_db
def test_what_the_sources_print_and_we_hide_is_counted(portal_data, visitor):
    """Two numbers of the fixtures: two of sixty, and their per cent. Each page says why."""
    public = Intervention.objects.published().prefetch_related("results")
    hidden, shown = [], 0
    for key, outcomes in results.outcomes_of(public).items():
        for each in outcomes:
            counts = each.public.counts
            told = [counts.women, counts.men, counts.total, each.public.base_count]
            shown += sum(isinstance(number, int) for number in told)
            hidden += [
                (key, each.result.measure, number) for number in told if isinstance(number, str)
            ]
            if each.public.rate is None and each.result.rate is not None:
                hidden.append((key, each.result.measure, "rate"))
    assert hidden == [(20, "gick till studier", "färre än 5"), (20, "gick till studier", "rate")]
    assert shown == 27
    page = visitor.get(Intervention.objects.get(pk=20).get_absolute_url()).content.decode()
    assert "Antal från 1 till 4 visas inte" in page


@pytest.mark.django_db
def test_words_do_not_tell_what_is_hidden(visitor, client_for, enter):
    enter.results.filter(measure="Deltagare").update(
        measure="Deltagare (17 kvinnor, tre män)", base="3 av 20 bor i Habo", source_note="sida 3"
    )
    enter.milestones.create(kind="event", year=2019, text="Tre män gick till arbete.")
    enter.milestones.create(kind="event", year=2019, text="Det tog 3 månader.")
    told = "Deltagare ([visas inte] kvinnor, [visas inte] män)"
    for address in (enter.results_url("json"), enter.results_url("csv"), enter.get_absolute_url()):
        text = visitor.get(address).content.decode()
        assert told in text and "[visas inte] av 20 bor i Habo" in text
    assert "sida 3" in visitor.get(enter.results_url("csv")).content.decode()
    page = client_for("chef-sodra").get(reverse("work_results", args=[enter.pk])).content.decode()
    assert "Historiken: Tre män gick till arbete." in page and "3 månader" not in page
