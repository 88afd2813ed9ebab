"""The page of contributions: 2020's printed figures, bad input, and writing into a draft."""

from urllib.parse import urlencode

import pytest
from django.utils.html import strip_tags

from associations.models import Access, Organisation, Population
from associations.roles import ensure_roles
from budgets.models import Amount, Budget, BudgetColumn
from tests.counting import queries_of
from tests.factories import AssociationFactory, MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

PAGE = "/arbeta/bidrag/sodra-vatterbygden/2020/"
NO_BREAK = "\u00a0"


def words(response):
    """Return the page's words, with ordinary spaces."""
    return " ".join(strip_tags(response.content.decode()).replace(NO_BREAK, " ").split())


def column_2020(budget):
    return budget.columns.get(year=2020, kind=BudgetColumn.Kind.BUDGET)


def contributions_in(column):
    lines = Amount.objects.filter(column=column, line__organisation__isnull=False)
    return dict(lines.values_list("line__label", "kronor"))


def test_the_bare_address_gives_the_common_rate_of_2020(chef):
    response = chef.get(PAGE)
    sheet = response.context["sheet"]
    amounts = {row.key: row.amount for row in sheet.rows}
    assert (amounts["region"], amounts["state"]) == (1_669_800, 3_339_600)
    assert {row.key for row in sheet.rows if row.binds} == {"jonkoping", "mullsjo"}
    assert sheet.answer.matched_total == 11_200_000
    text = words(response)
    assert "Jönköping och Mullsjö sätter gränsen: bidragen kan bli 6 679 200 kr" in text
    assert "2 260 400 kr av statens erbjudande blir kvar (2 260 tkr)" in text
    assert "Räknat med gemensam ökning" in text
    assert "Jönköping och Mullsjö godtar minst: 10 %" in text
    assert "11 200 000 kr hade det blivit om alla hade mött erbjudandet" in text
    assert "Jönköping ▶ sätter gränsen 1 348 270 1 225 700 1 348 200 +122 500 9,99 %" in text
    assert "Om Jönköping och Mullsjö båda godtog en procent till" in text
    assert "30 200 kr mer tillsammans, och staten lika mycket: 60 400 kr mer" in text


def test_by_key_jonkoping_alone_binds(chef):
    response = chef.get(PAGE, {"lasning": "nyckel"})
    assert response.context["sheet"].answer.binding == ("jonkoping",)
    text = words(response)
    assert "Räknat efter nyckel" in text and "Jönköping når gränsen först" in text
    assert "en fjärdedel 1 673 936 kr och allt 6 695 743 kr" in text
    assert "80,54 %" in text


def test_the_address_holds_everything(chef):
    asked = {
        "erbjudande": "4 000 000",
        "lasning": "nyckel",
        "nyckel": "fryst",
        "avrundning": "1000",
        "matt-habo": "kronor",
        "hojning-habo": "5 000",
    }
    response = chef.get(PAGE, asked)
    answer = response.context["sheet"].answer
    assert (answer.state_offer, answer.unit, answer.binding) == (4_000_000, 1000, ("habo",))
    assert response.context["form"]["hojning-habo"].value() == "5 000"
    again = chef.get(response.context["meeting"])
    assert again.context["sheet"] == response.context["sheet"]
    assert chef.get(again.context["back"]).context["sheet"] == response.context["sheet"]


def test_the_states_offer_can_bind(chef):
    text = words(chef.get(PAGE, {"erbjudande": "3000000"}))
    assert "Statens erbjudande sätter gränsen: bidragen kan bli 6 000 000 kr" in text
    assert "ger inget mer från staten" in text


def test_uneven_fourths_are_told(chef):
    text = words(chef.get(PAGE, {"forra-region": "3000000"}))
    assert "kommunerna betalade 1 518 000 kr tillsammans 2019 men regionen 3 000 000 kr" in text


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("erbjudande", "5,6", "har öre"),
        ("erbjudande", "1.000", "kan läsas på flera sätt"),
        ("erbjudande", "", "Skriv hur mycket staten erbjuder"),
        ("erbjudande", "-5", "mindre än noll"),
        ("hojning-habo", "12.5", "Skriv decimaler efter ett komma"),
        ("hojning-habo", "1,000", "kan läsas på två sätt"),
        ("hojning-habo", "20 kr", "är kronor"),
        ("hojning-habo", "tjugo", "är inget tal"),
        ("hojning-habo", "-101", "större än hela bidraget"),
        ("hojning-habo", "1001", "högst 1\u00a0000 procent"),
        ("hojning-habo", "", "hur mycket medlemmen godtar"),
        ("forra-habo", "106400,50", "har öre"),
        ("del-habo", "", "Skriv kommunens del"),
        ("del-habo", "-1", "mindre än noll"),
    ],
)
def test_bad_input_is_told_at_the_field_and_stays(chef, name, typed, sentence):
    response = chef.get(PAGE, {"lasning": "nyckel", name: typed})
    form = response.context["form"]
    assert response.status_code == 200 and response.context["sheet"] is None
    assert list(form.errors) == [name]
    assert sentence in form.errors[name][0]
    assert form[name].value() == typed
    assert chef.get(f"{PAGE}medlemssamrad/", {name: typed, "lasning": "nyckel"}).url == (
        f"{PAGE}?{urlencode({field.html_name: field.value() or '' for field in form})}"
    )


