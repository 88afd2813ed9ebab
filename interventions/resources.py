"""Import and export of interventions, their goals, results and money."""

from associations.resources import resource_for
from interventions import models

AlternativeNameResource = resource_for(models.AlternativeName)
AttachmentResource = resource_for(models.Attachment)
ContactResource = resource_for(models.Contact)
EffectAssumptionResource = resource_for(models.EffectAssumption)
EffectCalculationResource = resource_for(models.EffectCalculation)
FinancingResource = resource_for(models.Financing)
GoalResource = resource_for(models.Goal)
InterventionResource = resource_for(models.Intervention)
LinkResource = resource_for(models.Link)
ReferrerResource = resource_for(models.Referrer)
ResultResource = resource_for(models.Result)
SituationResource = resource_for(models.Situation)
