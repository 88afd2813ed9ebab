"""Interventions: what they are, who pays, what they aim at and what came of it."""

from interventions.models.effects import EffectAssumption, EffectCalculation
from interventions.models.financing import Financing
from interventions.models.goals import Goal, Result
from interventions.models.intervention import (
    AlternativeName,
    Attachment,
    Contact,
    Intervention,
    Link,
)

__all__ = [
    "AlternativeName",
    "Attachment",
    "Contact",
    "EffectAssumption",
    "EffectCalculation",
    "Financing",
    "Goal",
    "Intervention",
    "Link",
    "Result",
]
