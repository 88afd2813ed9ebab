"""How the history is kept: each record knows the save that it belongs to, and who made it.

A save is what one deed wrote: a request, a cell, a paste, a file that was read in. All its records
share one ``save_id``, so that no clock is asked which records go together. Records are only ever
added (``keeping.py``), so an account that has made any stays: it is closed, never deleted.
"""

import uuid
from contextlib import contextmanager
from contextvars import ContextVar

from django.apps import apps
from django.db import models
from simple_history.models import HistoricalRecords

_save = ContextVar("save", default=None)


def current_save():
    """Return the id of the save that is going on; outside of one, a new id of its own."""
    return _save.get() or uuid.uuid4()


@contextmanager
def one_save():
    """Let all records that the block writes share a save; a block within another joins it."""
    if _save.get() is not None:
        yield
        return
    token = _save.set(uuid.uuid4())
    try:
        yield
    finally:
        _save.reset(token)


class Saved(models.Model):
    """What every record has beside simple-history's own: its save. None is from before that."""

    save_id = models.UUIDField(
        "sparning", null=True, default=current_save, editable=False, db_index=True
    )

    class Meta:
        abstract = True


def histories():
    """Return the models of every history."""
    return [model for model in apps.get_models() if issubclass(model, Saved)]


class Records(HistoricalRecords):
    """simple-history's records, with their save, and with a user who stays."""

    def __init__(self, **options):
        super().__init__(bases=[Saved], **options)

    def _get_history_user_fields(self):
        fields = super()._get_history_user_fields()
        fields["history_user"].remote_field.on_delete = models.PROTECT
        return fields
