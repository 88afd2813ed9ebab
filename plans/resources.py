"""Import and export of activity plans and their chapters."""

from associations.resources import resource_for
from plans import models

ChapterResource = resource_for(models.Chapter)
PlanResource = resource_for(models.Plan)
