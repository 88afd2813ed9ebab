"""What a person must be allowed beside having access to a budget's association."""

from django.core.exceptions import PermissionDenied


def may_read(request, found=None):
    """Return ``found``, or refuse (403) a person whose role may not read budgets."""
    if not request.user.has_perm("budgets.view_budget"):
        raise PermissionDenied
    return found
