"""The public pages of interventions, as a visitor meets them."""

import datetime

import pytest

from interventions.models import AlternativeName, Intervention
from tests.counting import queries_of
from tests.factories import (
    AssociationFactory,
    BudgetFactory,
    DocumentFactory,
    FinancingFactory,
    GoalFactory,
    InterventionFactory,
    OrganisationFactory,
    ResultFactory,
)

pytestmark = pytest.mark.django_db


def text_of(response):
    """Return the page's text with no-break spaces as ordinary ones."""
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_a_shared_intervention_has_one_address(visitor):
    lead, other = AssociationFactory.create_batch(2)
    shared = InterventionFactory(lead=lead, associations=[lead, other])
    assert shared.get_absolute_url() == f"/{lead.slug}/insatser/{shared.slug}/"
    assert visitor.get(shared.get_absolute_url()).status_code == 200
    for address in (f"/{other.slug}/insatser/{shared.slug}/", f"/insatser/{shared.slug}/"):
        response = visitor.get(address)
        assert (response.status_code, response["Location"]) == (301, shared.get_absolute_url())


def test_a_joint_intervention_lives_with_the_whole_site(visitor):
    one = AssociationFactory()
    joint = InterventionFactory(lead=None, associations=[one])
    assert visitor.get(f"/insatser/{joint.slug}/").status_code == 200
    response = visitor.get(f"/{one.slug}/insatser/{joint.slug}/")
    assert (response.status_code, response["Location"]) == (301, f"/insatser/{joint.slug}/")


def test_what_is_not_public_or_not_theirs_is_not_found(visitor):
    stranger = AssociationFactory()
    hidden = InterventionFactory(public=False)
    open_one = InterventionFactory()
    for address in (
        hidden.get_absolute_url(),
        f"/insatser/{hidden.slug}/",
        f"/{stranger.slug}/insatser/{open_one.slug}/",
        "/insatser/finns-inte/",
    ):
        assert visitor.get(address).status_code == 404
    assert hidden.name not in text_of(visitor.get("/insatser/"))


def test_goal_beside_result_with_base_and_period(visitor):
    goal = GoalFactory(target=40)
    ResultFactory(
        intervention=goal.intervention, goal=goal, measure="Till arbete eller studier",
        women=None, men=None, total=9, base_count=19, base="avslutade", period="2019",
        year=2019,
    )  # fmt: skip
    text = text_of(visitor.get(goal.intervention.get_absolute_url()))
    assert "Mål: 40 %, ett annat år" in text and "nått" not in text
    goal.year = 2019
    goal.save()
    text = text_of(visitor.get(goal.intervention.get_absolute_url()))
    assert "Mål: 40 % – nått" in text
    assert "47" in text and "avslutade" in text and "2019" in text


def test_small_counts_are_hidden(visitor):
    result = ResultFactory(women=3, men=26, measure="Deltagare i provet")
    text = text_of(visitor.get(result.intervention.get_absolute_url()))
    assert text.count("visas inte") >= 2 and "29" in text
    assert ">26<" not in text and ">3<" not in text


def test_payers_and_the_adopted_budget(visitor):
    intervention = InterventionFactory()
    one = intervention.lead
    FinancingFactory(intervention=intervention, association=one, granted=400_000)
    FinancingFactory(
        intervention=intervention, association=None, organisation=OrganisationFactory(),
        granted=600_000,
    )  # fmt: skip
    BudgetFactory(association=one, costs=[(intervention, 356_000)], adopted=True)
    text = text_of(visitor.get(intervention.get_absolute_url()))
    assert "356 000" in text and "400 000" in text
    assert "Två finansiärer har lovat 1 000 000 kr 2020" in text


def test_a_draft_budget_says_nothing(visitor):
    intervention = InterventionFactory()
    BudgetFactory(association=intervention.lead, costs=[(intervention, 123_456)])
    assert "123 456" not in text_of(visitor.get(intervention.get_absolute_url()))


def test_sources_that_are_public_are_listed(visitor):
    lead = AssociationFactory()
    public = DocumentFactory(associations=[lead])
    secret = DocumentFactory(associations=[lead], public=False)
    intervention = InterventionFactory(lead=lead, source=public, source_note="avsnitt 7")
    ResultFactory(intervention=intervention, source=secret)
    text = text_of(visitor.get(intervention.get_absolute_url()))
    assert public.title in text and "avsnitt 7" in text
    assert secret.title not in text


def names(response):
    """Return the names of the interventions listed, in their order."""
    return [each.name for group in response.context["groups"] for each in group["interventions"]]


