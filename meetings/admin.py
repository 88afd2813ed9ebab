"""The admin of meetings: the meeting whole, and its parts one by one for import and export."""

from django.contrib import admin

from associations.own_admin import OwnAdmin, OwnInline, OwnStackedInline
from meetings import models, resources
from meetings.forms import MeetingForm


class AgendaItemInline(OwnStackedInline):
    model = models.AgendaItem


class DecisionInline(OwnInline):
    model = models.Decision
    same_parent = ["item"]


class ActionPointInline(OwnInline):
    model = models.ActionPoint


@admin.register(models.Meeting)
class MeetingAdmin(OwnAdmin):
    form = MeetingForm
    resource_classes = [resources.MeetingResource]
    list_display = ["title", "kind", "date", "place", "public"]
    list_filter = ["associations", "kind", "year", "public"]
    search_fields = ["title", "place"]
    autocomplete_fields = ["host", "next_meeting", "source"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [AgendaItemInline, DecisionInline, ActionPointInline]


@admin.register(models.AgendaItem)
class AgendaItemAdmin(OwnAdmin):
    resource_classes = [resources.AgendaItemResource]
    list_display = ["title", "meeting", "position"]
    list_select_related = ["meeting"]
    list_filter = ["meeting__kind"]
    search_fields = ["title", "meeting__title"]
    autocomplete_fields = ["meeting"]


@admin.register(models.Decision)
class DecisionAdmin(OwnAdmin):
    resource_classes = [resources.DecisionResource]
    list_display = ["__str__", "text", "meeting"]
    list_select_related = ["meeting"]
    search_fields = ["text", "paragraph", "meeting__title"]
    autocomplete_fields = ["meeting", "item"]


@admin.register(models.ActionPoint)
class ActionPointAdmin(OwnAdmin):
    resource_classes = [resources.ActionPointResource]
    list_display = ["text", "owner", "due_on", "done_on", "meeting"]
    list_select_related = ["meeting"]
    search_fields = ["text", "owner", "meeting__title"]
    autocomplete_fields = ["meeting"]
