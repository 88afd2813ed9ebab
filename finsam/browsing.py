"""A person's Chromium at a budget's editor, for the measurements of it."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.urls import reverse

from finsam.serving import server
from finsam.timing import Missing, Site

try:
    from playwright.sync_api import sync_playwright
except ImportError:  # it belongs to the tests' packages
    sync_playwright = None

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"]
DESK = {"width": 1440, "height": 900}
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


def at_the_editor(budget, act):
    """Return what ``act(visit)`` does in a browser: ``visit`` is a context that gives its page.

    The page shows the editor of the ``budget``, its first cell in hand and painted. Raises
    timing.Missing without Chromium.
    """
    if sync_playwright is None:
        raise Missing("Playwright saknas. Det hör till testernas paket.")
    chromium = shutil.which("chromium")
    if not chromium:
        raise Missing("Chromium saknas.")
    name, _, session = Site("chef-sodra").cookies.rpartition("; ")[2].partition("=")

    def walk(port):
        address = f"http://127.0.0.1:{port}"
        cookie = {"name": name, "value": session, "url": address}

        @contextmanager
        def visit():
            context = browser.new_context(viewport=DESK, locale="sv-SE", base_url=address)
            context.add_cookies([cookie])
            page = context.new_page()
            page.goto(reverse("work"))  # where one comes from: the styles and letters are there
            page.goto(reverse("budget_edit", args=[budget.pk]), wait_until="domcontentloaded")
            page.locator("[data-cell]").first.focus()
            page.evaluate(PAINTED)
            yield page
            context.close()

        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            try:
                return act(visit)
            finally:
                browser.close()

    # In a thread of its own: Playwright's interface is one for each.
    with server(production=False) as port, ThreadPoolExecutor(1) as other:
        return other.submit(walk, port).result()
