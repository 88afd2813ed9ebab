"""Where a file to read in waits between the preview and the confirmation: an hour at most."""

import re
import time
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from import_export.tmp_storages import BaseStorage

LIFE = 60 * 60  # seconds; a file may hold what nobody meant to leave here
_NAME = re.compile(r"[0-9a-f]{32}")


class WaitingFile(BaseStorage):
    """One waiting file. Whoever opens it by its name takes it: nothing is read in twice.

    ``read`` raises FileNotFoundError when the file is taken, too old or never was.
    """

    content = None

    def save(self, data):
        """Keep ``data`` under a new name, and throw away what has waited too long."""
        forget_old()
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        self.name, self.content = uuid4().hex, data
        self._path().write_bytes(data)

    def read(self):
        if self.content is None:
            self.content = self._path().read_bytes()
            self._path().unlink()
        return self.content

    def remove(self):
        self._path().unlink(missing_ok=True)

    def _path(self):
        if not _NAME.fullmatch(self.name or ""):
            raise FileNotFoundError(self.name)
        return folder() / self.name


def folder():
    """Return where the files wait: beside the uploads, and never served."""
    return Path(settings.MEDIA_ROOT) / "waiting"


def forget_old():
    """Throw away the files that have waited longer than ``LIFE``."""
    for path in list(folder().glob("*")):
        with suppress(FileNotFoundError):  # somebody else was first
            if path.stat().st_mtime < time.time() - LIFE:
                path.unlink()
