"""A plan is sent to the members, read by all as a proposal, and only then adopted."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from budgets.models import Amount, Budget
from plans import printing
from plans.models import Plan
from tests import every_pdf
from tests.plans.fetching import fetch

pytestmark = pytest.mark.django_db
DAY = datetime.date(2020, 2, 1)
PUBLIC = "/sodra-vatterbygden/verksamhetsplan/2020/"


@pytest.fixture
def draft(portal_data):
    """The draft of 2020's second edition, whose budget is proposed."""
    draft = every_pdf.draft_of_2020()
    draft.budget.propose(DAY)
    return Plan.objects.get(pk=draft.pk)


def test_what_is_missing_is_said_in_sentences(portal_data):
    plan = every_pdf.draft_of_2020()
    assert plan.missing_to_propose() == [
        "Budgeten är inte föreslagen. Föreslå den först, för planen visar den."
    ]
    plan.chapters.filter(position=2).update(body="")
    with pytest.raises(ValueError, match="Kapitel 2, Vision: Kapitlet har ingen text än"):
        plan.propose(DAY)
    adopted = every_pdf.plans_of_2020().get(edition=1)
    assert adopted.missing_to_propose() == ["Planen är redan fastställd."]
    report = every_pdf.report_of_2019("annual")
    assert report.missing_to_propose() == ["Bara en verksamhetsplan föreslås för medlemmarna."]
    assert not any("föreslagen" in each for each in report.missing_to_adopt())


def test_a_proposal_is_proposed_read_by_all_and_taken_back(client_for, visitor, draft):
    client, address = client_for("chef-sodra"), reverse("plan_propose", args=[draft.pk])
    edition, pdf = draft.edition_url, draft.edition_pdf_url
    assert visitor.get(edition).status_code == visitor.get(pdf).status_code == 404
    assert address in client.get(reverse("plan_edit", args=[draft.pk])).content.decode()
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    refused = client.post(address, {"on": f"{tomorrow}"})
    assert refused.status_code == 422 and f"{tomorrow}" in refused.content.decode()
    said = client.post(address, {"on": "2020-02-01"}, follow=True).content.decode()
    assert "Alla kan läsa den nu, märkt som förslag." in said
    read = visitor.get(edition).content.decode()
    assert "Det här är ett förslag." in read and "1\N{NO-BREAK SPACE}februari 2020" in read
    assert fetch(visitor, pdf)["Content-Disposition"].count("-forslag-2.") == 1
    assert "Det här är ett förslag." not in visitor.get(PUBLIC).content.decode()  # edition 1 stands
    assert "redan föreslagen" in client.post(address, {"on": "2020-02-01"}).context["missing"][0]
    client.post(reverse("plan_withdraw", args=[draft.pk]))
    assert visitor.get(edition).status_code == 404
    again = client.post(reverse("plan_withdraw", args=[draft.pk]), follow=True).content.decode()
    assert "Bara ett förslag kan tas tillbaka." in again


def test_no_draft_of_a_budget_is_read_through_a_proposed_plan(client_for, visitor, draft):
    client, budget = client_for("chef-sodra"), draft.budget
    draft.propose(DAY)
    take_back = reverse("budget_withdraw", args=[budget.pk])
    said = client.post(take_back, follow=True).content.decode()
    assert "En plan som alla kan läsa visar budgeten." in said
    budget.refresh_from_db()
    assert budget.is_public
    Budget.objects.filter(pk=budget.pk).update(proposed_on=None)  # whatever the way
    Amount.objects.filter(line__budget=budget).update(kronor=8_654_321)
    read = visitor.get(draft.edition_url)
    assert read.status_code == 200 and "8\N{NO-BREAK SPACE}654" not in read.content.decode()
    assert printing.attached(Plan.objects.get(pk=draft.pk)) == ()
    Budget.objects.filter(pk=budget.pk).update(proposed_on=DAY)
    client.post(reverse("plan_withdraw", args=[draft.pk]))
    client.post(take_back)
    budget.refresh_from_db()
    assert not budget.is_public


@pytest.mark.parametrize(
    ("username", "status"),
    [("revisor-sodra", 403), ("styrelse-sodra", 403), ("chef-hoglandet", 404)],
)
def test_nobody_else_proposes(client_for, draft, username, status):
    client = client_for(username)
    for name in ("plan_propose", "plan_withdraw"):
        answer = client.post(reverse(name, args=[draft.pk]), {"on": "2020-02-01"})
        assert answer.status_code == status
    assert Plan.objects.get(pk=draft.pk).state == "draft"


def test_the_database_refuses_a_decision_before_the_proposal(draft):
    rows = Plan.objects.filter(pk=draft.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(proposed_on=DAY, adopted_on=DAY - datetime.timedelta(days=1))
    adopted = Plan.objects.filter(pk=draft.replaces_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        adopted.update(proposed_on=DAY)
