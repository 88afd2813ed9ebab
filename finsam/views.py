"""The roof's own public pages: the start page, an association's front page, pages and colours."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.cache import get_conditional_response

from associations.colour import HEX_COLOUR
from associations.models import Association, Page
from associations.owners import attach_owners
from finsam import front, front_rows, overview
from interventions import finding
from interventions.models import Intervention
from interventions.page import States

COLOURS_FRESH_FOR = 300  # seconds


@login_not_required
def start(request):
    """The whole county: the associations with their money, and what is joint."""
    associations = list(Association.objects.all())
    joint = front_rows.JOINT()
    cards = front.cards(associations)
    context = {
        "cards": cards,
        "places": finding.places_to_begin_with(),
        "county": front.county(cards),
        "joint": [each for each in joint if each.form != Intervention.Form.SYSTEM],
        "systems": [each for each in joint if each.form == Intervention.Form.SYSTEM],
        "meetings": attach_owners(front_rows.JOINT_MEETINGS()),
        "effects": front.effects(),
        "news": attach_owners(front_rows.NEWS(timezone.localdate())),
    }
    return render(request, "finsam/start.html", context)


@login_not_required
def association(request, association):
    """One association's front page: its vision, its money, what it pays for, what comes next."""
    association = get_object_or_404(Association, slug=association)
    pk, today = association.pk, timezone.localdate()
    states = States.of(*next(iter(front_rows.STATES(pk, today.year)), ()))
    lasting, ended = (
        attach_owners(read(pk, today.year)) for read in (front_rows.LASTING, front_rows.ENDED)
    )
    shared = attach_owners(front_rows.SHARED(pk))
    money = overview.money_by_association([association]).get(pk)
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
        "coming": attach_owners(front_rows.COMING(pk, today)),
        "held": attach_owners(front_rows.HELD(pk, today)),
        "news": attach_owners(front_rows.OWN_NEWS(pk, today)),
        "documents": front_rows.PLANS(pk),
        "budget": next(iter(front_rows.BUDGET(pk)), None),
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
