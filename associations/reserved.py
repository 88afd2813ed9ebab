"""Names that an address can't have, since a page of the site stands there: one place for all.

A test reads ``finsam/urls.py`` and asks that each of its own words stands here.
"""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

SENTENCE = "Adressen används redan av webbplatsen. Välj en annan."

# First parts of addresses that belong to the whole site, so no association may take them.
ASSOCIATION = [
    "admin", "arbeta", "effekter", "farger.css", "favicon.ico", "hitta", "insatser",
    "komponenter", "konto", "kontrollera", "media", "moten", "om", "schema", "sok", "static",
]  # fmt: skip
# Second parts, after /insatser/. A joint intervention has its address there, and any may be joint.
INTERVENTION = ["bilaga", "hitta"]


def unless_reserved(words):
    """Return the validator that refuses an address among ``words``."""
    return RegexValidator(rf"^(?:{'|'.join(words)})$", SENTENCE, inverse_match=True)


def not_reserved(words, name):
    """Return the constraint that refuses the same in the database."""
    return models.CheckConstraint(
        condition=~Q(slug__in=words), name=name, violation_error_message=SENTENCE
    )
