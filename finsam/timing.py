"""How the measurements in ``finsam/benchmarks`` take time: two things in turn, in one process.

A busy machine slows both alike, so their ratio is what to look at; the seconds are this machine's.
The site is asked as the web server asks it (``Site``): the WSGI application with every
middleware, the session, CSRF and the connection's health check.
"""

import io
import time
from dataclasses import dataclass
from statistics import quantiles
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from associations.decimals import half_up

WARM_UP = 10  # rounds that are not counted
EMPTY = "/tomt/"
CSRF = "x" * 32


class Missing(Exception):
    """What a measurement needs is not on this machine; the message says what."""


@dataclass(frozen=True)
class Times:
    """What was measured: two names, with the seconds of each round. ``about`` says of how much."""

    about: str
    base: tuple[str, list[float]]
    other: tuple[str, list[float]]


@login_not_required
def empty(request):
    """Answer with nothing but who is logged in, if anybody: the least that a page can be."""
    return HttpResponse(request.user.get_username())


urlpatterns = [path(EMPTY.removeprefix("/"), empty), path("", include("finsam.urls"))]


class Site:
    """The site with the empty page beside it, asked by ``username``, or by a visitor.

    Its addresses become this module's ``urlpatterns``.
    """

    def __init__(self, username=None):
        settings.ROOT_URLCONF = __name__
        self.application = WSGIHandler()
        self.cookies = f"{settings.CSRF_COOKIE_NAME}={CSRF}"
        if username:
            client = Client()
            client.force_login(get_user_model().objects.get(username=username))
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            self.cookies += f"; {settings.SESSION_COOKIE_NAME}={session}"

    def ask(self, address, data=None, status=200):
        """Return the bytes that ``address`` answers with: GET, or POST when there is ``data``.

        Raises AssertionError when it answers with another status.
        """
        sent = urlencode(data or {}).encode()
        answered = []
        environ = {
            "REQUEST_METHOD": "GET" if data is None else "POST",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(sent),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "PATH_INFO": address.partition("?")[0],
            "QUERY_STRING": address.partition("?")[2],
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(sent)),
            "HTTP_COOKIE": self.cookies,
            "HTTP_X_CSRFTOKEN": CSRF,
        }
        response = self.application(environ, lambda *head: answered.append(head[0]))
        try:
            body = b"".join(response)
        finally:
            response.close()
        if not answered[0].startswith(str(status)):
            raise AssertionError(f"{address}: {answered[0]}")
        return body


def in_turn(rounds, *asked, warm_up=WARM_UP):
    """Return a list of seconds for each of ``asked``, called in turn with the round's number."""
    seconds = [[] for _ in asked]
    for turn in range(rounds + warm_up):
        for ask, own in zip(asked, seconds, strict=True):
            begun = time.perf_counter()
            ask(turn)
            taken = time.perf_counter() - begun
            if turn >= warm_up:
                own.append(taken)
    return seconds


def points(seconds):
    """Return (p50, p95) of at least two times."""
    parts = quantiles(seconds, n=20, method="inclusive")
    return {"p50": parts[9], "p95": parts[18]}


def ratios(times):
    """Return p50 and p95 of ``times.other`` as times of ``times.base``."""
    base, other = points(times.base[1]), points(times.other[1])
    return {point: other[point] / base[point] for point in base}


def report(measurement, times):
    """Yield the lines that tell what ``measurement`` (a module of ``benchmarks``) gave."""
    seen = ratios(times)
    yield f"{measurement.TITLE} ({times.about}; millisekunder)"
    yield f"  {'':<34}{'p50':>9}{'p95':>9}"
    for name, seconds in (times.base, times.other):
        found = points(seconds)
        yield f"  {name:<34}{_tenths(1000 * found['p50'])}{_tenths(1000 * found['p95'])}"
    kept = "nått" if seen[measurement.POINT] <= measurement.GOAL else "inte nått"
    goal = f"mål: {measurement.POINT} ≤ {measurement.GOAL}, {kept}"
    yield f"  {'gånger':<34}{_tenths(seen['p50'])}{_tenths(seen['p95'])}   {goal}"


def _tenths(number):
    return f"{half_up(number, 1):>9}"
