"""The database keeps search's entries itself: triggers on every table that an entry comes from.

So a form, an import, an update of many rows and raw SQL are all reflected, in their own
transaction. ``finsam/triggers.py`` has ``migrate`` put them up, with every entry made anew.
"""

import string

from associations.text_search import ACCENTED, BARE
from finsam.search import plain
from finsam.search.sources import SOURCES

ENTRY = "finsam_searchentry"
COLUMNS = ("title", "names", "lead", "body")
WORDS, PLAIN, VOCABULARY = "finsam_searchwords", "finsam_searchplain", "finsam_searchvocabulary"

# The words of titles, names and leads, to choose a word among that was meant. On PostgreSQL a word
# stays until the next ``migrate``; whether it stands anywhere still is asked when it is proposed.
NAMED, NAMED_WORDS = "finsam_searchnamed", "finsam_searchnamedwords"
PREFIX = "finsam_search"
GATHERED = {  # a line each
    "postgresql": "string_agg(each_one, '\n')",
    "sqlite": "group_concat(each_one, '\n')",
}
TABLES = {  # FTS5's: their columns, whether marks above letters are taken away (2), what is kept
    WORDS: (COLUMNS, 0, "full"),
    PLAIN: (COLUMNS, 2, "full"),
    NAMED: (COLUMNS[:3], 0, "none"),
}

# PostgreSQL takes ”AF/FK” for a path and ”<b>” for a tag, and quotation marks for letters when its
# database has the locale C; here each is its words, as in ``swedish.words``.
FURTHER = "".join(chr(code) for code in (*range(0x80, 0x100), *range(0x2000, 0x2070)))
SIGNS = string.punctuation + "".join(sign for sign in FURTHER if not sign.isalnum())


def refresh(vendor, kind, ids):
    """Return the SQL that makes the entries anew of the things of ``kind`` that ``ids`` names."""
    source = SOURCES[kind]
    told = [source.title, source.names, *(plain.read(vendor, each) for each in _texts(source))]
    columns = ", ".join(told)
    new = ", ".join(f"{column} = excluded.{column}" for column in COLUMNS)
    kept = columns.replace("{gathered}", GATHERED[vendor])
    return [
        f"DELETE FROM {ENTRY} WHERE kind = '{kind}' AND object_id IN ({ids}) "
        f"AND object_id NOT IN (SELECT id FROM {source.table})",
        f"INSERT INTO {ENTRY} (kind, object_id, {', '.join(COLUMNS)}) "
        f"SELECT '{kind}', t.id, {kept} FROM {source.table} t WHERE t.id IN ({ids}) "
        f"ON CONFLICT (kind, object_id) DO UPDATE SET {new}",
    ]


def _texts(source):
    return source.lead, source.body


def triggers(vendor):
    """Yield the SQL of every trigger: one a table, event and kind of thing."""
    for number, (kind, source) in enumerate(SOURCES.items()):
        for table, ids in source.tables.items():
            make = _sqlite_triggers if vendor == "sqlite" else _postgres_triggers
            yield from make(number, kind, table, ids)


def _sqlite_triggers(number, kind, table, ids):
    for event, rows in (("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"])):
        done = [sql for row in rows for sql in refresh("sqlite", kind, ids.format(row=row))]
        yield (
            f"CREATE TRIGGER {PREFIX}_{kind}_{table}_{event.lower()} AFTER {event} ON {table} "
            f"FOR EACH ROW BEGIN {'; '.join(done)}; END"
        )


