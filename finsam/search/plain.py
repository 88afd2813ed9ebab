"""SQL for a text as it is read, on both databases: what search keeps of it, and its words.

A link's target and a plan's named blocks (``[[budget]]``) are written and never read, so nobody
finds a page by them. SQLite knows no expressions for patterns: there a text is split where
one begins, and each part begins after where it ends.
"""

from finsam.search.swedish import SIGN

UNREAD = (("](", ")"), ("[[", "]]"))  # what is between, on one line
_LINE_ENDS = ("\n", "\x1f")  # a line's, and that of a part (``sources.SEPARATOR``)


def read(vendor, text):
    """Return SQL for the ``text`` of an entry without what is not read."""
    strip = _sqlite_without if vendor == "sqlite" else _postgres_without
    for opening, closing in UNREAD:
        text = strip(text, opening, closing)
    return text


def _postgres_without(text, opening, closing):
    pattern = "".join([_escaped(opening), f"[^{''.join(_LINE_ENDS)}]*?", _escaped(closing)])
    return f"regexp_replace({text}, '{pattern}', ' ', 'g')"


def _escaped(signs):
    return "".join(f"\\{sign}" for sign in signs)


def _sqlite_without(text, opening, closing):
    ends = f"instr(value, '{closing}')"
    on_its_line = " AND ".join(
        f"(instr(value, '{end}') = 0 OR instr(value, '{end}') > {ends})" for end in _LINE_ENDS
    )
    after = f"substr(value, {ends} + {len(closing)})"
    return (
        "coalesce((SELECT group_concat(part, '') FROM (SELECT CASE WHEN key = 0 THEN value "
        f"WHEN {ends} > 0 AND {on_its_line} THEN ' ' || {after} "
        f"ELSE '{opening}' || value END AS part FROM json_each('[' || "
        f"replace(json_quote({text}), '{opening}', '\",\"') || ']') ORDER BY key)), '')"
    )


def words(column, joined=False):
    """Return SQL for a ``column`` as its words are found: signs that are read are words.

    With ``joined`` a word with a hyphen is found without it as well (”itspåret”).
    """
    text = column
    for sign, word in SIGN.items():
        text = f"replace({text}, '{sign}', '{word}')"
    return f"{text} || ' ' || replace({column}, '-', '')" if joined else text
