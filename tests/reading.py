"""Reads the site as a visitor or a member of staff would: from link to link, page by page."""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.db import connection

NOT_FOLLOWED = ("/konto/logout/", "/static/", "/media/", "/admin/logout/", "/admin/jsi18n/")
PER_ADMIN_KIND = 2  # pages read of each kind in the admin, which has one per row and model
WRITING = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|TRUNCATE)\b", re.I)
MARKUP = re.compile(r"<(?:a|div|em|li|p|span|strong|sup|svg|td)\b[^>]*>")
LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
LOADED |= {"form": "action", "object": "data", "embed": "src", "video": "src", "audio": "src"}


class Html(HTMLParser):
    """What the laws want to know about one page's html."""

    def __init__(self, text):
        super().__init__()
        self.tags = Counter()
        self.title = ""
        self.lang = None
        self.links, self.loaded, self.inline, self.ids = [], [], [], []
        self.markup_as_words = []
        self._open = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags[tag] += 1
        self._open.append(tag)
        if tag == "html":
            self.lang = values.get("lang")
        if tag == "a" and values.get("href"):
            self.links.append(values["href"])
        if values.get(LOADED.get(tag)) and values.get("rel") != "canonical":
            self.loaded.append(values[LOADED[tag]])
        if "id" in values:
            self.ids.append(values["id"])
        data_block = values.get("type", "").endswith("json")
        if tag == "style" or (tag == "script" and "src" not in values and not data_block):
            self.inline.append(f"<{tag}>")
        self.inline += [
            f"<{tag} {name}=…>"
            for name in values
            if name == "style" or re.match(r"on[a-z]+$", name)
        ]
        self.inline += [
            f"<{tag} {name}={value}>"
            for name, value in values.items()
            if (value or "").strip().lower().startswith("javascript:")
        ]

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self._open.pop()

    def handle_endtag(self, tag):
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data):
        if self._open[-1:] == ["title"] and "svg" not in self._open:
            self.title += data
        if "script" not in self._open:
            self.markup_as_words += MARKUP.findall(data)


@dataclass
class Answer:
    """One address's answer, the html read when it is html, and the writes it made."""

    path: str
    status: int
    kind: str
    headers: dict = field(default_factory=dict)
    cookies: list = field(default_factory=list)
    writes: list = field(default_factory=list)
    html: Html | None = None
    came_from: str = ""


@dataclass
class Journey:
    """All answers got from following the links."""

    answers: list[Answer] = field(default_factory=list)

    @property
    def pages(self):
        """The answers that are whole html pages."""
        return [answer for answer in self.answers if answer.html and answer.status == 200]


def travel(client, *starts, passed=()):
    """GET every address reachable by links from ``starts`` (queries left out); return a Journey.

    What begins as one of ``passed`` is passed by.
    """
    journey, seen, kinds = Journey(), set(starts), Counter()
    waiting = deque((start, "") for start in starts)
    while waiting:
        path, came_from = waiting.popleft()
        answer = get(client, path, came_from)
        journey.answers.append(answer)
        for link in [*(answer.html.links if answer.html else []), answer.headers.get("Location")]:
            target = urlsplit(urljoin(path, link or ""))
            if target.netloc or target.scheme or target.path in seen:
                continue
            if target.path.startswith((*NOT_FOLLOWED, *passed)) or not target.path.startswith("/"):
                continue
            kind = re.sub(r"/\d+/", "/#/", target.path)
            if target.path.startswith("/admin/") and kinds[kind] >= PER_ADMIN_KIND:
                continue
            kinds[kind] += 1
            seen.add(target.path)
            waiting.append((target.path, path))
    return journey


def get(client, path, came_from=""):
    """GET ``path`` and note what it wrote to the database."""
    writes = []

    def listen(execute, sql, params, many, context):
        if WRITING.match(sql):
            writes.append(sql[:200])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        try:
            response = client.get(path)
        except Exception as error:  # the journey goes on; the law about links tells it
            return Answer(path, 500, repr(error), came_from=came_from)
        content = b"".join(response) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "").split(";")[0]
    html = Html(content.decode()) if kind == "text/html" and response.status_code == 200 else None
    return Answer(
        path=path,
        status=response.status_code,
        kind=kind,
        headers=dict(response.headers),
        cookies=list(response.cookies),
        writes=writes,
        html=html,
        came_from=came_from,
    )
