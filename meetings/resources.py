"""Import and export of meetings and what they are made of."""

from associations.resources import resource_for
from meetings import models

MeetingResource = resource_for(models.Meeting)
AgendaItemResource = resource_for(models.AgendaItem)
DecisionResource = resource_for(models.Decision)
ActionPointResource = resource_for(models.ActionPoint)
