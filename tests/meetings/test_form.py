"""The meeting's form in the admin: address and year may be left to the software."""

import pytest

from associations.models import Association
from meetings.models import Meeting
from tests.factories import MeetingFactory

PARTS = ["items", "decisions", "action_points"]


@pytest.fixture
def filled(db):
    own = Association.objects.get(slug="sodra-vatterbygden")
    fields = {"associations": [own.pk], "kind": "board", "title": "Möte på våren", "slug": ""}
    for part in PARTS:
        fields |= {f"{part}-TOTAL_FORMS": 0, f"{part}-INITIAL_FORMS": 0}
    return fields


def add(client, fields):
    return client.post("/admin/meetings/meeting/add/", fields)


def test_address_and_year_follow_from_title_and_date(client_for, filled):
    MeetingFactory(slug="mote-pa-varen")
    answer = add(client_for("chef-sodra"), filled | {"date": "2020-03-04"})
    assert answer.status_code == 302
    meeting = Meeting.objects.get(title="Möte på våren")
    assert (meeting.slug, meeting.year, meeting.public) == ("mote-pa-varen-2", 2020, False)


def test_what_is_written_stands_and_a_year_is_asked_for(client_for, filled):
    chef = client_for("chef-sodra")
    refused = add(chef, filled | {"date_note": "Datum bestäms senare."})
    assert refused.context["adminform"].form.errors == {"year": ["Skriv år, eller datum."]}
    written = {"slug": "var", "year": 2021, "date_note": "Datum bestäms senare."}
    assert add(chef, filled | written).status_code == 302
    assert Meeting.objects.get(slug="var").year == 2021


def test_the_form_says_what_the_address_is_and_is_readable_for_the_board(
    client_for, styrelse_sodra
):
    page = client_for("chef-sodra").get("/admin/meetings/meeting/add/").content.decode()
    assert "Sista ledet i mötets webbadress" in page and "prepopulate" in page
    meeting = Meeting.objects.for_user(styrelse_sodra).first()
    board = client_for("styrelse-sodra")
    assert board.get(f"/admin/meetings/meeting/{meeting.pk}/change/").status_code == 200


def test_an_items_text_is_told_of_when_it_is_saved(client_for, filled):
    item = {
        "id": "",
        "meeting": "",
        "position": 1,
        "title": "1. Öppnande \N{SLIGHTLY SMILING FACE}",
    }
    item["text"] = "14. mars 2020 började vi.\n\n![Karta](https://a.se/k.png)"
    fields = filled | {f"items-0-{name}": value for name, value in item.items()}
    fields |= {"items-TOTAL_FORMS": 1, "date": "2020-03-04"}
    answer = client_for("chef-sodra").post("/admin/meetings/meeting/add/", fields, follow=True)
    html = answer.content.decode()
    for words in ("skriv 14\\.", "Bilden ”Karta” kan inte visas", "slightly smiling face, U+1F642"):
        assert words in html


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("Öppnande", "2. Öppnande"),
        ("2. Öppnande", "2. Öppnande"),
        ("§ 2 Val av justerare", "§ 2 Val av justerare"),
        ("2 Val av justerare", "2 Val av justerare"),
        ("3 insatser", "2. 3 insatser"),
    ],
)
def test_a_title_pasted_with_its_number_is_numbered_once(visitor, title, heading):
    meeting = MeetingFactory(public=True)
    meeting.items.create(position=2, title=title, text="Text.")
    assert f"<h3>{heading}</h3>" in visitor.get(meeting.get_absolute_url()).content.decode()
