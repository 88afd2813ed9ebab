"""The page that shows every component in every state; the accessibility test runs on it too."""

import datetime
from types import SimpleNamespace

import django_tables2 as tables
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from associations.paging import Paginator
from finsam import paging
from finsam.charts import Part, Series
from finsam.waterfall import Step

PARTS = (
    Part("Individinriktade insatser", 4_880_050, 67, "individual"),
    Part("Strukturövergripande insatser", 1_252_550, 17, "structural"),
    Part("Kompetensutveckling", 237_000, 3, "competence"),
    Part("Administration", 959_200, 13, "administration"),
)
YEARS = (2018, 2019, 2020, 2021)
INCOME_AND_COST = (
    Series("Intäkter", (7_100_000, 8_194_970, 7_465_670, None), "income"),
    Series("Kostnader", (6_800_000, 7_409_300, 7_328_800, 7_000_000), "cost"),
)
CLOSING = (Series("Utgående resultat", (-648_800, 785_670, 136_870, 0), "result"),)
STEPS = (
    Step("Det var", None, 17_880_420),
    Step("Det blev mindre", -5_500_000, 12_380_420),
    Step("Det blev mer", 900_000, 13_280_420),
    Step("Det blev", None, 13_280_420),
)
TEXT = """## En rubrik i texten
Skrivet i *Markdown*, med **vikt**, en [länk](https://example.se/) och en fotnot[^1].

- ett
- två

| Insats | Kostnad |
| --- | --- |
| Exempel | 1 000 |

[^1]: Fotnoten står sist.
"""
STATES = (
    ("idle", "950 000", ""),
    ("saving", "951 000", "Sparar …"),
    ("saved", "951 000", "✓ Sparat"),
    ("refused", "1.000", "Beloppet 1.000 kan betyda både ett tusen och en krona. Skriv 1 000."),
    ("conflict", "952 000", "Någon annan har skrivit 960 000 sedan du öppnade sidan."),
)


class ExampleForm(forms.Form):
    """One field of each sort."""

    title = forms.CharField(label="Rubrik", help_text="Säg vad läsaren får veta.")
    kind = forms.ChoiceField(label="Slag", choices=[("a", "Projekt"), ("b", "LIV")])
    text = forms.CharField(label="Text", required=False, widget=forms.Textarea({"rows": 3}))
    shared = forms.BooleanField(label="Delas med andra förbund", required=False)
    scope = forms.ChoiceField(
        label="Inriktning",
        choices=[("i", "Individ"), ("s", "Struktur")],
        widget=forms.RadioSelect,
    )


class ExampleTable(tables.Table):
    """A list as staff see it."""

    caption = "Insatser"

    name = tables.Column(verbose_name="Insats")
    amount = tables.Column(
        verbose_name="Kronor", attrs={"th": {"class": "amount"}, "td": {"class": "amount"}}
    )


@login_not_required
@require_safe
def components(request):
    """Show every component in every state, with made-up figures."""
    rows = [{"name": f"Exempel {number}", "amount": number * 1000} for number in range(1, 4)]
    table = ExampleTable(rows)
    paging.configure(request, table, 2)
    context = {
        "parts": PARTS,
        "years": YEARS,
        "income_and_cost": INCOME_AND_COST,
        "closing": CLOSING,
        "steps": STEPS,
        "text": TEXT,
        "states": STATES,
        "statuses": ("draft", "proposed", "adopted", "replaced", "planned", "ongoing", "finished"),
        "form": ExampleForm(auto_id="tom_%s", initial={"title": "Exempel"}),
        "refused": ExampleForm(QueryDict("kind=c"), auto_id="fel_%s"),
        "selection": SimpleNamespace(form=ExampleForm(auto_id="val_%s"), data={}),
        "table": table,
        "page_obj": Paginator(range(50), 10).page(2),
        "date": datetime.date(2020, 2, 26),
        "facts": (("Bildat", "2011-04-01"), ("Säte", "Nässjö")),
        "example": {"slug": "", "short_name": "Exempel", "get_absolute_url": "/komponenter/"},
        "data": ({"label": "CSV", "url": "/komponenter/"},),
    }
    return render(request, "finsam/components.html", context)
