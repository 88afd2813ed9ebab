"""Two server processes keep pages while others commit: nobody reads what is old or another's.

The server is gunicorn as it is run for real, with two workers; this process writes, in each of the
ways that rows are changed, and asks at the same time as a visitor and as one who has logged in.
"""

import random
import re
import threading
import time
from contextlib import closing
from http.client import HTTPConnection

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client

from associations.models import Association, News
from finsam.serving import server
from tests import factories
from tests.admin_pages import address, confirm, upload

HOST = "127.0.0.1"
PATIENCE = 60  # seconds that an answer may take, and the readers to look once more
COMMITS = 24
MARK, NEVER = "Kvittenblom", "Aldrigblom"
MARKED = ["/hoglandet/nyheter/", "/hoglandet/nyheter/kvittenblom/", "/sok/?q=kvittenblom"]
PLAIN = ["/", "/hoglandet/", "/insatser/", "/moten/"]


@pytest.fixture
def port(transactional_db):
    """Yield the port of a server with two workers on the test's database."""
    with server(production=False) as found:
        yield found


def asked(port, page, cookie=None):
    """Return (headers, text) of an answer."""
    with closing(HTTPConnection(HOST, port, timeout=PATIENCE)) as http:
        http.request("GET", page, headers={"Cookie": cookie} if cookie else {})
        answer = http.getresponse()
        return answer.headers, answer.read().decode()


class Readers:
    """Threads that ask without a pause, and remember what was wrong."""

    def __init__(self, port, cookie):
        self.port, self.cookie = port, cookie
        self.committed, self.begun = 0, 0  # the number that stands; the largest that was tried
        self.wrong, self.looked, self.over = [], {"visitor": 0, "login": 0}, False
        self.threads = [
            threading.Thread(target=self.look, args=each)
            for each in ((1, None), (2, None), (3, cookie))
        ]

    def look(self, seed, cookie):
        """Ask for one page after another until it is over."""
        chance = random.Random(seed)
        who = "login" if cookie else "visitor"
        while not self.over:
            page = chance.choice(MARKED * 2 + PLAIN)
            least = self.committed
            headers, text = asked(self.port, page, cookie)
            self.judge(page, least, text, headers, cookie)
            self.looked[who] += 1

    def judge(self, page, least, text, headers, cookie):
        """Note an answer that is old, of what was never committed, or another's."""
        found = re.findall(rf"{MARK}\s+(\d+)", re.sub("<[^>]+>", " ", text))
        if page in MARKED and not (found and least <= int(found[0]) <= self.begun):
            self.wrong.append((page, "shows", found, "when", least, "was committed"))
        if NEVER in text:
            self.wrong.append((page, "shows what was rolled back"))
        if ("chef-hoglandet" in text) != bool(cookie):
            self.wrong.append((page, "is another's"))
        if cookie and headers["Cache-Control"] != "private, no-store":
            self.wrong.append((page, "of a login may be kept"))

    def seen(self):
        """Wait until each has looked once more."""
        until, before = time.monotonic() + PATIENCE, dict(self.looked)
        while any(self.looked[who] < before[who] + 2 for who in before) and not self.wrong:
            assert time.monotonic() < until, "The readers read no more."
            time.sleep(0.01)


def _row_saved(news, title):
    news.title = title
    news.save()


def _many_rows(news, title):
    News.objects.filter(pk=news.pk).update(title=title)


def _raw_sql(news, title):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE associations_news SET title = %s WHERE id = %s", [title, news.pk])


def _client(username):
    client = Client()
    client.force_login(get_user_model().objects.get(username=username))
    return client


def _in_the_admin(news, title):
    client = _client("admin")
    sent = {
        "title": title, "slug": news.slug, "lead": "", "body": "", "source_note": "",
        "associations": [Association.objects.get(slug="hoglandet").pk],
        "published_on": str(news.published_on),
    }  # fmt: skip
    answer = client.post(address(news, "change", news.pk), sent)
    assert answer.status_code == 302, answer.context["errors"]


def _imported(news, title):
    client = _client("admin")
    shown = upload(client, News, f"id;rubrik\n{news.pk};{title}\n")
    assert confirm(client, News, shown).status_code == 302


def _long_open(news, title):
    with transaction.atomic():
        _many_rows(news, title)
        time.sleep(0.1)  # readers meet it open


WAYS = [_row_saved, _many_rows, _raw_sql, _in_the_admin, _imported, _long_open]


def _rolled_back(news):
    with pytest.raises(RuntimeError), transaction.atomic():
        _many_rows(news, NEVER)
        time.sleep(0.05)
        raise RuntimeError


def test_no_answer_is_old_or_anothers(port):
    news = factories.NewsFactory(
        title=f"{MARK} 0",
        slug="kvittenblom",
        associations=[Association.objects.get(slug="hoglandet")],
    )
    login = _client("chef-hoglandet").cookies[settings.SESSION_COOKIE_NAME].value
    cookie = f"{settings.SESSION_COOKIE_NAME}={login}"
    readers, chance = Readers(port, cookie), random.Random(2026)
    for thread in readers.threads:
        thread.start()
    try:
        for number in range(1, COMMITS + 1):
            way = WAYS[number - 1] if number <= len(WAYS) else chance.choice(WAYS)
            if chance.random() < 0.3:
                _rolled_back(news)
            readers.begun = number
            way(news, f"{MARK} {number}")
            readers.committed = number
            readers.seen()
    finally:
        readers.over = True
        for thread in readers.threads:
            thread.join(PATIENCE)
    assert not readers.wrong
    assert readers.looked["visitor"] > 2 * COMMITS and readers.looked["login"] > COMMITS
