"""What the browser tests may ask for: the portal served, and Chromium to look at it with.

``page``: a page without login. ``new_page(…)``: a page in a context of its own; its options are
Playwright's (``java_script_enabled=False``, ``color_scheme="dark"``, ``viewport=PHONE``) and
``username``, which logs in. Addresses are relative (``page.goto("/hoglandet/")``). ``axe(page)``
fails on any violation. A test fails by itself when a page throws, breaks the content security
policy or asks another machine for something.

Test the database after an act in the browser with the ORM as usual; the data are laid back after
each test. Wait for what the person sees, never for time.
"""

import os
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from budgets.models import Budget

# Playwright's synchronous interface runs an event loop in this thread; Django's ORM may be used
# all the same, since nothing here is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM = os.environ.get("FINSAM_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}
PATIENCE = 10_000  # milliseconds to wait for what should be seen

# A refused answer (409, 422) also lands in the console; the tests look at what the page shows.
EXPECTED_CONSOLE = re.compile("Failed to load resource|Response Status Error Code 4")


def pytest_collection_modifyitems(items):
    """Mark what lies in this folder ``browser``."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    """Return the system's Chromium, started once."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser, live_server):
    """Return a function that opens a page in a context of its own; see the module's words."""
    contexts, troubles = [], []

    def watch(page):
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        page.on("console", lambda message: hear(page, message))
        page.on("request", lambda request: look(page, request))

    def hear(page, message):
        if message.type == "error" and not EXPECTED_CONSOLE.search(message.text):
            troubles.append(f"{page.url}: {message.text}")

    def look(page, request):
        if not request.url.startswith((live_server.url, "data:", "blob:", "about:")):
            troubles.append(f"{page.url} asked for {request.url}")

    def open_page(username=None, **options):
        options = {"viewport": DESK, "locale": "sv-SE", "base_url": live_server.url, **options}
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        context.on("page", watch)
        if username:
            context.add_cookies([_session_cookie(username, live_server.url)])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not troubles, "\n".join(troubles)


def _session_cookie(username, url):
    """Return the session cookie of ``username``, logged in without the form."""
    client = Client()
    client.force_login(get_user_model().objects.get(username=username))
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


@pytest.fixture
def page(new_page):
    """Return a page of someone who has not logged in."""
    return new_page()


@pytest.fixture
def axe():
    """Return a function that runs axe-core on a page and fails on any violation."""

    def check(page):
        results = Axe().run(page)
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return check


@pytest.fixture
def budget(live_server):
    """The draft that revises Södra Vätterbygden's adopted budget for 2020."""
    adopted = Budget.objects.get(association__slug="sodra-vatterbygden", year=2020, edition=1)
    return getattr(adopted, "replaced_by", None) or adopted.revise()


@pytest.fixture
def editor(new_page, budget):
    """Return a function that opens the draft in a browser of its own."""

    def open_editor(username="chef-sodra", **options):
        page = new_page(username, **options)
        page.goto(f"/arbeta/budget/{budget.pk}/")
        return page

    return open_editor
