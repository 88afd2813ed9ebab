"""The pages about an association, its documents, files and news."""

import csv
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
    address = f"/{one.slug}/dokument/"
    assert rows_at(visitor, address) == [new, old]
    assert '<form class="filter"' not in visitor.get(address).content.decode()
    assert rows_at(visitor, f"{address}?slag=notes") == [old]
    wrong = visitor.get(f"{address}?slag=konstigt")
    assert len(wrong.context["page_obj"]) == 2 and wrong.context["filter"].form.errors


def rows_at(visitor, address):
    return list(visitor.get(address).context["page_obj"])


def test_many_documents_are_narrowed_ordered_and_paged(visitor):
    one = AssociationFactory()
    made = [
        DocumentFactory(
            associations=[one], title=f"Handling {n:02}", year=2000 + n % 20, dnr=f"D{n}"
        )
        for n in range(33)
    ]
    found = DocumentFactory(associations=[one], title="Ärlig årsbok", year=1990)
    DocumentFactory(associations=[one], title="Hemlig årsbok", year=1990, public=False)
    DocumentFactory(title="Andras årsbok")
    address = f"/{one.slug}/dokument/"
    page = visitor.get(address)
    assert (
        '<form class="filter"' in page.content.decode() and "34 handlingar" in page.content.decode()
    )
    assert len(page.context["page_obj"]) == 30 and not page.cookies
    assert len(rows_at(visitor, f"{address}?page=2")) == 4
    assert rows_at(visitor, f"{address}?sok=ÅRSBOK+ärlig") == [found]
    assert rows_at(visitor, f"{address}?ar=1990") == [found]
    assert rows_at(visitor, f"{address}?ordning=aldst")[0] == found
    assert rows_at(visitor, f"{address}?ordning=namn")[:2] == made[:2]
    nothing = visitor.get(f"{address}?sok=finnsinte").content.decode()
    assert "Visa alla" in nothing and "format=csv" not in nothing
    held = queries_of(visitor, f"{address}?ordning=aldst")
    DocumentFactory.create_batch(20, associations=[one])
    assert queries_of(visitor, f"{address}?ordning=aldst") == held


def test_a_list_is_sent_whole_as_a_file_that_runs_nothing(visitor):
    one = AssociationFactory(short_name="Prov")
    NewsFactory.create_batch(31, associations=[one], published_on=datetime.date(2020, 5, 1))
    NewsFactory(associations=[one], title="=1+1", published_on=datetime.date(2019, 5, 1))
    NewsFactory(associations=[one], title="Utkast", published_on=None)
    answer = visitor.get(f"/{one.slug}/nyheter/?format=csv&page=2")
    rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert len(rows) == 33 and rows[-1][0] == "'=1+1" and rows[-1][2:4] == ["Prov", "2019-05-01"]
    assert rows[1][1].startswith("http://testserver/")
    assert "nyheter-" in answer["Content-Disposition"]
    old = visitor.get(f"/{one.slug}/nyheter/?ar=2019&format=csv").content.decode()
    assert "=1+1" in old and "2020-" not in old
    DocumentFactory(associations=[one], title="@sum", date=datetime.date(2019, 2, 3), year=2019)
    sent = visitor.get(f"/{one.slug}/dokument/?format=csv").content.decode()
    assert "'@sum" in sent and "2019-02-03" in sent


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
