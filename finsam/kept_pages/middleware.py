"""A visitor's page is made once for each state of what the public may see, and then only sent.

Looked at before it was written: Django's cache middleware and django-cachalot take no key that the
database changes at a commit, and what they clear by lists no raw SQL reaches.
"""

import hashlib
import time
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError
from django.utils import timezone

from finsam.kept_pages import asked, public_state
from finsam.kept_pages.page import KeptPage

CODE = ("*.py", "*.html", "*.css", "*.js", "*.mo")
LAST_FOR = 60 * 60  # seconds that the last page is served while the database does not answer
KEPT_FOR = 24 * 60 * 60  # seconds; the day is in the key
MAKING_FOR = 10  # seconds that others wait for who makes the page, at the most
PAUSE = 0.02  # seconds between looks
LONGEST_ADDRESS = 500  # characters; what is longer is nobody's link


class Wanted(NamedTuple):
    """Which page is asked for: its place, the day, and the state of what the public may see."""

    place: str
    day: str
    state: str

    @property
    def key(self):
        """The key of the page in the store."""
        return f"{self.day}.{self.state}.{self.place}"


def kept_pages(get_response):
    """Middleware: answer visitors with the page that was made for what is true now."""
    edition = _edition()

    def middleware(request):
        if not (settings.KEEP_PAGES and _is_visitors(request)):
            return get_response(request)
        place = _place(request, edition)
        try:
            state = public_state.current()
        except DatabaseError:
            last = _last(place)
            return last.answer(request) if last else get_response(request)
        wanted = Wanted(place, str(timezone.localdate()), state)
        page = caches["pages"].get(wanted.key)
        if page is None:
            if request.method == "HEAD":
                return get_response(request)
            page, response = _make(request, get_response, wanted)
            if page is None:
                return response
        return page.answer(request)

    return middleware


def _is_visitors(request):
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "HTTP_AUTHORIZATION" not in request.META
        and "HTTP_HX_REQUEST" not in request.META
        and "HTTP_RANGE" not in request.META
        and len(request.get_full_path()) <= LONGEST_ADDRESS
    )


def _place(request, edition):
    """Return what tells one page from another, beside what it holds."""
    asked = (request.path, request.META.get("QUERY_STRING", ""))  # as sent: what is quoted differs
    whole = (request.scheme, request.get_host(), *asked, edition)
    return hashlib.sha256(repr(whole).encode()).hexdigest()


def _make(request, get_response, wanted):
    """Return (page, None), or (None, the answer) for what may not be kept. One maker at a time."""
    kept, key = caches["pages"], wanted.key
    if not kept.add(f"making.{key}", True, MAKING_FOR):
        until = time.monotonic() + MAKING_FOR
        while time.monotonic() < until and kept.get(f"making.{key}"):
            time.sleep(PAUSE)
        if page := kept.get(key):
            return page, None
    asked_with = request.META.pop("HTTP_IF_NONE_MATCH", None)
    accepted = request.META.pop("HTTP_ACCEPT_ENCODING", None)  # compressed here, once
    try:
        if page := _same_as_before(wanted):
            return page, None
        with asked.listening() as heard:
            response = get_response(request)
        page = KeptPage.of(response)
        if page is not None:
            _keep(page, wanted)
            asked.remember(wanted.place, heard, wanted.day, key, wanted.state)
        elif response.status_code < 500:  # what is taken away does not come back
            kept.delete(f"last.{wanted.place}")
    finally:
        kept.delete(f"making.{key}")
        for name, sent in (("ACCEPT_ENCODING", accepted), ("IF_NONE_MATCH", asked_with)):
            if sent is not None:
                request.META[f"HTTP_{name}"] = sent
    return page, response


def _keep(page, wanted):
    """Keep ``page`` instead of the one that was there before."""
    kept = caches["pages"]
    older = kept.get(f"last.{wanted.place}")
    if older and older != wanted.key:
        kept.delete(older)
    kept.set(wanted.key, page, KEPT_FOR)
    kept.set(f"last.{wanted.place}", wanted.key, LAST_FOR)


def _same_as_before(wanted):
    """Return the page that was made before, kept anew, when nothing that it tells has changed."""
    key = asked.still_right(wanted.place, wanted.day)
    page = key and caches["pages"].get(key)
    if page:
        _keep(page, wanted)
        asked.moved(wanted.place, wanted.key)
    return page


def _last(place):
    """Return the page that was made last, within the hour, or None."""
    key = caches["pages"].get(f"last.{place}")
    return key and caches["pages"].get(key)


def _edition():
    """Return what tells this edition of the code from others that share the same store."""
    found = [
        (str(path), path.stat().st_mtime_ns)
        for folder in (*public_state.ROOMS, "finsam", "templates", "static", "locale")
        for pattern in CODE
        for path in sorted((Path(settings.BASE_DIR) / folder).rglob(pattern))
    ]
    return hashlib.sha256(repr(found).encode()).hexdigest()
