"""Addresses that pages of the site have can't be given to anything else."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve

from associations import reserved
from associations.addresses import AddressField, suggested
from associations.models import Association
from tests.addresses import every_address
from tests.factories import AssociationFactory, InterventionFactory

pytestmark = [pytest.mark.house, pytest.mark.django_db]

# Whose address stands at each place where an address has a part of its own.
WHOSE = {
    "<slug:association>": reserved.association_words,
    "insatser/<slug:slug>": reserved.intervention_words,
    "<slug:association>/insatser/<slug:slug>": reserved.intervention_words,
}


def taken():
    """Return {place of an own part: the fixed words that stand at the same place}."""
    routes = [route.strip("/").split("/") for route, _view in every_address()]
    places = {}
    for route in routes:
        for at, part in enumerate(route):
            if part.startswith("<slug:") and part.endswith(">"):
                before = route[:at]
                words = {
                    other[at]
                    for other in routes
                    if len(other) > at and other[:at] == before and "<" not in other[at]
                }
                places["/".join([*before, part])] = words - {""}
    return places


def test_every_word_that_a_page_has_is_reserved():
    places = taken()
    assert {"<slug:association>", "insatser/<slug:slug>", "moten/<slug:slug>"} <= set(places)
    assert len(places["<slug:association>"]) > 9 and "hitta" in places["insatser/<slug:slug>"]
    free = {
        place: words - WHOSE[place]() if place in WHOSE else words
        for place, words in places.items()
    }
    assert not {place: words for place, words in free.items() if words}
    assert {"arbeta", "admin", "sok", "static"} <= reserved.association_words()


@pytest.mark.parametrize(
    ("factory", "words"),
    [
        (AssociationFactory, reserved.association_words),
        (InterventionFactory, reserved.intervention_words),
    ],
)
def test_a_reserved_address_is_refused_in_a_sentence(factory, words):
    row = factory()
    for word in words():
        for written in (word, word.upper()):
            row.slug = written
            with pytest.raises(ValidationError) as refused:
                row.full_clean()
            assert reserved.SENTENCE in refused.value.message_dict["slug"]
    row.slug = f"{min(words())}-2".replace(".", "-")
    row.full_clean()


def test_what_is_not_reserved_leads_to_the_association():
    for word in ("mitt-forbund", "hitta", "arbeta-mer"):
        assert word not in reserved.association_words()
        assert resolve(f"/{word}/").url_name == "association"
    for word in reserved.association_words():
        try:
            found = resolve(f"/{word}/budget/")
        except Resolver404:
            continue
        assert found.url_name != "association", word


@pytest.mark.parametrize(
    ("typed", "read"),
    [("/Mitt-Forbund/", "mitt-forbund"), (" lappmarken ", "lappmarken"), ("A_1", "a_1")],
)
def test_an_address_is_read_without_slashes_and_capitals(typed, read):
    assert AddressField().clean(typed) == read


@pytest.mark.parametrize("typed", ["Norra Bygden", "norra/bygden", "norra bygden!", "nörra-bygdén"])
def test_what_no_address_can_have_is_refused_with_one_that_can(typed):
    with pytest.raises(ValidationError, match=r"Skriv till exempel norra-?bygden\."):
        AddressField().clean(typed)


def test_an_address_is_suggested_that_is_free():
    AssociationFactory(slug="ostra-ake")

    def is_taken(address):
        return Association.objects.filter(slug=address).exists()

    assert suggested("Östra Åke", is_taken, 60) == "ostra-ake-2"
    assert suggested("Ö" * 200, is_taken, 60) == "o" * 60
    assert suggested("!?", is_taken, 60) == ""
