"""Results in files and for staff: everywhere the same counts are hidden."""

import ast
import csv
import io
import json

import pytest
from django.urls import reverse

from interventions import results
from tests.counting import queries_of
from tests.factories import AssociationFactory, DocumentFactory, InterventionFactory, ResultFactory
from tests.test_house import ROOT, SOURCES

pytestmark = pytest.mark.django_db

# Who may ask for results as they are stored. Others take what ``interventions/results.py`` gives.
AS_STORED = {
    "interventions/results.py",  # the way through the gate
    "interventions/models/goals.py",
    "interventions/models/__init__.py",
    "interventions/models/catalogue.py",  # the newest year that a result tells of
    "interventions/page.py",  # the documents that the page's facts come from
    "interventions/result_views.py",  # staff, and rows for the gate
    "interventions/intake/importing.py",
    "interventions/intake/row_reading.py",  # what a sheet would change
    "interventions/intake/undoing.py",  # staff take back what they read in
    "interventions/admin.py",
    "interventions/resources.py",
    "interventions/start_forms.py",  # staff write one result
    "finsam/country/interventions.py",  # it makes them up
    "interventions/start_views.py",
    "finsam/overview.py",  # which result is chosen; what is told of it comes through the gate
    "finsam/work/part_tables.py",  # the staff's own list
    "finsam/work/start.py",  # who changed what, for staff
    "finsam/work/views.py",  # the staff's own list
    "plans/blocks/report.py",  # fetched beforehand for the gate
}
SECRET = 3


@pytest.fixture
def watched(db):
    """An intervention with a count of three among results that belong together."""
    one = AssociationFactory()
    intervention = InterventionFactory(lead=one, associations=[one])
    document = DocumentFactory(associations=[one], public=True)
    whole = ResultFactory(
        intervention=intervention, measure="Deltagare", year=2020, period="2018–2020",
        women=63, men=60, source=document,
    )  # fmt: skip
    for year, women, men in ((2018, SECRET, 21), (2019, 29, 31), (2020, 31, 8)):
        ResultFactory(
            intervention=intervention, measure="Deltagare", year=year, period=str(year),
            women=women, men=men, part_of=whole,
        )  # fmt: skip
    ResultFactory(
        intervention=intervention, measure="Fick arbete", year=2020, women=None, men=None,
        total=19, base_count=20, base="avslutade",
    )  # fmt: skip
    return intervention


def hidden_of(intervention):
    """Return {(measure, period, column)} of what the gate hides."""
    found = set()
    for each in results.outcomes_of([intervention])[intervention.pk]:
        counts = {"women": each.public.counts.women, "men": each.public.counts.men}
        counts |= {"total": each.public.counts.total, "base_count": each.public.base_count}
        found |= {
            (each.result.measure, each.result.period, name)
            for name, value in counts.items()
            if isinstance(value, str)
        }
    return found


