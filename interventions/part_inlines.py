"""The parts of an intervention within its own form, in the form's order."""

from associations.own_admin import OwnInline, OwnStackedInline
from interventions import models
from interventions.forms import ResultForm


class GoalInline(OwnStackedInline):
    model = models.Goal
    autocomplete_fields = ["source"]


class ResultInline(OwnStackedInline):
    model = models.Result
    form = ResultForm
    same_parent = ["goal"]
    autocomplete_fields = ["source"]


class FinancingInline(OwnStackedInline):
    model = models.Financing
    autocomplete_fields = ["organisation", "source"]


class ContactInline(OwnStackedInline):
    model = models.Contact
    autocomplete_fields = ["organisation"]


class LinkInline(OwnInline):
    model = models.Link


class AttachmentInline(OwnStackedInline):
    model = models.Attachment


class AlternativeNameInline(OwnInline):
    model = models.AlternativeName


class MilestoneInline(OwnStackedInline):
    model = models.Milestone
    autocomplete_fields = ["source"]


class StoryInline(OwnStackedInline):
    model = models.Story
    autocomplete_fields = ["source"]


class FilmInline(OwnStackedInline):
    model = models.Film
    autocomplete_fields = ["source"]


PARTS = [
    GoalInline,
    ResultInline,
    FinancingInline,
    ContactInline,
    LinkInline,
    AttachmentInline,
    AlternativeNameInline,
    MilestoneInline,
    StoryInline,
    FilmInline,
]
