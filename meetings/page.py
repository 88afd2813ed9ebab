"""What a meeting's page tells, the same on the web and on paper."""


def context(meeting):
    """Return what the templates need; decisions stand at their item, the others by themselves."""
    following, source = meeting.next_meeting, meeting.source
    return {
        "meeting": meeting,
        "owners": list(meeting.associations.all()),
        "items": list(meeting.items.prefetch_related("decisions")),
        "decisions": list(meeting.decisions.filter(item__isnull=True)),
        "action_points": list(meeting.action_points.all()),
        "following": following if following is not None and following.public else None,
        "source": source if source is not None and source.public else None,
    }
