"""What each page's frame needs: the site's own name and pages, the associations of the menu."""

from django.utils.functional import SimpleLazyObject

from associations.models import Association, Page, Portal


def portal(request):
    """Return ``portal``, ``site_pages`` and ``associations``, fetched when a template asks."""
    return {
        "portal": SimpleLazyObject(lambda: Portal.objects.first() or Portal(name="finsam")),
        "site_pages": SimpleLazyObject(lambda: list(Page.objects.all())),
        "associations": SimpleLazyObject(lambda: list(Association.objects.all())),
    }
