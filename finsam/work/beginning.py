"""What an association without budget, plan or interventions begins with, in that order."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from associations.models import Association
from budgets.models import Budget
from interventions.models import Intervention
from plans import kinds
from plans.models import Plan

SHOWN = 5  # associations, the newest first; an administrator may see many that have just begun
WRITES = ["budgets.add_budget", "plans.add_plan", "interventions.add_intervention"]


@dataclass(frozen=True)
class Step:
    """One thing to begin with: whether it is begun, and where one begins or goes on."""

    name: str
    why: str
    is_begun: bool
    url: str


@dataclass(frozen=True)
class Beginning:
    """An association that lacks some of its steps."""

    association: Association
    steps: tuple[Step, ...]


def beginnings_for(user):
    """Return the Beginning of each own association that lacks a step, in one query.

    Only who may add all three is led.
    """
    if not user.has_perms(WRITES):
        return []
    own = OuterRef("pk")
    rows = Association.objects.for_user(user).annotate(
        has_budget=Exists(Budget.objects.filter(association=own)),
        has_plan=Exists(Plan.objects.filter(association=own, kind=kinds.PLAN.value)),
        has_interventions=Exists(Intervention.objects.filter(associations=own)),
    )
    lacking = Q(has_budget=False) | Q(has_plan=False) | Q(has_interventions=False)
    return [_beginning(each) for each in rows.filter(lacking).order_by("-pk")[:SHOWN]]


def _beginning(association):
    query = f"?association={association.pk}"
    plan = f"{query}&kind={kinds.PLAN.value}"
    steps = [
        ("Budget", "Skriv den, eller klistra in från ett kalkylblad.", association.has_budget,
         "work_budgets", "budget_start", query),
        ("Verksamhetsplan", "Den hämtar sina siffror ur budgeten.", association.has_plan,
         "work_plans", "plan_start", plan),
        ("Insatser", "Det som pengarna går till, med mål och resultat.",
         association.has_interventions, "work_interventions", "intervention_start", query),
    ]  # fmt: skip
    return Beginning(
        association,
        tuple(
            Step(name, why, begun, f"{reverse(look)}{query}" if begun else f"{reverse(add)}{sent}")
            for name, why, begun, look, add, sent in steps
        ),
    )
