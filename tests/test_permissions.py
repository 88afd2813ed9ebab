"""An attacker's view: the director of Södra Vätterbygden against everything of Höglandet's."""

import io
import re

import openpyxl
import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from associations import foreign
from associations.models import (
    Access,
    Association,
    Document,
    Organisation,
    Seat,
)
from budgets.models import Budget, BudgetColumn, BudgetLine
from finsam.work import removing
from interventions.models import Intervention, Report
from meetings.models import Meeting
from plans.models import Plan
from tests import hoglandet
from tests.addresses import every_address
from tests.admin_pages import address, refusals, upload

OWNED = [model for model in admin.site._registry if foreign.is_owned(model)]


def snapshot(rows):
    """Return every field of ``rows`` as the database has them now."""
    found = {}
    for row in rows:
        model = type(row)
        found[model.__name__, row.pk] = model._base_manager.filter(pk=row.pk).values().first()
    return found


@pytest.fixture
def theirs(db):
    """One row of Höglandet's of every kind."""
    return hoglandet.rows()


@pytest.fixture
def attacker(client_for):
    return client_for("chef-sodra")


def test_there_is_a_row_of_every_kind(theirs):
    assert {type(row) for row in theirs} == set(OWNED)
    assert len(OWNED) > 25


def test_every_edit_address_answers_404(theirs, attacker, chef_sodra):
    tried = 0
    for row in theirs:
        if isinstance(row, Organisation):
            continue
        assert not row.can_be_seen_by(chef_sodra)
        for what in ("change", "delete", "history"):
            if what == "delete" and isinstance(row, Association):
                continue
            url = address(row, what, row.pk)
            assert attacker.get(url).status_code == 404, url
            if what != "history":
                assert attacker.post(url, {"post": "yes"}).status_code == 404, url
            tried += 1
        if hasattr(row, "history"):
            meta = row._meta
            url = reverse(
                f"admin:{meta.app_label}_{meta.model_name}_simple_history",
                args=[row.pk, row.history.latest().history_id if row.history.exists() else 1],
            )
            assert attacker.get(url).status_code == 404, url
            assert attacker.post(url, {}).status_code in (403, 404), url
    assert tried > 80


OWN_TO_ALL = {"arbeta/insatser/resultat/mall.<str:form>"}  # a template without rows


def staff_addresses(theirs, user):
    """Yield the address of every staff page about one thing, with Höglandet's in its places."""
    by_model = {type(row): row for row in theirs} | {type(user): user}
    of_route = {
        "arbeta/budget/": Budget, "arbeta/plan/": Plan, "arbeta/moten/": Meeting,
        "arbeta/anvandare/": type(user), "arbeta/fel/": Report, "arbeta/insatser/": Intervention,
    }  # fmt: skip
    removed = {word: model for word, (model, *_) in removing.KINDS.items()}
    parts = {"/rad/": by_model[BudgetLine], "/kolumn/": by_model[BudgetColumn]}
    for route, _view in every_address():
        if not route.startswith("arbeta/") or "<" not in route or route in OWN_TO_ALL:
            continue
        model = next((m for start, m in of_route.items() if route.startswith(start)), None)
        for kind, found in removed.items() if "<str:kind>" in route else [("", model)]:
            part = next((row.pk for word, row in parts.items() if word in route), 1)
            values = {
                "pk": by_model[found].pk if found else None, "association": "hoglandet",
                "year": 2020, "kind": kind, "form": "csv", "key": part, "number": 1,
                "version": 1, "line": by_model[BudgetLine].pk, "column": by_model[BudgetColumn].pk,
            }  # fmt: skip
            yield "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda name, v=values: str(v[name[1]]), route)


def test_every_staff_page_of_theirs_answers_404(theirs, attacker, chef_hoglandet):
    before, tried = snapshot(theirs), 0
    sent = {"open": "0", "cell": "comment", "typed": "X", "was": "", "label": "X", "post": "yes"}
    for url in staff_addresses(theirs, chef_hoglandet):
        answers = [attacker.get(url), attacker.post(url, sent)]
        assert {each.status_code for each in answers} <= {404, 405, 400}, url
        assert 404 in {each.status_code for each in answers} or url.endswith("/cell/"), url
        assert not any(hoglandet.SECRET in each.content.decode() for each in answers), url
        tried += 1
    assert tried > 50 and snapshot(theirs) == before
    chef_hoglandet.refresh_from_db()
    assert chef_hoglandet.is_active


