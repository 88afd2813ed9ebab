"""What every page's frame needs: the site's own name, and the associations of the menu."""

from django.utils.functional import SimpleLazyObject

from associations.models import Association, Portal


def portal(request):
    """Return ``portal`` and ``associations``, fetched only when a template asks for them."""
    return {
        "portal": SimpleLazyObject(lambda: Portal.objects.first() or Portal(name="finsam")),
        "associations": SimpleLazyObject(lambda: list(Association.objects.all())),
    }
