"""What a page was made from: the queries that it asked, and the sum of what was answered.

A page follows from the address, the day, the code and the answers. The first query follows from
the first three; while its answer is the same, so is the next query, and so on to the whole page.
So where every query is answered as it was, the page is still right, and nothing else of it is made
anew. The queries are remembered in each process, with the key of the page in the store.
"""

import hashlib
import re
import sys
from contextlib import contextmanager
from typing import NamedTuple

from django.db import DatabaseError, connection

from finsam.kept_pages import public_state

MOST = 500  # pages whose queries are remembered
# What may be asked again: a prepared query's own name is of a queryset, others write.
READS = re.compile(
    r"SELECT |EXECUTE finsam_\d+ |WITH (?!.*\b(?:INSERT|UPDATE|DELETE)\b)", re.DOTALL
)
TOLD_ONCE = "PREPARE"  # what a connection is told of a query has no answer

_asked = {}  # a page's place → Asked


class Asked(NamedTuple):
    """The queries of one page as (SQL, parameters), the sum of their answers, and whose page."""

    queries: tuple
    total: bytes
    day: str
    key: str


@contextmanager
def listening():
    """Yield a list that gets each query that the block asks; None for what does more than read."""
    heard = []

    def hear(execute, sql, params, many, context):
        if not sql.startswith(TOLD_ONCE):
            reads = not many and READS.match(sql)
            heard.append((sys.intern(sql), tuple(params or ())) if reads else None)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hear):
        yield heard


def remember(place, heard, day, key, state):
    """Remember what the page at ``place`` asked, unless something has changed since ``state``."""
    _asked.pop(place, None)
    if None in heard:
        return
    total = _total(heard)
    if public_state.current() == state:
        _asked[place] = Asked(tuple(heard), total, day, key)
        while len(_asked) > MOST:
            _asked.pop(next(iter(_asked)), None)


def still_right(place, day):
    """Return the key of the page that was made at ``place``, when it would come out the same."""
    known = _asked.get(place)
    if known is None or known.day != day:
        return None
    try:
        same = _total(known.queries) == known.total
    except DatabaseError:  # a new connection knows no names, a new schema no columns
        same = False
    return known.key if same else None


def moved(place, key):
    """Tell that the page at ``place`` now has another ``key``."""
    if known := _asked.get(place):
        _asked[place] = known._replace(key=key)


def _total(queries):
    total = hashlib.blake2b(digest_size=32)
    with connection.cursor() as cursor:
        for sql, params in queries:
            cursor.execute(sql, params)
            total.update(repr(cursor.fetchall()).encode())
    return total.digest()
