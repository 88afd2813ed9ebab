"""The admin of budgets. Adopted ones are read-only; amounts have an editor of their own."""

from django.contrib import admin
from django.db import models as fields

from associations.own_admin import OwnAdmin, OwnInline
from budgets import models, resources
from budgets.fields import KronorField

KRONOR = {fields.BigIntegerField: {"form_class": KronorField, "widget": KronorField.widget}}


class BudgetColumnInline(OwnInline):
    model = models.BudgetColumn
    same_parent = ["opens_from"]
    formfield_overrides = KRONOR


class BudgetLineInline(OwnInline):
    model = models.BudgetLine
    autocomplete_fields = ["organisation", "intervention"]


class BudgetsAdmin(OwnAdmin):
    """Writes under the locks of the budgets that it changes, as the editor does.

    Else the two may each hold a row that the other waits for.
    """

    def save_model(self, request, obj, form, change):
        models.Budget.objects.lock_of([obj])
        super().save_model(request, obj, form, change)

    def delete_model(self, request, obj):
        models.Budget.objects.lock_of([obj])
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        models.Budget.objects.lock_of(queryset)
        super().delete_queryset(request, queryset)


@admin.register(models.Budget)
class BudgetAdmin(BudgetsAdmin):
    resource_classes = [resources.BudgetResource]
    list_display = ["__str__", "association", "year", "edition", "adopted_on", "dnr"]
    list_filter = ["association", "year"]
    list_select_related = ["association"]
    search_fields = ["association__name", "year", "dnr"]
    autocomplete_fields = ["published_in", "source"]
    readonly_fields = [
        "proposed_on", "adopted_on", "adopted_paragraph", "adopted_at", "replaces"
    ]  # fmt: skip
    inlines = [BudgetColumnInline, BudgetLineInline]


@admin.register(models.BudgetColumn)
class BudgetColumnAdmin(BudgetsAdmin):
    resource_classes = [resources.BudgetColumnResource]
    formfield_overrides = KRONOR
    list_display = ["label", "budget", "opens_from", "opening"]
    list_filter = ["budget__association", "year", "kind"]
    list_select_related = ["budget__association", "opens_from"]
    search_fields = ["year", "budget__association__name"]
    autocomplete_fields = ["budget", "opens_from"]


@admin.register(models.BudgetLine)
class BudgetLineAdmin(BudgetsAdmin):
    resource_classes = [resources.BudgetLineResource]
    list_display = ["label", "section", "budget", "organisation", "intervention"]
    list_filter = ["section", "budget__association", "budget__year"]
    list_select_related = ["budget__association", "organisation", "intervention"]
    search_fields = ["label", "budget__association__name"]
    autocomplete_fields = ["budget", "organisation", "intervention"]


@admin.register(models.Amount)
class AmountAdmin(BudgetsAdmin):
    resource_classes = [resources.AmountResource]
    formfield_overrides = KRONOR
    list_display = ["line", "column", "budget", "kronor"]
    list_filter = ["line__budget__association", "column__year"]
    list_select_related = ["line__budget__association", "column"]
    search_fields = ["line__label"]
    autocomplete_fields = ["line", "column"]

    @admin.display(description="budget")
    def budget(self, amount):
        return amount.line.budget


@admin.register(models.StateAllocation)
class StateAllocationAdmin(OwnAdmin):
    resource_classes = [resources.StateAllocationResource]
    formfield_overrides = KRONOR
    list_display = ["association", "year", "grant", "per_inhabitant", "ceiling"]
    list_filter = ["association", "year"]
    list_select_related = ["association"]
    search_fields = ["association__name", "year"]
    autocomplete_fields = ["source"]
