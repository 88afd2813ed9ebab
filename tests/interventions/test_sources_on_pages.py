"""Every intervention that the sources name has its page, with every figure given there."""

import csv
import html
import re

import pytest
from django.apps import apps
from django.conf import settings

from budgets.models import BudgetLine
from interventions import suppression
from interventions.models import Intervention

SOURCES = settings.BASE_DIR / "fixtures/sources"

# As the five sources call them, each once.
NAMED = [
    "Jobb i stället för aktivitetsersättning", "SE-projektet", "IT-spåret", "KrAmi", "Krami",
    "Enter", "Fia med knuff", "Grön rehabilitering", "200 i praktiken", "Jobbcenter Unga",
    "Stöd till arbete", "Navigatorcentrum", "Behövd från början", "Hela kedjan till företaget",
    "Projekt Funktionsnedsatta i arbete", "FIA", "IT-spåret i Eksjö", "Projekt SAMS", "SAMS",
    "Projekt Efterstöd", "Efterstöd", "Projekt SE-N", "SE-N", "Arenasamverkan", "Insatskatalogen",
    "Lex Heller", "Indikatorer för finansiell samordning", "SUS", "IPS i psykosvården",
    "Hälsoskola", "Kompetensutveckling", "Nätverk", "Samverkanskoordinatorer",
    "Inspirationsdag 2020", "Psykiatriveckan", "Psykiatrivecka", "Nya Vägar", "Mitt Val",
    "Samverkan i GG(V)", "Arenasamverkan i GG(V)", "Uppdrag Samverkan", "KUR", "KUR-dag",
    "Rätt stöd – rätt försörjning", "Länssamarbete", "Partsövergripande kunskapssatsning",
]  # fmt: skip


@pytest.fixture
def text_of(visitor):
    """Return a function: intervention → what its page says, read once."""
    read = {}

    def text(intervention):
        if intervention.pk not in read:
            page = visitor.get(intervention.get_absolute_url())
            assert page.status_code == 200, intervention.name
            main = page.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
            plain = html.unescape(re.sub(r"<[^>]+>", " ", main))
            read[intervention.pk] = re.sub(r"\s+", " ", plain)
        return read[intervention.pk]

    return text


def grouped(kronor):
    """Return an amount as a page writes it, with ordinary spaces."""
    return f"{kronor:,}".replace(",", " ")


def says(text, figure):
    """Tell whether the text holds the figure by itself, not as a part of a longer one."""
    return re.search(rf"(?<![\d,]){re.escape(figure)}(?! ?\d{{3}}\b|\d)", text) is not None


def looked_for(place):
    """Return (the row that ``place`` points at, its intervention), or None for another kind."""
    label, _, lookups = place.partition("?")
    if label.split(".")[0] != "interventions" or "effect" in label:
        return None
    lookups = dict(lookup.split("=", 1) for lookup in lookups.split("&"))
    lookups = {key: {"True": True}.get(value, value) for key, value in lookups.items()}
    row = apps.get_model(label).objects.filter(**lookups).first()
    return row, row if isinstance(row, Intervention) else row.intervention


def test_every_intervention_that_is_named_has_its_page(db, text_of):
    for name in NAMED:
        named = Intervention.objects.published().filter(name=name)
        called = Intervention.objects.published().filter(alternative_names__name=name)
        found = [*named, *called]
        assert found, name
        for intervention in found:
            assert name in text_of(intervention)
    assert len(NAMED) > 40


def test_every_figure_of_the_list_stands_on_its_page(db, text_of):
    lines = (SOURCES / "figures.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    looked, hidden = 0, 0
    for row in rows:
        for place in row["found_in"].split("; "):
            found = looked_for(place)
            if found is None:
                continue
            text = text_of(found[1])
            for figure in re.findall(r"\d+", row["value"].split("/")[0]):
                if row["unit"] == "persons" and int(figure) < suppression.FEWEST:
                    hidden += 1
                    assert not says(text, f"{figure} gick till studier")
                    continue
                looked += 1
                assert says(text, grouped(int(figure))), (found[1].name, row["figure"], figure)
    assert looked > 60 and hidden == 1


def test_every_amount_of_a_published_budget_stands_on_its_page(db, text_of):
    looked = 0
    lines = BudgetLine.objects.filter(intervention__isnull=False, budget__edition=1)
    for line in lines.select_related("intervention__lead").prefetch_related("amounts__column"):
        for amount in line.amounts.all():
            found = says(text_of(line.intervention), grouped(amount.kronor))
            assert found, (line.label, amount.column.label, amount.kronor)
            looked += 1
    assert looked > 60


def test_it_sparet_tells_what_for_whom_who_pays_and_how_it_goes(db, text_of):
    """The page that a stranger is to understand in a minute: its first part has it all."""
    text = text_of(Intervention.objects.get(slug="it-sparet")).split("Så går det till")[0]
    for words in (
        "En IT-utbildning i Eksjö",
        "Unga vuxna i Jönköpings län",
        "Samordningsförbund : En egen myndighet där staten, regionen och kommunerna",
        "Region Jönköpings län",
        "2 450 000 kr om året 2018–2022, fyra finansiärer tillsammans (beviljat",
        "Höglandets samordningsförbund 1 200 000 kr",
        "Samordningsförbundet Södra Vätterbygden 400 000 kr",
        "I förbundets egen budget för 2020 står 356 000 kr",
        "de sällan använder allt",
        "15 platser",
        "Vi vet inte om målen nåddes",
        "Källorna säger inte hur man får plats",
        "Campus i12, Region Jönköpings län",
    ):
        assert words in text, words
