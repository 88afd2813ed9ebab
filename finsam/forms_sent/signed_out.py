"""A form or a script's question from somebody whose login has ended, or is another's now.

Django leads to the login page, and what was typed is gone. Here a form is answered with the text
itself, to copy, whether scripts run or not; a script gets a status that means one thing.
"""

from urllib.parse import urlsplit

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

PERSON = "Page-Person"  # a script's header: whose page it is, the user's key
SHORTEST = 20  # characters of what is worth giving back: a name or a choice is soon made again
MOST = 200_000  # characters that are given back
# Parts of the names of what is never shown: secrets, and hidden fields that nobody typed.
SECRET = ("password", "csrf", "token", "code", "signed", "loaded", "seen", "stamp")

OUT = "Du är utloggad. Det du skrev står kvar här. Logga in i en annan flik, så kan du spara."
OTHER = "Du är inloggad som någon annan i en annan flik. Inget är sparat. Läs in sidan igen."


class SignedInMiddleware(LoginRequiredMiddleware):
    """Django's, which answers 401 with the typed text instead of leading elsewhere.

    A script that says whose its page is (``Page-Person``) and is wrong is answered 409.
    """

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Return the answer to who may not go on, or None."""
        if request.user.is_authenticated:
            whose = request.headers.get(PERSON, "")
            is_another = whose and whose != str(request.user.pk)
            return HttpResponse(OTHER, status=409) if is_another else None
        match = request.resolver_match
        if request.method == "POST" and match and match.app_names == ["admin"]:
            return self.handle_no_permission(request, view_func)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        """Return 401 for a form or a script, and the way to the login for everybody else."""
        if request.htmx:
            return HttpResponse(OUT, status=401)
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        back = urlencode({REDIRECT_FIELD_NAME: _page_of(request)})
        context = {"typed": typed(request), "login": f"{self.get_login_url(view_func)}?{back}"}
        return render(request, "signed_out.html", context, status=401)


def typed(request):
    """Return the longer texts that a form of ours was sent with, as they were typed.

    Another site can send a form here too, without the login's cookie: its words are not shown as
    ours. A browser names the site (``Origin``) with every form that comes from elsewhere.
    """
    own = f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Origin", own) != own:
        return []
    texts = [
        text
        for name, sent in request.POST.lists()
        for text in sent
        if len(text) >= SHORTEST and not any(part in name.lower() for part in SECRET)
    ]
    return texts if sum(map(len, texts)) <= MOST else []


def _page_of(request):
    """Return the address of the page that the form stood on."""
    came_from = request.headers.get("Referer", "")
    here = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    return urlsplit(came_from).path if came_from and here else request.path


def csrf_failed(request, reason=""):
    """Answer a form whose page is from before a new login: 403 with what was typed in it.

    A script is told as any other that has no login, or an older one.
    """
    if request.htmx:
        status, words = (409, OTHER) if request.user.is_authenticated else (401, OUT)
        return HttpResponse(words, status=status)
    return render(request, "403_csrf.html", {"typed": typed(request)}, status=403)
