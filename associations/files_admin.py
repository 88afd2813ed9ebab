"""Import and export in the admin: what was shown is what is read in, once, by who was shown it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST
from import_export.admin import ImportExportModelAdmin
from import_export.forms import ExportForm

from associations import import_formats
from associations.own_forms import GONE, OwnConfirmForm, OwnImportForm, sign
from associations.waiting_files import WaitingFile


class FilesAdmin(ImportExportModelAdmin):
    """The files of a model's rows, out and in."""

    formats = import_formats.FORMATS
    import_form_class = OwnImportForm
    export_form_class = ExportForm  # all columns; picking some needs inline scripts
    confirm_form_class = OwnConfirmForm
    tmp_storage_class = WaitingFile

    def has_import_permission(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request):
        return self.has_view_or_change_permission(request)

    def get_resource_kwargs(self, request, *args, **kwargs):
        return {**kwargs, "user": request.user}

    def get_valid_export_item_pks(self, request):
        """Return one's own rows' ids: whether others' rows exist is not told."""
        return self.get_queryset(request).values_list("pk", flat=True)

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
        kwargs = super().get_confirm_form_kwargs(request, import_form)
        return {**kwargs, "user": request.user, "model": self.model}

    def get_confirm_form_initial(self, request, import_form):
        initial = super().get_confirm_form_initial(request, import_form)
        if initial:
            shown = [initial[name] for name in ("import_file_name", "format", "resource")]
            initial["import_file_name"] = sign(shown, request.user, self.model)
        return initial

    def import_action(self, request, **kwargs):
        """Show what a file would do; one that is refused does not wait for anything."""
        answer = super().import_action(request, **kwargs)
        sent = request.FILES.get("import_file")
        if hasattr(sent, "tmp_storage_name") and "confirm_form" not in answer.context_data:
            WaitingFile(name=sent.tmp_storage_name).remove()
        answer.context_data["fields_list"] = self._allowed_heads(request, **kwargs)
        return answer

    def _allowed_heads(self, request, **kwargs):
        """Return [(what is read in, its heads)]; the library has none once a file is refused."""
        resources = (
            resource(**self.get_import_resource_kwargs(request=request, **kwargs))
            for resource in self.get_import_resource_classes(request)
        )
        return [
            (each.get_display_name(), [f.column_name for f in each.get_user_visible_fields()])
            for each in resources
        ]

    @method_decorator(require_POST)
    def process_import(self, request, **kwargs):
        """Do what was shown, once; an answer to anything else says that the file is gone."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        try:
            if self.create_confirm_form(request).is_valid():
                return super().process_import(request, **kwargs)
        except FileNotFoundError:
            pass
        return self._read_in_anew(request, GONE)

    def _read_in_anew(self, request, sentence):
        messages.error(request, sentence)
        return HttpResponseRedirect(reverse("admin:{}_{}_import".format(*self.get_model_info())))

    def get_import_data_kwargs(self, **kwargs):
        """A file is read in whole or not at all."""
        return {**super().get_import_data_kwargs(**kwargs), "rollback_on_validation_errors": True}

    def process_result(self, result, request):
        """Say what happened; a file that no longer fits changes nothing."""
        if not (result.has_errors() or result.has_validation_errors()):
            return super().process_result(result, request)
        return self._read_in_anew(
            request,
            "Inget lästes in: uppgifterna har ändrats sedan filen granskades. Läs in den på nytt.",
        )

    def add_data_read_fail_error_to_form(self, form, e):
        if isinstance(e, import_formats.Unreadable):
            form.add_error("import_file", e)
            return
        form.add_error(
            "import_file",
            "Filen går inte att läsa. Är det rätt format? En CSV-fil ska vara i UTF-8.",
        )
