"""Is this file the adopted one? A page where anybody finds out, and no file is kept."""

from hashlib import sha256

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from plans.models import SealedFile

MEGABYTE = 1_000_000
LARGEST = 20 * MEGABYTE
FORM_ROOM = 10_000  # bytes that a form's own words take around the file


class HashOnly(FileUploadHandler):
    """Takes an upload through SHA-256 as it comes, and keeps nothing of it but the sum."""

    def new_file(self, *arguments, **more):
        super().new_file(*arguments, **more)
        self.sum, self.read = sha256(), 0

    def receive_data_chunk(self, raw_data, start):
        self.read += len(raw_data)
        if self.read > LARGEST:
            raise StopUpload(connection_reset=True)
        self.sum.update(raw_data)

    def file_complete(self, file_size):
        kept = UploadedFile(name=self.file_name, size=file_size)
        kept.sha256 = self.sum.hexdigest()
        return kept


class SumForm(forms.Form):
    """A sum that the browser has reckoned."""

    sha256 = forms.RegexField(r"^[0-9a-fA-F]{64}\Z", label="SHA-256")


class FileForm(forms.Form):
    """A file, for a browser that reckons no sums."""

    file = forms.FileField(label="Fil", help_text="Högst 20 MB.", allow_empty_file=True)


@csrf_exempt  # it changes nothing, and a visitor gets no cookie
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_file(request):
    """Tell whether a file is an adopted plan: by its sum in the address, or by the file itself."""
    context, status = {"form": FileForm(), "asked": "", "found": None, "too_large": False}, 200
    if request.method == "POST":
        request.upload_handlers = [HashOnly(request)]
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if length > LARGEST + FORM_ROOM:
            context["too_large"], status = True, 413
        else:
            context["form"] = form = FileForm(request.POST, request.FILES)
            if form.is_valid():
                context["asked"] = form.cleaned_data["file"].sha256
            else:
                status = 422
    elif "sha256" in request.GET:
        form = SumForm(request.GET)
        context["asked"] = form.cleaned_data["sha256"].lower() if form.is_valid() else ""
    if context["asked"]:
        context["found"] = _sealed(context["asked"])
    return render(request, "plans/check.html", context, status=status)


def _sealed(digest):
    """Return the adopted plan's file that has this sum, or None."""
    files = SealedFile.objects.defer("data").select_related(
        "plan__association", "plan__adopted_at", "plan__replaced_by", "plan__published_in"
    )
    return files.filter(sha256=digest).first()
