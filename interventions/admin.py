"""The admin of interventions: the intervention whole, and its parts one by one."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html

from associations.own_admin import OwnAdmin, OwnInline
from associations.own_widgets import FoldedCheckboxes
from interventions import models, resources
from interventions.forms import ResultForm
from interventions.part_inlines import PARTS


@admin.register(models.Intervention)
class InterventionAdmin(OwnAdmin):
    resource_classes = [resources.InterventionResource]
    list_display = ["name", "form", "first_year", "last_year", "public", "reviewed_on"]
    readonly_fields = ["missing"]
    actions = ["reviewed_today"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "summary", "public", "missing"]}),
        ("Vad den är", {"fields": ["form", "individual_percent", "description", "method"]}),
        (
            "För vem",
            {
                "fields": [
                    "target_group",
                    ("age_from", "age_to"),
                    "situations",
                    ("first_age_from", "first_age_to"),
                    "first_situations",
                ]
            },
        ),
        ("Så får man plats", {"fields": ["how_to_refer", "referrers"]}),
        (
            "Vem som driver den, och var",
            {
                "fields": [
                    "associations", "lead", "responsible", "responsible_note", "municipalities"
                ]
            },
        ),
        ("Tid", {"fields": [("first_year", "last_year"), "period_note", "succeeded_by"]}),
        ("Granskning", {"fields": ["reviewed_on", "reviewed_by", "review_months"]}),
        ("Källa", {"fields": ["source", "source_note"]}),
    ]  # fmt: skip
    list_filter = ["associations", "form", "public"]
    search_fields = ["name", "summary", "alternative_names__name"]
    autocomplete_fields = ["responsible", "source"]
    inlines = PARTS

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        after = form.base_fields.get("succeeded_by")
        if after is not None and obj is not None:  # nothing comes after itself
            after.queryset = after.queryset.exclude(pk=obj.pk)
        return form

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        field = super().formfield_for_manytomany(
            db_field, request, **kwargs | {"widget": FoldedCheckboxes}
        )
        if db_field.name in ("situations", "referrers"):
            words = db_field.related_model._meta
            field.help_text = format_html(
                'Valen är desamma för alla förbund. <a href="{}">Vad de betyder</a>. '
                "Saknas ett, be webbplatsens administratör lägga till det.",
                reverse(f"admin:interventions_{words.model_name}_changelist"),
            )
        return field

    def get_inline_instances(self, request, obj=None):
        """Fold each kind of part under its name and how many there are."""
        inlines = super().get_inline_instances(request, obj)
        for inline in inlines:
            inline.classes = ["collapse"]
            count = inline.model.objects.filter(intervention=obj).count() if obj else 0
            inline.verbose_name_plural = f"{inline.verbose_name_plural}: {count or 'inga'}"
        return inlines

    @admin.display(description="det som saknas för att sidan ska bli publik")
    def missing(self, intervention):
        """Tell what keeps the page from the public, in the sentences that the form refuses with."""
        return " ".join(intervention.missing_to_publish()) or "Inget saknas."

    @admin.action(description="Granskade i dag, allt stämmer", permissions=["change"])
    def reviewed_today(self, request, queryset):
        """Say of each of the chosen pages that the user may change that it is right today."""
        done = [each for each in queryset if each.can_be_edited_by(request.user)]
        for intervention in done:
            intervention.mark_reviewed(request.user)
        messages.success(request, f"Granskade i dag: {len(done)}.")


class PartAdmin:
    """What lists of an intervention's parts have in common."""

    list_select_related = ["intervention"]


@admin.register(models.Goal)
class GoalAdmin(PartAdmin, OwnAdmin):
    resource_classes = [resources.GoalResource]
    list_display = ["text", "intervention", "kind", "target", "year"]
    list_filter = ["kind", "year"]
    search_fields = ["text", "intervention__name"]
    autocomplete_fields = ["intervention", "source"]


@admin.register(models.Result)
class ResultAdmin(PartAdmin, OwnAdmin):
    form = ResultForm
    resource_classes = [resources.ResultResource]
    list_display = ["measure", "intervention", "period", "women", "men", "total", "percent"]
    list_filter = ["year"]
    search_fields = ["measure", "intervention__name"]
    autocomplete_fields = ["intervention", "goal", "source"]


