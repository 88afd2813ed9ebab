"""A form from somebody whose login has ended keeps its text; sent twice it makes one thing."""

import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from budgets.models import Budget
from finsam.forms_sent import once
from finsam.models import FormSent
from plans.models import Plan

TEXT = "Planen har följts upp vid tre tillfällen <b>i år</b>."


@pytest.fixture
def draft(db):
    return Plan.objects.get(
        association__slug="sodra-vatterbygden", year=2020, adopted_on=None, kind="plan"
    )


@pytest.mark.parametrize("place", ["chapter", "admin"])
def test_who_is_logged_out_gets_the_text_back(visitor, draft, place):
    address = {
        "chapter": f"/arbeta/plan/{draft.pk}/kapitel/1/",
        "admin": "/admin/associations/news/add/",
    }[place]
    sent = {"title": "Mål", "body": TEXT, "password": TEXT, "csrfmiddlewaretoken": "x" * 64}
    sent |= dict.fromkeys(("loaded", "seen", "stamp"), "y" * 64)
    answer = visitor.post(address, sent, headers={"referer": f"http://testserver{address}"})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert page.count("tre tillfällen &lt;b&gt;i år&lt;/b&gt;") == 1 and "x" * 64 not in page
    assert "y" * 64 not in page
    assert f"next={address.replace('/', '%2F')}" in page
    assert "Du är utloggad" in page and not answer.cookies.get("sessionid")


def test_the_way_back_is_on_this_site(visitor, draft):
    address = f"/arbeta/plan/{draft.pk}/kapitel/nytt/"
    for came_from, back in [
        ("http://evil.example/x/", address),
        ("http://testserver/arbeta/plan/1/", "/arbeta/plan/1/"),
    ]:
        page = visitor.post(address, {}, headers={"referer": came_from}).content.decode()
        assert f"next={back.replace('/', '%2F')}" in page


@pytest.mark.parametrize("checks", [False, True], ids=["logged out", "without a token"])
def test_another_sites_words_are_not_shown_as_ours(client_for, draft, checks):
    client = strict("chef-sodra", client_for) if checks else Client()
    for origin, is_own in [("https://evil.example", 0), ("null", 0), ("http://testserver", 1)]:
        answer = client.post("/arbeta/plan/ny/", {"body": TEXT}, headers={"origin": origin})
        assert answer.status_code == (403 if checks else 401)
        assert answer.content.decode().count("tre tillfällen") == is_own, origin


def test_a_script_is_told_in_one_way_that_the_login_is_over_or_anothers(visitor, client_for):
    asked = {"HX-Request": "true"}
    assert visitor.get("/arbeta/inloggad/", headers=asked).status_code == 401
    chef = client_for("chef-sodra")
    own = str(chef.get("/arbeta/").wsgi_request.user.pk)
    for person, status in [(own, 204), ("999999", 409), ("", 204)]:
        headers = asked | {"Page-Person": person}
        assert chef.get("/arbeta/inloggad/", headers=headers).status_code == status


def test_nothing_is_saved_for_a_page_of_another_person(client_for, draft):
    budget = Budget.objects.filter(association=draft.association, adopted_on=None).first()
    line, column = budget.lines.filter(section="cost").first(), budget.columns.last()
    sent = {"cell": f"c-{line.pk}-{column.pk}", "typed": "7", "was": ""}
    answer = client_for("redaktor-sodra").post(
        f"/arbeta/budget/{budget.pk}/cell/", sent, headers={"Page-Person": "999999"}
    )
    assert answer.status_code == 409
    assert not line.amounts.filter(kronor=7).exists()


def token_of(client, page):
    """Return the token of a page's first form, as its browser would send it."""
    html = client.get(page).content.decode()
    return html.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


