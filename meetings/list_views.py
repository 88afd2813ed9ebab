"""Public lists of meetings, the joint ones and an association's: filtered by the address."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Case, Count, F, Value, When
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from associations.models import Association
from associations.public_lists import (
    BY_NAME,
    OLDEST,
    ListFilter,
    as_csv,
    names,
    page_of,
    text,
)
from meetings.models import Meeting

HEADS = [
    "möte", "adress", "förbund", "slag", "år", "datum", "om datumet", "plats", "värd",
    "känt bara som planerat", "antal inbjudna", "antal närvarande", "sammanfattning",
]  # fmt: skip
COMING, HELD = 0, 1


class MeetingFilter(ListFilter):
    """The same for meetings."""

    searched = ("title", "place", "summary", "host__name", "host__short_name")
    orders = {OLDEST: ["year", F("date").asc(nulls_last=True), "title"], BY_NAME: ["title"]}


@login_not_required
def meeting_list(request):
    """The meetings that several associations hold together."""
    return _listing(request, Meeting.objects.published().joint(), "moten")


@login_not_required
def association_meetings(request, association):
    """One association's meetings, the joint ones too."""
    association = get_object_or_404(Association, slug=association)
    own = Meeting.objects.published().filter(associations=association)
    return _listing(request, own, f"moten-{association.slug}", association=association)


def _listing(request, meetings, name, **context):
    """Show a page of what was chosen, those to come first, or send all of it: constant queries."""
    chosen = MeetingFilter(request.GET, meetings)
    rows = _parted(chosen)
    if request.GET.get("format") == "csv":
        return as_csv(HEADS, (_row(each, request.build_absolute_uri) for each in rows), name)
    counts = dict(rows.order_by().values_list("part").annotate(Count("pk", distinct=True)))
    page = page_of(request, rows, sum(counts.values()))
    context |= {
        "filter": chosen,
        "page_obj": page,
        "number": page.paginator.count,
        "coming": [each for each in page if each.part == COMING],
        "held": [each for each in page if each.part == HELD],
        "coming_number": counts.get(COMING, 0),
    }
    return render(request, "meetings/list.html", context)


def _parted(chosen):
    """Return the chosen rows, those to come first; the next one first when no order is chosen."""
    coming = When(date__gte=timezone.localdate(), then=F("date"))
    rows = chosen.qs.with_owners().annotate(
        part=Case(When(date__gte=timezone.localdate(), then=Value(COMING)), default=Value(HELD)),
        next_day=Case(coming, default=None),
    )
    if rows.query.order_by:
        return rows.order_by("part", *rows.query.order_by, "pk")
    usual = Meeting._meta.ordering
    return rows.order_by("part", F("next_day").asc(nulls_last=True), *usual, "pk")


def _row(each, absolute):
    return [
        each.title,
        absolute(each.get_absolute_url()),
        names(each.associations.all()),
        each.get_kind_display(),
        each.year,
        text(each.date),
        each.date_note,
        each.place,
        each.host.short_name if each.host else "",
        "ja" if each.planned else "nej",
        text(each.invited),
        text(each.present),
        each.summary,
    ]
