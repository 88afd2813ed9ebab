"""The association that an address names, by a query that is made once."""

from django.http import Http404

from associations.models import Association
from associations.prepared import Prepared

_NAMED = Prepared(lambda slug: Association.objects.filter(slug=slug).order_by("pk"))


def association_or_404(slug):
    """Return the Association with the address ``slug``. Raises Http404."""
    found = _NAMED(slug)
    if not found:
        raise Http404(f"Inget förbund har adressen {slug}.")
    return found[0]
