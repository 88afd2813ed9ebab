"""A page of what was found: hits with marked words, how many of each kind, and what was meant."""

from dataclasses import dataclass

from django.db.models import Count

from associations.paging import Paginator
from finsam.models import SearchEntry
from finsam.search import asking, swedish
from finsam.search.alike import vocabulary
from finsam.search.amounts import amounts_of
from finsam.search.kinds import KINDS, visible
from finsam.search.sources import SEPARATOR

HITS_A_PAGE = 20
OFFERS = 20  # words that are asked about at once, whether they stand where one may see them
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
    """What a search gave. ``counts`` is [(kind's key, its name, number)] of all kinds found.

    ``partly``: nothing has every word, and these have one of them. ``amounts`` are ``Amounts``.
    """

    page: object
    hits: list
    counts: list
    number: int
    partly: bool
    amounts: object


def search(text, user, kind="", page=1):
    """Return what ``user`` finds for ``text``, one page of it: the same queries however much."""
    wanted = swedish.asked(text)
    every, counted = _matching(wanted, user)
    partly = not counted and len(wanted) > 1
    if partly:
        every, counted = _matching(wanted, user, all_words=False)
    counts = [(key, each.name, counted[key]) for key, each in KINDS.items() if key in counted]
    chosen = every.filter(kind=kind) if kind else every
    paginator = Paginator(chosen, HITS_A_PAGE)
    paginator.count = counted.get(kind, 0) if kind else sum(counted.values())
    shown = paginator.get_page(page)
    number = sum(counted.values())
    hits = _hits(list(shown), wanted, user)
    return Found(shown, hits, counts, number, partly and number > 0, amounts_of(text))


def _matching(wanted, user, **how):
    """Return the entries that ``user`` may see, and how many there are of each kind."""
    every = asking.matching(wanted, **how).filter(visible(user))
    return every, dict(every.order_by().values_list("kind").annotate(Count("pk")))


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
    """Return ``text`` with each word that finds nothing changed to the one most like it, or None.

    The words come from titles, names and leads of what ``user`` may see: nothing else is told.
    None when some word is like no other, or what was meant finds nothing either.
    """
    wanted = swedish.asked(text)
    every = vocabulary(asking.vocabulary())
    firsts = _first_said([every.offers(each) for each in wanted], user)
    if None in firsts:
        return None
    changed = [
        each.word if swedish.answers(first, [each]) else first
        for each, first in zip(wanted, firsts, strict=True)
    ]
    if changed == [each.word for each in wanted]:
        return None
    proposed = " ".join(changed)
    found = asking.matching(swedish.asked(proposed)).filter(visible(user))
    return proposed if found.exists() else None


def _first_said(offers, user):
    """Return the first word of each list that stands where ``user`` may see it, or None.

    One query, but for a list that begins with so many words of others' drafts.
    """
    seen = SearchEntry.objects.filter(visible(user))
    firsts = [None] * len(offers)
    for at in range(0, max(map(len, offers), default=0), OFFERS):
        parts = {
            number: each[at : at + OFFERS]
            for number, each in enumerate(offers)
            if firsts[number] is None
        }
        words = {word for part in parts.values() for word in part}
        said = asking.said(words, seen) if words else ()
        for number, part in parts.items():
            firsts[number] = next((word for word in part if word in said), None)
    return firsts
