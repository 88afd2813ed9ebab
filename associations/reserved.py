"""Names that an address can't have, since a page of the site stands there: read from the urlconf.

A new page in ``finsam/urls.py`` is thereby reserved without being named here.
"""

import functools

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import URLResolver, get_resolver

SENTENCE = "Adressen används redan av webbplatsen. Välj en annan."

OWN = "<slug:"  # how a part of an address begins that somebody chooses


@functools.cache
def words_beside(*places):
    """Return the fixed words that stand where an own part does, after one of ``places``.

    A place is the route before it: ``""`` for the first part of an address, ``"insatser/"`` for
    what comes after ``/insatser/``.
    """
    found = set()
    for route in _routes(get_resolver().url_patterns):
        for place in places:
            if route.startswith(place):
                found.add(route[len(place) :].split("/")[0])
    if "" in places:
        kept = (settings.STATIC_URL, settings.MEDIA_URL)
        found |= {address.strip("/").split("/")[0] for address in kept}
    return frozenset(word for word in found if word and not word.startswith("<"))


def _routes(patterns, before=""):
    for pattern in patterns:
        route = f"{before}{pattern.pattern}"
        yield route
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)


def association_words():
    """Return what no association's address can be: the first words of the site's addresses."""
    return words_beside("")


def intervention_words():
    """Return what no intervention's address can be. A joint one lies under /insatser/."""
    return words_beside("insatser/", f"{OWN}association>/insatser/")


def unless_association(address):
    """Raise ValidationError when a page of the site stands where the association's would."""
    _refuse(address, association_words())


def unless_intervention(address):
    """Raise ValidationError when a page of the site stands where the intervention's would."""
    _refuse(address, intervention_words())


def _refuse(address, words):
    if address.lower() in words:
        raise ValidationError(SENTENCE)
