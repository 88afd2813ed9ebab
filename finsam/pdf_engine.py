"""The process that has PDFs made, so that no web worker ever lays out a page itself.

``pdf.py`` starts it as ``python -m finsam.pdf_engine FOLDER SECONDS MEGABYTES`` and writes the
keys of jobs, one a line, to its standard input; the job ``KEY.job`` in the folder becomes
``KEY.pdf``, or ``KEY.fault`` with why not (time, memory, text, engine) and how far it came.

It has imported all that lays out pages but never does it: a child (``pdf_maker.py``) does, forked
for each document. Only a process with a single thread forks; one that has laid out anything has
Pango's thread. One document at a time is made on the machine, at a low priority. What counts is
processor time, not the clock's; only who uses none is ended by the clock. The engine ends when
its input does, or when nothing has been asked of it for a while.
"""

import fcntl
import json
import os
import resource
import select
import shutil
import signal
import sys
import time
import traceback
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

IDLE_SECONDS = 15 * 60
STUCK_SECONDS = 20  # on the clock, without using the processor
NEARLY = 0.97  # of its memory: who is refused the rest may go round and round with it
KEPT_FILES = 300
KEPT_BYTES = 200_000_000
DAY = 24 * 60 * 60


def serve(folder, seconds, megabytes):
    """Have the documents made whose keys come on standard input, in their order.

    ``seconds`` of processor time and ``megabytes`` are each document's limits.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.nice(5)
    maker = _ready()
    waiting = b""
    while select.select([0], [], [], IDLE_SECONDS)[0]:
        read = os.read(0, 4096)
        if not read:
            return
        *keys, waiting = (waiting + read).split(b"\n")
        for key in keys:
            _make(maker, folder, key.decode(), (seconds, megabytes))


def _ready():
    """Return what a child runs, or None when it can't be had: then each document is told so."""
    try:
        maker = import_module("finsam.pdf_maker")
        maker.pdf_writer.get_ready()
        return maker
    except Exception:
        traceback.print_exc()


def _make(maker, folder, key, limits):
    """Have one document made, and write down why when it wasn't."""
    with _turn(folder):
        if not (folder / f"{key}.job").exists():
            return
        try:
            fault = _watch(*_fork(maker, folder, key, limits), limits[1], maker.FAULTS)
        except Exception:
            traceback.print_exc()
            fault = "engine"
        if not (folder / f"{key}.pdf").exists():
            _tell(folder, key, fault)
        for kind in ("job", "progress", "part*"):
            for left in folder.glob(f"{key}.{kind}"):
                left.unlink(missing_ok=True)
        shutil.rmtree(folder / f"{key}.folder", ignore_errors=True)
        _forget(folder)


def _fork(maker, folder, key, limits):
    """Return (process id, pipe that is shut when it ends) of a child that makes the document."""
    if len(os.listdir("/proc/self/task")) > 1:
        raise RuntimeError("The engine has a second thread, so it may not fork.")
    ended, hold = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        maker.work(folder, key, *limits)
    os.close(hold)
    return pid, ended


def _tell(folder, key, fault):
    far = folder / f"{key}.progress"
    told = {"why": fault} | (json.loads(far.read_text()) if far.exists() else {})
    part = folder / f"{key}.part{os.getpid()}"
    part.write_text(json.dumps(told))
    part.rename(folder / f"{key}.fault")


@contextmanager
def _turn(folder):
    """Wait until no other engine on this machine is making a document."""
    with (folder / "turn").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _watch(pid, ended, megabytes, faults):
    """Wait for the child's end, or end it; return the fault when it made nothing.

    ``faults`` are those that it tells by its exit status.
    """
    used, since, fault = None, time.monotonic(), None
    while not select.select([ended], [], [], 1)[0]:
        now, full = _processor_time(pid), _megabytes(pid) > NEARLY * megabytes
        if now != used:
            used, since = now, time.monotonic()
        if full or time.monotonic() - since > STUCK_SECONDS:
            fault = "memory" if full else "engine"
            os.kill(pid, signal.SIGKILL)
    os.close(ended)
    _, status, usage = os.wait4(pid, 0)
    return fault or _fault(status, usage.ru_maxrss / 1024 / megabytes, faults)


def _processor_time(pid):
    """Return the ticks that the process has used, in its own code and in the system's."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]


def _megabytes(pid):
    """Return the process's address space."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[0]) * resource.getpagesize() >> 20


def _fault(status, filled, faults):
    """Return why a child that ended with ``status`` made nothing.

    ``filled`` is the part of its memory that it came to use: C libraries abort or crash when
    they are refused more.
    """
    if os.WIFSIGNALED(status):
        if os.WTERMSIG(status) == signal.SIGXCPU:
            return "time"
        return "memory" if filled > 0.3 else "engine"
    return faults.get(os.WEXITSTATUS(status), "engine")


def _forget(folder):
    """Remove what was used longest ago when there are too many files or too much, and old rests."""
    files = sorted(((p.stat(), p) for p in folder.glob("*.pdf")), key=lambda f: -f[0].st_mtime)
    size = 0
    for number, (facts, path) in enumerate(files):
        size += facts.st_size
        if number and (number >= KEPT_FILES or size > KEPT_BYTES):
            path.unlink(missing_ok=True)
    for kind in ("fault", "progress", "part*", "folder"):
        for path in folder.glob(f"*.{kind}"):
            if time.time() - path.stat().st_mtime > DAY:
                shutil.rmtree(path, True) if path.is_dir() else path.unlink(True)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
