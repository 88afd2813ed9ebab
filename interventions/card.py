"""An intervention on one page in large print: whom it suits, how one gets a place, whom to ask.

The card always fits its page by how it is made: each text has a room of its own, and a longer
one is told in whole sentences as far as they go, with a word that the page holds more.
"""

import html
import re
from dataclasses import dataclass

from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import timezone
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from associations.colour import COUNTY
from associations.letters import width
from associations.paper import Printed, lasting_address
from interventions import money

# What writes each text, and how much it may take, in letters of usual width.
TEXTS = {
    "what": ("interventions/card/_what.html", 190),
    "whom": ("interventions/card/_whom.html", 260),
    "refer": ("interventions/card/_refer.html", 280),
    "ask": ("interventions/card/_ask.html", 150),
    "runs": ("interventions/card/_runs.html", 110),
    "pays": ("interventions/card/_pays.html", 220),
}
NAMES = [(80, "longest"), (40, "long")]  # letters from which the name is set smaller
SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=\S)")
EMPTY_EDGE = 4  # modules around a QR code, as its standard asks


@dataclass(frozen=True)
class Told:
    """A text of the card. ``more``: the page holds more of it than there is room for here."""

    text: str
    more: bool = False


@dataclass(frozen=True)
class Code:
    """A QR code: its address, its width in modules, and the path that draws it."""

    address: str
    modules: int
    path: str


def told(text, room):
    """Return ``text`` when there is room for it, else as many whole sentences as there is."""
    text = " ".join(text.split())
    if width(text) <= room:
        return Told(text)
    kept = ""
    for sentence in SENTENCE.split(text):
        longer = f"{kept} {sentence}".strip()
        if width(longer) > room:
            break
        kept = longer
    return Told(kept, more=True)


def code_of(address):
    """Return the QR code of an address."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=EMPTY_EDGE)
    code.add_data(address)
    code.make(fit=True)
    rows = code.get_matrix()
    runs = [
        f"M{found.start()} {y}h{len(found[0])}v1h-{len(found[0])}z"
        for y, row in enumerate(rows)
        for found in re.finditer("1+", "".join("01"[dark] for dark in row))
    ]
    return Code(address, len(rows), "".join(runs))


def context(intervention, request):
    """Return what the card's template needs. It names functions to turn to, never a person."""
    contacts = list(intervention.contacts.select_related("organisation"))
    facts = {
        "intervention": intervention,
        "contacts": contacts,
        "owners": list(intervention.associations.all()),
        "municipalities": list(intervention.municipalities.all()),
        "referrers": list(intervention.referrers.all()),
        "payers": money.payer_table(intervention),
    }
    texts = {name: told(_plain(template, facts), room) for name, (template, room) in TEXTS.items()}
    address = lasting_address(request, intervention.get_absolute_url())
    shown = re.sub(r"^https?://(www\.)?", "", address)
    return (
        facts
        | texts
        | {"code": code_of(address), "shown": shown, "name_size": _name_size(intervention)}
    )


def _name_size(intervention):
    wide = width(intervention.name)
    return next((size for room, size in NAMES if wide > room), "short")


def _plain(template, facts):
    """Return what a template says, as plain text."""
    return html.unescape(render_to_string(template, facts))


def printed(intervention, request):
    """Return the card as a page for paper. The same data give the same text, to the letter."""
    changed = _changed(intervention)
    lead = intervention.lead or next(iter(intervention.associations.all()), None)
    page = render_to_string(
        "interventions/card/print.html",
        context(intervention, request) | {"changed": changed, "lead": intervention.lead},
    )
    return Printed(
        html=page,
        colour=lead.colour if lead else COUNTY,
        mark="",
        filename=f"kort-{intervention.slug}.pdf",
        day=f"{changed:%Y-%m-%d}",
    )


def _changed(intervention):
    """Return the day when the intervention last changed or was reviewed; today without either."""
    latest = intervention.history.aggregate(latest=Max("history_date"))["latest"]
    if latest is not None:
        return timezone.localdate(latest)
    return intervention.reviewed_on or timezone.localdate()
