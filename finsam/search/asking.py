"""What was searched for, as conditions on the entries, for the database in use.

Three ways to be found, the surest first: every word by its stem; by how words begin; and by how
they begin without å, ä and ö. First of all comes what is called exactly what was typed; within a
way what has the words in a name, then what tells most.
"""

import json
from dataclasses import dataclass

from django.db import connection
from django.db.models import BooleanField, Case, F, FloatField, Q, When
from django.db.models.expressions import RawSQL

from associations.text_search import any_form
from finsam.models import SearchEntry
from finsam.search import swedish
from finsam.search.index import ENTRY, NAMED, NAMED_WORDS, PLAIN, VOCABULARY, WORDS, words_of
from finsam.search.index import bare as bare_sql

WEIGHTS = "10.0, 10.0, 4.0, 1.0"  # of title, other names, lead and text, on SQLite
LAST_LETTER = "\U0010ffff"  # after every letter that there is
_NAMES = f"('\n' || {ENTRY}.title || '\n' || {ENTRY}.names || '\n')"  # a line each


@dataclass(frozen=True)
class Ways:
    """The conditions of being found, the surest first; of being called so; of having the words in
    a name; and the rank.
    """

    stems: Q
    beginnings: Q
    bare: Q
    called: Q
    named: Q
    rank: object


def matching(wanted, all_words=True):
    """Return the entries that have every one of the Asked words, the surest found first.

    Without ``all_words`` those that have one of them.
    """
    if not wanted:
        return SearchEntry.objects.none()
    ask = _sqlite if connection.vendor == "sqlite" else _postgres
    ways = ask(wanted, all_words)
    called = Case(When(ways.called, then=0), default=1)
    way = Case(When(ways.stems, then=0), When(ways.beginnings, then=1), default=2)
    found = SearchEntry.objects.filter(ways.stems | ways.beginnings | ways.bare)
    named = Case(When(ways.named, then=0), default=1)
    found = found.annotate(called=called, way=way, named=named, rank=ways.rank)
    return found.order_by("called", "way", "named", F("rank").desc(), "title", "pk")


def _true(sql, *params):
    return Q(RawSQL(sql, params, output_field=BooleanField()))


def _postgres(wanted, all_words):
    joiner = " & " if all_words else " | "
    stems = joiner.join(_either(each, lambda word: word, begins=False) for each in wanted)
    beginnings = joiner.join(_either(each, lambda word: word) for each in wanted)
    bare = joiner.join(_either(each, swedish.bare) for each in wanted)
    named = joiner.join(_either(each, swedish.bare, "A") for each in wanted)
    called = ".".join(swedish.bare(each.word) for each in wanted)
    by_stem = "to_tsquery('pg_catalog.swedish', %s)"
    by_beginning = "to_tsquery('pg_catalog.simple', %s)"
    return Ways(
        _true(f"{ENTRY}.stems @@ {by_stem}", stems),
        _true(f"{ENTRY}.stems @@ {by_beginning}", beginnings),
        _true(f"{ENTRY}.bare @@ {by_beginning}", bare),
        _true(f"{bare_sql(_NAMES)} ~ %s", f"\n{called}\n"),
        _true(f"{ENTRY}.bare @@ {by_beginning}", named),
        RawSQL(
            f"ts_rank({ENTRY}.stems, {by_stem} || {by_beginning}) "
            f"+ ts_rank({ENTRY}.bare, {by_beginning})",
            (stems, beginnings, bare),
            output_field=FloatField(),
        ),
    )


def _either(asked, form, weight="", begins=True):
    """Return a tsquery of an Asked word, its groups after one another, or what begins so.

    Letters and digits only. With ``weight`` "A" they are looked for among titles and names alone.
    """
    mark = f":{weight}" if weight else ""
    ways = [f"'{form(asked.word)}'{mark}"]
    if asked.groups:
        ways.append("(" + " <-> ".join(f"'{group}'{mark}" for group in asked.groups) + ")")
    if begins:
        ways += [f"'{form(each)}':*{weight}" for each in asked.beginnings]
    return "(" + " | ".join(ways) + ")"


