"""Blocks of a report: outcome against budget, goals beside results, and the year's results.

Results are read as the public reads them, through ``interventions/page.py``: a report becomes
public when it is adopted, and nobody should find a small count in it.
"""

from dataclasses import dataclass

from budgets import comparison
from interventions import suppression
from interventions.models import Goal
from interventions.results import Aim, Outcome, aims_and_outcomes, outcomes_of
from plans import money_of_year
from plans.blocks import BlockError, block
from plans.blocks.budget import ROWS_ON_A_PAGE

REACHED, NOT_REACHED, WITHHELD, NOT_MEASURED = "Nått", "Inte nått", "Visas inte", "Inte mätt"
NAMED = 3  # goals without a result that are named; the others are counted
ONE = "enter"  # an example of what narrows a block to one intervention
NARROWED = "Med en insats adress efter namnet, som här, bara den insatsen"


@dataclass(frozen=True)
class Reached:
    """A goal with a target, beside the outcome of the report's own year; None when it has none."""

    aim: Aim
    outcome: Outcome | None

    @property
    def value(self):
        """The outcome in the goal's unit, None where it is withheld."""
        return self.aim.value(self.outcome)

    @property
    def result_words(self):
        """The outcome as the public reads it: ”9 av 19 avslutade (47 %)”, ”färre än 5”."""
        if self.outcome.of_base:
            return self.outcome.of_base
        is_rate = self.aim.goal.kind == Goal.Kind.PERCENT and self.value is not None
        return self.outcome.rate_text if is_rate else self.outcome.total_text

    @property
    def verdict(self):
        """Whether the goal was reached, in words; that it isn't told, or wasn't measured."""
        if self.outcome is None:
            return NOT_MEASURED
        if self.value is None:
            return WITHHELD
        return REACHED if self.value >= self.aim.goal.target else NOT_REACHED


@dataclass(frozen=True)
class OfIntervention:
    """What one intervention has to show for the year."""

    name: str
    url: str
    reached: tuple[Reached, ...] = ()
    worded: tuple[Aim, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


def _has_outcome(plan):
    """True for a report, and for a plan whose table has the year's outcome beside its budget."""
    try:
        return plan.kind_words.is_report or bool(money_of_year.columns(plan))
    except BlockError:
        return False


@block("utfall", help="årets utfall eller prognos mot budgeten, rad för rad", can_be=_has_outcome)
def outcome_against_budget(plan, argument):
    """The year's outcome beside its budget, with the difference in kronor and per cent."""
    table, budget, outcome = money_of_year.columns(plan)
    found = comparison.deviation(table, budget.column.key, outcome.column.key)
    with_opening = found.sums["opening"].kronor is not None
    income = [(each, "") for each in found.income]
    income += [(found.sums["opening"], "computed")] * with_opening
    income.append((found.sums["income"], "sum"))
    cost = [(each, "") for each in found.cost]
    cost += [(found.sums["cost"], "sum"), (found.sums["result"], "result")]
    cost += [(found.sums["result_of_year"], "computed")] * with_opening
    return "plans/blocks/_outcome.html", {
        "found": found,
        "kind": outcome.column.kind,
        "sections": [("Intäkter", income), ("Kostnader", cost)],
        "cost": found.sums["cost"],
        "less": -found.sums["cost"].kronor,
        "fits_a_page": len(found.income) + len(found.cost) <= ROWS_ON_A_PAGE,
    }


@block(
    "måluppfyllelse",
    may_take=ONE,
    help=f"årets mål bredvid resultaten, med bas och period. {NARROWED}",
)
def goal_fulfilment(plan, slug):
    """The goals of the year beside the year's outcome; one that has none is listed and says so."""
    found, lacking = [], []
    interventions = _interventions(plan, slug)
    outcomes_by = outcomes_of(interventions)
    for intervention in interventions:
        measured, worded, _ = aims_and_outcomes(intervention, outcomes_by[intervention.pk])
        measured = [aim for aim in measured if aim.goal.year == plan.year]
        worded = tuple(aim for aim in worded if aim.goal.year == plan.year)
        reached = []
        for aim in measured:
            of_year = [each for each in aim.outcomes if each.result.year == plan.year]
            reached.append(Reached(aim, of_year[0] if of_year else None))
            if not of_year:
                lacking.append(f"”{aim.goal.text}” ({intervention.name})")
        if reached or worded:
            url = intervention.get_absolute_url()
            found.append(OfIntervention(intervention.name, url, tuple(reached), worded))
    if not found:
        raise BlockError(f"Det finns inga mål för {plan.year}{_whose(plan, slug)}.")
    every = [each for one in found for each in one.reached]
    outcomes = [each.outcome for each in every if each.outcome]
    if every and not outcomes:
        raise BlockError(_without_result(plan, lacking))
    context = {"found": found, "told": _told(every), "total": len(every)} | _withheld(outcomes)
    return "plans/blocks/_goal_fulfilment.html", context


def _told(goals):
    """Return [(how many, the verdict in small letters)] of the verdicts that there are."""
    verdicts = [each.verdict for each in goals]
    order = (REACHED, NOT_REACHED, WITHHELD, NOT_MEASURED)
    return [(verdicts.count(each), each.lower()) for each in order if each in verdicts]


@block("resultat", may_take=ONE, help=f"årets resultat, insats för insats. {NARROWED}")
def results(plan, slug):
    """What came of the interventions in the report's year."""
    found = []
    interventions = _interventions(plan, slug)
    outcomes_by = outcomes_of(interventions)
    for intervention in interventions:
        measured, worded, rest = aims_and_outcomes(intervention, outcomes_by[intervention.pk])
        own = {
            each.result.pk: each
            for each in [*(o for aim in (*measured, *worded) for o in aim.outcomes), *rest]
            if each.result.year == plan.year
        }
        if own:
            url = intervention.get_absolute_url()
            outcomes = tuple(own[pk] for pk in sorted(own))
            found.append(OfIntervention(intervention.name, url, outcomes=outcomes))
    if not found:
        raise BlockError(f"Det finns inga resultat för {plan.year}{_whose(plan, slug)}.")
    outcomes = [each for one in found for each in one.outcomes]
    by_sex = any(each.result.women is not None for each in outcomes)
    fits = len(outcomes) + len(found) <= ROWS_ON_A_PAGE
    context = {"found": found, "by_sex": by_sex, "fits_a_page": fits} | _withheld(outcomes)
    return "plans/blocks/_results.html", context


def _interventions(plan, slug):
    """Return the association's public interventions, or the one asked for. Raises BlockError."""
    public = plan.association.interventions.published().select_related("lead")
    found = public.prefetch_related("goals", "results").order_by("name", "pk")
    if not slug:
        return found
    chosen = found.filter(slug=slug)
    if not chosen:
        name = plan.association.short_name
        raise BlockError(f"{name} har ingen publik insats med adressen ”{slug}”.")
    return chosen


def _whose(plan, slug):
    return f" för insatsen {slug}" if slug else f" i {plan.association.short_name}"


def _without_result(plan, lacking):
    """Return the sentence that names the goals that lack a result of the year."""
    more = len(lacking) - NAMED
    named = ", ".join(lacking[:NAMED]) + (f" och {more} till" if more > 0 else "")
    return f"Resultat för {plan.year} saknas för målet {named}. Lägg till resultatet på insatsen."


def _withheld(outcomes):
    """Return what a template needs to say that something isn't shown, and why."""
    return {
        "suppressed": any(each.public.suppressed for each in outcomes),
        "few_to": suppression.FEWEST - 1,
    }
