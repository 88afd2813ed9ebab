"""The finder: what is offered gives a hit, what isn't known is asked about, nothing is lost."""

import csv
import io
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from interventions.finder_page import questions, within
from interventions.finding import AXES, Finder
from interventions.models import Intervention, Referrer, Situation
from interventions.public_filters import PersonFilter
from tests.counting import queries_of
from tests.factories import AssociationFactory, InterventionFactory

pytestmark = pytest.mark.django_db

FIND = "/insatser/hitta/"


def everyone():
    return Intervention.objects.published().for_persons()


def chosen(query):
    """Return the filter of an address's query as the finder makes it."""
    return PersonFilter(QueryDict(query.lstrip("?")), queryset=everyone())


def hits(response, part="passar"):
    """Return the names in one group of the finder's page."""
    parts = response.context["parts"]
    return [hit.intervention.name for hit in parts[part].hits] if part in parts else []


def test_the_right_one_for_a_person_in_nassjo(visitor):
    answers = {
        "kommun": "Nässjö", "alder": "24", "forsorjning": "aktivitetsersattning",
        "remitterar": "forsakringskassan",
    }  # fmt: skip
    tried = 0
    for axis in answers:  # any three of the four, and all
        response = visitor.get(FIND, {each: answers[each] for each in answers if each != axis})
        assert hits(response)[0] == "Supported Employment på Höglandet", axis
        tried += 1
    assert tried == 4
    response = visitor.get(FIND, answers)
    assert hits(response) == ["Supported Employment på Höglandet"]
    assert hits(response, "fraga") == ["IT-spåret"]
    told = response.content.decode()
    assert "Källorna säger inte för vilken försörjning." in told
    assert "Källorna säger inte vem som remitterar." in told


@settings(max_examples=40)
@given(st.data())
def test_every_offered_choice_gives_a_hit_however_one_goes(django_db_blocker, data):
    """From choice to choice at random: the number beside each is how many it leads to."""
    query, steps = QueryDict("", mutable=True), data.draw(st.integers(0, 4))
    for _ in range(steps):
        found = chosen(query.urlencode())
        offered = [
            (option, url)
            for question in questions(query, found.finder, everyone())
            for option, url in question.options
        ]
        if not offered:
            break
        option, url = data.draw(st.sampled_from(offered))
        query = QueryDict(url.lstrip("?"), mutable=True)
        fits = [each for each in chosen(url).qs if each.fits]
        ended = sum(each.has_ended for each in fits)
        assert (option.number, option.ended) == (len(fits) - ended, ended)
        assert fits


@settings(max_examples=40)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "kommun": st.sampled_from(["Nässjö", "Vaggeryd", "Gnosjö"]),
            "alder": st.integers(15, 70),
            "vem": st.sampled_from(["ung", "nyanland"]),
            "halsa": st.sampled_from(["neuropsykiatrisk", "ohalsa", "missbruk"]),
            "forsorjning": st.sampled_from(["aktivitetsersattning", "forsorjningsstod"]),
            "remitterar": st.sampled_from(["forsakringskassan", "sjalv"]),
        },
    )
)
def test_only_what_is_known_not_to_fit_is_left_out(answers):
    """Read one by one in plain Python, each that is left out is refused by a known fact."""
    query = QueryDict("", mutable=True)
    query.update({axis: str(value) for axis, value in answers.items()})
    found = chosen(query.urlencode())
    kept = {each.pk for each in found.qs} if answers else set()
    by_slug = {each.slug: each for each in Situation.objects.all()}
    for each in everyone() if answers else []:
        refused = any(_refuses(each, axis, value, by_slug) for axis, value in answers.items())
        assert (each.pk in kept) is not refused, (each.name, answers)


def _refuses(each, axis, value, by_slug):
    """Tell whether a known fact of the intervention ``each`` says no to ``value``."""
    if axis == "kommun":
        local = {place.short_name for place in each.municipalities.all()}
        around = {
            member.organisation.short_name
            for owner in each.associations.all()
            for member in owner.memberships.filter(organisation__kind="municipality")
        }
        return value not in (local or around or {value})
    if axis == "alder":
        below = each.age_from is not None and value < each.age_from
        return below or (each.age_to is not None and value > each.age_to)
    if axis == "remitterar":
        known = {referrer.slug for referrer in each.referrers.all()}
        return bool(known) and value not in known
    asked = by_slug[value]
    family = {asked.pk, asked.broader_id} | {part.pk for part in asked.narrower.all()}
    own = {situation.pk for situation in each.situations.filter(kind=asked.kind)}
    first = {situation.pk for situation in each.first_situations.all()}
    return bool(own) and not (own & family) and not (first & {asked.pk, asked.broader_id})


