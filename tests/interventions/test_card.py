"""An intervention's card: one page in large print whatever is written, with its lasting address."""

import datetime
import io
import re

import pikepdf
import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from finsam import pdf, pdf_writer
from interventions import card
from interventions.models import Contact, Intervention

LONG = "Insatsen vänder sig till den som behöver samordnad arbetslivsinriktad rehabilitering. " * 9
PAGE = "/hoglandet/insatser/it-sparet/kort/"


@pytest.fixture
def intervention(portal_data):
    """IT-spåret, which three associations share."""
    return Intervention.objects.published().with_owners().get(slug="it-sparet")


def made(intervention):
    """Return the card's PDF, opened."""
    page = card.printed(intervention, RequestFactory().get("/"))
    return pikepdf.open(io.BytesIO(pdf_writer.from_html(**pdf.job_of(page))))


@given(st.text(alphabet="abc ÅÄÖW.!?é", max_size=400), st.integers(1, 300))
def test_a_text_is_told_in_whole_sentences_that_have_room(text, room):
    told = card.told(text, room)
    whole = " ".join(text.split())
    assert whole.startswith(told.text) and card.width(told.text) <= room
    assert told.more == (told.text != whole)
    if told.more and told.text:
        assert told.text[-1] in ".!?" and whole[len(told.text)] == " "


@pytest.mark.parametrize(
    "text", [LONG, LONG.upper(), "W" * 90 + ". " + LONG, "a" * 189 + ". b", "Ö " * 300]
)
def test_it_fits_its_page_whatever_is_written(intervention, text):
    intervention.name, intervention.responsible_note = text[:119], text[:199]
    intervention.summary = intervention.target_group = intervention.how_to_refer = text
    intervention.age_from, intervention.age_to = 16, 64
    intervention.lead.contact = text
    Contact.objects.create(intervention=intervention, function=text[:110], phone="036-10 00 00")
    assert len(made(intervention).pages) == 1  # paper.css keeps the foot's room free of text


def test_what_has_no_room_is_said_to_stand_on_the_page(intervention, visitor):
    assert "Mer står på insatsens sida" not in visitor.get(PAGE).content.decode()
    Intervention.objects.filter(pk=intervention.pk).update(target_group=LONG)
    html = visitor.get(PAGE).content.decode()
    assert html.count("Mer står på insatsens sida") == 1
    assert LONG[:80] in html and LONG not in html


def test_it_tells_whom_it_suits_whom_to_ask_and_who_pays(visitor, intervention):
    Intervention.objects.filter(pk=intervention.pk).update(reviewed_on=datetime.date(2020, 3, 3))
    html = re.sub(r"\s+", " ", visitor.get(PAGE).content.decode().replace("\u00a0", " "))
    wanted = [
        "För vem", "Fråga här", "Fyra finansiärer har tillsammans lovat 2 450 000 kr om året",
        "Senast granskad 3 mars 2020", "testserver/hoglandet/insatser/it-sparet/",
        "QR-kod som leder till http://testserver/hoglandet/insatser/it-sparet/",
    ]  # fmt: skip
    for words in wanted:
        assert words in html, words
    page = visitor.get("/hoglandet/insatser/it-sparet/").content.decode()
    assert PAGE in page and "Skriv ut ett kort" in page


def test_the_code_is_square_and_of_the_address_alone():
    code = card.code_of("https://example.se/a/insatser/b/")
    again, other = card.code_of(code.address), card.code_of("https://example.se/a/insatser/c/")
    assert code == again and code.path != other.path
    drawn = [tuple(map(int, run)) for run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", code.path)]
    edge = card.EMPTY_EDGE
    assert min(x for x, _, _ in drawn) == min(y for _, y, _ in drawn) == edge
    assert max(x + length for x, _, length in drawn) == code.modules - edge
    finder = [(x, length) for x, y, length in drawn if y == edge][0]
    assert finder == (edge, 7)  # the pattern in its corner


def test_it_lies_at_one_address_and_only_public_ones_have_it(visitor, intervention):
    for wrong in ("/insatser/it-sparet/kort", "/finnveden/insatser/it-sparet/kort"):
        for end in ("/", ".pdf"):
            answer = visitor.get(wrong + end)
            assert answer.status_code == 301
            assert answer["Location"] == f"/hoglandet/insatser/it-sparet/kort{end}"
    Intervention.objects.filter(pk=intervention.pk).update(public=False)
    for end in ("/", ".pdf"):
        assert visitor.get(f"/hoglandet/insatser/it-sparet/kort{end}").status_code == 404


def test_its_queries_are_few_and_the_same(visitor, intervention, django_assert_max_num_queries):
    for number in range(20):
        Contact.objects.create(intervention=intervention, function=f"Funktion {number}")
    with django_assert_max_num_queries(16):
        assert visitor.get(PAGE).status_code == 200
