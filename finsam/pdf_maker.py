"""What makes one document and ends: a child of ``pdf_engine.py``, with limits of its own.

It begins with all imported and our fonts decompressed, but nothing laid out: Pango 1.56 starts a
thread with the first font, and a process with two threads may not fork. The job ``KEY.job``
becomes ``KEY.pdf``; how far it has come stands in ``KEY.progress``, and its passing files lie in
``KEY.folder``, which the engine takes away.
"""

import gc
import json
import os
import resource
import tempfile
import time
import traceback

from finsam import pdf_progress, pdf_writer

MEMORY, TEXT, ENGINE = 3, 4, 5  # exit statuses
FAULTS = {MEMORY: "memory", TEXT: "text"}  # all else is the engine's


def work(folder, key, seconds, megabytes):
    """Make the document ``key`` and end the process, whatever happens.

    ``seconds`` are of processor time, ``megabytes`` of address space.
    """
    code = ENGINE
    try:
        gc.disable()  # what one document leaves lying goes with the process
        tempfile.tempdir = str(folder / f"{key}.folder")
        os.makedirs(tempfile.tempdir, exist_ok=True)
        code = _make(folder, key, seconds, megabytes)
    except MemoryError:
        code = MEMORY
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _make(folder, key, seconds, megabytes):
    """Make the document within the limits; return the exit status."""
    job = json.loads((folder / f"{key}.job").read_text())
    teller = Teller(folder / f"{key}.progress", job["chapters"])
    spent = int(time.process_time()) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, spent + seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pdf_writer.house_style()
    try:
        with pdf_progress.told(teller.tell, teller.anchors):
            made = pdf_writer.from_html(**job["page"])
    except (MemoryError, OSError):
        raise  # a full disk is no text's fault
    except Exception:
        traceback.print_exc()
        return TEXT
    part = folder / f"{key}.part{os.getpid()}"
    part.write_bytes(made)
    part.rename(folder / f"{key}.pdf")
    return 0


class Teller:
    """Writes down how far a document is: ``page``, ``chapter`` (from 1) and its ``title``.

    ``page`` is 0 while the text is read, and None when all pages are laid out.
    """

    def __init__(self, path, chapters):
        """Take where to write, and the chapters as (anchor, title) in their order."""
        self.path, self.chapters = path, chapters
        self.anchors = [anchor for anchor, _ in chapters]
        self.engine = os.getppid()
        self.tell(0, None)

    def tell(self, page, anchor):
        """Write it down; end the process when the engine that watches it is gone."""
        if os.getppid() != self.engine:
            os._exit(ENGINE)
        chapter = self.anchors.index(anchor) + 1 if anchor else 0
        title = self.chapters[chapter - 1][1] if chapter else ""
        far = {"page": page, "chapter": chapter, "of": len(self.chapters), "title": title}
        part = self.path.with_suffix(f".part{os.getpid()}")
        part.write_text(json.dumps(far))
        part.rename(self.path)