def test_what_is_not_known_may_fit_and_says_what_to_ask(visitor):
    one = AssociationFactory(members=1)
    place = one.members.get().short_name
    InterventionFactory(lead=one, name="Okänd")
    first = InterventionFactory(lead=one, name="Först", first_age_from=18, first_age_to=29)
    first.first_situations.add(Situation.objects.get(slug="psykisk-ohalsa"))
    narrow = InterventionFactory(lead=one, name="Smal")
    narrow.situations.add(Situation.objects.get(slug="neuropsykiatrisk"))
    InterventionFactory(lead=one, name="Oklar", individual_percent=None)
    response = visitor.get(FIND, {"kommun": place, "alder": 40, "halsa": "funktionsnedsattning"})
    assert hits(response) == []
    doubts = {hit.intervention.name: hit.doubts for hit in response.context["parts"]["fraga"].hits}
    health = "Källorna säger inte för vilken ohälsa eller funktionsnedsättning."
    assert doubts == {
        "Okänd": ("Källorna säger inte för vilka åldrar.", health),
        "Först": (
            "18–29 år går först. Källorna säger inte för vilka andra åldrar.",
            "Går först: psykisk ohälsa. Källorna säger inte för vilka andra.",
        ),
        "Smal": (
            "Källorna säger inte för vilka åldrar.",
            "Riktar sig till: neuropsykiatrisk funktionsnedsättning.",
        ),
        "Oklar": (
            "Källorna säger inte för vilka åldrar.", health,
            "Källorna säger inte om enskilda kan få plats.",
        ),
    }  # fmt: skip
    assert hits(response, "fraga") == ["Först", "Okänd", "Smal", "Oklar"]  # the most known first
    assert response.context["ways_out"] == []  # no single choice stands in the way
    response = visitor.get(FIND, {"kommun": place, "halsa": "neuropsykiatrisk", "alder": 40})
    assert [(way.axis, way.number) for way in response.context["ways_out"]] == [("alder", 1)]


def test_an_ended_one_is_found_marked_with_what_came_after(visitor):
    one = AssociationFactory(members=1)
    place = one.members.get().short_name
    old = InterventionFactory(lead=one, name="Gammal", last_year=2012)
    new = InterventionFactory(lead=one, name="Ny väg")
    secret = InterventionFactory(lead=one, name="Hemligt utkast", public=False)
    old.succeeded_by.add(new, secret)
    response = visitor.get(FIND, {"kommun": place})
    assert (hits(response), hits(response, "avslutade")) == (["Ny väg"], ["Gammal"])
    told = response.content.decode()
    assert "Avslutad" in told and "Efter den kom" in told and "Hemligt utkast" not in told
    old.succeeded_by.clear()
    told = visitor.get(FIND, {"kommun": place}).content.decode()
    assert "Källorna säger inte vad som kom efter." in told


def test_no_hit_names_the_choice_that_stands_in_the_way(visitor):
    response = visitor.get(FIND, {"kommun": "Habo", "vem": "nyanland"})
    assert hits(response) == []
    assert {way.axis for way in response.context["ways_out"]} == {"kommun", "vem"}
    assert [each.slug for each in response.context["to_ask"]] == ["sodra-vatterbygden"]
    assert 'href="/sodra-vatterbygden/om/"' in response.content.decode().split("<main")[1]
    for way in response.context["ways_out"]:
        assert len(hits(visitor.get(FIND + way.url))) == way.number > 0


def test_at_most_a_few_come_first_and_the_rest_by_pages(visitor):
    one = AssociationFactory(members=1)
    place = one.members.get().short_name
    InterventionFactory.create_batch(33, lead=one)
    first = visitor.get(FIND, {"kommun": place})
    assert len(hits(first)) == 5 and "Visa alla 33" in first.content.decode()
    whole = [visitor.get(FIND, {"kommun": place, "visa": "passar", "page": n}) for n in (1, 2)]
    assert len({name for page in whole for name in hits(page)}) == 33


def test_a_strange_choice_is_said_and_the_others_stay(visitor):
    response = visitor.get(FIND, {"kommun": "Nässjö", "alder": "gammal", "vem": "kung"})
    assert response.status_code == 200 and response.context["filter"].form.errors
    assert [choice.name for choice in response.context["choices"]] == ["Nässjö"]


def test_the_address_holds_the_choices_and_works_without_a_cookie(visitor):
    response = visitor.get(FIND, {"kommun": "Nässjö"})
    assert not response.cookies
    link = within(QueryDict("kommun=Nässjö&page=2&visa=passar"), "vem", "ung")
    assert parse_qs(urlsplit(link).query) == {"kommun": ["Nässjö"], "vem": ["ung"]}
    form = unescape(response.content.decode())
    assert '<input type="hidden" name="kommun" value="Nässjö">' in form


