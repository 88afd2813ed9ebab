"""No text, image or link that anybody writes makes a PDF open a file or an address.

A server on loopback notes what it is asked, and a file holds a word that no PDF may hold.
"""

import http.server
import io
import threading
from dataclasses import dataclass, field

import pikepdf
import pytest
from django.db import DatabaseError, models, transaction
from django.db.models.functions import Concat
from weasyprint.urls import URLFetcher

from budgets.models import BudgetColumn, BudgetLine
from finsam import pdf, pdf_writer
from interventions.models import EffectAssumption, Financing, Goal, Intervention, Result
from meetings.models import ActionPoint, AgendaItem, Decision, Meeting
from plans.models import Chapter, Plan
from tests import every_pdf

pytestmark = pytest.mark.django_db
WORD = "KANARIEFAGEL"
SHORT = "<img src=//{host}/>"
LINE = '![a]({http}/a.png) <img src="{http}/b.png"> [c](file://{file}) url({http}/d)'
LONG = """

![e]({http}/e.png) ![f](file://{file}) [g]({http}/g) [h](file://{file} "i") <{http}/j>

<img src="{http}/k.png"> <link rel="stylesheet" href="{http}/l.css"> <link rel="attachment"
href="file://{file}"> <a rel="attachment" href="file://{file}">m</a> <object data="{http}/n">
<style>@import url("{http}/o.css"); p {{ background: url("file://{file}") }}</style>
<svg xmlns="http://www.w3.org/2000/svg"><image href="{http}/p.png"/></svg>
<script src="{http}/q.js"></script> <iframe src="file://{file}"></iframe> <base href="{http}">

![r](data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%3E%3Cimage%20href='{http}/s'/%3E)

[t]: {http}/t.png

![u][t] [[budget]] [^v]

[^v]: ![w]({http}/w.png) <img src="file://{file}">

| ![x]({http}/x.png) |
| --- |
| <img src="{http}/y.png"> |
"""


@dataclass
class Canary:
    """The server's address, the file's path, and what has been asked of the server."""

    host: str
    file: str
    asked: list = field(default_factory=list)

    def song(self, text):
        """Return ``text`` with the canary's addresses."""
        return text.format(host=self.host, http=f"http://{self.host}", file=self.file)


@pytest.fixture
def canary(tmp_path):
    """A canary server and a canary file."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            found.asked.append(self.path)
            self.send_error(404)

        def log_message(self, *arguments):
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (tmp_path / "canary.txt").write_text(WORD)
    found = Canary(f"127.0.0.1:{server.server_port}", str(tmp_path / "canary.txt"))
    yield found
    server.shutdown()
    server.server_close()


def poison(canary, *querysets):
    """Write the canary's addresses into every text of the rows; return how many fields took it."""
    taken = 0
    for rows in querysets:
        for each in rows.model._meta.concrete_fields:
            text = _song_for(each)
            if not text:
                continue
            try:
                with transaction.atomic():
                    song = models.Value(canary.song(text), output_field=models.TextField())
                    whole = Concat(each.name, song, output_field=models.TextField())
                    taken += bool(rows.update(**{each.name: whole}))
            except DatabaseError:
                """It takes no such text at all."""
    return taken


def _song_for(column):
    kinds = (models.CharField, models.TextField)
    if column.choices or isinstance(column, models.SlugField) or not isinstance(column, kinds):
        return ""
    room = column.max_length or 100_000
    return LONG if room > 2_000 else LINE if room >= 160 else SHORT if room >= 80 else ""


def _streams(data):
    with pikepdf.open(io.BytesIO(data)) as document:
        streams = [each for each in document.objects if isinstance(each, pikepdf.Stream)]
        return [each.read_bytes() for each in streams], list(document.attachments)


def _of_a_plan(plan):
    """Return the rows whose texts a plan or report shows."""
    budget, owner = plan.budget, plan.association
    return [
        Plan.objects.filter(pk=plan.pk),
        Chapter.objects.filter(plan=plan),
        BudgetLine.objects.filter(budget=budget),
        BudgetColumn.objects.filter(budget=budget),
        owner.seats.all(),
        *_of_interventions(Intervention.objects.filter(budget_lines__budget=budget)),
    ]


def _of_interventions(found):
    found = Intervention.objects.filter(pk__in=[each.pk for each in found])
    parts = [Goal, Result, Financing]
    return [found, *(model.objects.filter(intervention__in=found) for model in parts),
            EffectAssumption.objects.all()]  # fmt: skip


def _of_a_meeting():
    found = Meeting.objects.filter(slug="agarmote-2015")
    of = {"meeting__in": found}
    return [found, AgendaItem.objects.filter(**of), Decision.objects.filter(**of),
            ActionPoint.objects.filter(**of)]  # fmt: skip


ROWS = {
    "plan-every-block": lambda: _of_a_plan(every_pdf.draft_of_2020()),
    "annual-report": lambda: _of_a_plan(every_pdf.report_of_2019("annual")),
    "half-year-report": lambda: _of_a_plan(every_pdf.report_of_2019("half_year")),
    "meeting-notes": _of_a_meeting,
    "intervention-card": lambda: _of_interventions(Intervention.objects.filter(slug="it-sparet")),
}


@pytest.mark.parametrize("name", ROWS)
def test_no_written_text_makes_a_pdf_open_anything(canary, name):
    assert poison(canary, *ROWS[name]()) >= 4
    page = every_pdf.KINDS[name]()
    assert page.html.count(canary.host) > 1
    streams, attached = _streams(pdf_writer.from_html(**pdf.job_of(page)))
    assert not canary.asked and len(streams) > 5
    assert not any(WORD.encode() in each for each in streams)
    assert set(attached) == {each.name for each in page.attachments}


def test_not_even_html_that_nobody_can_write_opens_anything(canary):
    html = '<!doctype html><html lang="sv"><head><title>x</title></head><body>{}</body></html>'
    html = html.format(canary.song(LONG))
    streams, attached = _streams(pdf_writer.from_html(html, colour="#000000"))
    assert streams and not attached and not canary.asked
    assert not any(WORD.encode() in each for each in streams)


def test_the_canary_would_sing(canary, monkeypatch):
    monkeypatch.setattr(pdf_writer, "FETCHER", URLFetcher())
    html = '<!doctype html><html lang="sv"><head><title>x</title></head><body>{}</body></html>'
    streams, _ = _streams(pdf_writer.from_html(html.format(canary.song(LONG)), colour="#000000"))
    assert canary.asked and any(WORD.encode() in each for each in streams)
