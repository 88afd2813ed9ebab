"""The first hour: what an empty association begins with, and how a mistake is taken away."""

import pytest
from django.contrib.auth.models import Group

from associations import roles
from associations.models import Association, User
from budgets.models import Budget
from interventions.models import Goal, Intervention, Result
from plans.models import Plan
from tests.factories import (
    AssociationFactory,
    BudgetFactory,
    InterventionFactory,
    MembershipFactory,
)


@pytest.fixture
def empty(db):
    """An association with three members and nothing else."""
    return AssociationFactory(members=3)


@pytest.fixture
def director(empty, client):
    """A client logged in as the empty association's director."""
    user = User.objects.create(username="chef@provbygden.example")
    user.groups.add(Group.objects.get(name=roles.DIRECTOR))
    user.associations.add(empty)
    client.force_login(user)
    return client


def steps(client):
    """Return the steps that the start page leads through, by association."""
    found = client.get("/arbeta/").context["beginnings"]
    return {each.association: [(s.name, s.is_begun, s.url) for s in each.steps] for each in found}


def test_an_empty_association_is_led_through_budget_plan_and_interventions(director, empty):
    led = steps(director)[empty]
    assert [name for name, _begun, _url in led] == ["Budget", "Verksamhetsplan", "Insatser"]
    assert not any(begun for _name, begun, _url in led)
    for _name, _begun, url in led:
        assert director.get(url).status_code == 200, url
    BudgetFactory(association=empty, year=2027)
    (_name, begun, url), *rest = steps(director)[empty]
    assert begun and "Budget 2027" in director.get(url).content.decode()
    assert [each[1] for each in rest] == [False, False]
    page = director.get("/arbeta/").content.decode()
    assert page.index("Börjad.") < page.index("Börja på verksamhetsplanen")
    Plan.objects.create(association=empty, year=2027, title="Plan")
    InterventionFactory(lead=empty)
    assert steps(director) == {}


def test_only_who_may_write_is_led(client_for, empty):
    for username in ("styrelse-sodra", "revisor-sodra"):
        User.objects.get(username=username).associations.add(empty)
        assert steps(client_for(username)) == {}
    assert empty in steps(client_for("admin"))


def test_an_intervention_its_goals_and_results_are_made_on_short_pages(director, empty):
    sent = {
        "association": empty.pk, "name": "Första steget åt öster", "slug": "", "form": "project",
        "summary": "Stöd på vägen.", "individual_percent": "100", "target_group": "Du som söker.",
        "first_year": "2026", "last_year": "2028", "public": "on",
    }  # fmt: skip
    answer = director.post("/arbeta/insatser/ny/", sent)
    made = Intervention.objects.get(slug="forsta-steget-at-oster")
    assert answer.status_code == 302 and made.lead == empty
    assert list(made.associations.all()) == [empty]
    again = director.post("/arbeta/insatser/ny/", sent | {"slug": made.slug})
    assert again.status_code == 422 and f"{made.slug}-2 är ledig" in again.content.decode()
    refused = director.post("/arbeta/insatser/ny/", sent | {"target_group": ""})
    assert "Skriv för vem insatsen är" in refused.content.decode()
    page = f"/arbeta/insatser/{made.pk}"
    goal = {"kind": "percent", "text": "Går till arbete", "target": "40", "base": "avslutade"}
    assert director.post(f"{page}/mal/nytt/", goal).status_code == 302
    result = {"measure": "Deltagare", "year": "2026", "women": "20", "men": "15"}
    result |= {"counts_persons": "on", "goal": Goal.objects.get(intervention=made).pk}
    more = director.post(f"{page}/resultat/nytt/", result | {"more": "1"})
    assert more["Location"] == f"{page}/resultat/nytt/?year=2026"
    assert 'value="2026"' in director.get(more["Location"]).content.decode()
    wrong = director.post(f"{page}/resultat/nytt/", result | {"men": ""})
    assert wrong.status_code == 422 and "Fyll i kvinnor och män" in wrong.content.decode()
    assert Result.objects.get(intervention=made).count == 35
    assert "Går till arbete" in director.get(f"{page}/resultat/").content.decode()