def test_the_finder_and_the_lists_hold_their_query_count(visitor):
    one = AssociationFactory(members=1)
    place = one.members.get().short_name
    words = list(Situation.objects.all()), list(Referrer.objects.all())

    def more(number):
        for each in InterventionFactory.create_batch(number, lead=one):
            each.situations.set(words[0][:3])
            each.referrers.set(words[1][:2])
            InterventionFactory(lead=one, last_year=2012).succeeded_by.add(each)

    asked = [
        FIND,
        f"{FIND}?kommun={place}&vem=ung&remitterar=forsakringskassan",
        "/insatser/",
        f"/insatser/?kommun={place}&vem=ung",
        "/insatser/?format=csv",
    ]
    more(2)
    before = [queries_of(visitor, address) for address in asked]
    more(40)
    assert [queries_of(visitor, address) for address in asked] == before
    assert max(before) <= 26


def test_the_file_holds_the_chosen_rows_and_only_what_is_public(visitor):
    one = AssociationFactory(members=1)
    place = one.members.get().short_name
    InterventionFactory(lead=one, name="=Sum", age_from=18, age_to=29)
    InterventionFactory(lead=one, name="Utkast", public=False)
    unsure = InterventionFactory(lead=one, name="Oviss")
    sent = visitor.get("/insatser/", {"kommun": place, "alder": 20, "format": "csv"})
    assert sent.headers["Content-Disposition"] == 'attachment; filename="insatser.csv"'
    lines = io.StringIO(sent.content.decode("utf-8-sig"))
    rows = list(csv.DictReader(lines, delimiter=";"))
    assert [(row["insats"], row["passar valen"]) for row in rows] == [
        ("'=Sum", "ja"), ("Oviss", "kanske"),
    ]  # fmt: skip
    assert rows[1]["adress"] == f"http://testserver{unsure.get_absolute_url()}"
    whole = visitor.get("/insatser/?format=csv").content.decode()
    assert "Utkast" not in whole and whole.count("http://testserver/") > 40


def test_the_list_has_pages(visitor):
    one = AssociationFactory()
    InterventionFactory.create_batch(65, lead=one)
    address = f"/{one.slug}/insatser/"
    seen = []
    for number in (1, 2, 3):
        groups = visitor.get(address, {"page": number}).context["groups"]
        seen += [each.pk for group in groups for each in group["interventions"]]
        assert groups[0]["number"] == 65
    assert len(seen) == len(set(seen)) == 65


def test_axes_are_the_filters_of_a_person():
    assert set(AXES) == set(PersonFilter.base_filters)


def test_what_is_counted_before_any_choice_follows_words_years_and_places(visitor):
    """The kept queries answer as fresh ones do, whatever was stored after they were made."""

    def offered(finder):
        return finder.options(everyone())

    def fresh(finder):
        """Count each option by itself, by the rule that a choice of it follows."""
        found = {}
        for axis, words in finder.vocabulary.choices().items():
            fitting = {
                value: Finder(finder.vocabulary, {axis: value}).sure(everyone())
                for value in dict(words)
            }
            found[axis] = [
                (value, rows.lasting().count(), rows.ended().count())
                for value, rows in fitting.items()
                if rows.exists()
            ]
        return found

    def both():
        finder = chosen("").finder
        told = {
            axis: [(each.value, each.number, each.ended) for each in options]
            for axis, options in offered(finder).items()
        }
        assert told == fresh(finder)
        return told

    before = both()
    narrow = Situation.objects.create(
        name="Ny", slug="ny", kind="health", broader=Situation.objects.get(slug="ohalsa")
    )
    Referrer.objects.create(name="Ingen", slug="ingen")  # gives no hit, so isn't offered
    one = InterventionFactory(individual_percent=100, last_year=2001, public=True)
    one.first_situations.add(narrow)
    after = both()
    ended = {value: number for value, _, number in after["halsa"]}
    assert ended["ny"] == ended["ohalsa"] + 1
    assert after != before and "ingen" not in [each[0] for each in after["remitterar"]]
    Intervention.objects.update(public=False)
    assert not any(both().values())


def test_the_start_page_names_no_place_where_nothing_surely_fits(visitor):
    own = AssociationFactory(members=1)
    place = own.members.get().short_name
    unknown = InterventionFactory(lead=own, individual_percent=None)
    assert f">{place}</a>" not in visitor.get("/").content.decode()
    unknown.individual_percent = 100
    unknown.save()
    assert f">{place}</a>" in visitor.get("/").content.decode()
