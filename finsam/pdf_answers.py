"""How the web answers when somebody asks for a PDF: the file, a page that waits, or why not."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from finsam import pdf


def answer(request, page, *, title, whose="", association=None):
    """Answer with the PDF of a printed page, a page that waits (202), or why it can't be (503).

    ``title`` names the document where one waits for it, and ``whose`` tells it from its like.
    """
    context = {"title": title, "whose": whose}
    if association is not None:
        context["association"] = association
    try:
        made = pdf.ask(page)
    except pdf.PdfError as error:
        return render(request, "finsam/pdf_fault.html", context | {"why": error}, status=503)
    if made is None:
        waiting = render(request, "finsam/pdf_wait.html", context, status=202)
        waiting["Refresh"] = "2"
        waiting["Cache-Control"] = "no-store"
        return waiting
    return _file(made.read_bytes(), page.filename)


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
