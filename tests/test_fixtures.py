"""The fixtures say what the sources print: every cell, every figure, each with its source."""

import csv
import re
from itertools import zip_longest

import pytest
import yaml
from django.apps import apps
from django.conf import settings

from associations.models import Association, Document, Figure, Organisation
from associations.ownership import Sourced
from budgets.models import Budget, StateAllocation
from interventions.models import EffectAssumption, Intervention, Result
from meetings.models import Meeting
from plans.models import Plan

FOLDER = settings.BASE_DIR / "fixtures"
YAML_FILES = sorted(FOLDER.glob("*.yaml"))
CSV_FILES = sorted(FOLDER.glob("sources/*.csv"))
ROOMS = ["associations", "meetings", "interventions", "budgets", "plans"]

BUDGETS = {
    "budget_sodra_vatterbygden_2020.csv": (
        ("sodra-vatterbygden", 2020, "2019-11-19"),
        ["budget_2019", "forecast_2019", "budget_2020", "plan_2021", "plan_2022"],
        {"income_total": "income", "cost_total": "cost", "result": "result"},
    ),
    "budget_hoglandet_2018.csv": (
        ("hoglandet", 2018, None),
        ["2017", "2018", "2019", "2020"],
        {"income_total": "income", "computed_cost_total": "cost", "computed_result": "result"},
    ),
}
# Words that the source abbreviates and the fixtures write out.
WRITTEN_OUT = {
    "Staten gm Försäkringskassan": "Staten genom Försäkringskassan",
    "Kunskapssatsn stressrel ohälsa": "Kunskapssatsning stressrelaterad ohälsa",
    "Faktura- och personaladmin.": "Faktura- och personaladministration",
    "Rätt stöd - rätt försörjning": "Rätt stöd – rätt försörjning",
}

YES_OR_NO = {"True": True, "False": False}

EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
TELEPHONE = re.compile(r"(?<![\d:])(?:\+46|0)[\d ()/–-]{6,}\d")
PERSONNUMMER = re.compile(r"(?<!\d)(?:\d{2})?\d{6}[-+]\d{4}(?!\d)")


