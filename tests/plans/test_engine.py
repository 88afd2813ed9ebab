"""The process that makes PDFs: kept files, one making for many askers, and its limits."""

import json
import os
import time
from dataclasses import dataclass, replace
from urllib.parse import unquote

import pytest
from django.urls import reverse

from finsam import pdf, pdf_progress, pdf_writer
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
    chapters: tuple = ()


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
    pdf.engine.process.wait()
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


BEFORE = """
import os, sys, threading, time
from pathlib import Path
from finsam import pdf_engine, pdf_writer
house_style, from_html, fork = pdf_writer.house_style, pdf_writer.from_html, os.fork
folder = Path(sys.argv[1])
"""
AFTER = "\npdf_engine.serve(folder, *map(int, sys.argv[2:]))"


def test_nothing_that_has_a_second_thread_is_forked(folder):
    """Pango 1.56 starts a thread when the fonts are read; a fork of it waits for ever."""
    pdf.engine.RUN = "-c", BEFORE + """
def threaded():
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    return house_style()
def counted():
    with (folder / "threads").open("a") as file:
        print(threading.active_count(), len(os.listdir("/proc/self/task")), file=file)
    return fork()
pdf_writer.house_style, os.fork = threaded, counted
""" + AFTER  # fmt: skip
    for number in range(3):
        assert pdf.wait(Page(PAGE.format(number, ""))).startswith(b"%PDF")
    counted = (folder / "threads").read_text().splitlines()
    assert len(counted) == 3 and set(counted) == {"1 1"}
    assert len(list(folder.glob("*.folder"))) < 2  # the last one's may be there for a moment


@pytest.mark.parametrize(
    "broken",
    [
        "pdf_engine.STUCK_SECONDS = 1; pdf_writer.house_style = lambda: time.sleep(600)",
        "pdf_engine.STUCK_SECONDS = 1; pdf_writer.from_html = lambda **job: time.sleep(600)",
        "pdf_writer.from_html = lambda **job: os.kill(os.getpid(), 11)",
        "pdf_writer.house_style = lambda: 1 / 0",
        "sys.modules['finsam.pdf_maker'] = None",
        "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
    ],
)
def test_what_is_the_engines_is_not_blamed_on_the_text(folder, broken):
    pdf.engine.RUN = "-c", BEFORE + broken + AFTER
    with pytest.raises(pdf.PdfError, match="ligger hos oss, inte i texten"):
        pdf.wait(Page(PAGE.format("Hel", "")))
    assert not list(folder.glob("*.job")) and not list(folder.glob("*.part*"))


def test_a_text_that_cannot_be_laid_out_is_told_with_its_chapter(folder):
    pdf.engine.RUN = "-c", BEFORE + """
from finsam import pdf_maker
def tell(self, page, anchor, tell=pdf_maker.Teller.tell):
    tell(self, page, anchor)
    if anchor == "kapitel-2":
        raise IndexError("This can't be laid out.")
pdf_maker.Teller.tell = tell
""" + AFTER  # fmt: skip
    with pytest.raises(pdf.PdfError, match="i texten går .* Det var i kapitel 2 av 3, Mål. Ändra"):
        pdf.wait(_in_chapters())


def test_time_that_others_use_is_not_counted(folder, monkeypatch):
    monkeypatch.setattr(pdf, "SECONDS", 1)
    pdf.engine.RUN = "-c", BEFORE + """
pdf_writer.from_html = lambda **job: time.sleep(4) or from_html(**job)
""" + AFTER  # fmt: skip
    assert pdf.wait(Page(PAGE.format("Dröj", ""))).startswith(b"%PDF")


CHAPTERS = (("kapitel-1", "Inledning"), ("kapitel-2", "Mål"), ("kapitel-3", "Budget"))


def _in_chapters(pages=2):
    """Return a document of three chapters of ``pages`` pages each, with their numbers before."""
    style = (
        "<style>div { break-after: page } a::after { content: target-counter('#kapitel-3', page) }"
    )
    body = "".join(
        f"<h2 id='{anchor}'>{title}</h2>{'<div>Text.</div>' * pages}" for anchor, title in CHAPTERS
    )
    return Page(
        PAGE.format("Lång", f"{style}</style><a href='#kapitel-3'></a>{body}"), chapters=CHAPTERS
    )


def test_the_chapters_are_told_as_they_are_laid_out():
    page, told = _in_chapters(), []
    plain = pdf_writer.from_html(**pdf.job_of(page))
    with pdf_progress.told(lambda *far: told.append(far), [anchor for anchor, _ in CHAPTERS]):
        assert pdf_writer.from_html(**pdf.job_of(page)) == plain
    pages = [far for far in told if far[0] is not None]
    assert [at for _, at in pages][:6] == [at for at, _ in CHAPTERS for _ in range(2)]
    assert [number for number, _ in pages] == list(range(1, len(pages) + 1))
    assert told[-1] == (None, "kapitel-3")


def test_a_document_of_150_pages_is_made_and_told_by_chapter(folder):
    pdf.engine.RUN = "-c", BEFORE + """
from finsam import pdf_maker
def tell(self, page, anchor, tell=pdf_maker.Teller.tell):
    tell(self, page, anchor)
    with (folder / "told").open("a") as file:
        print(self.path.read_text(), file=file)
pdf_maker.Teller.tell = tell
""" + AFTER  # fmt: skip
    assert pdf.wait(_in_chapters(50)).startswith(b"%PDF")
    told = [json.loads(line) for line in (folder / "told").read_text().splitlines()]
    assert told[0] == {"page": 0, "chapter": 0, "of": 3, "title": ""}
    assert {"page": 75, "chapter": 2, "of": 3, "title": "Mål"} in told
    assert max(far["page"] or 0 for far in told) >= 150 and told[-1]["page"] is None
    assert [far["chapter"] for far in told] == sorted(far["chapter"] for far in told)
    assert not list(folder.glob("*.progress"))


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
    job = next(folder.glob("*.job"))
    far = {"page": 37, "chapter": 4, "of": 9, "title": "Så når vi målen"}
    job.with_suffix(".progress").write_text(json.dumps(far))
    again = client.get(answer["Refresh"].partition("url=")[2])
    html = again.content.decode()
    assert "Kapitel 4 av 9, Så når vi målen: sida 37 sätts." in html
    assert '<progress max="9" value="3"' in html
    assert unquote(again["How-Far"]) in html and again["How-Far"].isascii()
    job.rename(job.with_suffix(".fault"))
    job.with_suffix(".fault").write_text(json.dumps(far | {"why": "time"}))
    answer = client.get(address)
    assert answer.status_code == 503
    said = "180 sekunders arbete. Det var i kapitel 4 av 9, Så når vi målen. Korta texten"
    assert said in answer.content.decode()


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
