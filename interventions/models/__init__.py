"""Interventions: what they are, who pays, what they aim at and what came of it."""

from interventions.models.effects import EffectAssumption, EffectCalculation
from interventions.models.financing import Financing
from interventions.models.goals import Goal, Result
from interventions.models.intervention import Intervention
from interventions.models.memory import HeadMemory
from interventions.models.parts import AlternativeName, Attachment, Contact, Link
from interventions.models.reports import Report
from interventions.models.stories import Film, Milestone, Story
from interventions.models.suitability import Referrer, Situation

__all__ = [
    "AlternativeName",
    "Attachment",
    "Contact",
    "EffectAssumption",
    "EffectCalculation",
    "Film",
    "Financing",
    "Goal",
    "HeadMemory",
    "Intervention",
    "Link",
    "Milestone",
    "Referrer",
    "Report",
    "Result",
    "Situation",
    "Story",
]
