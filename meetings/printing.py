"""A meeting's notes as one html page for paper. The roof turns it into PDF."""

from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import timezone

from associations.colour import COUNTY
from associations.paper import Printed, lasting_address
from meetings import page
from meetings.models import ActionPoint, AgendaItem, Decision


def printed(meeting, request):
    """Return the notes as Printed, marked as a draft until they are public."""
    changed = _changed(meeting)
    found = page.context(meeting) | {
        "changed": changed,
        "is_draft": not meeting.public,
        "address": lasting_address(request, meeting.get_absolute_url()),
    }
    owners = found["owners"]
    mark = render_to_string("meetings/_mark.txt", found).strip()
    draft = f"-utkast-{changed:%Y-%m-%d}" if mark else ""
    return Printed(
        html=render_to_string("meetings/print.html", found),
        colour=owners[0].colour if len(owners) == 1 else COUNTY,
        mark=mark,
        filename=f"{meeting.slug}{draft}.pdf",
        day=f"{changed:%Y-%m-%d}",
    )


def _changed(meeting):
    """Return the day when the notes last changed; without any history the day of the meeting."""
    parts = (AgendaItem, Decision, ActionPoint)
    records = [meeting.history, *(each.history.filter(meeting_id=meeting.pk) for each in parts)]
    times = [each.aggregate(latest=Max("history_date"))["latest"] for each in records]
    known = [time for time in times if time is not None]
    return timezone.localdate(max(known)) if known else meeting.date or timezone.localdate()
