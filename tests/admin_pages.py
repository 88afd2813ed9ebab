"""The admin's addresses, and its import as one uses it: a file, what is refused, the button."""

import io

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse


def address(row_or_model, what, *args):
    """Return the address of an admin page: ``changelist``, ``add``, ``import`` and so on."""
    meta = row_or_model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{what}", args=args)


def upload(client, model, content, name="rader.csv", form=None):
    """Send a file, CSV ("0") or XLSX ("1") by its name or ``form``, to the import's first page."""
    content = content.encode() if isinstance(content, str) else content
    sent = {
        "import_file": SimpleUploadedFile(name, content),
        "format": form or ("1" if name.endswith("xlsx") else "0"),
        "resource": "0",
    }
    return client.post(address(model, "import"), sent)


def confirm(client, model, answer):
    """Press the preview's button."""
    return client.post(address(model, "process_import"), answer.context["confirm_form"].initial)


def refusals(answer):
    """Return all that the import's page says against the file and its rows."""
    form = answer.context.get("form")
    said = [str(e) for e in form.errors.get("import_file", [])] if form is not None else []
    result = answer.context.get("result")
    if result is not None:
        for row in result.invalid_rows:
            said += row.error.messages
        for _number, errors in result.row_errors():
            said += [str(error.error) for error in errors]
        for error in result.base_errors:
            said += getattr(error.error, "messages", None) or [str(error.error)]
    return said


def workbook(rows):
    """Return the bytes of an XLSX with these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
