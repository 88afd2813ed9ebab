"""What holds on every page: the whole site is read by a visitor, and by a director."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client

from tests.reading import Html, travel

pytestmark = [pytest.mark.house, pytest.mark.django_db]

ROOT = Path(settings.BASE_DIR)

# A form needs its token; every other page of a visitor is without a cookie.
COOKIE_ADDRESSES = ("/konto/", "/admin/login/")


@pytest.fixture(scope="module")
def journeys(django_db_setup, django_db_blocker):
    """The whole site read by a visitor, and by a director from the staff's own start page."""
    with django_db_blocker.unblock(), transaction.atomic():
        director = Client()
        director.force_login(get_user_model().objects.get(username="chef-sodra"))
        read = {
            "visitor": travel(Client(), "/"),
            "staff": travel(director, "/arbeta/", "/admin/"),
        }
        transaction.set_rollback(True)
    return read


@pytest.fixture(scope="module")
def pages(journeys):
    """Every html page read, public ones first."""
    return [page for journey in journeys.values() for page in journey.pages]


@pytest.fixture(scope="module")
def answers(journeys):
    """Every answer got."""
    return [answer for journey in journeys.values() for answer in journey.answers]


def test_every_link_leads_somewhere(answers):
    lost = [f"{a.path} {a.status} {a.kind} from {a.came_from}" for a in answers if a.status >= 400]
    assert len(answers) > 150
    assert not lost, "\n".join(lost)


def test_every_page_has_one_heading_a_title_and_its_language(pages):
    faults = []
    for page in pages:
        if page.html.tags["h1"] != 1:
            faults.append(f"{page.path}: {page.html.tags['h1']} h1")
        if not page.html.title.strip():
            faults.append(f"{page.path}: no title")
        if page.html.lang != "sv":
            faults.append(f"{page.path}: lang {page.html.lang}")
    assert len(pages) > 150
    assert not faults, "\n".join(faults)


def test_no_id_stands_twice_on_a_page(pages):
    faults = [
        f"{page.path}: {ident}"
        for page in pages
        for ident, times in Counter(page.html.ids).items()
        if times > 1
    ]
    assert sum(len(page.html.ids) for page in pages) > 500
    assert not faults, "\n".join(faults)


def test_no_page_shows_markup_as_words(pages):
    faults = [f"{page.path}: {found}" for page in pages for found in page.html.markup_as_words]
    assert Html("<p>&lt;span class=a&gt;–&lt;/span&gt;</p>").markup_as_words
    assert not faults, "\n".join(faults)


def test_titles_of_public_pages_differ(journeys):
    titles = Counter(page.html.title.strip() for page in journeys["visitor"].pages)
    assert len(titles) > 60
    assert not [title for title, times in titles.items() if times > 1]


def test_reading_writes_nothing(answers):
    written = [f"{answer.path}: {answer.writes}" for answer in answers if answer.writes]
    assert len(answers) > 150
    assert not written, "\n".join(written)


def test_no_script_or_style_inside_html(pages):
    inline = [f"{page.path}: {page.html.inline[:3]}" for page in pages if page.html.inline]
    assert sum(page.html.tags["script"] for page in pages) > 0
    assert not inline, "\n".join(inline)


def test_the_content_security_policy_is_everywhere_and_strict(pages):
    policies = Counter(page.headers.get("Content-Security-Policy", "") for page in pages)
    assert sum(policies.values()) > 150
    for policy in policies:
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy


def test_pages_ask_no_other_machine(pages):
    loaded = [(page.path, url) for page in pages for url in page.html.loaded]
    foreign = [pair for pair in loaded if re.match(r"(https?:)?//", pair[1])]
    sheets = list((ROOT / "static").rglob("*.css"))
    outside = re.compile(r"(url\(|@import)\s*['\"]?(https?:)?//")
    imports = [str(path) for path in sheets if outside.search(path.read_text())]
    assert len(loaded) > 300 and sheets
    assert not foreign and not imports


def test_a_visitor_gets_no_cookie(journeys):
    visited = [a for a in journeys["visitor"].answers if not a.path.startswith(COOKIE_ADDRESSES)]
    assert len(visited) > 60
    assert not [answer.path for answer in visited if answer.cookies]
