"""bin/demo as a person uses it: started, logged in to, started again, and refused in words."""

import contextlib
import http.cookiejar
import os
import re
import resource
import signal
import socket
import subprocess
import time
import urllib.parse
import urllib.request

import pytest
from django.conf import settings

pytestmark = pytest.mark.house

LOGINS = [
    "chef-sodra",
    "chef-hoglandet",
    "redaktor-sodra",
    "styrelse-sodra",
    "revisor-sodra",
    "admin",
]
PASSWORD = "finsam-demo"
FIRST_START = 180  # seconds; migrations, fixtures and logins included
NEXT_START = 1 / 2  # of the first start's work, when nothing has changed


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def spent():
    """Return the processor's seconds for what has been started and has ended.

    Not the clock's: other tests run at the same time. Nearly all of a start is one after the other,
    so on a machine at rest the clock shows no more.
    """
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def demo(port, folder):
    """Start bin/demo with its data in ``folder``; its words go to ``folder``/words."""
    environment = {**os.environ, "FINSAM_DATA_DIR": str(folder)}
    environment.pop("DATABASE_URL", None)
    folder.mkdir(exist_ok=True)
    with (folder / "words").open("w") as words:
        return subprocess.Popen(
            [str(settings.BASE_DIR / "bin/demo"), str(port)],
            env=environment,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


@contextlib.contextmanager
def served(port, folder, patience):
    """Serve the demo; when the start page has come, yield the browser that saw it."""
    began = time.monotonic()
    process = demo(port, folder)
    browser = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    )
    try:
        while True:
            with contextlib.suppress(OSError):
                browser.open(f"http://127.0.0.1:{port}/", timeout=patience).read()
                break
            words = (folder / "words").read_text()
            assert process.poll() is None, words
            assert time.monotonic() - began < patience, words
            time.sleep(0.02)
        yield browser
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


def log_in(browser, port, username):
    """Log in through the form; return the address that the answer came from."""
    address = f"http://127.0.0.1:{port}/konto/login/"
    page = browser.open(address).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    fields = {"csrfmiddlewaretoken": token, "login": username, "password": PASSWORD}
    data = urllib.parse.urlencode(fields).encode()
    answer = browser.open(urllib.request.Request(address, data, {"Referer": address}))
    return urllib.parse.urlsplit(answer.url).path


def test_the_demo_serves_and_then_serves_at_once(tmp_path):
    folder, port = tmp_path / "data", free_port()
    before = spent()
    with served(port, folder, FIRST_START) as browser:
        words = (folder / "words").read_text()
        assert f"http://127.0.0.1:{port}/" in words
        assert [name for name in [*LOGINS, PASSWORD] if name not in words] == []
        assert log_in(browser, port, "chef-sodra") == "/arbeta/"
    first, before = spent() - before, spent()
    with served(port, folder, FIRST_START):
        assert "Inget har ändrats" in (folder / "words").read_text()
        assert "chef-hoglandet" in (folder / "words").read_text()
    assert spent() - before < first * NEXT_START


def test_the_demo_says_that_the_port_is_taken(tmp_path):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        process = demo(port, tmp_path)
        assert process.wait(timeout=20) == 1
    assert f"Port {port} är upptagen" in (tmp_path / "words").read_text()


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "8000x"])
def test_the_demo_refuses_what_is_no_port(port, tmp_path):
    assert demo(port, tmp_path).wait(timeout=20) == 1
    assert "mellan 1 och 65535" in (tmp_path / "words").read_text()
