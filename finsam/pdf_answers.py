"""How the web answers when somebody asks for a PDF: the file, a page that waits, or why not."""

from django.core.signing import BadSignature, Signer
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response

from finsam import pdf

WAITS = "vantar"  # names in the address what one waits for


def answer(request, print_it, *, title, whose="", association=None):
    """Answer with the PDF of a printed page, a page that waits (202), or why it can't be (503).

    ``print_it`` returns the page; it isn't called while one waits. ``title`` names the document
    where one waits for it, and ``whose`` tells it from its like. Whoever may not see the document
    is turned away before this.
    """
    context = {"title": title, "whose": whose}
    if association is not None:
        context["association"] = association
    if asked := request.GET.get(WAITS):
        if _is_waiting(request, asked):
            return _wait(request, context, asked)
        return redirect(request.path)
    page = print_it()
    try:
        made = pdf.ask(page)
    except pdf.PdfError as error:
        return render(request, "finsam/pdf_fault.html", context | {"why": error}, status=503)
    if made is None:
        return _wait(request, context, Signer(salt=request.path).sign(pdf.key_of(page)))
    return _file(made.read_bytes(), page.filename)


def _wait(request, context, asked):
    """Answer that it is being made, and with the address where to ask again."""
    if request.method == "HEAD":
        waiting = HttpResponse(status=202)
    else:
        waiting = render(request, "finsam/pdf_wait.html", context, status=202)
    waiting["Refresh"] = f"2; url={request.path}?{WAITS}={asked}"
    waiting["Cache-Control"] = "no-store"
    return waiting


def _is_waiting(request, asked):
    try:
        return pdf.is_waiting(Signer(salt=request.path).unsign(asked))
    except BadSignature:
        return False


def sealed(request, sha256, filename, data):
    """Answer with the bytes that were sealed, or that the asker has them already."""
    etag = f'"{sha256}"'
    found = get_conditional_response(request, etag=etag) or _file(bytes(data), filename)
    found["ETag"] = etag
    return found


def _file(data, filename):
    found = HttpResponse(data, content_type="application/pdf")
    found["Content-Disposition"] = f'inline; filename="{filename}"'
    return found
