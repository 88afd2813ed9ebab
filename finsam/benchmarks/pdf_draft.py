"""The PDF of a draft that nobody has changed, asked for again, beside an empty page."""

from django.urls import reverse

from finsam import pdf
from finsam.timing import EMPTY, Site, Times, in_turn
from plans.models import Plan
from plans.printing import printed

TITLE = "Samma utkast som PDF en gång till bredvid en tom sida"
GOAL = 5
POINT = "p95"
ROUNDS = 200


def measure(rounds, small=False):
    """Time the empty page and the draft's PDF, both logged in, in turn."""
    plan = Plan.objects.get(association__slug="sodra-vatterbygden", year=2020, edition=2)
    pdf.wait(printed(plan))
    site, address = Site("chef-sodra"), reverse("plan_draft_pdf", args=[plan.pk])
    page, again = in_turn(rounds, lambda turn: site.ask(EMPTY), lambda turn: site.ask(address))
    return Times(f"{rounds} gånger", ("tom sida", page), ("utkastets PDF", again))
