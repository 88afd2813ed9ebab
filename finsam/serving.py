"""A web server of its own for a measurement, with the database that the measurement has."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from django.conf import settings
from django.db import connection

STARTS_WITHIN = 30  # seconds
PATIENCE = 600  # seconds to wait for an answer
PRODUCTION = {"DJANGO_ALLOWED_HOSTS": "localhost", "FINSAM_BEHIND_PROXY": "1"}
DEMO = {"FINSAM_DEMO": "1"}


@contextmanager
def server(production=True):
    """Serve this database by gunicorn on 127.0.0.1, with the demo's workers; yield its port.

    With ``production`` it has production's settings and answers who says to come by https; without
    it the demo's, for a browser.
    """
    with TemporaryDirectory() as folder:
        environ = _environ(folder) | (PRODUCTION if production else DEMO)
        run = {"cwd": settings.BASE_DIR, "env": environ, "stdout": subprocess.DEVNULL}
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
        subprocess.run(collect, check=True, **run)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers"]
        command += ["2", "--threads", "4", "--preload", "--no-control-socket"]
        process = subprocess.Popen([*command, "--log-level", "warning", "finsam.wsgi"], **run)
        try:
            _wait_for(port, process)
            yield port
        finally:
            process.terminate()
            process.wait()


def ask(port, address, method="GET", cookies="", statuses=(200,)):
    """Return (status, headers) of ``address``; raise AssertionError for another status."""
    asked = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    head = {"Host": "localhost", "X-Forwarded-Proto": "https", "Cookie": cookies}
    try:
        asked.request(method, address, headers=head)
        answer = asked.getresponse()
        answer.read()
    finally:
        asked.close()
    if answer.status not in statuses:
        raise AssertionError(f"{address}: {answer.status}")
    return answer.status, answer.headers


def _environ(folder):
    """Return the environment of a server with our database and secret key."""
    stored = connection.settings_dict
    environ = {name: value for name, value in os.environ.items() if name != "FINSAM_DEMO"}
    environ |= {
        "DJANGO_SECRET_KEY": settings.SECRET_KEY,
        "FINSAM_DATA_DIR": folder,
        "FINSAM_STATIC_ROOT": f"{folder}/static",
    }
    if connection.vendor == "sqlite":
        Path(folder, "db.sqlite3").symlink_to(stored["NAME"])
        environ.pop("DATABASE_URL", None)
    else:
        who = f"{quote(stored['USER'])}:{quote(stored['PASSWORD'])}"
        where = f"{stored['HOST']}:{stored['PORT']}/{stored['NAME']}"
        environ["DATABASE_URL"] = f"postgresql://{who}@{where}"
    return environ


def _wait_for(port, process):
    until = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < until:
        try:
            return ask(port, "/")
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise AssertionError("gunicorn did not start.")