def test_every_fixture_row_of_the_neighbours_answers_404(attacker, chef_sodra):
    tried = 0
    for model in OWNED:
        own = model.objects.for_user(chef_sodra).values("pk")
        for row in model._base_manager.exclude(pk__in=own)[:30]:
            assert attacker.get(address(row, "change", row.pk)).status_code == 404
            tried += 1
    assert tried > 100


def test_nothing_of_theirs_shows_in_lists_exports_or_choices(theirs, attacker):
    looked = 0
    for model in OWNED:
        pages = [attacker.get(address(model, "changelist"), {"q": hoglandet.SECRET})]
        pages.append(attacker.get(address(model, "changelist")))
        pages += [attacker.post(address(model, "export"), {"format": n}) for n in ("0", "1")]
        if model is not Association:
            pages.append(attacker.get(address(model, "add")))
        for page in pages:
            assert page.status_code == 200, (model, page.status_code)
            shown = page.content
            if page.headers["Content-Type"].startswith("application/vnd"):
                sheet = openpyxl.load_workbook(io.BytesIO(shown)).active
                shown = "\n".join(str(row) for row in sheet.values).encode()
            said_by_oneself = f'value="{hoglandet.SECRET}"'
            assert hoglandet.SECRET not in shown.decode().replace(said_by_oneself, ""), model
            looked += 1
    assert looked > 120


def test_no_autocomplete_finds_theirs(theirs, attacker):
    asked = 0
    for model, model_admin in admin.site._registry.items():
        for name in getattr(model_admin, "autocomplete_fields", ()):
            answer = attacker.get(
                reverse("admin:autocomplete"),
                {
                    "app_label": model._meta.app_label,
                    "model_name": model._meta.model_name,
                    "field_name": name,
                    "term": hoglandet.SECRET,
                },
            )
            asked += 1
            assert answer.status_code == 200
            assert answer.json()["results"] == [], (model, name)
    assert asked > 30


def test_list_filters_name_no_neighbour(attacker):
    looked = 0
    for model in OWNED:
        for name in admin.site._registry[model].list_filter:
            if "association" in str(name):
                page = attacker.get(address(model, "changelist")).content.decode()
                start = page.find('id="changelist-filter"')
                assert "Höglandet" not in page[max(start, 0) :] or start < 0, model
                looked += 1
    assert looked > 8


def test_a_foreign_association_in_the_post_is_refused(theirs, attacker):
    neighbour = Association.objects.get(slug="hoglandet")
    answer = attacker.post(
        address(Seat, "add"), {"association": neighbour.pk, "person": "X", "role": "chair"}
    )
    assert answer.status_code == 200
    assert "association" in answer.context["adminform"].form.errors
    assert not Seat.objects.filter(person="X").exists()


def test_a_foreign_parent_in_the_post_is_refused(theirs, attacker):
    budget = next(row for row in theirs if isinstance(row, Budget))
    fields = {"budget": budget.pk, "section": "income", "position": 9, "label": "Insmugglad"}
    fields |= dict.fromkeys(["individual", "structural", "competence", "administration"], 0)
    answer = attacker.post(address(BudgetLine, "add"), fields)
    assert answer.status_code == 200
    assert "budget" in answer.context["adminform"].form.errors
    assert not BudgetLine.objects.filter(label="Insmugglad").exists()


