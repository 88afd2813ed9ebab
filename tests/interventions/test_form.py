"""The result's form in the admin: the year is the period when nothing else is said."""

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.urls import reverse

from interventions.models import Intervention, Result, Situation

ADDRESS = "/admin/interventions/result/add/"


def test_the_period_is_the_year_when_left_blank(client_for, chef_sodra):
    intervention = Intervention.objects.for_user(chef_sodra).filter(slug="it-sparet").get()
    fields = {"intervention": intervention.pk, "measure": "Provmått", "total": 12}
    chef = client_for("chef-sodra")
    refused = chef.post(ADDRESS, fields)
    assert refused.context["adminform"].form.errors == {"period": ["Skriv period, eller år."]}
    assert chef.post(ADDRESS, fields | {"year": 2019}).status_code == 302
    assert Result.objects.get(measure="Provmått").period == "2019"
    written = {"measure": "Annat mått", "year": 2019, "period": "sedan starten"}
    assert chef.post(ADDRESS, fields | written).status_code == 302
    assert Result.objects.get(measure="Annat mått").period == "sedan starten"


def test_the_form_of_an_intervention_leaves_no_field_out():
    shown = flatten_fieldsets(admin.site._registry[Intervention].fieldsets)
    meta = Intervention._meta
    wanted = {field.name for field in (*meta.fields, *meta.many_to_many) if field.editable}
    assert set(shown) - {"missing"} == wanted - {"id"}
    assert len(shown) == len(set(shown)) > 20


def test_many_choices_lie_folded_under_what_is_chosen(client_for):
    chef, enter = client_for("chef-sodra"), Intervention.objects.get(slug="enter")
    enter.succeeded_by.set([Intervention.objects.get(slug="fia")])
    address = reverse("admin:interventions_intervention_change", args=[enter.pk])
    page = chef.get(address).content.decode()
    after = page[page.index('class="form-row field-succeeded_by"') :].split("</details>")[0]
    assert "Funktionsnedsatta i arbete (FIA) <span" in " ".join(after.split())
    boxes = after.count('type="checkbox"')
    assert boxes > 20 and f"(välj bland {boxes})" in after
    assert f'value="{enter.pk}"' not in after  # nothing comes after itself
    assert after.count(" checked") == 1
    results = enter.results.count()
    assert f"Resultat: {results}" in page and "Filmer: inga" in page and results > 1


def test_staff_see_what_the_words_mean_and_whom_to_ask(client_for):
    chef, enter = client_for("chef-sodra"), Intervention.objects.get(slug="enter")
    page = chef.get(reverse("admin:interventions_intervention_change", args=[enter.pk]))
    for name in ("situation", "referrer"):
        words = reverse(f"admin:interventions_{name}_changelist")
        assert f'<a href="{words}">' in page.content.decode()
        assert chef.get(words).status_code == 200
    assert "be webbplatsens administratör" in page.content.decode()
    one = reverse("admin:interventions_situation_change", args=[Situation.objects.first().pk])
    for username in ("chef-sodra", "redaktor-sodra", "styrelse-sodra", "revisor-sodra"):
        client = client_for(username)
        assert client.get(one).status_code == 200
        assert client.post(one, {"name": "Annat"}).status_code == 403
        add = reverse("admin:interventions_situation_add")
        assert client.get(add).status_code == client.post(add).status_code == 403
