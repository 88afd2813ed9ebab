"""The process that has PDFs made, so that no web worker ever lays out a page itself.

``pdf.py`` starts it as ``python -m finsam.pdf_engine FOLDER SECONDS MEGABYTES`` and writes the
keys of jobs, one a line, to its standard input; the job ``KEY.job`` in the folder becomes
``KEY.pdf``, or ``KEY.fault`` with why not, one of ``FAULTS``, and how far it came.

It has imported all that lays out pages but never does it: a child (``pdf_maker.py``) does, one
for each document, forked ahead so that it is warm when it is asked. Only a process with a single
thread forks; one that has laid out anything has Pango's thread. One document at a time is made
on the machine, at a low priority. What counts is processor time, not the clock's; only who uses
none is ended by the clock. The engine ends when its input does, or when nothing has been asked
of it for a while.
"""

import fcntl
import json
import os
import select
import signal
import sys
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

IDLE_SECONDS = 15 * 60
STUCK_SECONDS = 20  # on the clock, without using the processor
KEPT_FILES = 300
KEPT_BYTES = 200_000_000
DAY = 24 * 60 * 60
FAULTS = ("time", "memory", "text", "engine")


@dataclass(frozen=True)
class Maker:
    """A child that is ready to make one document."""

    pid: int
    orders: int  # the pipe that takes its key
    ended: int  # the pipe that is shut when it has ended


class Engine:
    """Has the jobs in ``folder`` made, each by a child with limits."""

    def __init__(self, folder, seconds, megabytes):
        self.folder, self.limits = folder, (seconds, megabytes)
        self.maker = None

    def get_ready(self):
        """Fork the child that makes the next document, if there is none."""
        if self.maker is not None:
            return
        try:
            self.maker = self._fork(import_module("finsam.pdf_maker").work)
        except Exception:
            traceback.print_exc()  # each document is told that the engine is at fault

    def _fork(self, work):
        if len(os.listdir("/proc/self/task")) > 1:
            raise RuntimeError("The engine has a second thread, so it may not fork.")
        get, orders = os.pipe()
        ended, hold = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.close(orders)
            work(self.folder, get, *self.limits)
        os.close(get)
        os.close(hold)
        return Maker(pid, orders, ended)

    def make(self, key):
        """Have one document made, and write down why when it wasn't."""
        self.get_ready()  # before the turn, which a child would inherit
        with _turn(self.folder):
            if not (self.folder / f"{key}.job").exists():
                return
            maker, self.maker = self.maker, None
            fault = _watch(maker, key, self.limits[1]) if maker else "engine"
            if not (self.folder / f"{key}.pdf").exists():
                self._tell(key, fault)
            for kind in ("job", "progress", "part*"):
                for left in self.folder.glob(f"{key}.{kind}"):
                    left.unlink(missing_ok=True)
            _forget(self.folder)

    def _tell(self, key, fault):
        far = self.folder / f"{key}.progress"
        told = {"why": fault} | (json.loads(far.read_text()) if far.exists() else {})
        part = self.folder / f"{key}.part{os.getpid()}"
        part.write_text(json.dumps(told))
        part.rename(self.folder / f"{key}.fault")


def serve(folder, seconds, megabytes):
    """Have the documents made whose keys come on standard input, in their order."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.nice(5)
    engine = Engine(folder, seconds, megabytes)
    waiting = b""
    engine.get_ready()
    while select.select([0], [], [], IDLE_SECONDS)[0]:
        read = os.read(0, 4096)
        if not read:
            return
        *keys, waiting = (waiting + read).split(b"\n")
        for key in keys:
            engine.make(key.decode())
            engine.get_ready()


@contextmanager
def _turn(folder):
    """Wait until no other engine on this machine is making a document."""
    with (folder / "turn").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _watch(maker, key, megabytes):
    """Give the child its key and wait for its end; return the fault when it made nothing."""
    try:
        os.write(maker.orders, key.encode())
    except BrokenPipeError:
        """It has ended already; its status says how."""
    used, since, stuck = None, time.monotonic(), False
    while not select.select([maker.ended], [], [], 1)[0]:
        now = _processor_time(maker.pid)
        if now != used:
            used, since = now, time.monotonic()
        elif time.monotonic() - since > STUCK_SECONDS:
            stuck = True
            os.kill(maker.pid, signal.SIGKILL)
    _, status, usage = os.wait4(maker.pid, 0)
    os.close(maker.orders)
    os.close(maker.ended)
    return "engine" if stuck else _fault(status, usage.ru_maxrss / 1024 / megabytes)


def _processor_time(pid):
    """Return the ticks that the process has used, in its own code and in the system's."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]


def _fault(status, filled):
    """Return why a child that ended with ``status`` made nothing: one of FAULTS.

    ``filled`` is the part of its memory that it came to use: C libraries abort or crash when
    they are refused more.
    """
    if os.WIFSIGNALED(status):
        if os.WTERMSIG(status) == signal.SIGXCPU:
            return "time"
        return "memory" if filled > 0.3 else "engine"
    return {3: "memory", 4: "text"}.get(os.WEXITSTATUS(status), "engine")


def _forget(folder):
    """Remove what was used longest ago when there are too many files or too much, and old rests."""
    files = sorted(((p.stat(), p) for p in folder.glob("*.pdf")), key=lambda f: -f[0].st_mtime)
    size = 0
    for number, (facts, path) in enumerate(files):
        size += facts.st_size
        if number and (number >= KEPT_FILES or size > KEPT_BYTES):
            path.unlink(missing_ok=True)
    for kind in ("fault", "progress", "part*"):
        for path in folder.glob(f"*.{kind}"):
            if time.time() - path.stat().st_mtime > DAY:
                path.unlink(missing_ok=True)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
