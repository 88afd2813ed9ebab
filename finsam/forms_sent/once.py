"""A form sent twice makes one thing: two clicks, two windows of one page, and Back and again.

Each rendered page carries a token of its own (Django masks the CSRF token anew), so the same form
with the same token is the same deed. The first answer that leads on is remembered for a day; who
comes after, at the same moment too, is led to the same place.
"""

import hashlib
import logging
import time
from datetime import timedelta

from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from finsam.forms_sent import signed_out
from finsam.models import FormSent

logger = logging.getLogger(__name__)

TOKEN = "csrfmiddlewaretoken"
KEPT = timedelta(days=1)
LONGEST = timedelta(minutes=2)  # that a deed takes; one that has not ended by then was broken off
PATIENCE = 10  # seconds to wait for the first of two that came at once
PAUSE = 0.05  # seconds between looks


def sent_once(get_response):
    """Middleware: answer a form that has been sent already with where the first one led."""

    def middleware(request):
        response = get_response(request)
        if getattr(request, "form_sent", None):
            _finish(request.form_sent, response)
        return response

    def process_view(request, view, args, kwargs):
        key = _key(request, view)
        if key is None:
            return None
        request.form_sent = _begin(key)
        return None if request.form_sent else _first_answer(request, key)

    def process_exception(request, exception):
        """Tell of a deed that another did at the same moment, in words; and log it."""
        if not isinstance(exception, IntegrityError) or request.method != "POST":
            return None
        logger.exception("Two did the same at once, or a rule of the database was met")
        context = {"is_at_work": False, "typed": signed_out.typed(request)}
        return render(request, "sent_twice.html", context, status=409)

    middleware.process_view = process_view
    middleware.process_exception = process_exception
    return middleware


def forget_old():
    """Take away what is older than a day."""
    FormSent.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()


def _key(request, view):
    """Return what tells this form from all others, or None for what is no form of a person's."""
    if request.method != "POST" or getattr(view, "csrf_exempt", False):
        return None
    if not request.user.is_authenticated:
        return None
    try:
        if TOKEN not in request.POST:  # as a script's question: a saved cell comes here, too
            return None
    except RequestDataTooBig:
        return None
    sent = sorted(request.POST.lists())
    files = [(name, each.name, _sum(each)) for name, each in sorted(request.FILES.items())]
    whole = repr((request.user.pk, request.path, sent, files))
    return hashlib.sha256(whole.encode()).hexdigest()


def _sum(file):
    """Return the sum of an uploaded file's bytes: one that was corrected may have the same size."""
    found = hashlib.sha256()
    for piece in file.chunks():
        found.update(piece)
    file.seek(0)
    return found.hexdigest()


def _begin(key):
    """Return the FormSent that this request is the first to write, or None."""
    FormSent.objects.filter(key=key, led_to="", sent_at__lt=timezone.now() - LONGEST).delete()
    form, is_first = FormSent.objects.get_or_create(key=key)
    return form if is_first else None


def _finish(form, response):
    """Remember where the form led; what led nowhere, as a refused one, may be sent again."""
    if response.status_code in (302, 303):
        form.led_to = response["Location"]
        form.save(update_fields=["led_to"])
    else:
        form.delete()


def _first_answer(request, key):
    """Return where the first one led; that it is still at work; or that it came to nothing."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        first = FormSent.objects.filter(key=key).first()
        if first is None or first.led_to:
            break
        time.sleep(PAUSE)
    if first is not None and first.led_to:
        return HttpResponseRedirect(first.led_to)
    context = {"is_at_work": first is not None, "typed": signed_out.typed(request)}
    return render(request, "sent_twice.html", context, status=409)
