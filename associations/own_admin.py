"""The admin of what associations own: one's own rows in lists, choices, history and files alike.

Another association's row answers 404 wherever it is asked for. What is adopted is read-only.
"""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import NestedObjects, get_fields_from_path
from django.core.exceptions import PermissionDenied
from django.db import models, router
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from import_export.admin import ImportExportModelAdmin
from import_export.forms import ExportForm

from associations import foreign, import_formats
from associations.own_forms import NOTHING_CHOSEN, OwnConfirmForm, OwnForm, OwnImportForm, sign
from associations.whole_history import WholeHistoryAdmin

FIELDS = {
    models.URLField: {"assume_scheme": "https"},
    models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
}


class OwnRelatedFilter(admin.RelatedFieldListFilter):
    """A list filter that offers the user's own rows only."""

    def field_choices(self, field, request, model_admin):
        choices = super().field_choices(field, request, model_admin)
        if not foreign.is_owned(field.related_model):
            return choices
        own = field.related_model.objects.for_user(request.user)
        kept = set(own.values_list("pk", flat=True))
        return [choice for choice in choices if choice[0] in kept]


class NotFoundAdmin(admin.ModelAdmin):
    """An admin that answers 404, not a redirect with words, for what one may not see."""

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404

    def view_on_site(self, obj):
        """Return the public address, when the public may read ``obj``."""
        published = getattr(type(obj)._default_manager, "published", None)
        if published is None and not hasattr(obj, "get_absolute_url"):
            return None
        if published is not None and not published().filter(pk=obj.pk).exists():
            return None
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None


class OwnInline(admin.TabularInline):
    """Parts of a row, edited with it."""

    form = OwnForm
    formfield_overrides = FIELDS
    extra = 0
    same_parent = ()  # relations that stay within the row that the parts belong to

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.user = request.user
        for field in formset.form.base_fields.values():
            # A table's cells have no labels of their own.
            if field.label and self.template == OwnInline.template:
                field.widget.attrs.setdefault("aria-label", field.label)
        for name in self.same_parent:
            field = formset.form.base_fields.get(name)
            if field is not None:
                field.queryset = field.queryset.filter(**{formset.fk.name: obj})
        return formset

    def get_fields(self, request, obj=None):
        return _source_last(super().get_fields(request, obj))

    def get_queryset(self, request):
        own = self.model.objects.for_user(request.user)
        return super().get_queryset(request).filter(pk__in=own.values("pk"))

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and _is_open(obj, request.user)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and _is_open(obj, request.user)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and _is_open(obj, request.user)


class OwnStackedInline(OwnInline):
    """The same, one part under another, for parts with long texts."""

    template = "admin/edit_inline/stacked.html"


