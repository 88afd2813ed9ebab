"""A refused upload: the file is gone, and its own field says so."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from associations.models import Document
from budgets.models import Budget
from interventions.models import Intervention

pytestmark = pytest.mark.django_db

SAID = "<strong>Välj filen igen.</strong> Du valde {}, men"


def _file(name="bilaga.pdf", content=b"%PDF-1.7"):
    return SimpleUploadedFile(name, content)


def _sent(client, address, **changed):
    """Post the admin's form as a browser would from its page, with ``changed``."""
    page = client.get(address)
    forms = [page.context["adminform"].form]
    for formset in page.context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    sent = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value not in (None, False, "") and not hasattr(value, "url"):
                sent[field.html_name] = value
    return client.post(address, {**sent, **changed})


def _by_the_field(answer, name):
    """Return the words that the file's field is described by."""
    page = answer.content.decode()
    field = re.search(rf'<input type="file" name="{name}"[^>]*>', page)[0]
    ids = re.search(r'aria-describedby="([^"]+)"', field)[1].split()
    return " ".join(page.split(f'id="{ident}"')[1].split("</div>")[0] for ident in ids)


def test_a_sheet_that_is_refused_is_asked_for_again(client_for):
    chef = client_for("chef-sodra")
    budget = Budget.objects.get(association__slug="sodra-vatterbygden", adopted_on=None)
    for address in (reverse("results_import"), reverse("budget_import", args=[budget.pk])):
        assert "Välj filen igen" not in chef.get(address).content.decode()
        answer = chef.post(address, {"file": _file("<b>.csv", b"\x00\x01")})
        assert answer.status_code == 422
        assert SAID.format("&lt;b&gt;.csv") in _by_the_field(answer, "file")
        assert "står kvar, men filen måste väljas igen." in answer.content.decode()
        answer = chef.post(address, {"intervention": "x"})
        assert answer.status_code == 422 and "Välj filen igen" not in answer.content.decode()


def test_the_admin_asks_again_where_another_field_was_at_fault(client_for, chef_sodra):
    chef = client_for("chef-sodra")
    document = Document.objects.for_user(chef_sodra).first()
    address = reverse("admin:associations_document_change", args=[document.pk])
    answer = _sent(chef, address, title="", file=_file())
    assert answer.status_code == 200 and SAID.format("bilaga.pdf") in _by_the_field(answer, "file")
    own = Intervention.objects.for_user(chef_sodra).filter(slug="enter").get()
    address = reverse("admin:interventions_intervention_change", args=[own.pk])
    total = chef.get(address).context["inline_admin_formsets"]
    prefix = next(each.formset.prefix for each in total if "file" in each.formset.empty_form.fields)
    changed = {f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-0-file": _file(), f"{prefix}-0-title": "Om"}
    answer = _sent(chef, address, name="", **changed)
    assert SAID.format("bilaga.pdf") in answer.content.decode()
    answer = chef.post(
        reverse("admin:associations_document_import"),
        {"import_file": _file("rader.csv", b"strunt\n1\n"), "format": ""},
    )
    assert SAID.format("rader.csv") in answer.content.decode()
