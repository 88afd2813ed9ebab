"""The PDF of a plan that is made already, beside an empty page: the adopted plan's sealed file."""

from finsam.timing import EMPTY, Site, Times, in_turn
from plans.models import Plan

TITLE = "Samma PDF en gång till bredvid en tom sida"
GOAL = 5
POINT = "p95"
ROUNDS = 200


def measure(rounds, small=False):
    """Time the empty page and the adopted plan's PDF, both logged in, in turn."""
    plan = Plan.objects.get(association__slug="sodra-vatterbygden", year=2020, edition=1)
    site = Site("chef-sodra")
    page, again = in_turn(rounds, lambda turn: site.ask(EMPTY), lambda turn: site.ask(plan.pdf_url))
    return Times(f"{rounds} gånger", ("tom sida", page), ("planens PDF", again))
