"""The process that makes PDFs: kept files, one making for many askers, and its limits."""

import os
import time
from dataclasses import dataclass, replace

import pytest
from django.urls import reverse

from finsam import pdf
from tests.every_pdf import draft_of_2020

PAGE = """<!doctype html><html lang="sv"><head><title>x</title></head>
<body><h1>{}</h1>{}</body></html>"""


@dataclass(frozen=True)
class Page:
    """A printed page as the rooms make them, without attachments."""

    html: str
    colour: str = "#0b5a82"
    mark: str = ""
    day: str = "2020-01-01"
    attachments: tuple = ()


@pytest.fixture
def folder(settings, tmp_path, monkeypatch):
    """A folder of one's own, and an engine of one's own."""
    settings.DATA_DIR = tmp_path
    own = pdf.Engine()
    monkeypatch.setattr(pdf, "engine", own)
    yield pdf.folder()
    own.stop()


def test_the_web_process_never_lays_out_a_page():
    command = (
        "import sys, django; django.setup(); import finsam.urls; print('weasyprint' in sys.modules)"
    )
    answer = pdf.subprocess.run(
        [pdf.sys.executable, "-c", command],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "finsam.settings"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert answer.stdout.strip() == "False"


def test_a_page_is_made_once_and_kept(folder):
    page = Page(PAGE.format("Ett", "<p>Text.</p>"))
    assert pdf.ask(page) is None and pdf.ask(page) is None
    assert len(list(folder.glob("*.job"))) == 1
    first = pdf.wait(page)
    assert first.startswith(b"%PDF-1.7")
    made = pdf.ask(page)
    stamp = made.stat().st_ino
    pdf.engine.stop()
    assert pdf.ask(page).stat().st_ino == stamp and pdf.engine.process is None
    other = replace(page, mark="Utkast 1 mars 2020")
    assert pdf.wait(other) != first
    pdf.ask(page), pdf.ask(other)
    assert not list(folder.glob("*.job")) and not list(folder.glob("*.part*"))


def test_an_engine_that_has_died_is_started_again(folder):
    page = Page(PAGE.format("Två", ""))
    pdf.wait(page)
    pdf.engine.process.kill()
    pdf.engine.process.wait()
    assert pdf.wait(replace(page, mark="Utkast")).startswith(b"%PDF")
    lost = replace(page, mark="Förslag")
    pdf.ask(lost)
    pdf.engine.process.kill()
    waiting = next(folder.glob("*.job"), None)
    if waiting:
        old = time.time() - pdf.ASK_AGAIN_SECONDS - 1
        os.utime(waiting, (old, old))
    assert pdf.wait(lost).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("limits", "said"),
    [({"SECONDS": 2}, "inte klar på"), ({"MEGABYTES": 300}, "för stor")],
    ids=["time", "memory"],
)
def test_a_runaway_layout_ends_with_words(folder, monkeypatch, limits, said):
    for name, value in limits.items():
        monkeypatch.setattr(pdf, name, value)
    rows = "<tr><th scope='row'>Rad</th><td>1</td><td>2</td><td>3</td></tr>" * 20_000
    heavy = Page(PAGE.format("Tung", f"<table>{rows}</table>"))
    with pytest.raises(pdf.PdfError, match=said):
        pdf.wait(heavy)
    with pytest.raises(pdf.PdfError, match=said):  # told again, not tried again at once
        pdf.ask(heavy)
    light = Page(PAGE.format("Lätt", ""))
    if "SECONDS" in limits:
        assert pdf.wait(light).startswith(b"%PDF")  # the engine lives on


def test_the_queue_is_bounded(folder, monkeypatch):
    monkeypatch.setattr(pdf, "QUEUE", 1)
    monkeypatch.setattr(pdf.engine, "make", lambda key: None)
    pdf.ask(Page(PAGE.format("Ett", "")))
    with pytest.raises(pdf.PdfError, match="Många"):
        pdf.ask(Page(PAGE.format("Två", "")))


def test_waiting_and_failing_have_pages(portal_data, folder, client_for, monkeypatch):
    plan = draft_of_2020()
    client, address = client_for("styrelse-sodra"), reverse("plan_draft_pdf", args=[plan.pk])
    monkeypatch.setattr(pdf.engine, "make", lambda key: None)
    answer = client.get(address)
    assert answer.status_code == 202 and "PDF:en görs" in answer.content.decode()
    next(folder.glob("*.job")).rename(next(folder.glob("*.job")).with_suffix(".fault"))
    next(folder.glob("*.fault")).write_text("time")
    answer = client.get(address)
    assert answer.status_code == 503
    assert "Korta texten eller tabellerna." in answer.content.decode()


def test_waiting_costs_no_page_and_ends_at_the_file(portal_data, folder, client_for, monkeypatch):
    plan = draft_of_2020()
    client, address = client_for("styrelse-sodra"), reverse("plan_draft_pdf", args=[plan.pk])
    monkeypatch.setattr(pdf.engine, "make", lambda key: None)
    pause, _, again = client.get(address)["Refresh"].partition("; url=")
    assert pause == "2" and again.startswith(f"{address}?vantar=")
    with monkeypatch.context() as patched:
        patched.delattr("finsam.plan_pdf.printed")
        assert client.head(again)["Refresh"] == f"2; url={again}"
        assert client_for("chef-hoglandet").get(again).status_code == 404
        assert client.get(f"{again}x")["Location"] == address
        next(folder.glob("*.job")).unlink()
        assert client.get(again)["Location"] == address
    assert client.get(address).status_code == 202
