"""Import and export of interventions, their goals, results and money."""

from associations.resources import resource_for
from interventions import models

AlternativeNameResource = resource_for(models.AlternativeName)
AttachmentResource = resource_for(models.Attachment)
ContactResource = resource_for(models.Contact)
EffectAssumptionResource = resource_for(models.EffectAssumption)
EffectCalculationResource = resource_for(models.EffectCalculation)
FilmResource = resource_for(models.Film)
FinancingResource = resource_for(models.Financing)
GoalResource = resource_for(models.Goal)
InterventionResource = resource_for(models.Intervention)
LinkResource = resource_for(models.Link)
MilestoneResource = resource_for(models.Milestone)
ReferrerResource = resource_for(models.Referrer)
# Where to answer is forgotten when a fault is handled, so it is in no file.
ReportResource = resource_for(models.Report, exclude=["reply_to"])
ResultResource = resource_for(models.Result)
SituationResource = resource_for(models.Situation)
StoryResource = resource_for(models.Story)
