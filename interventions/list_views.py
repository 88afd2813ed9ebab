"""Public lists of interventions, and the finder: one filter, its choices in the address."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Case, Count, When
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from associations.models import Association
from associations.public_lists import as_csv, page_of
from interventions import finder_counts, finder_page
from interventions.finding import associations_at
from interventions.models import Intervention
from interventions.page import States
from interventions.public_filters import (
    AssociationInterventionFilter,
    InterventionFilter,
    PersonFilter,
)
from interventions.public_table import table

GROUPS = [
    ("Stöd till enskilda", "Insatser där människor får stöd på vägen till arbete."),
    ("Utveckling av samverkan", "Insatser som ändrar hur myndigheterna arbetar tillsammans."),
    ("Utbildning och kunskap", "Insatser där medarbetare och förtroendevalda lär sig mer."),
    ("Gemensamt för förbunden", "Sådant som förbunden gör tillsammans."),
    ("Övriga", "Källorna säger inte om de riktar sig till enskilda eller till samverkan."),
    ("Kan passa – fråga", "Källorna säger inte allt som du har valt efter."),
    (
        "Nationella system",
        "System för hela landet, som förbunden använder. De räknas inte som insatser.",
    ),
]
PERSONS, STRUCTURE, LEARNING, JOINT, OTHERS, UNSURE, SYSTEMS = range(len(GROUPS))


@login_not_required
def intervention_list(request):
    """All public interventions, grouped; filtered and ordered by the address's query."""
    chosen = InterventionFilter(request.GET, queryset=Intervention.objects.published())
    return _listing(request, chosen)


@login_not_required
def association_interventions(request, association):
    """One association's public interventions, those it shares with others too."""
    association = get_object_or_404(Association, slug=association)
    own = Intervention.objects.published().filter(associations=association)
    chosen = AssociationInterventionFilter(request.GET, queryset=own)
    return _listing(request, chosen, association=association)


def _listing(request, chosen, **context):
    """Show one page of what was chosen, or send all of it as a file: constant queries."""
    rows = chosen.qs.annotate(part=_part(chosen.finder), over=_over())
    ordered = rows.order_by("part", "over", *(rows.query.order_by or ["name"]), "pk")
    if request.GET.get("format") == "csv":
        heads, *cells = table(ordered, request.build_absolute_uri)
        return as_csv(heads, cells, "insatser")
    counts = dict(rows.order_by().values_list("part").annotate(Count("pk")))
    page = page_of(request, ordered.values_list("pk", "part"), sum(counts.values()))
    own = rows.exclude(form=Intervention.Form.SYSTEM)
    context |= {
        "filter": chosen,
        "groups": _groups(list(page), counts),
        "page_obj": page,
        "number": page.paginator.count - counts.get(SYSTEMS, 0),
        "systems": counts.get(SYSTEMS, 0),
        "states": States.of(*own.count_states(few="association" in context)),
    }
    return render(request, "interventions/list.html", context)


def _over():
    return Case(When(last_year__lt=timezone.localdate().year, then=1), default=0)


def _part(finder):
    """Return which of GROUPS an intervention is listed in, as the database reckons it."""
    unsure = [When(fits=False, then=UNSURE)] if finder.wish else []
    return Case(
        When(form=Intervention.Form.SYSTEM, then=SYSTEMS),
        *unsure,
        When(lead__isnull=True, then=JOINT),
        When(individual_percent__gte=50, then=PERSONS),
        When(individual_percent__isnull=False, then=STRUCTURE),
        When(form=Intervention.Form.TRAINING, then=LEARNING),
        default=OTHERS,
    )


def _groups(page, counts):
    """Return the groups that have rows on this page; ``number`` is of the group on all pages."""
    known = Intervention.objects.with_owners().in_bulk([key for key, _ in page])
    members = {}
    for key, part in page:
        members.setdefault(part, []).append(known[key])
    return [
        {
            "title": GROUPS[part][0],
            "text": GROUPS[part][1],
            "number": counts[part],
            "interventions": interventions,
        }
        for part, interventions in members.items()
    ]


@login_not_required
def find(request):
    """The finder: what is known of a person, a choice at a time, and the few that fit."""
    everyone = Intervention.objects.published().for_persons()
    chosen = PersonFilter(request.GET, queryset=everyone)
    finder = chosen.finder
    parts, page = _parts(request, chosen.qs, finder) if finder.wish else ([], None)
    total = finder_counts.for_persons()
    fitting = sum(part.number for part in parts) if page is None else None
    sure = any(part.key == "passar" for part in parts)
    context = {
        "filter": chosen,
        "choices": finder_page.choices(request.GET, finder),
        "questions": finder_page.questions(request.GET, finder, everyone),
        "parts": {part.key: part for part in parts},
        "page_obj": page,
        "total": total,
        "left_out": None if fitting is None else total - fitting,
        "whole": finder_page.without(request.GET),
        "ways_out": []
        if sure or page or not finder.wish
        else finder_page.ways_out(request.GET, finder, everyone),
        "to_ask": [] if sure or page else associations_at(finder.wish.get("kommun")),
        "asks_age": "alder" not in finder.wish,
        "kept": [(axis, value) for axis, value in finder.wish.items() if axis != "alder"],
    }
    return render(request, "interventions/find.html", context)


def _parts(request, rows, finder):
    """Return the groups of hits and None, or all of the group ``?visa=`` and its page."""
    found = finder_page.parts(rows, finder)
    asked = next((part for part in found if part.key == request.GET.get("visa")), None)
    if asked is None:
        return found, None
    page = page_of(request, range(asked.number))
    stretch = (asked.key, page.start_index() - 1, page.end_index())
    return finder_page.parts(rows, finder, stretch), page