def test_every_outlet_hides_the_same_counts(visitor, watched):
    hidden = hidden_of(watched)
    assert len(hidden) == 5  # women and men of two years, and the nineteen of twenty
    stored = {
        (each.measure, each.period, name): value
        for each in watched.results.all()
        for name, value in [("women", each.women), ("men", each.men), ("total", each.count)]
    }
    answer = visitor.get(watched.results_url("csv"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    heads = {"women": "kvinnor", "men": "män", "total": "totalt"}
    for (measure, period, name), value in stored.items():
        row = next(r for r in rows if (r["vad som räknas"], r["period"]) == (measure, period))
        told = row[heads[name]]
        is_hidden = (measure, period, name) in hidden
        assert (told == "visas inte") is is_hidden, (measure, period, name)
        assert is_hidden or told == ("" if value is None else str(value))
    found = json.loads(visitor.get(watched.results_url("json")).content)
    assert {
        (each["measure"], each["period"], name)
        for each in found["results"]
        for name in each["withheld"]
        if name != "percent"
    } == hidden
    assert all(each[name] is None for each in found["results"] for name in each["withheld"])
    page = visitor.get(watched.get_absolute_url())
    for each in page.context["outcomes"]:
        for name, text in [("women", each.women_text), ("men", each.men_text)]:
            key = (each.result.measure, each.result.period, name)
            assert (text == "visas inte") is (key in hidden)
    html = page.content.decode()
    assert f'href="{watched.results_url("csv")}"' in html and "95\N{NO-BREAK SPACE}%" not in html


def test_a_file_has_one_address_and_needs_a_public_intervention(visitor, watched):
    other = AssociationFactory()
    watched.associations.add(other)
    elsewhere = f"/{other.slug}/insatser/{watched.slug}/resultat.json"
    assert visitor.get(elsewhere)["Location"] == watched.results_url("json")
    assert visitor.get(watched.results_url("xlsx")).status_code == 404
    watched.public = False
    watched.save()
    assert visitor.get(watched.results_url("csv")).status_code == 404


def test_what_belongs_to_another_intervention_is_weighed(watched):
    alone = InterventionFactory(lead=watched.lead, associations=[watched.lead])
    part = ResultFactory(intervention=alone, measure="Deltagare", women=None, men=None, total=30)
    small = ResultFactory(
        intervention=InterventionFactory(), measure="Deltagare", women=None, men=None, total=2,
    )  # fmt: skip
    county = InterventionFactory()
    whole = ResultFactory(intervention=county, measure="Alla", women=None, men=None, total=32)
    assert not hidden_of(alone) and not hidden_of(county)
    for each in (part, small):
        each.part_of = whole
        each.save()
    assert len(hidden_of(alone)) + len(hidden_of(county)) == 1


def test_the_gate_asks_as_much_of_twenty_results_as_of_one(visitor):
    def cost(number):
        intervention = InterventionFactory()
        for year in range(number):
            ResultFactory(intervention=intervention, year=2000 + year, period=str(2000 + year))
        return queries_of(visitor, intervention.results_url("csv"))

    assert cost(1) == cost(20)


def uses(path):
    """Return the lines where a module names stored results."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("interventions"):
            if any(alias.name == "Result" for alias in node.names):
                yield node.lineno
        elif isinstance(node, ast.Attribute) and node.attr == "results":
            owner = node.value.id if isinstance(node.value, ast.Name) else ""
            if owner not in ("self", "interventions"):
                yield node.lineno
        elif isinstance(node, ast.Constant) and str(node.value).split("__")[0] == "results":
            yield node.lineno


def test_nothing_asks_for_results_past_the_gate():
    found = {path.relative_to(ROOT).as_posix() for path in SOURCES if any(uses(path))}
    assert "interventions/results.py" in found
    assert found <= AS_STORED, found - AS_STORED


def test_staff_see_all_beside_what_the_public_sees(client_for, chef_sodra):
    own = chef_sodra.associations.first()
    intervention = InterventionFactory(lead=own, associations=[own])
    ResultFactory(intervention=intervention, women=SECRET, men=40)
    address = reverse("work_results", args=[intervention.pk])
    for who, edits, reads in [
        ("chef-sodra", True, True), ("redaktor-sodra", True, True),
        ("styrelse-sodra", False, False), ("revisor-sodra", False, True),
    ]:  # fmt: skip
        page = client_for(who).get(address)
        text = page.content.decode()
        assert ">3</td>" in text and "visas inte" in text and ">43</td>" in text
        assert ("Läs in en fil" in text) is edits and ("Historik" in text) is reads
        assert client_for(who).get(reverse("results_import")).status_code == 200 if edits else 403
    for name in ("work_results", "work_results_file"):
        arguments = [intervention.pk] if name == "work_results" else [intervention.pk, "csv"]
        assert client_for("chef-hoglandet").get(reverse(name, args=arguments)).status_code == 404


def test_a_rate_is_rounded_half_up_wherever_it_stands(visitor):
    """25 of 40 is 63 %, and 62,5 where a decimal is told."""
    one = AssociationFactory()
    own = InterventionFactory(lead=one, associations=[one])
    ResultFactory(
        intervention=own, measure="Fick arbete", year=2020, period="2020", women=None, men=None,
        total=25, base_count=40, base="avslutade",
    )  # fmt: skip
    address = own.get_absolute_url()
    for page in (address, f"{address}kort/", "/", "/insatser/", one.get_absolute_url()):
        text = visitor.get(page).content.decode().replace("\N{NO-BREAK SPACE}", " ")
        assert "62 %" not in text
        assert "63 %" in text or page not in (address, "/")
    [row] = json.loads(visitor.get(f"{address}resultat.json").content)["results"]
    assert row["percent"] == 62.5
    assert '"62,5"' in visitor.get(f"{address}resultat.csv").content.decode()
