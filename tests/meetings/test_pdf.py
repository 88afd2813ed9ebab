"""A meeting's notes as PDF: what its page tells, beside that page, for the same people."""

import re
import subprocess

import pytest
from django.test import RequestFactory
from django.urls import reverse

from finsam import pdf, pdf_writer
from meetings.models import Meeting
from meetings.printing import printed

pytestmark = pytest.mark.django_db

JOINT, OWN = "agarmote-2015", "strategidag-2019"


def text_of(meeting, tmp_path):
    """Return the text of each page of the notes' PDF."""
    job = pdf.job_of(printed(meeting, RequestFactory().get("/")))
    path = tmp_path / "notes.pdf"
    path.write_bytes(pdf_writer.from_html(**job))
    assert path.read_bytes() == pdf_writer.from_html(**job)  # same data, same bytes
    command = ["pdftotext", "-layout", str(path), "-"]
    whole = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return whole.split("\f")[:-1]


def flat(text):
    return re.sub(r"\s+", " ", re.sub(r"(?<=\w)-\n\s*(?=[a-zåäö])", "", text))


def test_all_that_was_noted_is_read_back(tmp_path):
    meeting = Meeting.objects.get(slug=JOINT)
    pages = text_of(meeting, tmp_path)
    text = flat("\n".join(pages))
    assert meeting.items.count() > 10 and meeting.decisions.count() > 1
    for title in meeting.items.values_list("title", flat=True):
        assert flat(title) in text, title
    for decision in meeting.decisions.values_list("text", flat=True):
        assert flat(decision)[:40] in text, decision
    for point in meeting.action_points.all():
        assert point.owner.split()[0] in text and point.text[:30] in text
    for number, page in enumerate(pages, 1):
        assert f"Sida {number} av {len(pages)}" in page and "Utkast" not in page
        assert (meeting.title in page.splitlines()[0]) == (number > 1)  # the running head
    assert "testserver/moten/agarmote-2015/" in text


def test_notes_that_are_not_public_are_marked_on_every_page(tmp_path):
    meeting = Meeting.objects.get(slug=JOINT)
    meeting.public = False
    assert all("Utkast 27 februari 2015" in flat(page) for page in text_of(meeting, tmp_path))
    assert "utkast" in printed(meeting, RequestFactory().get("/")).filename


def test_the_pdf_lies_beside_its_page_and_is_as_public(visitor, client_for):
    for slug in (JOINT, OWN):
        meeting = Meeting.objects.get(slug=slug)
        assert meeting.pdf_url == meeting.get_absolute_url()[:-1] + ".pdf"
        assert meeting.pdf_url in visitor.get(meeting.get_absolute_url()).content.decode()
        assert visitor.get(meeting.pdf_url).status_code in (200, 202)
    wrong = visitor.get(f"/hoglandet/moten/{JOINT}.pdf")
    assert (wrong.status_code, wrong["Location"]) == (301, f"/moten/{JOINT}.pdf")
    assert visitor.get(f"/hoglandet/moten/{OWN}.pdf").status_code == 404
    address = meeting.pdf_url
    Meeting.objects.filter(slug=OWN).update(public=False)
    assert visitor.get(address).status_code == 404
    draft = reverse("meeting_draft_pdf", args=[meeting.pk])
    assert visitor.get(draft).status_code == 302  # to log in
    assert client_for("redaktor-sodra").get(draft).status_code in (200, 202)
    assert client_for("chef-hoglandet").get(draft).status_code == 404
    assert draft in client_for("redaktor-sodra").get("/arbeta/").content.decode()


def test_a_meeting_without_notes_has_no_pdf(visitor):
    bare = (
        Meeting.objects.published().filter(items=None, decisions=None, action_points=None).first()
    )
    assert bare.pdf_url not in visitor.get(bare.get_absolute_url()).content.decode()
    assert visitor.get(bare.pdf_url).status_code == 404
