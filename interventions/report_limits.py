"""How many faults are taken an hour: from one visitor, about one page, and in all.

A visitor is told apart by the address that the request came from, so that one machine doesn't take
everybody's room. The address is only counted: hashed with the site's key, in the cache, for the
hour that ``ACCOUNT_RATE_LIMITS`` says.
"""

import ipaddress
from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from interventions.models import Report

MOST_OF_ONE, MOST_OF_ALL = 40, 500
FULL = "Just nu kommer många meddelanden. Det du skrev står kvar. Skicka igen om en stund."
ENOUGH = (
    "Härifrån har det kommit många meddelanden den senaste timmen. Det du skrev står kvar. "
    "Skicka igen om en stund."
)


def refusal(request, intervention):
    """Return in a sentence why no more is taken now, or ""; the visitor is counted when it is."""
    last_hour = Report.objects.filter(sent_at__gte=timezone.now() - timedelta(hours=1))
    ours = Q(intervention=intervention)
    if last_hour.filter(ours).count() >= MOST_OF_ONE or last_hour.count() >= MOST_OF_ALL:
        return FULL
    return "" if ratelimit.consume(request, action="fault", key=_visitor(request)) else ENOUGH


def _visitor(request):
    """Return the request's address so that nobody reads it; a household's IPv6 counts as one."""
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except PermissionDenied:  # a server that doesn't know: they all count as one
        return ""
    bits = 64 if address.version == 6 else 32
    network = ipaddress.ip_network((address, bits), strict=False)
    return salted_hmac("interventions.report", str(network), algorithm="sha256").hexdigest()
