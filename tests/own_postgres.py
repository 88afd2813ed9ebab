"""A PostgreSQL server of a test's own, which the test may kill: safe as in real use, then gone.

Its writing is as durable as PostgreSQL's own defaults make it (fsync and synchronous_commit on).
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path

import psycopg2

PATIENCE = 30  # seconds that a server may take to answer


class OwnServer:
    """One cluster in a temporary folder, on a free port of 127.0.0.1."""

    def __init__(self):
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        assert programs, "the test needs PostgreSQL's own programs on this machine"
        self.bin = programs[-1].parent
        self.folder = Path(tempfile.mkdtemp())
        self.process = None
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._run(
            "initdb", "-D", self.folder / "db", "-U", "finsam", "-A", "trust", "-E", "UTF8",
            "--no-sync", "--locale=C", "--locale-provider=icu", "--icu-locale=sv-SE",
        )  # fmt: skip

    def start(self):
        """Start the server, or start it again; return when it answers."""
        options = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "on",
            "synchronous_commit": "on",
            "full_page_writes": "on",
        }
        set_options = [part for name in options for part in ("-c", f"{name}={options[name]}")]
        command = self._as_postgres("postgres", "-D", self.folder / "db", "-p", self.port)
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                [*command, *set_options], cwd=self.folder, stdout=log, stderr=log
            )
        until = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg2.connect(**self._address("postgres")).close()
            except psycopg2.OperationalError:
                assert time.monotonic() < until, (self.folder / "log").read_text()[-3000:]
                time.sleep(0.05)
            else:
                return

    def kill(self):
        """Kill the server and all that it started, as a machine that stops: nobody says goodbye."""
        self.process.send_signal(signal.SIGSTOP)  # so that it starts nothing more
        own = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        for child in Path(own).read_text().split():
            os.kill(int(child), signal.SIGKILL)
        self.process.kill()
        self.process.wait()

    def stop(self):
        """Stop at once: the server ends its sessions wherever they are, and writes nothing down."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(PATIENCE)

    def copy(self, settings):
        """Make a copy of the database of Django's ``settings``, by the same name."""
        with closing(psycopg2.connect(**self._address("postgres"))) as server:
            server.autocommit = True
            with server.cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{settings["NAME"]}" TEMPLATE template0')
        there = ["-h", settings["HOST"], "-p", str(settings["PORT"]), "-U", settings["USER"]]
        env = {**os.environ, "PGPASSWORD": settings["PASSWORD"] or ""}
        dump = [self.bin / "pg_dump", *there, "--no-owner", "--no-privileges", settings["NAME"]]
        copied = subprocess.run(dump, env=env, check=True, capture_output=True).stdout
        here = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "finsam", "-d", settings["NAME"]]
        quiet = ["-q", "-v", "ON_ERROR_STOP=1"]
        subprocess.run(
            [self.bin / "psql", *here, *quiet], input=copied, check=True, capture_output=True
        )

    def remove(self):
        """Stop the server if it runs, and remove all that it has written."""
        if self.process and self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.folder)

    def _address(self, name):
        return {"host": "127.0.0.1", "port": self.port, "user": "finsam", "dbname": name}

    def _run(self, *command):
        subprocess.run(
            self._as_postgres(*command), cwd=self.folder, check=True, capture_output=True
        )

    def _as_postgres(self, program, *arguments):
        """Return a command: PostgreSQL refuses to run as root, who lends itself its own user."""
        command = [self.bin / program, *arguments]
        if os.geteuid() == 0:
            lend = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
            command = [*lend, *command]
        return [str(part) for part in command]
