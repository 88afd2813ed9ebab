"""The public pages of meetings, as a visitor meets them."""

import datetime

import pytest

from tests.counting import queries_of
from tests.factories import (
    ActionPointFactory,
    AgendaItemFactory,
    AssociationFactory,
    DecisionFactory,
    MeetingFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db


def test_an_own_meeting_lives_with_its_association_and_a_joint_one_with_all(visitor):
    one, two = AssociationFactory.create_batch(2)
    own = MeetingFactory(associations=[one])
    joint = MeetingFactory(associations=[one, two])
    for meeting, wrong in (
        (own, f"/moten/{own.slug}/"),
        (joint, f"/{two.slug}/moten/{joint.slug}/"),
    ):
        assert visitor.get(meeting.get_absolute_url()).status_code == 200
        response = visitor.get(wrong)
        assert (response.status_code, response["Location"]) == (301, meeting.get_absolute_url())
    assert visitor.get(f"/{two.slug}/moten/{own.slug}/").status_code == 404


def test_an_unpublished_meeting_is_not_found(visitor):
    meeting = MeetingFactory(public=False)
    assert visitor.get(meeting.get_absolute_url()).status_code == 404
    owner = meeting.associations.get()
    assert meeting.title not in visitor.get(f"/{owner.slug}/moten/").content.decode()


def test_the_page_tells_what_was_said_decided_and_undertaken(visitor):
    item = AgendaItemFactory(title="Budget", text="Ägarna talade om *pengar*.")
    DecisionFactory(meeting=item.meeting, item=item, paragraph="7", text="Budgeten höjs.")
    DecisionFactory(meeting=item.meeting, text="Mötet avslutas.")
    ActionPointFactory(meeting=item.meeting, owner="Kansliet", due_note="före sommaren")
    text = visitor.get(item.meeting.get_absolute_url()).content.decode()
    for words in ("27", "<em>pengar</em>", "§ 7", "Budgeten höjs.", "Mötet avslutas.",
                  "före sommaren"):  # fmt: skip
        assert words in text
    assert text.count("Budgeten höjs.") == 1


def test_a_missing_date_is_said(visitor):
    meeting = MeetingFactory(date=None, year=2014, date_note="Källan har inget datum.")
    text = visitor.get(meeting.get_absolute_url()).content.decode()
    assert "Datum saknas i källan" in text and "Källan har inget datum." in text


def test_meetings_to_come_stand_first(visitor):
    one = AssociationFactory()
    soon = datetime.date.today() + datetime.timedelta(days=9)
    coming = MeetingFactory(associations=[one], date=soon, year=soon.year)
    held = MeetingFactory(associations=[one])
    planned = MeetingFactory(associations=[one], planned=True)
    response = visitor.get(f"/{one.slug}/moten/")
    assert response.context["coming"] == [coming]
    assert set(response.context["held"]) == {held, planned}
    assert "Var planerat" in response.content.decode()


def test_many_meetings_are_narrowed_ordered_paged_and_sent(visitor):
    one = AssociationFactory()
    soon = datetime.date.today() + datetime.timedelta(days=9)
    later = soon + datetime.timedelta(days=3)
    coming = [
        MeetingFactory(associations=[one], date=day, year=day.year, kind="board", title="=Nästa")
        for day in (later, soon)
    ]
    held = [
        MeetingFactory(associations=[one], kind="owner", date=day, year=day.year)
        for day in (datetime.date(1990 + n, 1, 1) for n in range(30))
    ]
    MeetingFactory(associations=[one], public=False)
    MeetingFactory()
    address = f"/{one.slug}/moten/"
    first, second = visitor.get(address), visitor.get(f"{address}?page=2")
    assert first.context["coming"] == coming[::-1] and first.context["held"] == held[:1:-1]
    assert second.context["held"] == held[1::-1] and not second.context["coming"]
    assert "Tidigare" in second.content.decode() and not second.cookies
    assert visitor.get(f"{address}?ordning=aldst").context["held"][:2] == held[:2]
    assert visitor.get(f"{address}?ar=1991&slag=owner&sok=").context["held"] == [held[1]]
    assert visitor.get(f"{address}?slag=board").context["number"] == 2
    rows = visitor.get(f"{address}?format=csv").content.decode().splitlines()
    assert len(rows) == 33 and rows[1].startswith("'=Nästa;http://testserver/")
    assert soon.isoformat() in rows[1]


def test_lists_hold_their_query_count(visitor):
    one, two = AssociationFactory.create_batch(2)
    first = MeetingFactory(associations=[one, two])
    AgendaItemFactory(meeting=first)
    addresses = ["/moten/", f"/{one.slug}/moten/", first.get_absolute_url()]
    before = [queries_of(visitor, address) for address in addresses]
    MeetingFactory.create_batch(20, associations=[one, two])
    for _ in range(20):
        DecisionFactory(meeting=first, item=AgendaItemFactory(meeting=first))
    assert [queries_of(visitor, address) for address in addresses] == before


def test_a_planned_meeting_that_is_past_was_planned(visitor):
    past = MeetingFactory(
        planned=True, host=OrganisationFactory(), host_note="Hette då Landstinget."
    )
    coming = MeetingFactory(planned=True, date=None, year=datetime.date.today().year + 1,
                            date_note="Dagen är inte bestämd.")  # fmt: skip
    text = visitor.get(past.get_absolute_url()).content.decode()
    assert "Var planerat" in text and "Hette då Landstinget." in text
    assert "Var planerat" not in visitor.get(coming.get_absolute_url()).content.decode()