def _sqlite(wanted, all_words):
    """FTS5 knows no Swedish: a word is asked for as all the words here that have its stem."""
    joiner = " AND " if all_words else " OR "
    here = _beginning([form for each in wanted for form in each.beginnings])
    by_beginning = [
        {
            each.word,
            *_phrase(each),
            *(word for word in here if word.startswith(each.beginnings or (each.word,))),
        }
        for each in wanted
    ]
    by_stem = [
        [*_phrase(each), *(word for word in near if swedish.stem(word) == each.stem)]
        for each, near in zip(wanted, by_beginning, strict=True)
    ]
    bare = joiner.join(
        "("
        + " OR ".join(
            [
                *(f'"{exact}"' for exact in (each.word, *_phrase(each))),
                *(f'"{form}"*' for form in each.beginnings),
            ]
        )
        + ")"
        for each in wanted
    )
    called = "?".join(any_form(each.word) for each in wanted)
    stems, beginnings = _joined(by_stem, joiner), _joined(by_beginning, joiner)
    within = "{entry}.id IN (SELECT rowid FROM {table} WHERE {table} MATCH %s)"
    words = within.format(entry=ENTRY, table=WORDS)
    return Ways(
        _true(words, stems),
        _true(words, beginnings),
        _true(within.format(entry=ENTRY, table=PLAIN), bare),
        _true(f"{_NAMES} GLOB %s", f"*\n{called}\n*"),
        _true(within.format(entry=ENTRY, table=PLAIN), f"{{title names}} : ({bare})"),
        RawSQL(f"{_rank(WORDS)} + {_rank(PLAIN)}", (beginnings, bare), output_field=FloatField()),
    )


def _phrase(asked):
    """Return the phrase of a number's groups as a list, empty for what has none."""
    return [" ".join(asked.groups)] if asked.groups else []


def _rank(table):
    """Return SQL for how telling an entry is in one of FTS5's tables; 0 where it isn't found.

    LIMIT keeps SQLite from moving the entry's key inwards, where each entry would count all hits.
    """
    found = f"SELECT rowid AS entry, -bm25({table}, {WEIGHTS}) AS told FROM {table}"
    return (
        f"coalesce((SELECT told FROM ({found} WHERE {table} MATCH %s LIMIT -1) found "
        f"WHERE found.entry = {ENTRY}.id), 0)"
    )


def _beginning(forms):
    """Return the words of all entries that begin with one of ``forms``, in one query."""
    if not forms:
        return []
    ranges = " OR ".join(["term >= %s AND term < %s"] * len(forms))
    limits = [limit for form in forms for limit in (form, form + LAST_LETTER)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT term FROM {VOCABULARY} WHERE {ranges}", limits)
        return [term for (term,) in cursor.fetchall()]


def vocabulary():
    """Return every word of titles, names and leads, drafts' too, with spaces between."""
    gathered = "group_concat" if connection.vendor == "sqlite" else "string_agg"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {gathered}(term, ' ') FROM {NAMED_WORDS}")
        return cursor.fetchone()[0] or ""


def said(words, entries):
    """Return those of ``words`` that stand in a title, name or lead of ``entries``, in one query.

    ``entries`` is a queryset; each of ``words`` is letters and digits.
    """
    sql, params = entries.order_by().values("pk").query.sql_with_params()
    if connection.vendor == "sqlite":
        asked, given = "SELECT value AS word FROM json_each(%s)", json.dumps(list(words))
        stands = f"""FROM {NAMED} WHERE {NAMED} MATCH '"' || asked.word || '"'
            AND +rowid IN (SELECT id FROM seen)"""  # +: each of the word's, not each one seen
    else:
        asked, given = "SELECT unnest(%s::text[]) AS word", list(words)
        those = words_of("e").replace("%", "%%")
        # IS TRUE: one table of all that is seen, not one join for each word
        stands = f"""FROM {ENTRY} e WHERE (e.id IN (SELECT id FROM seen)) IS TRUE
            AND e.bare @@ to_tsquery('pg_catalog.simple', {bare_sql("asked.word")} || ':AB')
            AND asked.word = ANY ({those})"""
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH seen(id) AS MATERIALIZED ({sql}), asked AS ({asked}) "
            f"SELECT word FROM asked WHERE EXISTS (SELECT 1 {stands})",
            [*params, given],
        )
        return {word for (word,) in cursor.fetchall()}


def _joined(groups, joiner):
    """Return FTS5's text for one word of each group; words are letters and digits, in quotes."""
    any_of = (" OR ".join(f'"{word}"' for word in sorted(group)) for group in groups)
    return joiner.join(f"({each})" for each in any_of)
