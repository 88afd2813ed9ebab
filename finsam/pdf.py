"""PDFs for the web: asked for, made in a process of its own, and kept on disk.

A room's printed page is the key: what has been made of the same page, with the same stylesheet
and the same versions, is not made again. ``ask`` never waits; ``wait`` does. The web process
never imports WeasyPrint: ``pdf_engine.py`` does, once, in a process that this module keeps warm.
"""

import atexit
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

SECONDS = 60  # for one document, and then it is given up
MEGABYTES = 1_500  # of address space, for one document
QUEUE = 100  # documents that may wait
ASK_AGAIN_SECONDS = 20  # a job this old may have lost its engine
RETRY_SECONDS = 30  # a fault is told for so long, then the document is tried again
PAUSE = 0.02  # seconds between two looks at what is made

FAULTS = {
    "time": f"Den blev inte klar på {SECONDS} sekunder. Korta texten eller tabellerna.",
    "memory": "Den är för stor. Korta texten eller tabellerna.",
    "fault": "Felet ligger hos oss och är antecknat. Försök igen om en stund.",
    "queue": "Många vill ha PDF:er just nu. Försök igen om en stund.",
}


class PdfError(Exception):
    """No PDF can be had; the message says why, in Swedish."""

    def __init__(self, why):
        super().__init__(FAULTS[why])


class Engine:
    """The process that makes PDFs, started when first asked and again if it has ended."""

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
        command = [sys.executable, "-m", "finsam.pdf_engine"]
        command += [str(folder()), str(SECONDS), str(MEGABYTES)]
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
    files = [base / "finsam/pdf_writer.py", base / "static/css/paper.css"]
    files += sorted((base / "static/fonts").glob("*.woff2"))
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
    """Return (key, job) of a printed page."""
    job = json.dumps(job_of(printed))
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
    raise PdfError(path.read_text() or "fault")


def _age(path):
    """Return how many seconds ago the file was written, or None when there is none."""
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return None


def wait(printed, seconds=2 * SECONDS):
    """Return the bytes of the PDF of a printed page when it is made. Raises PdfError."""
    until = time.monotonic() + seconds
    while (path := ask(printed)) is None:
        if time.monotonic() > until:
            raise PdfError("time")
        time.sleep(PAUSE)
    return path.read_bytes()
