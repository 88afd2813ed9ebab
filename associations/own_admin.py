"""The admin of what associations own: one's own rows in lists, choices, history and files alike.

Another association's row answers 404 wherever it is asked for. What is adopted is read-only.
"""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import NestedObjects, get_fields_from_path
from django.core.exceptions import PermissionDenied
from django.db import models, router
from django.http import Http404

from associations import foreign
from associations.addresses import AddressField
from associations.files_admin import FilesAdmin
from associations.own_forms import NOTHING_CHOSEN, OwnForm
from associations.text_admin import TextAdmin
from associations.text_search import with_words
from associations.whole_history import WholeHistoryAdmin

FIELDS = {
    models.SlugField: {"form_class": AddressField},
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


class NotFoundAdmin(TextAdmin):
    """An admin that answers 404, not a redirect with words, for what one may not see.

    It searches as the house's other lists do: word by word, whatever the case and the marks.
    """

    def get_search_results(self, request, queryset, search_term):
        return with_words(queryset, search_term, self.get_search_fields(request)), False

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


class OwnModelAdmin(FilesAdmin, NotFoundAdmin):
    """The admin of a model whose rows belong to associations."""

    form = OwnForm
    formfield_overrides = FIELDS
    list_per_page = 50
    actions_selection_counter = True

    def get_queryset(self, request):
        path = self.model.owner_path
        queryset = self.model.objects.for_user(request.user)
        ordering = self.get_ordering(request)
        queryset = queryset.order_by(*ordering, "pk") if ordering else queryset
        return queryset.prefetch_related("associations") if path == "associations" else queryset

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form

    def get_fields(self, request, obj=None):
        return _source_last(super().get_fields(request, obj))

    def get_prepopulated_fields(self, request, obj=None):
        """Suggest an address for what is new; what is stored keeps its own."""
        return super().get_prepopulated_fields(request, obj) if obj is None else {}

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

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Name the row as it is stored: a form that is refused has already changed ``obj``."""
        context["has_history"] = self.has_history(request)
        if obj is not None and request.method == "POST":
            stored = self.get_queryset(request).get(pk=obj.pk)
            context |= {"original": stored, "subtitle": str(stored)}
        return super().render_change_form(request, context, add, change, form_url, obj)

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
        protected = sorted({foreign.named_for(row, request.user) for row in collector.protected})
        return to_delete, counts, set(), protected


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

    formfield_overrides = FIELDS

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