def _postgres_triggers(number, kind, table, ids):
    """Two who change parts of one thing at once wait for each other, and the last sees both."""
    name = f"{PREFIX}_{kind}_{table}"
    steps = []
    for row, other in (("OLD", "INSERT"), ("NEW", "DELETE")):
        named = ids.format(row=row)
        lock = (
            f"PERFORM pg_advisory_xact_lock({7300 + number}, x.id::int) "
            f"FROM (SELECT i.id FROM ({named}) i(id) ORDER BY i.id) x"
        )
        done = "; ".join([lock, *refresh("postgresql", kind, named)])
        steps.append(f"IF TG_OP <> '{other}' THEN {done}; END IF;")
    yield (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {' '.join(steps)} RETURN NULL; END $$"
    )
    yield (
        f"CREATE TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def structures(vendor):
    """Yield the SQL of what one searches in beside the entries."""
    if vendor == "postgresql":
        for name, expression in (("stems", _stems), ("bare", _bare)):
            weighed = " || ".join(
                f"setweight({expression(_spaced(_words(column)))}, '{weight}')"
                for column, weight in zip(COLUMNS, "AABC", strict=True)
            )
            yield (
                f"ALTER TABLE {ENTRY} ADD COLUMN {name} tsvector "
                f"GENERATED ALWAYS AS ({weighed}) STORED"
            )
            yield f"CREATE INDEX {PREFIX}_{name} ON {ENTRY} USING gin ({name})"
        yield from _named_words()
        return
    for table, (columns, marks, detail) in TABLES.items():
        yield (
            f"CREATE VIRTUAL TABLE {table} USING fts5({', '.join(columns)}, content='{ENTRY}', "
            f"content_rowid='id', detail='{detail}', "
            f"tokenize='unicode61 remove_diacritics {marks}')"
        )
    for table, words in ((WORDS, VOCABULARY), (NAMED, NAMED_WORDS)):
        yield f"CREATE VIRTUAL TABLE {words} USING fts5vocab('{table}', 'row')"
    for event, steps in (
        ("INSERT", _words_in()),
        ("DELETE", _words_out()),
        ("UPDATE", _words_out() + _words_in()),
    ):
        yield (
            f"CREATE TRIGGER {PREFIX}_words_{event.lower()} AFTER {event} ON {ENTRY} "
            f"FOR EACH ROW BEGIN {'; '.join(steps)}; END"
        )


def _named_words():
    """Yield the SQL that keeps the words of titles, names and leads on PostgreSQL.

    A word that two write at once stands there twice, rather than letting them wait for each other.
    """
    name = f"{PREFIX}_words"
    yield f"CREATE TABLE {NAMED_WORDS} (term text NOT NULL)"
    yield f"CREATE INDEX {PREFIX}_term ON {NAMED_WORDS} (term)"
    yield (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"INSERT INTO {NAMED_WORDS} SELECT each FROM unnest({words_of('NEW')}) each "
        f"WHERE NOT EXISTS (SELECT FROM {NAMED_WORDS} WHERE term = each); RETURN NULL; END $$"
    )
    yield (
        f"CREATE TRIGGER {name} AFTER INSERT OR UPDATE ON {ENTRY} "
        f"FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def words_of(row):
    """Return PostgreSQL's SQL for the words in the title, names and lead of an entry's ``row``."""
    text = " || ' ' || ".join(f"{row}.{column}" for column in COLUMNS[:3])
    return f"tsvector_to_array(to_tsvector('pg_catalog.simple', {_spaced(text)}))"


def _spaced(text):
    signs = SIGNS.replace("'", "''")
    return f"lower(translate({text}, '{signs}', '{' ' * len(SIGNS)}'))"


def _stems(text):
    return f"to_tsvector('pg_catalog.swedish', {text})"


def _bare(text):
    return f"to_tsvector('pg_catalog.simple', {bare(text)})"


def bare(text):
    """Return PostgreSQL's SQL for ``text`` in lower case without the marks above its letters.

    unaccent() may not stand in a stored column.
    """
    return f"lower(translate({text}, '{ACCENTED}', '{BARE}'))"


def _words(column, row=""):
    """Return SQL for the words of an entry's column; a title's and a name's also joined."""
    return plain.words(f"{row}{column}", joined=column in ("title", "names"))


def _words_in():
    return [
        f"INSERT INTO {table}(rowid, {', '.join(columns)}) "
        f"VALUES (NEW.id, {', '.join(_words(column, 'NEW.') for column in columns)})"
        for table, (columns, *_) in TABLES.items()
    ]


def _words_out():
    return [
        f"INSERT INTO {table}({table}, rowid, {', '.join(columns)}) "
        f"VALUES ('delete', OLD.id, {', '.join(_words(column, 'OLD.') for column in columns)})"
        for table, (columns, *_) in TABLES.items()
    ]


def drop_statements(vendor, standing):
    """Return the SQL that removes the ``standing`` triggers and what one searches in."""
    if vendor == "sqlite":
        tables = (VOCABULARY, NAMED_WORDS, *TABLES)
        return [
            *(f"DROP TRIGGER {name}" for name in standing),
            *(f"DROP TABLE IF EXISTS {table}" for table in tables),
        ]
    return [
        *(f"DROP FUNCTION IF EXISTS {name}() CASCADE" for name in standing),
        f"DROP TABLE IF EXISTS {NAMED_WORDS}",
        f"ALTER TABLE IF EXISTS {ENTRY} DROP COLUMN IF EXISTS stems",
        f"ALTER TABLE IF EXISTS {ENTRY} DROP COLUMN IF EXISTS bare",
    ]


def create_statements(vendor):
    """Return the SQL that makes the triggers, and every entry anew, over the whole schema."""
    whole = []
    for kind, source in SOURCES.items():
        whole += refresh(vendor, kind, f"SELECT id FROM {source.table}")[1:]
    emptied = f"DELETE FROM {ENTRY}"  # first: what FTS5 never got, it can't let go
    return [emptied, *structures(vendor), *whole, *triggers(vendor)]
