"""What a meeting's page tells, the same on the web and on paper."""

from associations import markdown
from associations.models import Organisation

TOP = 4  # the level of the highest heading within an item


def context(meeting):
    """Return what the templates need; decisions stand at their item, the others by themselves.

    ``items`` are pairs of an item and its text as html.
    """
    following, source = meeting.next_meeting, meeting.source
    owners = list(meeting.associations.all())
    items, names = list(meeting.items.prefetch_related("decisions")), _names(owners)
    return {
        "meeting": meeting,
        "owners": owners,
        "items": [(item, markdown.rendered(item.text, TOP, names)) for item in items],
        "decisions": list(meeting.decisions.filter(item__isnull=True)),
        "action_points": list(meeting.action_points.all()),
        "following": following if following is not None and following.public else None,
        "source": source if source is not None and source.public else None,
    }


def _names(owners):
    """Return the names that a line's end may not tear: the owners' and their members'."""
    own = [name for owner in owners for name in (owner.name, owner.short_name)]
    members = Organisation.objects.filter(memberships__association__in=owners)
    return [*own, *members.values_list("name", flat=True).distinct()]
