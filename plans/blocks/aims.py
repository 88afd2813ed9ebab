"""Blocks of what is wanted: the vision, and an intervention's goals."""

from django.db.models import Q

from plans.blocks import BlockError, block


@block("vision", help="visionen på omslaget")
def vision(plan, argument):
    """The plan's vision as a display line."""
    if not plan.vision.strip():
        raise BlockError(f"{plan.the} har ingen vision. Skriv den under Omslag.")
    return "plans/blocks/_vision.html", {"vision": plan.vision}


@block("mål", takes="insatsens adress, till exempel enter,", help="målen för en insats")
def intervention_goals(plan, slug):
    """The goals of one intervention for the plan's year, and those that name no year."""
    found = plan.association.interventions.filter(slug=slug).select_related("lead").first()
    if found is None:
        raise BlockError(f"{plan.association.short_name} har ingen insats med adressen ”{slug}”.")
    goals = list(
        found.goals.filter(Q(year=plan.year) | Q(year__isnull=True)).order_by("position", "pk")
    )
    if not goals:
        raise BlockError(f"Insatsen {found.name} har inga mål för {plan.year}.")
    return "plans/blocks/_goals.html", {"intervention": found, "goals": goals}