def strict(username, client_for):
    """Return a client of ``username`` whose forms need their token, as a browser's do."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_for(username).cookies
    return client


STARTS = {
    "a budget": (
        "/arbeta/budget/ny/",
        lambda own: {"association": own.pk, "year": 2041, "columns": ["budget:0"]},
        lambda own: Budget.objects.filter(association=own, year=2041).count(),
    ),
    "a plan": (
        "/arbeta/plan/ny/?kind=plan&association={own}",
        lambda own: {"association": own.pk, "year": 2041, "kind": "plan"},
        lambda own: Plan.objects.filter(association=own, year=2041).count(),
    ),
}


@pytest.mark.parametrize("thing", STARTS)
def test_two_clicks_make_one_and_lead_to_it(client_for, draft, thing):
    page, fields, number = STARTS[thing]
    own, client = draft.association, strict("chef-sodra", client_for)
    page = page.format(own=own.pk)
    sent = fields(own) | {"csrfmiddlewaretoken": token_of(client, page)}
    first, second = client.post(page, sent), client.post(page, sent)
    assert number(own) == 1
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    again = fields(own) | {"csrfmiddlewaretoken": token_of(client, page)}
    back = client.post(page, again)  # Back, and again: a new page of the same form
    assert back["Location"] == first["Location"] and number(own) == 1


def test_a_new_row_is_added_once(client_for, draft):
    budget = Budget.objects.filter(association=draft.association, adopted_on=None).first()
    page, client = f"/arbeta/budget/{budget.pk}/rad/ny/", strict("chef-sodra", client_for)
    html = client.get(page)
    values = {name: html.context["form"][name].value() for name in html.context["form"].fields}
    sent = {name: "" if value is None else value for name, value in values.items()}
    sent |= {"label": "Kvittenblom", "section": "cost", "individual": 100}
    token = token_of(client, page)
    for _ in range(2):
        answer = client.post(page, sent | {"csrfmiddlewaretoken": token})
        assert answer.status_code == 302, answer.context["form"].errors
    again = client.post(page, sent | {"csrfmiddlewaretoken": token_of(client, page)})
    assert again.status_code == 422 and "finns redan" in again.content.decode()
    assert budget.lines.filter(label="Kvittenblom").count() == 1
    wanted = sent | {"twice": "on", "csrfmiddlewaretoken": token_of(client, page)}
    assert client.post(page, wanted).status_code == 302
    assert budget.lines.filter(label="Kvittenblom").count() == 2


def test_a_new_chapter_is_added_once(client_for, draft):
    client = client_for("chef-sodra")
    number = draft.chapters.count()
    first = client.post(f"/arbeta/plan/{draft.pk}/kapitel/nytt/")
    second = client.post(f"/arbeta/plan/{draft.pk}/kapitel/nytt/")
    assert first["Location"] == second["Location"] and draft.chapters.count() == number + 1


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_make_one(client_for):
    own = Plan.objects.filter(association__slug="sodra-vatterbygden").first().association
    client = strict("chef-sodra", client_for)
    page = "/arbeta/budget/ny/"
    fields = STARTS["a budget"][1](own)
    tokens = [token_of(client, page)] * 2 + [token_of(client, page)]
    answers, start = [], threading.Barrier(3)

    def send(token):
        other = Client(enforce_csrf_checks=True)
        other.cookies = client.cookies
        start.wait()
        answers.append(other.post(page, fields | {"csrfmiddlewaretoken": token}))
        connection.close()

    threads = [threading.Thread(target=send, args=[token]) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [302] * 3
    assert len({answer["Location"] for answer in answers}) == 1
    assert Budget.objects.filter(association=own, year=2041).count() == 1


def test_a_corrected_file_of_the_same_size_is_another(rf, chef_sodra):
    keys = []
    for text in (b"2020;2914000", b"2020;2914000", b"2020;2915000"):
        file = SimpleUploadedFile("belopp.csv", text, "text/csv")
        request = rf.post("/arbeta/", {"csrfmiddlewaretoken": "x" * 64, "file": file})
        request.user = chef_sodra
        keys.append(once._key(request, view=None))
        assert request.FILES["file"].read() == text  # it is there for whoever takes it
    assert keys[0] == keys[1] != keys[2]


def test_a_refused_form_may_be_sent_again(client_for):
    client, page = strict("chef-sodra", client_for), "/arbeta/budget/ny/"
    sent = {"year": "x", "csrfmiddlewaretoken": token_of(client, page)}
    assert [client.post(page, sent).status_code for _ in range(2)] == [422, 422]
    assert not FormSent.objects.exists()


def test_one_that_is_at_work_is_told_and_a_broken_one_forgotten(client_for, draft, monkeypatch):
    monkeypatch.setattr(once, "PATIENCE", 0.1)
    client, page = strict("chef-sodra", client_for), "/arbeta/budget/ny/"
    fields = STARTS["a budget"][1](draft.association)
    sent = fields | {"csrfmiddlewaretoken": token_of(client, page)}
    client.post(page, sent)
    FormSent.objects.update(led_to="")
    answer = client.post(page, sent)
    assert answer.status_code == 409 and "inte klar än" in answer.content.decode()
    FormSent.objects.update(sent_at=timezone.now() - timedelta(minutes=3))
    assert client.post(page, sent).status_code == 302
    FormSent.objects.update(sent_at=timezone.now() - timedelta(days=2))
    call_command("forget")
    assert not FormSent.objects.exists()


def test_an_old_page_gives_its_text_back(client_for, draft):
    client = strict("chef-sodra", client_for)
    answer = client.post(f"/arbeta/plan/{draft.pk}/kapitel/1/", {"body": TEXT})
    assert answer.status_code == 403 and "tre tillfällen" in answer.content.decode()
