"""The process that makes PDFs, so that no web worker ever lays out a page itself.

``pdf.py`` starts it as ``python -m finsam.pdf_engine FOLDER SECONDS MEGABYTES`` and writes the
keys of jobs, one a line, to its standard input; the job ``KEY.job`` in the folder becomes
``KEY.pdf``, or ``KEY.fault`` with one of the words in ``FAULTS``. It has read stylesheet and
fonts once, and forks for each document a child that has a limit of time and of memory. One
document at a time is made on the machine, at a low priority. It ends when its input does, or
when nothing has been asked of it for a while.
"""

import fcntl
import json
import os
import resource
import select
import signal
import sys
import traceback
from contextlib import contextmanager
from pathlib import Path

from finsam import pdf_writer

IDLE_SECONDS = 15 * 60
KEPT_FILES = 300
KEPT_BYTES = 200_000_000
FAULTS = ("time", "memory", "fault")
OUT_OF_MEMORY = 3  # the child's exit status


def serve(folder, seconds, megabytes):
    """Make the documents whose keys come on standard input, in their order."""
    os.nice(5)
    pdf_writer.house_style()
    waiting = b""
    while select.select([0], [], [], IDLE_SECONDS)[0]:
        read = os.read(0, 4096)
        if not read:
            return
        *keys, waiting = (waiting + read).split(b"\n")
        for key in keys:
            _make(folder, key.decode(), seconds, megabytes)


@contextmanager
def _turn(folder):
    """Wait until no other engine on this machine is making a document."""
    with (folder / "turn").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _make(folder, key, seconds, megabytes):
    """Make one document in a child, and write down how it went when it made none."""
    job, made = folder / f"{key}.job", folder / f"{key}.pdf"
    with _turn(folder):
        if not job.exists():
            return
        child = os.fork()
        if child == 0:
            _in_the_child(job, made, seconds, megabytes)
        _, status = os.waitpid(child, 0)
        if not made.exists():
            (folder / f"{key}.fault").write_text(_fault(status))
            for left in folder.glob(f"{key}.part*"):
                left.unlink()
        job.unlink(missing_ok=True)
        _forget(folder)


def _in_the_child(job, made, seconds, megabytes):
    """Make the document within the limits and end the process, whatever happens."""
    code = 1
    try:
        signal.alarm(3 * seconds)  # on a busy machine a second of work takes longer
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        part = made.with_suffix(f".part{os.getpid()}")
        part.write_bytes(pdf_writer.from_html(**json.loads(job.read_text())))
        part.rename(made)
        code = 0
    except MemoryError:
        code = OUT_OF_MEMORY
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _fault(status):
    """Return why a child that ended with ``status`` made nothing: one of FAULTS."""
    if os.WIFSIGNALED(status):
        by = os.WTERMSIG(status)
        if by in (signal.SIGALRM, signal.SIGXCPU):
            return "time"
        return "memory"  # C libraries abort or crash when they are refused memory
    return "memory" if os.WEXITSTATUS(status) == OUT_OF_MEMORY else "fault"


def _forget(folder):
    """Remove the files that were used longest ago when there are too many or too much."""
    files = sorted(((p.stat(), p) for p in folder.glob("*.pdf")), key=lambda f: -f[0].st_mtime)
    size = 0
    for number, (facts, path) in enumerate(files):
        size += facts.st_size
        if number and (number >= KEPT_FILES or size > KEPT_BYTES):
            path.unlink(missing_ok=True)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
