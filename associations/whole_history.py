"""The admin's history of a row, with what no form writes: a proposal, a decision."""

from itertools import pairwise

from django.core.exceptions import ObjectDoesNotExist
from simple_history.admin import SimpleHistoryAdmin
from simple_history.models import DeletedObject, ModelChange, ModelDelta


class WholeHistoryAdmin(SimpleHistoryAdmin):
    """Tells from and to of every field that the history keeps.

    The package leaves out fields that no form writes, and so would say nothing of the day a plan
    was adopted.
    """

    def set_history_delta_changes(self, request, historical_records, foreign_keys_are_objs=True):
        """Give each record but the oldest what differs from the one before."""
        super().set_history_delta_changes(request, historical_records, foreign_keys_are_objs)
        for record, before in pairwise(historical_records):
            unwritten = [field for field in record.tracked_fields if not field.editable]
            changed = [
                ModelChange(field.name, _value(before, field), _value(record, field))
                for field in unwritten
                if getattr(before, field.attname) != getattr(record, field.attname)
            ]
            names = [field.name for field in unwritten]
            helper = self.get_historical_record_context_helper(request, record)
            record.history_delta_changes += helper.context_for_delta_changes(
                ModelDelta(changed, names, before, record)
            )


def _value(record, field):
    try:
        return getattr(record, field.name)
    except ObjectDoesNotExist:
        return DeletedObject(field.related_model, getattr(record, field.attname))
