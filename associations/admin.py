"""The admin of the ground: associations, members, people, documents, news; and who may log in."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.shortcuts import redirect

from associations import models, resources
from associations.own_admin import NotFoundAdmin, OwnAdmin, OwnInline, SiteAdmin


class MembershipInline(OwnInline):
    model = models.Membership
    autocomplete_fields = ["organisation", "source"]


class SeatInline(OwnInline):
    model = models.Seat
    autocomplete_fields = ["appointed_by", "source"]


class OfficePostInline(OwnInline):
    model = models.OfficePost
    fk_name = "association"
    autocomplete_fields = ["source"]


class PopulationInline(OwnInline):
    model = models.Population
    autocomplete_fields = ["source"]


class AccessInline(admin.TabularInline):
    model = models.Access
    extra = 0


@admin.register(models.Association)
class AssociationAdmin(OwnAdmin):
    resource_classes = [resources.AssociationResource]
    list_display = ["name", "short_name", "formed_on"]
    search_fields = ["name", "short_name"]
    prepopulated_fields = {"slug": ["short_name"]}
    inlines = [MembershipInline, SeatInline, OfficePostInline]


@admin.register(models.Organisation)
class OrganisationAdmin(OwnAdmin):
    resource_classes = [resources.OrganisationResource]
    list_display = ["name", "short_name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name", "short_name"]
    inlines = [PopulationInline]


@admin.register(models.Membership)
class MembershipAdmin(OwnAdmin):
    resource_classes = [resources.MembershipResource]
    list_display = ["organisation", "association", "valid_from", "valid_to"]
    list_filter = ["association"]
    list_select_related = ["organisation", "association"]
    search_fields = ["organisation__name"]
    autocomplete_fields = ["organisation", "source"]


@admin.register(models.Population)
class PopulationAdmin(OwnAdmin):
    resource_classes = [resources.PopulationResource]
    list_display = ["organisation", "date", "inhabitants"]
    list_select_related = ["organisation"]
    search_fields = ["organisation__name"]
    autocomplete_fields = ["organisation", "source"]


@admin.register(models.Seat)
class SeatAdmin(OwnAdmin):
    resource_classes = [resources.SeatResource]
    list_display = ["person", "role", "association", "appointed_by", "known_year"]
    list_filter = ["association", "role"]
    list_select_related = ["association", "appointed_by"]
    search_fields = ["person"]
    autocomplete_fields = ["appointed_by", "source"]


@admin.register(models.OfficePost)
class OfficePostAdmin(OwnAdmin):
    resource_classes = [resources.OfficePostResource]
    list_display = ["title", "association", "year", "percent", "sold_to", "sold_percent"]
    list_filter = ["association", "year"]
    list_select_related = ["association", "sold_to"]
    search_fields = ["title"]
    autocomplete_fields = ["source"]


@admin.register(models.Document)
class DocumentAdmin(OwnAdmin):
    resource_classes = [resources.DocumentResource]
    list_display = ["title", "kind", "year", "dnr", "public"]
    list_filter = ["associations", "kind", "year", "public"]
    search_fields = ["title", "dnr"]
    prepopulated_fields = {"slug": ["title"]}


@admin.register(models.News)
class NewsAdmin(OwnAdmin):
    resource_classes = [resources.NewsResource]
    list_display = ["title", "published_on"]
    list_filter = ["associations"]
    search_fields = ["title", "lead"]
    autocomplete_fields = ["source"]
    prepopulated_fields = {"slug": ["title"]}


@admin.register(models.Figure)
class FigureAdmin(OwnAdmin):
    resource_classes = [resources.FigureResource]
    list_display = ["subject", "year", "value", "unit", "key"]
    list_filter = ["associations", "unit", "year"]
    search_fields = ["subject", "key"]
    autocomplete_fields = ["source"]


@admin.register(models.Page)
class PageAdmin(SiteAdmin):
    list_display = ["title", "slug", "reviewed_on"]
    search_fields = ["title"]


@admin.register(models.Term)
class TermAdmin(SiteAdmin):
    list_display = ["word", "other_forms"]
    search_fields = ["word", "other_forms"]


@admin.register(models.Portal)
class PortalAdmin(SiteAdmin):
    list_display = ["name", "area"]


class PasswordForm(AdminPasswordChangeForm):
    """Where an administrator gives an account another password, or none."""

    usable_password_help_text = (
        "Utan lösenord kan ingen logga in med kontot. Det lösenord som finns går förlorat."
    )


@admin.register(models.User)
class OwnUserAdmin(UserAdmin, NotFoundAdmin):
    """Accounts, as an administrator needs them beside the page where people are invited.

    What one may do follows from the role; single permissions are given to nobody.
    """

    inlines = [AccessInline]
    change_password_form = PasswordForm
    fieldsets = [
        (None, {"fields": ["groups", "username", "password"]}),
        ("Personen", {"fields": ["first_name", "last_name", "email"]}),
        ("Kontot", {"fields": ["is_active", "is_superuser", "last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    list_display = ["username", "first_name", "last_name", "role", "is_active"]
    list_filter = ["groups", "is_superuser", "is_active"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs |= {"label": "Roll", "widget": forms.CheckboxSelectMultiple}
            kwargs |= {"help_text": "Det som kontot får göra inom sina förbund."}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def delete_view(self, request, object_id, extra_context=None):
        """Send who would delete an account with a history to the account, with what to do."""
        user = self.get_object(request, unquote(object_id))
        missing = user.missing_to_delete() if user else []
        if not missing:
            return super().delete_view(request, object_id, extra_context)
        messages.error(request, " ".join(missing))
        return redirect("admin:associations_user_change", object_id)

    def get_deleted_objects(self, objs, request):
        """Say of each account with a history what to do instead; its records are not listed."""
        missing = [sentence for user in objs for sentence in user.missing_to_delete()]
        return ([], {}, set(), missing) if missing else super().get_deleted_objects(objs, request)

    @admin.display(description="roll")
    def role(self, user):
        roles = [group.name for group in user.groups.all()]
        return "administratör" if user.is_superuser else ", ".join(roles)


@admin.register(models.Access)
class AccessAdmin(NotFoundAdmin):
    list_display = ["user", "association"]
    list_filter = ["association"]
    list_select_related = ["user", "association"]