def test_short_pages_are_for_those_who_may_and_their_own(client_for, director):
    theirs = Intervention.objects.get(slug="fia")
    for address in ("mal/nytt/", "resultat/nytt/"):
        assert director.get(f"/arbeta/insatser/{theirs.pk}/{address}").status_code == 404
        board = client_for("styrelse-sodra").get(f"/arbeta/insatser/{theirs.pk}/{address}")
        assert board.status_code == (403 if theirs.associations.filter(
            slug="sodra-vatterbygden").exists() else 404)  # fmt: skip
    assert client_for("styrelse-sodra").get("/arbeta/insatser/ny/").status_code == 403
    hoglandet = Association.objects.get(slug="hoglandet")
    assert director.post("/arbeta/insatser/ny/", {"association": hoglandet.pk}).status_code == 422


def test_a_draft_is_removed_where_it_is_made(director, empty):
    budget = BudgetFactory(association=empty, year=2027)
    assert (
        f"/arbeta/ta-bort/budget/{budget.pk}/"
        in director.get(f"/arbeta/budget/{budget.pk}/").content.decode()
    )
    page = director.get(f"/arbeta/ta-bort/budget/{budget.pk}/").content.decode()
    assert "2 belopp" in page and "1 kolumn" in page and "2 rader" in page
    plan = Plan.objects.create(association=empty, year=2027, title="Plan 2027", budget=budget)
    held = director.post(f"/arbeta/ta-bort/budget/{budget.pk}/")
    assert held.status_code == 422 and str(plan) in held.content.decode()
    for kind, row in (("plan", plan), ("budget", budget)):
        assert director.post(f"/arbeta/ta-bort/{kind}/{row.pk}/").status_code == 302
    assert not Budget.objects.filter(pk=budget.pk).exists()
    assert Budget.history.filter(id=budget.pk, history_type="-").count() == 1
    intervention = InterventionFactory(lead=empty)
    director.post(f"/arbeta/ta-bort/insats/{intervention.pk}/")
    assert not Intervention.objects.filter(pk=intervention.pk).exists()


def test_what_is_adopted_public_shared_or_others_is_not_removed(client_for, director):
    chef = client_for("chef-sodra")
    adopted = Budget.objects.adopted().filter(association__slug="sodra-vatterbygden").first()
    draft = Budget.objects.get(association__slug="sodra-vatterbygden", adopted_on=None)
    shared = Intervention.objects.get(slug="it-sparet")
    draft.plans.filter(adopted_on=None).delete()
    draft.propose(adopted.adopted_on)
    rows = [
        ("budget", adopted, "fastställ"),
        ("budget", draft, "Ta tillbaka förslaget först"),
        ("insats", shared, "annat förbund"),
    ]
    for kind, row, sentence in rows:
        answer = chef.post(f"/arbeta/ta-bort/{kind}/{row.pk}/")
        assert answer.status_code == 422 and sentence in answer.content.decode(), kind
        assert type(row).objects.filter(pk=row.pk).exists()
        assert director.post(f"/arbeta/ta-bort/{kind}/{row.pk}/").status_code == 404
        board = client_for("styrelse-sodra").post(f"/arbeta/ta-bort/{kind}/{row.pk}/")
        assert board.status_code == 403
    assert chef.get("/arbeta/ta-bort/annat/1/").status_code == 404


def test_the_budgets_line_form_goes_on_to_the_next(director, empty):
    budget = BudgetFactory(association=empty, year=2027)
    sent = {"section": "cost", "label": "Kansli", "administration": "100", "more": "1"}
    answer = director.post(f"/arbeta/budget/{budget.pk}/rad/ny/", sent, follow=True)
    assert answer.redirect_chain[-1][0] == f"/arbeta/budget/{budget.pk}/rad/ny/"
    assert answer.content.decode().count("Raden Kansli är sparad.") == 1
    assert "Spara och lägg till en till" in answer.content.decode()


def test_public_pages_of_an_empty_association_say_what_will_come(visitor):
    empty = AssociationFactory()
    MembershipFactory(association=empty)
    for address, words in {
        "": "kommer här när de är föreslagna",
        "insatser/": "Här kommer insatserna.",
        "budget/": "Här finns ingen budget ännu.",
        "verksamhetsplan/": "Här finns ingen verksamhetsplan ännu.",
        "moten/": "Här kommer mötena",
        "dokument/": "Här kommer",
        "nyheter/": "Här kommer",
        "om/": "inte införda ännu",
    }.items():
        page = visitor.get(f"/{empty.slug}/{address}")
        assert page.status_code == 200 and words in page.content.decode(), address
