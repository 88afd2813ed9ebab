"""The admin of plans and reports. Adopted ones are read-only."""

from django.contrib import admin

from associations.own_admin import OwnAdmin, OwnStackedInline, SiteAdmin
from plans import models, resources


class ChapterInline(OwnStackedInline):
    model = models.Chapter


@admin.register(models.Plan)
class PlanAdmin(OwnAdmin):
    resource_classes = [resources.PlanResource]
    list_display = ["__str__", "association", "year", "edition", "adopted_on", "dnr"]
    list_filter = ["kind", "association", "year"]
    list_select_related = ["association"]
    search_fields = ["title", "association__name", "year", "dnr"]
    autocomplete_fields = ["budget", "published_in", "source"]
    readonly_fields = ["adopted_on", "adopted_paragraph", "replaces"]
    inlines = [ChapterInline]


@admin.register(models.Chapter)
class ChapterAdmin(OwnAdmin):
    resource_classes = [resources.ChapterResource]
    list_display = ["title", "plan", "position"]
    list_filter = ["plan__association", "plan__year"]
    list_select_related = ["plan__association"]
    search_fields = ["title", "plan__association__name"]
    autocomplete_fields = ["plan"]


@admin.register(models.StartingChapter)
class StartingChapterAdmin(SiteAdmin):
    list_display = ["title", "kind", "position"]
    list_filter = ["kind"]