def read(name):
    """Return the rows of a source's table, without its comments."""
    with (FOLDER / "sources" / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def entries():
    for path in YAML_FILES:
        yield from yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", BUDGETS)
def test_a_budget_equals_its_source_cell_by_cell(db, name):
    (slug, year, adopted_on), heads, totals = BUDGETS[name]
    budget = Budget.objects.with_table().get(association__slug=slug, year=year, edition=1)
    assert str(budget.adopted_on or "") == (adopted_on or "")
    table, rows = budget.table(), read(name)
    assert len(table.columns) == len(heads)
    cells = 0
    for section, computed in (("income", table.income), ("cost", table.cost)):
        printed = [
            row for row in rows
            if row["section"] == section and row["category"] != "carried_forward"
        ]  # fmt: skip
        for source, row in zip_longest(printed, computed):
            assert row.line.label == WRITTEN_OUT.get(source["line"], source["line"])
            assert row.amounts == tuple(int(source[head]) for head in heads), row.line.label
            assert row.letter == source.get("note", "")
            cells += len(row.amounts)
    for source in rows:
        attribute = totals.get(source["section"])
        if source["category"] == "carried_forward":
            attribute = "opening"
            assert table.opening_letter == source["note"]
        if attribute:
            sums = [getattr(column, attribute) for column in table.columns]
            assert sums == [int(source[head]) for head in heads], source["line"]
            cells += len(sums)
    assert cells == {"sodra-vatterbygden": 22 * 5 + 4 * 5, "hoglandet": 22 * 4 + 3 * 4}[slug]


def test_the_lines_of_a_budget_say_whom_and_what_they_are_about(db):
    lines = [line for budget in Budget.objects.filter(edition=1) for line in budget.lines.all()]
    assert len(lines) == 44
    assert all(line.organisation_id for line in lines if line.section == "income")
    assert sum(1 for line in lines if line.intervention_id) == 16


def test_the_allocation_equals_its_source(db):
    rows = read("allocation_2015.csv")
    for row in rows[:-1]:
        found = StateAllocation.objects.get(
            association__short_name=row["association"].removesuffix("s")
        )
        assert (found.grant, found.per_inhabitant, found.ceiling, found.possible_increase) == tuple(
            int(row[head])
            for head in (
                "state_grant_2015", "sek_per_inhabitant_2014", "model_ceiling", "possible_increase"
            )
        )  # fmt: skip
    printed = {f.key: int(f.value) for f in Figure.objects.filter(key__startswith="allocation-")}
    assert printed["allocation-grant-total"] == int(rows[-1]["state_grant_2015"])
    assert printed["allocation-ceiling-total"] == int(rows[-1]["model_ceiling"])
    assert printed["allocation-increase-total"] == int(rows[-1]["possible_increase"])
    assert len(rows) == 4


def test_the_effects_equal_their_source(db):
    values = {a.key: a.value for a in EffectAssumption.objects.filter(calculation__year=2019)}
    printed = {
        "published_growth": "effect-growth",
        "published_region_tax": "effect-region-tax",
        "published_municipal_tax": "effect-municipal-tax",
        "published_total": "effect-total",
    }
    put_in = {
        "contribution_region_municipalities_2019": "paid_region_municipalities",
        "activities_part_of": "activities",
    }
    rows = read("effects_2019.csv")
    for row in rows:
        if row["key"] in printed:
            figure = Figure.objects.get(key=printed[row["key"]], year=2019)
            assert float(figure.value) == pytest.approx(float(row["value"]) * 1_000_000)
        elif row["key"] in put_in:
            assert values.pop(put_in[row["key"]]) == int(row["value"]) * 1_000_000
        else:
            assert float(values.pop(row["key"])) == float(row["value"])
    assert values == {}
    assert len(rows) == 16


def test_every_other_figure_of_the_sources_is_found(db):
    rows, asked, missing = read("figures.csv"), 0, []
    for row in rows:
        assert row["found_in"]
        assert Document.objects.filter(slug=row["source"]).exists()
        for place in row["found_in"].split("; "):
            label, _, lookups = place.partition("?")
            lookups = dict(lookup.split("=", 1) for lookup in lookups.split("&"))
            lookups = {key: YES_OR_NO.get(value, value) for key, value in lookups.items()}
            if not apps.get_model(label).objects.filter(**lookups).exists():
                missing.append(place)
            asked += 1
    assert missing == []
    assert (len(rows), asked) == (113, 159)


def test_every_fact_has_a_source(db):
    looked, without = 0, []
    for model in apps.get_models():
        if issubclass(model, Sourced):
            for row in model._default_manager.all():
                looked += 1
                practice = getattr(row, "replaces_id", None)  # the demo's drafts
                if row.source_id is None and not practice:
                    without.append(f"{model.__name__} {row.pk}: {row}")
    assert looked > 250
    assert without == []


def test_what_the_portal_holds(db):
    assert Association.objects.count() == 3
    assert Organisation.objects.filter(kind="municipality").count() == 13
    assert Intervention.objects.count() >= 40
    for association in Association.objects.all():
        kinds = [member.kind for member in association.members.all()]
        assert (kinds.count("region"), kinds.count("state_agency")) == (1, 2)
        assert kinds.count("municipality") == {1: 4, 2: 6, 3: 3}[association.position]
    plan = Plan.objects.get(association__slug="sodra-vatterbygden", kind="plan", edition=1)
    assert (plan.is_adopted, plan.chapters.count()) == (True, 9)
    assert Meeting.objects.filter(kind="owner").count() == 3
    assert Meeting.objects.get(slug="agarmote-2014").date is None


def test_nothing_points_at_a_person():
    looked = 0
    for path in [*YAML_FILES, *CSV_FILES]:
        text = path.read_text(encoding="utf-8")
        looked += len(text)
        for pattern in (EMAIL, TELEPHONE, PERSONNUMMER):
            assert not pattern.search(text), (path.name, pattern.search(text))
    assert looked > 100_000
    assert TELEPHONE.search("tel. 036-12 34 56")
    assert PERSONNUMMER.search("19121212-1212")


def test_small_counts_of_participants_stand_only_in_results(db):
    """A count of 1–4 is stored for the staff; what is public of it is decided elsewhere."""
    few = [r for r in Result.objects.filter(counts_persons=True) if r.count in range(1, 5)]
    assert len(few) == 1
    texts = [
        value
        for entry in entries()
        if entry["model"] != "interventions.result"
        for value in entry["fields"].values()
        if isinstance(value, str)
    ]
    assert len(texts) > 500
    counted = re.compile(r"\b(?:[1-4]|en|två|tre|fyra) (?:deltagare|personer|kvinnor|män)\b")
    found = [text for text in texts if counted.search(text)]
    assert [text for text in found if "färre än 5" not in text] == []


def test_each_room_has_its_data():
    rooms = {entry["model"].split(".")[0] for entry in entries()}
    assert rooms == set(ROOMS)