class OwnModelAdmin(ImportExportModelAdmin, NotFoundAdmin):
    """The admin of a model whose rows belong to associations."""

    form = OwnForm
    formfield_overrides = FIELDS
    formats = import_formats.FORMATS
    import_form_class = OwnImportForm
    export_form_class = ExportForm  # all columns; picking some needs inline scripts
    confirm_form_class = OwnConfirmForm
    list_per_page = 50
    actions_selection_counter = True

    def get_queryset(self, request):
        path = self.model.owner_path
        queryset = self.model.objects.for_user(request.user)
        ordering = self.get_ordering(request)
        queryset = queryset.order_by(*ordering) if ordering else queryset
        return queryset.prefetch_related("associations") if path == "associations" else queryset

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form

    def get_fields(self, request, obj=None):
        return _source_last(super().get_fields(request, obj))

    def get_action_choices(self, request, default_choices=(("", NOTHING_CHOSEN),)):
        return super().get_action_choices(request, list(default_choices))

    def get_list_filter(self, request):
        return [self._own_filter(name) for name in super().get_list_filter(request)]

    def _own_filter(self, name):
        if isinstance(name, str) and get_fields_from_path(self.model, name)[-1].is_relation:
            return (name, OwnRelatedFilter)
        return name

    def has_view_permission(self, request, obj=None):
        allowed = super().has_view_permission(request, obj)
        return allowed and (obj is None or obj.pk is None or obj.can_be_seen_by(request.user))

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.pk is None or obj.can_be_edited_by(request.user))

    def has_delete_permission(self, request, obj=None):
        """Tell whether ``obj`` may go: own, not sealed, and not also another association's."""
        if not super().has_delete_permission(request, obj):
            return False
        if obj is None or obj.pk is None:
            return True
        own = obj.can_be_seen_by(request.user) and obj.refusal(request.user) is None
        return own and not foreign.has_foreign_owner(obj, request.user)

    def has_import_permission(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request):
        return self.has_view_or_change_permission(request)

    def render_change_form(self, request, context, *args, **kwargs):
        context["has_history"] = self.has_history(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def has_history(self, request):
        """True when there is a page of what was changed that the user may read."""
        return False

    def history_view(self, request, object_id, extra_context=None):
        """Answer 404: without history of its own, nothing is told."""
        raise Http404

    def get_deleted_objects(self, objs, request):
        """Name what stands in the way of deleting, but not what belongs to others."""
        to_delete, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        if not protected:
            return to_delete, counts, perms_needed, protected
        collector = NestedObjects(using=router.db_for_write(self.model), origin=objs)
        collector.collect(objs)
        protected = sorted({_named_for(row, request.user) for row in collector.protected})
        return to_delete, counts, set(), protected

    def get_resource_kwargs(self, request, *args, **kwargs):
        return {**kwargs, "user": request.user}

    def get_data_for_export(self, request, queryset, **kwargs):
        kwargs.pop("encoding", None)
        return super().get_data_for_export(request, queryset, **kwargs)

    def get_export_data(self, file_format, request, queryset, **kwargs):
        if not self.has_export_permission(request):
            raise PermissionDenied
        native = isinstance(file_format, import_formats.XLSX)
        data = self.get_data_for_export(request, queryset, force_native_type=native, **kwargs)
        return file_format.export_data(data)

    def get_export_filename(self, request, queryset, file_format):
        return f"{self.model._meta.model_name}.{file_format.get_extension()}"

    def get_confirm_form_kwargs(self, request, import_form=None):
        return {**super().get_confirm_form_kwargs(request, import_form), "user": request.user}

    def get_confirm_form_initial(self, request, import_form):
        initial = super().get_confirm_form_initial(request, import_form)
        if initial:
            initial["import_file_name"] = sign(initial["import_file_name"], request.user)
        return initial

    def get_import_data_kwargs(self, **kwargs):
        """A file is read in whole or not at all."""
        return {**super().get_import_data_kwargs(**kwargs), "rollback_on_validation_errors": True}

    def process_result(self, result, request):
        """Say what happened; a file that no longer fits changes nothing."""
        if not (result.has_errors() or result.has_validation_errors()):
            return super().process_result(result, request)
        messages.error(
            request,
            "Inget lästes in: uppgifterna har ändrats sedan filen granskades. Läs in den på nytt.",
        )
        return HttpResponseRedirect(reverse("admin:{}_{}_import".format(*self.get_model_info())))

    def add_data_read_fail_error_to_form(self, form, e):
        if isinstance(e, import_formats.Unreadable):
            form.add_error("import_file", e)
            return
        form.add_error(
            "import_file",
            "Filen går inte att läsa. Är det rätt format? En CSV-fil ska vara i UTF-8.",
        )


class OwnAdmin(OwnModelAdmin, WholeHistoryAdmin):
    """The same, with the history of each row: what changed, who, when, from, to."""

    enforce_history_permissions = True  # the board reads no history; roles.py

    def has_change_history_permission(self, request, obj=None):
        """History is never rewritten."""
        return False

    def has_history(self, request):
        return self.has_view_history_permission(request)

    def history_view(self, request, object_id, extra_context=None):
        self._own_record(request, object_id)
        return WholeHistoryAdmin.history_view(self, request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        self._own_record(request, object_id, history_id=version_id)
        return super().history_form_view(request, object_id, version_id, extra_context)

    def _own_record(self, request, object_id, **lookup):
        """Raise 404 unless the row, or the deleted row's last record, is the user's own."""
        try:
            known = {self.model._meta.pk.attname: int(object_id), **lookup}
        except ValueError:
            raise Http404 from None
        record = self.model.history.filter(**known).first()
        if record is not None and foreign.was_own(record, request.user):
            return
        own = self.get_queryset(request).filter(pk=known[self.model._meta.pk.attname])
        if lookup or not own.exists():
            raise Http404


class SiteAdmin(WholeHistoryAdmin, NotFoundAdmin):
    """The admin of what belongs to the whole site. Its permissions are the superuser's."""

    def has_change_history_permission(self, request, obj=None):
        return False

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        return super().history_form_view(request, object_id, version_id, extra_context)

    def render_change_form(self, request, context, *args, **kwargs):
        return super().render_change_form(
            request, {**context, "has_history": True}, *args, **kwargs
        )


def _is_open(obj, user):
    """True when parts may be changed with ``obj``, a new one or the user's to change."""
    return obj is None or obj.pk is None or obj.refusal(user) is None


def _source_last(fields):
    """Where a fact was read is asked for after the fact."""
    return sorted(fields, key=["source", "source_note"].__contains__)


def _named_for(row, user):
    """Name ``row`` by its kind and itself, or only say that it is another association's."""
    kind = row._meta.verbose_name
    if foreign.is_owned(type(row)) and not row.can_be_seen_by(user):
        return f"{kind} hos ett annat förbund"
    return f"{kind}: {row}"
