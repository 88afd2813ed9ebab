"""Public pages while ten plans of 300 lines × 5 columns are exported at once, beside idle.

A gunicorn of its own, with production's settings and the demo's number of workers, answers on
127.0.0.1. Ten directors each ask for another draft, and ask again as the site's script does
until they have it; a visitor goes on reading public pages, one after the other.
"""

import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from django.urls import reverse

from associations.decimals import half_up
from finsam.benchmarks.cell import large_budget
from finsam.timing import Site, Times
from plans.models import Chapter, Plan

TITLE = "Publika sidor medan tio planer exporteras bredvid samma sidor i lugn"
GOAL = 3
POINT = "p95"
ROUNDS = 100
PAGES = ("/", "/sodra-vatterbygden/", "/sodra-vatterbygden/verksamhetsplan/2020/")
STARTS_WITHIN = 30  # seconds
READY_WITHIN = 600  # seconds


def measure(rounds, small=False):
    """Time public pages in idle, and then until all exports are done."""
    plans = _plans(1 if small else 10, lines=5 if small else 300)
    cookies = Site("chef-sodra").cookies
    with _server() as port:
        for page in PAGES * 4:
            _ask(port, page)
        idle = [_timed(port, turn) for turn in range(rounds)]
        with ThreadPoolExecutor(len(plans)) as pool:
            begun = time.perf_counter()
            exports = [pool.submit(_export, port, plan, cookies) for plan in plans]
            busy = []
            while len(busy) < 2 or not all(export.done() for export in exports):
                busy.append(_timed(port, len(busy)))
            taken = time.perf_counter() - begun
            for export in exports:
                export.result()
    about = f"{len(plans)} exporter på {half_up(taken)} s, {len(idle)} och {len(busy)} sidor"
    return Times(about, ("i lugn", idle), ("medan planer exporteras", busy))


def _plans(number, lines):
    """Return drafts that show a large budget, each with a title of its own."""
    budget = large_budget(lines)
    plans = []
    for year in range(2100, 2100 + number):
        plan = Plan.objects.create(
            association=budget.association, year=year, title=f"Plan {year}", budget=budget
        )
        Chapter.objects.create(plan=plan, position=1, title="Budget", body="[[budget]]")
        plans.append(plan)
    return plans


@contextmanager
def _server():
    """Serve this database by a gunicorn with production's settings; yield its port."""
    with TemporaryDirectory() as folder:
        environ = _production(folder)
        run = {"cwd": settings.BASE_DIR, "env": environ, "stdout": subprocess.DEVNULL}
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
        subprocess.run(collect, check=True, **run)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers"]
        command += ["2", "--threads", "4", "--preload", "--no-control-socket"]
        server = subprocess.Popen([*command, "--log-level", "warning", "finsam.wsgi"], **run)
        try:
            _wait_for(port, server)
            yield port
        finally:
            server.terminate()
            server.wait()


def _production(folder):
    """Return the environment of a server in production with our database and secret key."""
    stored = connection.settings_dict
    environ = {name: value for name, value in os.environ.items() if name != "FINSAM_DEMO"}
    environ |= {
        "DJANGO_SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_ALLOWED_HOSTS": "localhost",
        "FINSAM_BEHIND_PROXY": "1",
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


def _wait_for(port, server):
    until = time.monotonic() + STARTS_WITHIN
    while server.poll() is None and time.monotonic() < until:
        try:
            return _ask(port, "/")
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise AssertionError("gunicorn did not start.")


def _ask(port, address, method="GET", cookies="", statuses=(200,)):
    """Return (status, headers) of ``address``; raise AssertionError for another status."""
    asked = HTTPConnection("127.0.0.1", port, timeout=READY_WITHIN)
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


def _timed(port, turn):
    begun = time.perf_counter()
    _ask(port, PAGES[turn % len(PAGES)])
    return time.perf_counter() - begun


def _export(port, plan, cookies):
    """Get a plan's PDF as ``static/js/pdf-link.js`` does."""
    address = again = reverse("plan_draft_pdf", args=[plan.pk])
    pause, until = 0.4, time.monotonic() + READY_WITHIN
    while True:
        status, headers = _ask(port, again, "HEAD", cookies, statuses=(200, 202, 302))
        if status != 202:
            break
        if time.monotonic() > until:
            raise AssertionError(f"{address} was not ready in {READY_WITHIN} seconds.")
        again = headers["Refresh"].partition("url=")[2]
        time.sleep(pause)
        pause = min(pause * 1.3, 3)
    _ask(port, address, cookies=cookies)
