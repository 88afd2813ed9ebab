"""The portal as gunicorn serves it, in processes of its own, on the test's database."""

import os
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parents[1]
HOST = "127.0.0.1"
PATIENCE = 60  # seconds that the server may take to answer
PRODUCTION = {  # no demo: hashed and compressed static files, https by a proxy
    "FINSAM_DEMO": "",
    "DJANGO_SECRET_KEY": "en nyckel som bara provet har, aldrig samma: 1234567890 abcdefgh",
    "DJANGO_ALLOWED_HOSTS": "finsam.test",
    "FINSAM_BEHIND_PROXY": "1",
}


@contextmanager
def served(folder, **variables):
    """Yield the port of a server with two workers; ``folder`` is empty and becomes its own.

    ``variables`` are the environment's (``PRODUCTION``). Logins made here hold there in the demo.
    """
    with closing(socket.socket()) as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    env = _environment(folder) | variables
    (folder / "static").mkdir()
    (folder / "secret-key").write_text(settings.SECRET_KEY)
    if not env["FINSAM_DEMO"]:
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(collect, cwd=ROOT, env=env, check=True)
    command = [
        "-m", "gunicorn", "--bind", f"{HOST}:{port}", "--workers", "2", "--no-control-socket",
        "--log-level", "error", "finsam.wsgi",
    ]  # fmt: skip
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=env)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _environment(folder):
    own = connection.settings_dict
    env = {**os.environ, "FINSAM_DATA_DIR": str(folder)}
    env.pop("DATABASE_URL", None)
    if connection.vendor == "sqlite":
        (folder / "db.sqlite3").symlink_to(own["NAME"])
    else:
        user = f"{own['USER']}:{own['PASSWORD']}" if own["PASSWORD"] else own["USER"]
        env["DATABASE_URL"] = f"postgresql://{user}@{own['HOST']}:{own['PORT']}/{own['NAME']}"
    return env


def _wait_for(port):
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection((HOST, port), 1).close()
        except OSError:
            assert time.monotonic() < until, "The server never answered."
            time.sleep(0.05)
