"""What every answer says, whichever room it comes from."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import DataError

from associations.recording import one_save


def kept_by_nobody(get_response):
    """Middleware: what somebody who is logged in is shown, no browser or proxy keeps.

    The session is asked only where there is one, so that visitors' answers do not vary.
    """

    def middleware(request):
        response = get_response(request)
        logged_in = settings.SESSION_COOKIE_NAME in request.COOKIES and (
            request.user.is_authenticated
        )
        if logged_in and not response.get("Cache-Control", "").startswith("public"):
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware


def within_reach(get_response):
    """Middleware: an address with a number or sign that no database can hold is answered 400.

    PostgreSQL refuses NUL and both databases refuse endless numbers and years, wherever a list, a
    filter or an autocomplete asks for them.
    """

    def middleware(request):
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return get_response(request)

    def process_exception(request, exception):
        if isinstance(exception, (DataError, OverflowError)):
            raise BadRequest("A value that the database can't hold") from exception

    middleware.process_exception = process_exception
    return middleware


def one_save_each(get_response):
    """Middleware: all that one request writes is one save in the history."""

    def middleware(request):
        with one_save():
            return get_response(request)

    return middleware
