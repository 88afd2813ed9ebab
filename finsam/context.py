"""What each page's frame needs: the site's own name and pages, the associations of the menu."""

from django.utils.functional import SimpleLazyObject

from associations.models import Association, Page, Portal
from associations.prepared import Prepared

_PORTAL = Prepared(lambda: Portal.objects.order_by("pk")[:1])
_PAGES = Prepared(lambda: Page.objects.all())
_ASSOCIATIONS = Prepared(lambda: Association.objects.all())


def portal(request):
    """Return ``portal``, ``site_pages`` and ``associations``, fetched when a template asks."""
    return {
        "portal": SimpleLazyObject(_portal),
        "site_pages": SimpleLazyObject(_PAGES),
        "associations": SimpleLazyObject(_ASSOCIATIONS),
    }


def _portal():
    return next(iter(_PORTAL()), None) or Portal(name="finsam")
