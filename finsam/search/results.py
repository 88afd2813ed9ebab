"""A page of what was found: hits with marked words, how many of each kind, and what was meant."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count

from finsam.models import SearchEntry
from finsam.search import asking, swedish
from finsam.search.kinds import KINDS, visible
from finsam.search.sources import SEPARATOR

HITS_A_PAGE = 20
SHORTEST = 30  # characters of what is worth an excerpt


@dataclass(frozen=True)
class Hit:
    """One thing found. ``title`` and ``excerpt`` are [(text, is it what was searched for)]."""

    kind: str
    title: list
    excerpt: list
    about: str
    url: str
    is_draft: bool


@dataclass(frozen=True)
class Found:
    """What a search gave. ``counts`` is [(kind's key, its name, number)] of all kinds found."""

    page: object
    hits: list
    counts: list
    number: int


def search(text, user, kind="", page=1):
    """Return what ``user`` finds for ``text``, one page of it: the same queries however much."""
    wanted = swedish.asked(text)
    every = asking.matching(wanted).filter(visible(user))
    counted = dict(every.order_by().values_list("kind").annotate(Count("pk")))
    counts = [(key, each.name, counted[key]) for key, each in KINDS.items() if key in counted]
    chosen = every.filter(kind=kind) if kind else every
    paginator = Paginator(chosen, HITS_A_PAGE)
    paginator.count = counted.get(kind, 0) if kind else sum(counted.values())
    shown = paginator.get_page(page)
    return Found(shown, _hits(list(shown), wanted, user), counts, sum(counted.values()))


def _hits(entries, wanted, user):
    things, public = {}, {}
    for key, kind in KINDS.items():
        keys = [entry.object_id for entry in entries if entry.kind == key]
        if keys:
            things[key] = kind.rows().in_bulk(keys)
            public[key] = set(kind.public().filter(pk__in=keys).values_list("pk", flat=True))
    return [
        _hit(entry, things[entry.kind][entry.object_id], public[entry.kind], wanted)
        for entry in entries
        if entry.object_id in things[entry.kind]
    ]


def _hit(entry, thing, public, wanted):
    kind, is_public = KINDS[entry.kind], entry.object_id in public
    title = swedish.marked(entry.title, wanted)
    if not any(is_marked for _, is_marked in title):
        names = [name for name in entry.names.split("\n") if name]
        title += _also(names, wanted)
    parts = (*entry.lead.split(SEPARATOR), *entry.body.split(SEPARATOR))
    texts = [text for text in map(swedish.without_markdown, parts) if text] or [""]
    texts = [text for text in texts if len(text) > SHORTEST] or texts
    text = next((each for each in texts if _has(each, wanted)), texts[0])
    return Hit(
        kind=kind.one,
        title=title,
        excerpt=swedish.excerpt(text, wanted),
        about=kind.about(thing),
        url=kind.url(thing, is_public),
        is_draft=not is_public,
    )


def _also(names, wanted):
    """Return the first of the other names that answers, marked, in parentheses; or nothing."""
    found = next((name for name in names if _has(name, wanted)), None)
    return [(" (", False), *swedish.marked(found, wanted), (")", False)] if found else []


def _has(text, wanted):
    return any(is_marked for _, is_marked in swedish.marked(text, wanted))


def meant(text, user):
    """Return words like ``text`` that ``user`` finds something for, or None.

    They come from titles, names and leads of what the user may see: nothing else is told.
    """
    entries = SearchEntry.objects.filter(visible(user)).order_by()
    vocabulary = set()
    for row in entries.values_list("title", "names", "lead"):
        vocabulary.update(word for part in row for word in swedish.words(part) if len(word) > 2)
    proposed = swedish.proposal(text, vocabulary)
    if proposed is None or not search(proposed, user).number:
        return None
    return proposed