def test_an_unknown_year_asks_for_figures_and_blames_nobody(chef):
    response = chef.get("/arbeta/bidrag/finnveden/2020/")
    assert not response.context["form"].is_bound
    assert "Här kommer svaret" in words(response)
    assert chef.get("/arbeta/bidrag/finnveden/1815/").status_code == 404


def test_inhabitants_are_offered_when_all_are_known(chef):
    for organisation in Organisation.objects.filter(
        kind="municipality", memberships__association__slug="sodra-vatterbygden"
    ):
        Population.objects.create(organisation=organisation, date="2019-07-01", inhabitants=1000)
    response = chef.get(PAGE, {"lasning": "nyckel"})
    shares = {row.share for row in response.context["sheet"].rows if row.share}
    assert shares == {f"25{NO_BREAK}%"}
    assert "hur många som bodde i varje kommun den 1 juli 2019" in words(response)


@pytest.mark.parametrize("username", ["chef-hoglandet", "styrelse-sodra", "revisor-sodra"])
def test_who_may_see_and_write(client_for, draft, username):
    client = client_for(username)
    foreign = username == "chef-hoglandet"
    for address in (PAGE, f"{PAGE}medlemssamrad/"):
        assert client.get(address).status_code == (404 if foreign else 200)
    assert "Skriv bidragen i utkastet" not in words(client.get(PAGE))
    before = contributions_in(column_2020(draft))
    refused = client.post(f"{PAGE}skriv/", {"kolumn": column_2020(draft).pk})
    assert refused.status_code == (404 if foreign else 403)
    assert contributions_in(column_2020(draft)) == before


def test_a_visitor_is_asked_to_log_in(visitor):
    assert visitor.get(PAGE).status_code == 302


def test_written_into_a_draft_with_history_and_version(chef, chef_sodra, draft):
    page = chef.get(PAGE, {"lasning": "gemensam"})
    assert page.context["target"]["kolumn"].value() == column_2020(draft).pk
    response = chef.post(page.context["writing"], {"kolumn": column_2020(draft).pk})
    assert response.url == f"/arbeta/budget/{draft.pk}/"
    assert contributions_in(column_2020(draft)) == {
        "Habo kommun": 117_100,
        "Jönköpings kommun": 1_348_200,
        "Mullsjö kommun": 71_700,
        "Vaggeryds kommun": 132_800,
        "Region Jönköpings län": 1_669_800,
        "Staten genom Försäkringskassan": 3_339_600,
    }
    version = draft.version
    draft.refresh_from_db()
    assert draft.version == version + 1
    last = Amount.history.filter(column=column_2020(draft), kronor=117_100).latest()
    assert (last.history_user, last.prev_record.kronor) == (chef_sodra, 118_400)
    told = words(chef.get(response.url))
    assert "Habo kommun 118 400 → 117 100 kr" in told
    again = chef.post(page.context["writing"], {"kolumn": column_2020(draft).pk}, follow=True)
    assert "Inget ändrades" in words(again)


def test_a_missing_line_is_named_and_nothing_is_written(chef, draft):
    draft.lines.get(label="Mullsjö kommun").delete()
    before = contributions_in(column_2020(draft))
    response = chef.post(f"{PAGE}skriv/", {"kolumn": column_2020(draft).pk})
    assert response.status_code == 422
    assert "Mullsjö har ingen intäktsrad i utkastet" in words(response)
    assert contributions_in(column_2020(draft)) == before


def test_an_adopted_or_foreign_column_is_no_choice(chef):
    for budget in Budget.objects.filter(adopted_on__isnull=False) | Budget.objects.filter(
        association__slug="hoglandet"
    ):
        column = budget.columns.first()
        before = contributions_in(column)
        response = chef.post(f"{PAGE}skriv/", {"kolumn": column.pk})
        assert response.status_code == 422
        assert "Kolumnen finns inte längre i något utkast" in words(response)
        assert contributions_in(column) == before
    assert chef.post(f"{PAGE}skriv/").status_code == 422
    assert chef.get(f"{PAGE}skriv/").status_code == 405


def test_the_page_holds_its_query_count(client_for, chef_sodra):
    ensure_roles()
    association = AssociationFactory(members=1)
    region = OrganisationFactory(kind="region")
    MembershipFactory(association=association, organisation=region)
    Access.objects.create(user=chef_sodra, association=association)
    client = client_for("chef-sodra")
    address = f"/arbeta/bidrag/{association.slug}/2020/"
    before = queries_of(client, address)
    for _ in range(20):
        membership = MembershipFactory(association=association)
        Population.objects.create(
            organisation=membership.organisation, date="2019-07-01", inhabitants=1000
        )
    assert queries_of(client, address) == before <= 16
    assert queries_of(client, PAGE) <= 18


def test_the_starting_numbers_name_their_source(chef):
    page = chef.get(PAGE)
    assert page.context["known"].printed_in
    assert f"börjar med det som står i {page.context['known'].printed_in[0]}" in words(page)
