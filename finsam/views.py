"""The roof's own public pages: the start page, an association's front page, pages and colours."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.cache import get_conditional_response

from associations.colour import HEX_COLOUR
from associations.models import Association, News, Page
from finsam import front, overview
from interventions import finder_page
from interventions.models import Intervention
from interventions.page import States
from meetings.models import Meeting

COLOURS_FRESH_FOR = 300  # seconds
SHOWN = 30  # of an association's own interventions, and as many ended, on its front page


@login_not_required
def start(request):
    """The whole county: the associations with their money, and what is joint."""
    associations = list(Association.objects.all())
    joint = Intervention.objects.published().with_owners().filter(lead__isnull=True)
    cards = front.cards(associations)
    context = {
        "cards": cards,
        "places": finder_page.places(),
        "county": front.county(cards),
        "joint": [each for each in joint if each.form != Intervention.Form.SYSTEM],
        "systems": [each for each in joint if each.form == Intervention.Form.SYSTEM],
        "meetings": Meeting.objects.published().joint().with_owners()[:3],
        "effects": front.effects(),
        "news": News.objects.published().prefetch_related("associations")[:4],
    }
    return render(request, "finsam/start.html", context)


@login_not_required
def association(request, association):
    """One association's front page: its vision, its money, what it pays for, what comes next."""
    association = get_object_or_404(Association, slug=association)
    interventions = Intervention.objects.published().filter(associations=association)
    own = interventions.filter(lead=association)
    states = States(**own.count_states())
    known = own.with_owners().best_known_first()
    lasting, ended = list(known.lasting()[:SHOWN]), list(known.ended()[:SHOWN])
    shared = list(interventions.with_owners().exclude(lead=association))
    meetings = Meeting.objects.published().with_owners().filter(associations=association)
    money = overview.money_by_association([association]).get(association.pk)
    context = {
        "association": association,
        "money": money,
        "share_title": front.share_title(money),
        "places": overview.places_by_association([association]).get(association.pk, ""),
        "effects": front.effects(association),
        "own": lasting,
        "ended": ended,
        "more": states.number > len(lasting) + len(ended),
        "states": states,
        "shared": [each for each in shared if each.form != Intervention.Form.SYSTEM],
        "systems": [each for each in shared if each.form == Intervention.Form.SYSTEM],
        "coming": meetings.filter(date__gte=timezone.localdate()).order_by("date", "pk")[:2],
        "held": meetings.filter(planned=False).exclude(date__gte=timezone.localdate())[:3],
        "news": association.news.published().prefetch_related("associations")[:3],
        "documents": association.plans.published().current().select_related("association")[:3],
        "budget": association.budgets.published().current().order_by("-year", "pk").first(),
    }
    return render(request, "finsam/association.html", context)


@login_not_required
def page(request, slug):
    """A page about the whole site: the law in brief, accessibility, privacy."""
    found = get_object_or_404(Page, slug=slug)
    others = Page.objects.exclude(pk=found.pk)
    return render(request, "finsam/page.html", {"page": found, "others": others})


@login_not_required
def favicon(request):
    """Send those who ask for the old address of the site's mark to the one that there is."""
    return redirect(static("img/favicon.svg"))


@login_not_required
def colours(request):
    """The associations' colours as CSS variables, for light and dark paper."""
    light, dark = [], []
    for slug, colour, colour_dark in Association.objects.values_list(
        "slug", "colour", "colour_dark"
    ):
        if HEX_COLOUR.fullmatch(colour) and HEX_COLOUR.fullmatch(colour_dark):
            light.append(f'[data-association="{slug}"] {{ --accent: {colour}; }}\n')
            dark.append(f'  [data-association="{slug}"] {{ --accent: {colour_dark}; }}\n')
    css = "".join([*light, "@media screen and (prefers-color-scheme: dark) {\n", *dark, "}\n"])
    etag = f'"{hashlib.sha256(css.encode()).hexdigest()[:20]}"'
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={COLOURS_FRESH_FOR}"
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)
