"""How the web answers when somebody asks for a PDF: the file, a page that waits, or why not."""

from urllib.parse import quote

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
    signer = Signer(salt=request.path)
    if asked := request.GET.get(WAITS):
        return _again(request, context, asked, signer) or redirect(request.path)
    page = print_it()
    try:
        made = pdf.ask(page)
    except pdf.PdfError as error:
        return render(request, "finsam/pdf_fault.html", context | {"why": error}, status=503)
    if made is None:
        key = pdf.key_of(page)
        return waiting(request, context, pdf.how_far(key), signer.sign(key))
    return _file(made.read_bytes(), page.filename)


def _again(request, context, asked, signer):
    """Answer that it is still being made, or return None."""
    try:
        far = pdf.how_far(signer.unsign(asked))
    except BadSignature:
        return None
    return far and waiting(request, context, far, asked)


def waiting(request, context, far, asked):
    """Answer 202: how far it is (``pdf.HowFar`` or None), and by ``asked`` where to ask again."""
    if request.method == "HEAD":
        answer = HttpResponse(status=202)
    else:
        answer = render(request, "finsam/pdf_wait.html", context | {"far": far}, status=202)
    answer["Refresh"] = f"2; url={request.path}?{WAITS}={asked}"
    answer["Cache-Control"] = "no-store"
    if far:
        answer["How-Far"] = quote(far.said)
    return answer


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
