"""What every answer says, whichever room it comes from."""

from django.conf import settings


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
