"""PDFs for the web: asked for, made in a process of its own, and kept on disk.

A room's printed page is the key: what has been made of the same page, with the same stylesheet
and the same versions, is not made again. ``ask`` never waits; ``wait`` does. ``how_far`` tells
whoever waits what is done. The web process never imports WeasyPrint: the processes of
``pdf_engine.py`` do, which this module keeps warm.
"""

import atexit
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

SECONDS = 180  # of processor time for one document; 150 pages took 12 to 19
MEGABYTES = 1_500  # of address space, for one document
QUEUE = 100  # documents that may wait
ASK_AGAIN_SECONDS = 20  # a job this old may have lost its engine
RETRY_SECONDS = 30  # a fault is told for so long, then the document is tried again
PAUSE = 0.02  # seconds between two looks at what is made

FAULTS = {
    "time": "Den är för lång och blev inte klar på {seconds} sekunders arbete.{where} "
    "Korta texten eller tabellerna.",
    "memory": "Den är för stor och fick inte plats i minnet.{where} Korta texten eller tabellerna.",
    "text": "Något i texten går inte att göra till PDF.{where} Ändra det som är ovanligt där. "
    "Felet är antecknat.",
    "engine": "Felet ligger hos oss, inte i texten, och är antecknat. Försök igen om en stund.",
    "queue": "Många vill ha PDF:er just nu. Försök igen om en stund.",
    "slow": "Den är inte klar än, men den görs. Försök igen om en stund.",
}


class PdfError(Exception):
    """No PDF can be had; the message says in Swedish why, and whether the text is the reason.

    ``why`` is one of FAULTS, ``far`` how far the document came, as ``pdf_maker.Teller`` writes it.
    """

    def __init__(self, why, **far):
        where = f" Det var i {_chapter(far)}." if far.get("chapter") else ""
        super().__init__(FAULTS[why].format(seconds=SECONDS, where=where))


class NotMadeYet(Exception):
    """The document ``key`` is being made."""

    def __init__(self, key):
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class HowFar:
    """What is done of a document: in words, and how many of its chapters are behind it."""

    said: str
    done: int = 0
    of: int = 0


class Engine:
    """The process that makes PDFs, started when first asked and again if it has ended."""

    RUN = ("-m", "finsam.pdf_engine")

    def __init__(self):
        self.process, self.owner = None, None

    def make(self, key):
        """Ask for the job ``key``."""
        try:
            self._write(key)
        except BrokenPipeError:
            self.stop()
            self._write(key)

    def _write(self, key):
        if self.process is None or self.owner != os.getpid() or self.process.poll() is not None:
            self.start()
        self.process.stdin.write(f"{key}\n".encode())
        self.process.stdin.flush()

    def start(self):
        """Start the process; whoever was forked from this one starts its own."""
        if self.owner == os.getpid():
            self.stop()
        command = [sys.executable, *self.RUN, str(folder()), str(SECONDS), str(MEGABYTES)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, cwd=settings.BASE_DIR)
        self.owner = os.getpid()

    def stop(self):
        """End the process; what it was asked for and has not made is asked for again later."""
        if self.process is not None and self.owner == os.getpid():
            try:
                self.process.stdin.close()
            except BrokenPipeError:
                """It has ended already."""
            self.process.terminate()
            self.process.wait()
        self.process = None


engine = Engine()
atexit.register(engine.stop)


def folder():
    """Return the folder of jobs and finished files; nobody else on the machine reads it."""
    path = Path(settings.DATA_DIR) / "pdf"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


@cache
def _makers():
    """Return a mark of what makes the files: our code, stylesheet and fonts, and WeasyPrint."""
    base = Path(settings.BASE_DIR)
    files = [*sorted(base.glob("finsam/pdf_*.py")), base / "static/css/paper.css"]
    files += [base / "associations/signs.py", *sorted((base / "static/fonts").glob("*"))]
    mark = sha256(version("weasyprint").encode() + version("pydyf").encode())
    for path in files:
        mark.update(path.read_bytes())
    return mark.hexdigest()