def test_selected_rows_of_theirs_are_not_deleted(theirs, attacker):
    before = snapshot(theirs)
    for row in theirs:
        if isinstance(row, Organisation):
            continue
        attacker.post(
            address(type(row), "changelist"),
            {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
        )
    assert snapshot(theirs) == before


def test_an_import_reaches_no_row_of_theirs(theirs, attacker):
    before = snapshot(theirs)
    for row in theirs:
        if isinstance(row, (Organisation, Association)):
            continue
        field = next(f for f in row._meta.fields if f.name not in ("id",) and not f.is_relation)
        text = f"id;{field.verbose_name}\n{row.pk};1\n"
        answer = upload(attacker, type(row), text)
        assert "confirm_form" not in answer.context
        assert any("finns inte bland dina förbunds" in said for said in refusals(answer)), row
    assert snapshot(theirs) == before


def test_an_imported_row_may_not_point_at_theirs(theirs, attacker):
    budget = next(row for row in theirs if isinstance(row, Budget))
    heads = "budget;intäkt eller kostnad;ordning;text"
    said = refusals(upload(attacker, BudgetLine, f"{heads}\n{budget.pk};intäkt;1;Rad\n"))
    nothing = refusals(upload(attacker, BudgetLine, f"{heads}\n999999;intäkt;1;Rad\n"))
    assert said == [f"”{budget.pk}” finns inte bland dina förbunds budgetar."]
    assert nothing == ["”999999” finns inte bland dina förbunds budgetar."]
    said = refusals(upload(attacker, Seat, "förbund;namn;uppdrag\nhoglandet;X;ordförande\n"))
    assert said == ["”hoglandet” finns inte bland dina förbunds samordningsförbund."]


def test_the_confirmation_takes_no_other_users_file(attacker, client_for):
    answer = upload(attacker, Seat, "förbund;namn;uppdrag\nsodra-vatterbygden;Ny;ordförande\n")
    fields = {
        name: answer.context["confirm_form"].initial[name]
        for name in ("import_file_name", "original_file_name", "format", "resource")
    }
    url = address(Seat, "process_import")
    client_for("chef-hoglandet").post(url, fields)
    attacker.post(url, fields | {"import_file_name": "passwd"})
    assert not Seat.objects.filter(person="Ny").exists()
    assert attacker.post(url, fields).status_code == 302
    assert Seat.objects.get(person="Ny").association.slug == "sodra-vatterbygden"
    assert LogEntry.objects.filter(object_repr__startswith="Ny").exists()


def test_no_address_shows_where_a_foreign_draft_lies(theirs, attacker):
    meeting = next(row for row in theirs if row._meta.model_name == "meeting")
    assert attacker.get(f"/admin/r/1/{meeting.pk}/").status_code == 404


@pytest.mark.parametrize("username", ["styrelse-sodra", "revisor-sodra"])
def test_readers_change_nothing(client_for, username):
    client = client_for(username)
    budget = Budget.objects.get(association__slug="sodra-vatterbygden", adopted_on=None)
    url = address(budget, "change", budget.pk)
    assert client.get(url).status_code == 200
    assert client.post(url, {}).status_code == 403
    for what in ("add", "import"):
        assert client.get(address(Budget, what)).status_code == 403
    assert client.get(address(budget, "delete", budget.pk)).status_code == 403


def test_the_auditor_reads_history_and_the_board_does_not(client_for):
    budget = Budget.objects.get(association__slug="sodra-vatterbygden", adopted_on=None)
    url = address(budget, "history", budget.pk)
    assert client_for("revisor-sodra").get(url).status_code == 200
    assert client_for("chef-sodra").get(url).status_code == 200
    assert client_for("styrelse-sodra").get(url).status_code == 403


def test_deleted_rows_keep_their_secrets(theirs, attacker, client_for):
    chapter = theirs[-1]
    seat = next(row for row in theirs if isinstance(row, Seat))
    for row in (chapter, seat):
        pk = row.pk
        row.delete()
        url = address(row, "history", pk)
        assert attacker.get(url).status_code == 404
        assert client_for("chef-hoglandet").get(url).status_code == 200


def test_who_has_lost_the_association_sees_nothing(chef_sodra, attacker):
    Access.objects.filter(user=chef_sodra).delete()
    for model in OWNED:
        if model is not Organisation:
            assert not model.objects.for_user(chef_sodra).exists(), model
    document = Document.objects.first()
    assert attacker.get(address(document, "change", document.pk)).status_code == 404


def test_the_whole_site_belongs_to_superusers(attacker, client_for):
    for name in ("page", "portal", "user", "access"):
        url = reverse(f"admin:associations_{name}_changelist")
        assert attacker.get(url).status_code == 403
        assert client_for("admin").get(url).status_code == 200
    assert attacker.get(address(Association, "add")).status_code == 403
