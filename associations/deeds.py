"""A deed that may refuse in words, done by a view."""

from contextlib import contextmanager

from django.contrib import messages


@contextmanager
def told_when_refused(request):
    """Leave the block when a deed in it refuses, and show why: a ValueError's own sentence."""
    try:
        yield
    except ValueError as error:
        messages.error(request, str(error))