def test_filters_work_by_address_alone(visitor):
    one = AssociationFactory()
    this_year = datetime.date.today().year
    young = InterventionFactory(lead=one, age_from=18, age_to=29, first_year=2018)
    ended = InterventionFactory(lead=one, first_year=2010, last_year=2012, individual_percent=0)
    split = InterventionFactory(lead=one, last_year=this_year, individual_percent=50)
    address = f"/{one.slug}/insatser/"

    def found(query):
        return set(names(visitor.get(address + query)))

    assert found("") == {young.name, ended.name, split.name}
    assert found("?lage=pagar") == {split.name}
    assert found("?lage=okant") == {young.name}
    assert found("?lage=avslutad") == {ended.name}
    assert found("?alder=40") == {split.name}  # nobody takes part in what is structural
    assert found("?inriktning=bada") == {split.name}
    assert found("?inriktning=struktur") == {ended.name}
    assert found("?form=liv") == set()
    assert names(visitor.get(address + "?ordning=nyast"))[0] == young.name
    assert visitor.get("/insatser/", {"forbund": one.slug}).context["number"] == 3


def test_a_wrong_choice_is_said_and_nothing_is_lost(visitor):
    response = visitor.get("/insatser/", {"alder": "abc"})
    assert response.status_code == 200
    assert response.context["number"] > 0
    assert response.context["filter"].form.errors


def test_lists_and_page_hold_their_query_count(visitor):
    one = AssociationFactory()
    first = InterventionFactory(lead=one)
    addresses = ["/insatser/", f"/{one.slug}/insatser/", first.get_absolute_url()]
    before = [queries_of(visitor, address) for address in addresses]
    for other in AssociationFactory.create_batch(27):
        InterventionFactory(lead=one, associations=[one, other])
        FinancingFactory(intervention=first, association=other)
        goal = GoalFactory(intervention=first)
        ResultFactory(intervention=first, goal=goal)
        BudgetFactory(association=other, costs=[(first, 1)], adopted=True)
        first.associations.add(other)
    after = [queries_of(visitor, address) for address in addresses]
    # the page's budget lines fetch their amounts and columns only when there are any
    assert after[:2] == before[:2]
    assert after[2] <= before[2] + 2


def test_words_find_names_summaries_and_target_groups_in_any_case(visitor):
    one = AssociationFactory()
    named = InterventionFactory(lead=one, name="Öppen väg")
    AlternativeName.objects.create(intervention=named, name="Stigen")
    meant = InterventionFactory(lead=one, target_group="Unga med öppen ersättning")

    def found(words):
        return set(names(visitor.get(f"/{one.slug}/insatser/", {"sok": words})))

    assert found("ÖPPEN") == {named.name, meant.name}
    assert found("öppen unga") == {meant.name}
    assert found("stigen") == {named.name}
    assert found("finns inte") == set()


def test_an_unknown_age_stands_for_itself(visitor):
    one = AssociationFactory()
    young = InterventionFactory(lead=one, age_from=18, age_to=29)
    ageless = InterventionFactory(lead=one)
    InterventionFactory(lead=one, form="system")
    assert visitor.get(f"/{one.slug}/insatser/").context["systems"] == 1
    response = visitor.get(f"/{one.slug}/insatser/?alder=20")
    groups = {group["title"]: group["interventions"] for group in response.context["groups"]}
    assert groups["Stöd till enskilda"] == [young]
    assert groups["Kan passa – fråga"] == [ageless]
    assert response.context["number"] == 2


def test_the_state_follows_from_years_and_adopted_budgets():
    year = datetime.date.today().year
    source = DocumentFactory(year=2015)
    old = InterventionFactory(source=source)
    planned, going = InterventionFactory(source=source), InterventionFactory(source=source)
    BudgetFactory(association=planned.lead, year=2020, costs=[(planned, 5)], adopted=True)
    BudgetFactory(association=going.lead, year=year, costs=[(going, 5)], adopted=True)
    known = {each.pk: each for each in Intervention.objects.with_owners()}
    assert (known[old.pk].state, known[old.pk].last_known) == ("unknown", "Uppgift från 2015")
    assert known[planned.pk].state == "unknown"
    assert known[planned.pk].last_known == "Planerad till och med 2020"
    assert known[going.pk].state == "ongoing"
    assert going in Intervention.objects.ongoing()
    assert {old, planned} <= set(Intervention.objects.unknown())


def test_a_place_in_a_source_is_told_once(visitor):
    lead = AssociationFactory()
    source = DocumentFactory(associations=[lead])
    one = InterventionFactory(lead=lead, source=source, source_note="kapitel 7; även bild 3")
    ResultFactory(intervention=one, source=source, source_note="kapitel 7")
    assert text_of(visitor.get(one.get_absolute_url())).count("kapitel 7") == 1


def test_a_goal_whose_result_is_hidden_says_so_and_draws_no_bar(visitor):
    own = InterventionFactory()
    goal = GoalFactory(intervention=own, kind="count", target=20, base="")
    ResultFactory(intervention=own, goal=goal, measure="Fick arbete", women=None, men=None, total=3)
    GoalFactory(intervention=own, text="Ett mål utan resultat")
    page = visitor.get(own.get_absolute_url()).content.decode()
    assert page.count("Resultatet visas inte") == page.count("Inget resultat redovisat") == 1
    assert 'class="goal-bar"' not in page
