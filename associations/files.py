"""Which files may be kept: kinds by their first bytes, and size."""

from django.core.exceptions import ValidationError
from django.forms import FileField
from django.http import FileResponse, Http404
from django.utils.html import format_html

from associations import identity

NUMBERED = (
    "Filens namn ser ut att innehålla ett personnummer eller samordningsnummer. "
    "Byt namn på filen och välj den igen."
)
MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE

_OFFICE = "application/vnd.openxmlformats-officedocument"

# Ending → the first bytes that such a file has, and the type it is served as.
KINDS = {
    "pdf": (b"%PDF-", "application/pdf"),
    "png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "jpg": (b"\xff\xd8\xff", "image/jpeg"),
    "jpeg": (b"\xff\xd8\xff", "image/jpeg"),
    "docx": (b"PK\x03\x04", f"{_OFFICE}.wordprocessingml.document"),
    "xlsx": (b"PK\x03\x04", f"{_OFFICE}.spreadsheetml.sheet"),
    "odt": (b"PK\x03\x04", "application/vnd.oasis.opendocument.text"),
}


def _ending(name):
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def content_type(name):
    """Return the media type that a kept file named ``name`` is served as."""
    return KINDS.get(_ending(name), (b"", "application/octet-stream"))[1]


def validate_file(file):
    """Raise ValidationError unless the file is of a known kind, by name and content, ≤ 20 MB.

    Its name is kept and shown, so it holds no identity number either.
    """
    if identity.find(file.name.rsplit("/", 1)[-1]) is not None:
        raise ValidationError(NUMBERED, code=identity.CODE)
    kind = KINDS.get(_ending(file.name))
    if kind is None:
        raise ValidationError("Filen kan inte sparas. Välj PDF, PNG, JPG, DOCX, XLSX eller ODT.")
    if file.size > LARGEST:
        raise ValidationError(f"Filen är större än {LARGEST // MEGABYTE} MB. Välj en mindre fil.")
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    if not start.startswith(kind[0]):
        raise ValidationError("Filens innehåll stämmer inte med dess ändelse.")


def ask_again(form):
    """Let each file's field of a sent ``form`` say that the file has to be chosen again.

    A form that was sent is shown only when it was refused, and no browser keeps a chosen file.
    """
    for name, field in form.fields.items():
        sent = form.files.get(form.add_prefix(name)) if isinstance(field, FileField) else None
        if sent:
            field.help_text = format_html(
                "<strong>Välj filen igen.</strong> Du valde {}, men ingen webbläsare behåller en "
                "fil när något ska rättas. {}",
                sent.name,
                field.help_text,
            )


def as_download(file):
    """Return the response that gives ``file`` as a download, never guessed at by the browser.

    Raises Http404 when there is no file.
    """
    if not file or not file.storage.exists(file.name):
        raise Http404("Filen finns inte här.")
    name = file.name.rsplit("/", 1)[-1]
    response = FileResponse(
        file.open("rb"), as_attachment=True, filename=name, content_type=content_type(name)
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