def job_of(printed):
    """Return a printed page as what ``pdf_writer.from_html`` takes."""
    names = ["html", "colour", "mark", "day"]
    files = [asdict(file) for file in printed.attachments]
    return {name: getattr(printed, name) for name in names} | {"attachments": files}


def _job(printed):
    """Return (key, job) of a printed page; the job is what ``pdf_maker.py`` reads."""
    job = json.dumps({"page": job_of(printed), "chapters": printed.chapters})
    return sha256(f"{_makers()}{job}".encode()).hexdigest(), job


def key_of(printed):
    """Return the key by which ``is_waiting`` knows a printed page."""
    return _job(printed)[0]


def ask(printed):
    """Return the path of the PDF of a printed page, or None while it is being made.

    Raises PdfError when it could not be made.
    """
    key, job = _job(printed)
    made = folder() / f"{key}.pdf"
    if made.exists():
        os.utime(made)
        made.with_suffix(".job").unlink(missing_ok=True)  # its engine may have been stopped
        return made
    _raise_fault(made.with_suffix(".fault"))
    if not is_waiting(key):
        ages = (_age(path) for path in folder().glob("*.job"))
        if sum(1 for age in ages if age is not None and age < 10 * SECONDS) >= QUEUE:
            raise PdfError("queue")
        part = made.with_suffix(f".part{os.getpid()}")
        part.write_text(job)
        part.rename(made.with_suffix(".job"))
        engine.make(key)
    return None


def is_waiting(key):
    """Return whether the document ``key`` is still to be made.

    Whoever waits asks this, which costs nothing, and not ``ask``, which needs the whole page. A
    job that has waited long is asked for again: its engine may be lost.
    """
    waiting = folder() / f"{key}.job"
    age = _age(waiting)
    if age is not None and age > ASK_AGAIN_SECONDS:
        waiting.touch()
        engine.make(key)
    return age is not None


def _raise_fault(path):
    age = _age(path)
    if age is None:
        return
    if age > RETRY_SECONDS:
        path.unlink(missing_ok=True)
        return
    raise PdfError(**json.loads(path.read_text()))


def _age(path):
    """Return how many seconds ago the file was written, or None when there is none."""
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return None


def how_far(key):
    """Return HowFar the document ``key`` is, or None when it isn't waited for any more."""
    if not is_waiting(key):
        return None
    try:
        far = json.loads((folder() / f"{key}.progress").read_text())
    except FileNotFoundError:
        others = sum(1 for _ in folder().glob("*.job")) - 1
        return HowFar(
            "Den står i kö: andra PDF:er görs först." if others > 0 else "Den börjar göras."
        )
    page, chapter, of = far["page"], far["chapter"], far["of"]
    if page == 0:
        return HowFar("Texten läses.", 0, of)
    if page is None:
        return HowFar("Alla sidor är satta. Filen skrivs.", of, of)
    if chapter:
        said = _chapter(far)
        return HowFar(f"{said[0].upper()}{said[1:]}: sida {page} sätts.", chapter - 1, of)
    return HowFar(f"Sida {page} sätts.", 0, of)


def _chapter(far):
    return f"kapitel {far['chapter']} av {far['of']}, {far['title']}"


def is_made(key):
    """Return whether the document ``key`` lies here. Raises PdfError when it couldn't be made."""
    path = folder() / f"{key}.pdf"
    if not path.exists():
        _raise_fault(path.with_suffix(".fault"))
    return path.exists()


def made(printed):
    """Return the bytes of the PDF of a printed page. Raises NotMadeYet while it is being made."""
    path = ask(printed)
    if path is None:
        raise NotMadeYet(key_of(printed))
    return path.read_bytes()


def wait(printed, seconds=2 * SECONDS):
    """Return the bytes of the PDF of a printed page when it is made. Raises PdfError."""
    until = time.monotonic() + seconds
    while (path := ask(printed)) is None:
        key = key_of(printed)
        while is_waiting(key):
            if time.monotonic() > until:
                raise PdfError("slow")
            time.sleep(PAUSE)
    return path.read_bytes()
