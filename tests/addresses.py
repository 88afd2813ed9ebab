"""The addresses of the whole site, as one list: what lies under another is joined to it."""

from django.urls import URLPattern, get_resolver


def _under(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern.callback
        else:
            yield from _under(pattern.url_patterns, route)


def every_address():
    """Return (route, view) of every address, the admin's and the login's too."""
    return list(_under(get_resolver().url_patterns))
