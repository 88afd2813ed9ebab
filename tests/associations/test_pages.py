"""The pages about an association, its documents, files and news."""

import datetime

import pytest
from django.core.files.base import ContentFile

from associations.models import Seat
from tests.counting import queries_of
from tests.factories import (
    AssociationFactory,
    DocumentFactory,
    MembershipFactory,
    NewsFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db


def test_about_shows_members_and_board_by_role(visitor):
    one = AssociationFactory(members=2, formed_on=datetime.date(2011, 4, 1))
    SeatFactory(association=one, person="B Ledamot")
    SeatFactory(association=one, person="A Ordförande", role=Seat.Role.CHAIR, known_year=2020)
    text = visitor.get(f"/{one.slug}/om/").content.decode()
    assert text.index("A Ordförande") < text.index("B Ledamot")
    assert "Känt 2020" in text and "april 2011" in text
    assert all(each.name in text for each in one.members.all())


def test_an_unknown_association_is_not_found(visitor):
    for rest in ("", "om/", "dokument/", "nyheter/", "insatser/", "moten/"):
        assert visitor.get(f"/finns-inte/{rest}").status_code == 404


def test_a_document_lives_with_its_first_association(visitor):
    first, second = AssociationFactory(position=1), AssociationFactory(position=2)
    document = DocumentFactory(associations=[second, first])
    assert document.get_absolute_url() == f"/{first.slug}/dokument/{document.slug}/"
    response = visitor.get(f"/{second.slug}/dokument/{document.slug}/")
    assert (response.status_code, response["Location"]) == (301, document.get_absolute_url())
    assert "Filen finns inte här" in visitor.get(document.get_absolute_url()).content.decode()


def test_a_file_comes_as_a_download_of_its_own_kind(visitor):
    document = DocumentFactory()
    document.file.save("plan.pdf", ContentFile(b"%PDF-1.7 prov"))
    response = visitor.get(f"{document.get_absolute_url()}fil/")
    assert b"".join(response) == b"%PDF-1.7 prov"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_what_is_not_public_is_not_found(visitor):
    document = DocumentFactory(public=False)
    document.file.save("plan.pdf", ContentFile(b"%PDF-1.7"))
    draft = NewsFactory(published_on=None)
    later = NewsFactory(published_on=datetime.date.today() + datetime.timedelta(days=2))
    for address in (
        document.get_absolute_url(),
        f"{document.get_absolute_url()}fil/",
        draft.get_absolute_url(),
        later.get_absolute_url(),
    ):
        assert visitor.get(address).status_code == 404


def test_documents_by_year_and_kind(visitor):
    one = AssociationFactory()
    old = DocumentFactory(associations=[one], year=2014, kind="notes")
    new = DocumentFactory(associations=[one], year=2020, kind="plan")
    response = visitor.get(f"/{one.slug}/dokument/")
    assert response.context["documents"] == [new, old]
    assert visitor.get(f"/{one.slug}/dokument/?slag=notes").context["documents"] == [old]
    assert len(visitor.get(f"/{one.slug}/dokument/?slag=konstigt").context["documents"]) == 2


def test_lists_hold_their_query_count(visitor):
    one = AssociationFactory(members=1)
    SeatFactory(association=one)
    DocumentFactory(associations=[one])
    NewsFactory(associations=[one])
    addresses = [f"/{one.slug}/{page}/" for page in ("om", "dokument", "nyheter")]
    before = [queries_of(visitor, address) for address in addresses]
    others = AssociationFactory.create_batch(3)
    for _ in range(20):
        MembershipFactory(association=one)
        SeatFactory(association=one)
        DocumentFactory(associations=[one, *others])
        NewsFactory(associations=[one, *others])
    assert [queries_of(visitor, address) for address in addresses] == before
