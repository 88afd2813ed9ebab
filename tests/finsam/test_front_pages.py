"""The start page, an association's front page, the site's pages and the colours."""

import datetime

import pytest

from associations.models import Association
from finsam import overview
from finsam.front_rows import SHOWN
from tests.counting import queries_of
from tests.factories import (
    AssociationFactory,
    BudgetFactory,
    DocumentFactory,
    FigureFactory,
    InterventionFactory,
    MeetingFactory,
    NewsFactory,
    PageFactory,
    ResultFactory,
)

pytestmark = pytest.mark.django_db


def test_the_start_page_gives_each_association_its_money(visitor):
    text = visitor.get("/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "7,5 mnkr" in text
    for association in Association.objects.all():
        assert association.name in text
        assert association.get_absolute_url() in text
    assert "Habo, Jönköping, Mullsjö och Vaggeryd" in text


def test_money_is_the_newest_that_is_published():
    one = AssociationFactory()

    def money():
        return overview.money_by_association([one]).get(one.pk)

    BudgetFactory(association=one, year=2030, contributions=[9])
    assert money() is None
    BudgetFactory(association=one, year=2018, contributions=[100], adopted=True)
    assert (money().kronor, money().year, money().printed) == (100, 2018, False)
    FigureFactory(associations=[one], year=2017, value=50)
    assert money().year == 2018
    FigureFactory(associations=[one], year=2020, value=200)
    assert (money().kronor, money().year, money().printed) == (200, 2020, True)
    printed_in = DocumentFactory(associations=[one])
    BudgetFactory(association=one, year=2021, contributions=[300], published_in=printed_in)
    assert (money().kronor, money().year, money().printed) == (300, 2021, False)


def test_one_result_that_the_public_may_see(visitor):
    one = AssociationFactory()
    intervention = InterventionFactory(lead=one)
    ResultFactory(
        intervention=intervention, measure="Till arbete", women=None, men=None, total=4,
        base_count=33,
    )  # fmt: skip
    assert " 4 av 33" not in visitor.get("/").content.decode()
    ResultFactory(
        intervention=intervention, measure="Till arbete", women=None, men=None, total=14,
        base_count=33, year=2020, period="2020",
    )  # fmt: skip
    text = visitor.get("/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "14 av 33 (42 %) till arbete, 2020." in text


def test_the_association_page_tells_what_comes_next(visitor):
    one = AssociationFactory(vision="Alla får plats.")
    soon = datetime.date.today() + datetime.timedelta(days=3)
    MeetingFactory(associations=[one], date=soon, year=soon.year, title="Mötet som kommer")
    MeetingFactory(associations=[one], public=False, title="Mötet som är hemligt")
    text = visitor.get(one.get_absolute_url()).content.decode()
    assert "Alla får plats." in text and "Mötet som kommer" in text
    assert "hemligt" not in text


def test_pages_and_their_absence(visitor):
    page = PageFactory(body="Text med **vikt**.")
    assert "<strong>vikt</strong>" in visitor.get(page.get_absolute_url()).content.decode()
    assert visitor.get("/om/finns-inte/").status_code == 404


def test_colours_are_css_with_an_etag(visitor):
    response = visitor.get("/farger.css")
    css = response.content.decode()
    assert response["Content-Type"].startswith("text/css")
    assert '[data-association="hoglandet"] { --accent: #2b6438; }' in css
    again = visitor.get("/farger.css", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


def test_only_colours_reach_the_stylesheet(visitor):
    AssociationFactory(slug="fult", colour="red;}}")
    assert "fult" not in visitor.get("/farger.css").content.decode()


def test_front_pages_hold_their_query_count_with_thirty_associations(visitor):
    addresses = ["/", "/hoglandet/", "/farger.css"]
    before = [queries_of(visitor, address) for address in addresses]
    hoglandet = Association.objects.get(slug="hoglandet")
    for one in AssociationFactory.create_batch(27, members=2):
        intervention = InterventionFactory(lead=one, associations=[one, hoglandet])
        ResultFactory(intervention=intervention, women=20, men=20, base_count=60)
        BudgetFactory(association=one, costs=[(intervention, 1000)], adopted=True)
        FigureFactory(associations=[one], year=2019)
        MeetingFactory(associations=[one, hoglandet])
        NewsFactory(associations=[one, hoglandet])
        InterventionFactory(lead=None, associations=[one, hoglandet])
    after = [queries_of(visitor, address) for address in addresses]
    assert Association.objects.count() == 30
    assert all(then <= now for then, now in zip(after, before, strict=True))  # not all places


def test_the_old_address_of_the_mark_leads_to_it(visitor):
    answer = visitor.get("/favicon.ico")
    assert answer.status_code == 302 and answer.url.endswith(".svg")


def test_the_way_to_a_new_password_comes_after_the_field(visitor):
    page = visitor.get("/konto/login/").content.decode()
    assert page.index('id="id_password"') < page.index('id="id_password_helptext"')


def test_an_associations_page_shows_some_and_counts_all(visitor):
    one = AssociationFactory()
    InterventionFactory.create_batch(SHOWN + 1, lead=one)
    InterventionFactory.create_batch(SHOWN + 2, lead=one, last_year=2012)
    response = visitor.get(one.get_absolute_url())
    text = response.content.decode()
    assert (len(response.context["own"]), len(response.context["ended"])) == (SHOWN, SHOWN)
    assert f"De {SHOWN} senaste av {SHOWN + 2} avslutade insatser" in text
    assert "Alla insatser, att söka bland" in text
    assert "<strong>63</strong> egna insatser: 32 är avslutade, 31 utan känt slut" in text


def test_what_goes_on_comes_first_then_the_best_known(visitor):
    """The database's order is the one that the page's own words give."""
    one, now = AssociationFactory(), datetime.date.today().year

    def source(year):
        return DocumentFactory(associations=[one], year=year)

    def named(name, **facts):
        return InterventionFactory(lead=one, name=name, **facts)

    named("A utan uppgifter")
    named("B källa", source=source(2016))
    told = named("C resultat", source=source(2012))
    for year in (2014, 2018):
        ResultFactory(intervention=told, source=source(year))
    planned = named("D budget", source=source(2013))
    BudgetFactory(association=one, year=2019, costs=[(planned, 1000)], adopted=True)
    named("E pågår utan uppgifter", last_year=now)
    named("F pågår", last_year=now + 1, source=source(2015))
    named("G slut", last_year=2011)
    named("H slut", last_year=2010, source=source(2010))
    context = visitor.get(one.get_absolute_url()).context
    assert [each.name[0] for each in context["own"]] == list("FEDCBA")
    assert [each.name[0] for each in context["ended"]] == list("HG")
    for shown in (context["own"], context["ended"]):
        reach = [max(each.planned_to or 0, each.told_in) for each in shown]
        order = [(each.state != "ongoing", -year) for each, year in zip(shown, reach, strict=True)]
        assert order == sorted(order)
    assert vars(context["states"]) == {"ongoing": 2, "ended": 2, "unknown": 4}
