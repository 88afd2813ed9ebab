"""How often a page is reviewed: the reader is told, the staff's lists begin with what is due."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interventions import reviewing
from interventions.models import Intervention
from tests.counting import queries_of
from tests.factories import AssociationFactory, InterventionFactory

DAYS = st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 31))


@given(DAYS, st.integers(1, 60))
def test_months_after_is_the_same_day_or_the_months_last(day, months):
    later = reviewing.months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    last = (later + datetime.timedelta(days=1)).month != later.month
    assert later.day == day.day or (last and later.day < day.day)


def test_the_rhythm_in_words():
    assert reviewing.rhythm(1) == "varje månad"
    assert reviewing.rhythm(6) == "var sjätte månad"
    assert reviewing.rhythm(12) == "varje år"
    assert reviewing.rhythm(18) == "var 18:e månad"
    assert reviewing.rhythm(21) == "var 21:a månad"


@pytest.mark.django_db
@pytest.mark.parametrize("today", ["2025-02-28", "2025-03-01", "2024-02-29", "2025-08-31"])
def test_the_database_and_the_calendar_agree(today, monkeypatch):
    today = datetime.date.fromisoformat(today)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: today)
    one = AssociationFactory(review_months=6)
    days = [today - datetime.timedelta(days=each) for each in range(170, 200)]
    for day in days:
        InterventionFactory(lead=one, reviewed_on=day)
    rows = Intervention.objects.with_review().filter(lead=one)
    assert {each.review_overdue for each in rows} == {True, False}
    for each in rows:
        assert each.review_overdue == (today > each.review_due_on), each.reviewed_on


@pytest.mark.django_db
def test_whose_rhythm_and_what_is_due():
    year = datetime.date.today().year
    seldom, often = AssociationFactory(review_months=24), AssociationFactory(review_months=3)
    own = InterventionFactory(lead=seldom, review_months=2, associations=[seldom, often])
    led = InterventionFactory(lead=seldom, associations=[seldom, often])
    joint = InterventionFactory(lead=None, associations=[seldom, often])
    ended = InterventionFactory(lead=often, last_year=year - 1)
    draft = InterventionFactory(lead=often, public=False)
    known = {each.pk: each for each in Intervention.objects.with_review()}
    assert [known[each.pk].review_every for each in (own, led, joint)] == [2, 24, 3]
    assert known[own.pk].review_overdue  # never reviewed
    assert not known[ended.pk].review_overdue and not known[draft.pk].review_overdue


@pytest.mark.django_db
def test_the_reader_is_told_calmly(visitor):
    one = AssociationFactory(review_months=6)
    page = InterventionFactory(
        lead=one, reviewed_on=datetime.date(2020, 5, 13), reviewed_by="redaktör"
    )
    text = visitor.get(page.get_absolute_url()).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "Senast granskad 13 maj 2020, ska ses över var sjätte månad" in text
    assert "kan vara gamla" in text
    page.reviewed_on = datetime.date.today()
    page.save()
    text = visitor.get(page.get_absolute_url()).content.decode()
    assert "kan vara gamla" not in text and "av redaktör" in text


@pytest.mark.django_db
def test_one_click_says_that_it_was_reviewed(visitor, client_for):
    page = Intervention.objects.get(slug="it-sparet")
    deed = f"/arbeta/insatser/{page.pk}/granskad/"
    assert "Granskad i dag" not in visitor.get(page.get_absolute_url()).content.decode()
    chef = client_for("chef-hoglandet")
    assert deed in chef.get(page.get_absolute_url()).content.decode()
    answer = chef.post(deed, {"back": "page"})
    assert (answer.status_code, answer["Location"]) == (302, page.get_absolute_url())
    page.refresh_from_db()
    assert page.reviewed_on == datetime.date.today()
    assert page.reviewed_by == "förbundschef, Höglandet"
    record = page.history.latest()
    assert record.history_user.username == "chef-hoglandet"
    assert "chef-hoglandet" not in visitor.get(page.get_absolute_url()).content.decode()
    assert chef.get(deed).status_code == 405


@pytest.mark.django_db
def test_only_who_may_change_it_reviews_it(visitor, client_for):
    theirs = Intervention.objects.get(slug="uppdrag-samverkan")  # Höglandet's
    deed = f"/arbeta/insatser/{theirs.pk}/granskad/"
    assert client_for("chef-sodra").post(deed).status_code == 404
    enter = Intervention.objects.get(slug="enter")
    deed = f"/arbeta/insatser/{enter.pk}/granskad/"
    for name in ("styrelse-sodra", "revisor-sodra"):
        assert client_for(name).post(deed).status_code == 403
        assert deed not in client_for(name).get(enter.get_absolute_url()).content.decode()
        assert deed not in client_for(name).get("/arbeta/insatser/").content.decode()
    assert visitor.post(deed).status_code == 401
    enter.refresh_from_db()
    assert enter.reviewed_on is None


@pytest.mark.django_db
def test_what_is_due_stands_first_and_the_list_holds_its_queries(client_for, chef_hoglandet):
    own = chef_hoglandet.associations.get()
    Intervention.objects.get(slug="lanssamarbete").mark_reviewed(chef_hoglandet)
    chef = client_for("chef-hoglandet")
    page = chef.get("/arbeta/insatser/")
    rows = [row.record for row in page.context["table"].rows]
    flags = [row.review_overdue for row in rows]
    assert flags == sorted(flags, reverse=True) and True in flags
    assert "Aldrig granskad" in page.content.decode()
    assert "Sidor att granska" in chef.get("/arbeta/").content.decode()
    before = [queries_of(chef, address) for address in ("/arbeta/", "/arbeta/insatser/")]
    for _ in range(12):
        InterventionFactory(lead=own)
    assert [queries_of(chef, address) for address in ("/arbeta/", "/arbeta/insatser/")] == before


@pytest.mark.django_db
def test_nothing_is_public_before_one_says_so_and_it_is_whole(client_for, chef_hoglandet):
    assert Intervention._meta.get_field("public").default is False
    own = chef_hoglandet.associations.get()
    draft = InterventionFactory(lead=own, public=False, target_group="")
    assert draft.missing_to_publish() == ["Skriv för vem insatsen är. Den ger stöd till enskilda."]
    chef = client_for("chef-hoglandet")
    address = f"/admin/interventions/intervention/{draft.pk}/change/"
    page = chef.get(address)
    assert "Skriv för vem insatsen är" in page.content.decode()
    form = page.context["adminform"].form
    sent = {name: value for name, value in form.initial.items() if value not in (None, [])}
    sent |= {"associations": [own.pk], "lead": own.pk, "public": "on"}
    for formset in page.context["inline_admin_formsets"]:
        management = formset.formset.management_form
        sent |= {management.add_prefix(name): value for name, value in management.initial.items()}
    refused = chef.post(address, sent)
    assert refused.status_code == 200
    assert refused.context["adminform"].form.errors == {"public": draft.missing_to_publish()}
    assert chef.post(address, sent | {"target_group": "Unga."}).status_code == 302
    draft.refresh_from_db()
    assert draft.public
