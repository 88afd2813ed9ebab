"""Draft, proposed, adopted, replaced: by what is stored, by those who may, with what is missing."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from budgets.models import Amount, Budget
from tests.factories import AssociationFactory, BudgetFactory, MeetingFactory

pytestmark = pytest.mark.django_db

DAY = datetime.date(2019, 11, 19)
EARLIER = datetime.date(2019, 10, 1)


def post(client, name, budget, **data):
    return client.post(reverse(name, args=[budget.pk]), data)


def decision(budget, **values):
    known = {"on": DAY, "paragraph": "62", "meeting": "", "dnr": "2019:12"}
    return {**known, "version": budget.version, **values}


def test_a_draft_goes_all_the_way_and_replaces_the_old_one(adopted, draft):
    assert (adopted.state, draft.state) == ("adopted", "draft")
    draft.propose(EARLIER)
    assert (draft.state, draft.is_public, draft.version) == ("proposed", True, 2)
    draft.adopt(DAY, "62", dnr="2019:12")
    adopted = Budget.objects.get(pk=adopted.pk)
    assert (draft.state, adopted.state) == ("adopted", "replaced")
    assert (draft.adopted_on, draft.adopted_paragraph, draft.dnr) == (DAY, "62", "2019:12")
    with pytest.raises(IntegrityError), transaction.atomic():
        Amount.objects.filter(line__budget=draft).update(kronor=1)


def test_both_editions_stay_readable_and_the_one_in_force_is_the_year_s(visitor, adopted, draft):
    year, first, second = (
        "/sodra-vatterbygden/budget/2020/",
        "/sodra-vatterbygden/budget/2020/utgava/1/",
        "/sodra-vatterbygden/budget/2020/utgava/2/",
    )
    assert visitor.get(second).status_code == 404
    draft.propose(EARLIER)
    proposal = visitor.get(second)
    assert "status-proposed" in proposal.text and "ett förslag. Det som gäller" in proposal.text
    assert "Förslag till medlemmarna" in proposal.text
    for address in (year, "/sodra-vatterbygden/budget/"):
        page = visitor.get(address).text
        assert "Ett förslag ligger hos medlemmarna" in page and f'href="{second}"' in page
    assert "ligger hos medlemmarna" not in proposal.text
    assert visitor.get(year).context["budget"] == adopted
    assert Budget.objects.published().current().get(association=adopted.association) == adopted
    draft.adopt(DAY, "62", dnr="2019:12")
    assert visitor.get(year).context["budget"] == draft
    assert "status-replaced" in visitor.get(first).text
    assert Budget.objects.published().current().get(association=adopted.association) == draft


def test_withdrawn_it_is_a_draft_again(visitor, draft):
    draft.propose(EARLIER)
    draft.withdraw()
    assert (draft.state, draft.is_public) == ("draft", False)
    assert visitor.get("/sodra-vatterbygden/budget/2020/utgava/2/").status_code == 404
    with pytest.raises(ValueError, match="Bara ett förslag"):
        draft.withdraw()


def test_what_is_missing_is_said(adopted, draft):
    assert draft.missing_to_propose() == []
    assert draft.missing_to_adopt() == [
        "Budgeten är inte föreslagen. Medlemmarna ska först få säga sitt."
    ]
    assert adopted.missing_to_adopt() == ["Budgeten är redan fastställd."]
    empty = Budget.objects.create(association=AssociationFactory(), year=2020)
    assert empty.missing_to_propose() == ["Tabellen har ingen kolumn för 2020."]
    empty.columns.create(position=1, year=2020, kind="budget")
    assert empty.missing_to_propose() == ["Tabellen är tom. Skriv in belopp först."]


def test_debt_stops_both_until_the_cell_is_right():
    budget = BudgetFactory(contributions=[1_000], costs=[1_500])
    column = budget.columns.get()
    column.opening = 0
    column.save()
    (sentence,) = budget.missing_to_propose()
    assert "Förbundet får inte ta lån" in sentence
    with pytest.raises(ValueError, match="ta lån"):
        budget.propose(EARLIER)
    column.opening = 500
    column.save()
    budget = Budget.objects.get(pk=budget.pk)
    budget.propose(EARLIER)
    assert budget.missing_to_adopt() == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"on": None}, "vilken dag"),
        ({"on": EARLIER - datetime.timedelta(1)}, "före dagen"),
        ({"on": timezone.localdate() + datetime.timedelta(2)}, "inte varit"),
        ({"paragraph": " "}, "paragrafen"),
        ({"dnr": ""}, "diarienumret"),
    ],
)
def test_a_decision_is_whole(draft, client_for, values, words):
    draft.propose(EARLIER)
    given = {"on": DAY, "paragraph": "62", "meeting": None, "dnr": "2019:12", **values}
    with pytest.raises(ValueError, match=words):
        draft.adopt(**given)
    given = {name: value or "" for name, value in given.items()}
    answer = post(client_for("chef-sodra"), "budget_adopt", draft, **decision(draft, **given))
    assert answer.status_code == 422 and words in answer.text
    assert not Budget.objects.get(pk=draft.pk).is_adopted


def test_a_meeting_stands_in_for_a_paragraph(draft, client_for):
    draft.propose(EARLIER)
    meeting = MeetingFactory(kind="board", associations=[draft.association])
    other = MeetingFactory(kind="board")
    client = client_for("chef-sodra")
    wrong = post(client, "budget_adopt", draft, **decision(draft, paragraph="", meeting=other.pk))
    assert wrong.status_code == 422
    data = decision(draft, paragraph="", meeting=meeting.pk)
    assert post(client, "budget_adopt", draft, **data).status_code == 302
    draft.refresh_from_db()
    assert (draft.adopted_at, draft.state) == (meeting, "adopted")
    assert meeting.title in client.get("/sodra-vatterbygden/budget/2020/").text


def test_the_page_shows_what_will_be_sealed_and_the_way_works_by_forms(client_for, draft, adopted):
    client = client_for("chef-sodra")
    page = client.get(reverse("budget_state", args=[draft.pk]))
    assert f'action="/arbeta/budget/{draft.pk}/foresla/"' in page.text
    assert "Medlemmarna ska först få säga sitt." in page.text
    assert post(client, "budget_propose", draft, on=EARLIER).status_code == 302
    page = client.get(reverse("budget_adopt", args=[draft.pk])).text.replace("\xa0", " ")
    assert "7 465 670" in page and "Utgåva 1" in page and "22 rader och 5 kolumner" in page
    draft.refresh_from_db()
    answer = client.post(reverse("budget_adopt", args=[draft.pk]), decision(draft), follow=True)
    assert "Budgeten är fastställd. Ingen kan ändra den" in answer.text
    assert "status-adopted" in answer.text


def test_what_is_missing_in_the_decision_is_said_at_its_field(client_for, draft):
    draft.propose(EARLIER)
    empty = decision(draft, on="", paragraph="", dnr="")
    answer = post(client_for("chef-sodra"), "budget_adopt", draft, **empty)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"on", "paragraph", "dnr"}
    for name in ("on", "paragraph", "dnr"):
        assert f'<a href="#id_{name}">' in answer.text
    assert "Lägg till mötet" in answer.text
    long = decision(draft, paragraph="6" * 21)
    assert post(client_for("chef-sodra"), "budget_adopt", draft, **long).status_code == 422


def test_a_table_that_changed_meanwhile_is_not_adopted_unread(client_for, draft):
    draft.propose(EARLIER)
    data = decision(draft)
    Budget.objects.filter(pk=draft.pk).update(version=9)
    client = client_for("chef-sodra")
    answer = post(client, "budget_adopt", draft, **data)
    assert answer.status_code == 422 and "Någon ändrade budgeten" in answer.text
    assert post(client, "budget_adopt", draft, **data | {"version": 9}).status_code == 302


def test_next_year_s_draft_tells_of_old_notes_and_of_what_is_not_adopted(client_for, adopted):
    draft = adopted.replaced_by
    draft.lines.filter(label="Enter").update(note="Slutar 2020.")
    draft.lines.filter(label="Kansli").update(note="Lokal och lön.")
    client = client_for("chef-sodra")
    state = client.get(reverse("budget_state", args=[draft.pk])).text
    assert "utgåva 2, som inte är fastställd" in state and "<dd>inte än</dd>" in state
    answer = client.post(reverse("budget_roll_forward", args=[draft.pk]), follow=True).text
    assert "Beloppen kommer från utgåva 2, som inte är fastställd." in answer
    told = answer.split("Se över noterna.")[1].split("</p>")[0]
    assert "Enter (2020)" in told and "Kansli" not in told


def test_who_may(client_for, draft):
    for name, wanted in [
        ("chef-hoglandet", [404, 404, 404]),
        ("revisor-sodra", [403, 403, 403]),
        ("styrelse-sodra", [403, 403, 302]),
        ("redaktor-sodra", [302, 302, 403]),
    ]:
        fresh = Budget.objects.get(pk=draft.pk)
        with transaction.atomic():
            client = client_for(name)
            got = [post(client, "budget_propose", draft, on=EARLIER).status_code]
            got.append(post(client, "budget_withdraw", draft).status_code)
            if Budget.objects.get(pk=draft.pk).proposed_on is None:
                Budget.objects.get(pk=draft.pk).propose(EARLIER)
            fresh.refresh_from_db()
            got.append(post(client, "budget_adopt", draft, **decision(fresh)).status_code)
            transaction.set_rollback(True)
        assert got == wanted, name
        seen = client_for(name).get(reverse("budget_state", args=[draft.pk])).status_code
        assert seen == (404 if name == "chef-hoglandet" else 200)


def test_the_database_holds_the_facts_together(draft):
    for facts in (
        {"adopted_at": MeetingFactory()},
        {"proposed_on": DAY, "adopted_on": EARLIER},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Budget.objects.filter(pk=draft.pk).update(**facts)
