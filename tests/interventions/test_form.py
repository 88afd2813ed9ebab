"""The result's form in the admin: the year is the period when nothing else is said."""

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets

from interventions.models import Intervention, Result

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
