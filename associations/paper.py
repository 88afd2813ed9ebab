"""A page for paper: what every room hands to the roof, which alone makes PDFs of them."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Attached:
    """A file that lies within the PDF; ``text`` is UTF-8, with the line ends that it has."""

    name: str
    description: str
    text: str


@dataclass(frozen=True)
class Printed:
    """What the roof needs: html, the association's colour, the draft's mark or "", a file name.

    ``day`` (YYYY-MM-DD) is the date that the file and its attachments carry. ``chapters`` are
    (id in the html, title), by which one tells how far the making of a long document has come.
    """

    html: str
    colour: str
    mark: str
    filename: str
    day: str
    attachments: tuple[Attached, ...] = ()
    chapters: tuple[tuple[str, str], ...] = ()


def lasting_address(request, path):
    """Return the whole address of a page as it is printed, the same from whichever host one asks.

    Without an address of the site's own (the demo) it is the one that was asked.
    """
    own = settings.SITE_ADDRESS
    return f"{own}{path}" if own else request.build_absolute_uri(path)
