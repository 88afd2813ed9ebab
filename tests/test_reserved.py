"""Addresses that pages of the site have can't be given to anything else."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from associations import reserved
from tests.addresses import every_address
from tests.factories import AssociationFactory, InterventionFactory

pytestmark = [pytest.mark.house, pytest.mark.django_db]

# Whose address stands at each place where an address has a part of its own.
WHOSE = {
    "<slug:association>": reserved.ASSOCIATION,
    "insatser/<slug:slug>": reserved.INTERVENTION,
    "<slug:association>/insatser/<slug:slug>": reserved.INTERVENTION,
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
    free = {place: words - set(WHOSE.get(place, ())) for place, words in places.items()}
    assert not {place: words for place, words in free.items() if words}


@pytest.mark.parametrize(
    ("factory", "words"),
    [(AssociationFactory, reserved.ASSOCIATION), (InterventionFactory, reserved.INTERVENTION)],
)
def test_a_reserved_address_is_refused_in_a_sentence_and_by_the_database(factory, words):
    row = factory()
    for word in words:
        row.slug = word
        with pytest.raises(ValidationError) as refused:
            row.full_clean()
        assert reserved.SENTENCE in refused.value.message_dict["slug"]
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(slug=word)
    row.slug = f"{words[0]}-2"
    row.full_clean()