@admin.register(models.Financing)
class FinancingAdmin(OwnAdmin):
    resource_classes = [resources.FinancingResource]
    list_display = ["intervention", "payer", "year", "applied", "granted", "spent", "stated"]
    list_display_links = ["intervention", "payer"]
    list_filter = ["year", "association"]
    list_select_related = ["intervention", "association", "organisation"]
    search_fields = ["intervention__name"]
    autocomplete_fields = ["intervention", "organisation", "source"]

    @admin.display(description="betalas av")
    def payer(self, financing):
        return financing.payer


@admin.register(models.AlternativeName)
class AlternativeNameAdmin(PartAdmin, OwnAdmin):
    resource_classes = [resources.AlternativeNameResource]
    list_display = ["name", "intervention"]
    search_fields = ["name", "intervention__name"]
    autocomplete_fields = ["intervention"]


@admin.register(models.Contact)
class ContactAdmin(PartAdmin, OwnAdmin):
    resource_classes = [resources.ContactResource]
    list_display = ["function", "intervention", "organisation"]
    list_select_related = ["intervention", "organisation"]
    search_fields = ["function", "intervention__name"]
    autocomplete_fields = ["intervention", "organisation"]


@admin.register(models.Link)
class LinkAdmin(PartAdmin, OwnAdmin):
    resource_classes = [resources.LinkResource]
    list_display = ["title", "url", "intervention"]
    search_fields = ["title", "intervention__name"]
    autocomplete_fields = ["intervention"]


@admin.register(models.Attachment)
class AttachmentAdmin(PartAdmin, OwnAdmin):
    resource_classes = [resources.AttachmentResource]
    list_display = ["title", "intervention"]
    search_fields = ["title", "intervention__name"]
    autocomplete_fields = ["intervention"]


@admin.register(models.Milestone)
class MilestoneAdmin(PartAdmin, OwnAdmin):
    resource_classes = [resources.MilestoneResource]
    list_display = ["text", "intervention", "year", "kind"]
    list_filter = ["kind", "year"]
    search_fields = ["text", "intervention__name"]
    autocomplete_fields = ["intervention", "source"]


@admin.register(models.Story)
class StoryAdmin(PartAdmin, OwnAdmin):
    resource_classes = [resources.StoryResource]
    list_display = ["title", "intervention", "year", "public"]
    list_filter = ["public"]
    search_fields = ["title", "intervention__name"]
    autocomplete_fields = ["intervention", "source"]


@admin.register(models.Film)
class FilmAdmin(PartAdmin, OwnAdmin):
    resource_classes = [resources.FilmResource]
    list_display = ["title", "intervention", "url", "public"]
    list_filter = ["public"]
    search_fields = ["title", "intervention__name"]
    autocomplete_fields = ["intervention", "source"]


@admin.register(models.Report)
class ReportAdmin(PartAdmin, OwnAdmin):
    resource_classes = [resources.ReportResource]
    list_display = ["text", "intervention", "sent_at", "handled_on"]
    list_filter = ["handled_on"]
    search_fields = ["text", "intervention__name"]
    autocomplete_fields = ["intervention"]


class EffectAssumptionInline(OwnInline):
    model = models.EffectAssumption
    autocomplete_fields = ["source"]


@admin.register(models.EffectCalculation)
class EffectCalculationAdmin(OwnAdmin):
    resource_classes = [resources.EffectCalculationResource]
    list_display = ["title", "year", "public"]
    list_filter = ["associations", "year", "public"]
    search_fields = ["title"]
    autocomplete_fields = ["source"]
    inlines = [EffectAssumptionInline]


@admin.register(models.EffectAssumption)
class EffectAssumptionAdmin(OwnAdmin):
    resource_classes = [resources.EffectAssumptionResource]
    list_display = ["meaning", "value", "unit", "calculation"]
    list_select_related = ["calculation"]
    search_fields = ["meaning", "key"]
    autocomplete_fields = ["calculation", "source"]


@admin.register(models.Situation)
class SituationAdmin(OwnAdmin):
    resource_classes = [resources.SituationResource]
    list_display = ["name", "kind", "broader", "synonyms", "position"]
    list_filter = ["kind"]
    list_select_related = ["broader"]
    search_fields = ["name", "synonyms"]


@admin.register(models.Referrer)
class ReferrerAdmin(OwnAdmin):
    resource_classes = [resources.ReferrerResource]
    list_display = ["name", "synonyms", "position"]
    search_fields = ["name", "synonyms"]
