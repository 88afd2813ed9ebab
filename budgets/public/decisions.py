"""The decision behind each line of a published budget: the newest about its intervention."""

import datetime
from dataclasses import dataclass

from interventions.models import Milestone


@dataclass(frozen=True)
class LineDecision:
    """A line's words, and what was decided about its intervention (a Milestone with a source)."""

    label: str
    decision: Milestone


def of_lines(budget):
    """Return a line's key → LineDecision, in the lines' order, in three queries at the most.

    A decision is one that a public document of the budget's own association tells of, taken no
    later than the budget's year. Another association's decision is no decision about this line.
    """
    lines = [line for line in budget.lines.all() if line.intervention_id is not None]
    newest = _newest(budget, [line.intervention_id for line in lines])
    return {
        line.pk: LineDecision(line.label, newest[line.intervention_id])
        for line in lines
        if line.intervention_id in newest
    }


def _newest(budget, interventions):
    """Return an intervention's key → its newest such Milestone."""
    found = Milestone.objects.filter(
        kind=Milestone.Kind.DECISION,
        intervention__in=interventions,
        intervention__public=True,
        year__lte=budget.year,
        source__public=True,
        source__associations=budget.association,
    ).select_related("source")
    by_time = sorted(
        found.prefetch_related("source__associations"),
        key=lambda each: (each.year, each.date or datetime.date.min, each.pk),
    )
    return {each.intervention_id: each for each in by_time}
