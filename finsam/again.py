"""What is made of the database's rows alone is not made again while they are the same.

The questions that were asked while it was made are kept with their answers. Later the questions
are asked anew, as plain SQL: when every answer is the same, what was made of them is so too. A
change by whatever road, raw SQL and other processes too, gives another answer; nothing has to
tell that it happened. Asking costs a fraction of making objects, Markdown and templates.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

from django.db import DatabaseError, connection

MOST = 20  # things that one process keeps
NO_TEXT = "<memory at "  # how Python writes what it does not write out


@dataclass(frozen=True)
class Made:
    """Something with the questions, (sql, params), that it was made from and a mark of answers."""

    thing: object
    questions: tuple
    answers: str


_kept = OrderedDict()
_lock = threading.Lock()


def once(key, make):
    """Return ``make()``, or what it gave last for ``key`` when it would give the same now.

    ``make`` depends on nothing but the database, ``key`` and what is the same as long as the
    process runs. ``key`` also names the day, where that counts.
    """
    with _lock:
        last = _kept.get(key)
    if last is not None and _answers(last.questions) == last.answers:
        return last.thing
    listener = Listener()
    with connection.execute_wrapper(listener):
        thing = make()
    with _lock:
        _kept.pop(key, None)
        if listener.is_sound:
            _kept[key] = Made(thing, tuple(listener.questions), listener.mark.hexdigest())
            while len(_kept) > MOST:
                _kept.popitem(last=False)
    return thing


def _answers(questions):
    """Return the mark of the answers to ``questions`` now, "" when one can't be asked."""
    listener = Listener()
    try:
        with connection.execute_wrapper(listener), connection.cursor() as cursor:
            for sql, params in questions:
                cursor.execute(sql, params)
    except DatabaseError:
        return ""
    return listener.mark.hexdigest() if listener.is_sound else ""


class Listener:
    """Hears every question with its answer; both go on as if nobody had listened."""

    def __init__(self):
        self.questions, self.mark, self.is_sound = [], sha256(), True

    def __call__(self, execute, sql, params, many, context):
        cursor = context["cursor"]
        if isinstance(cursor.cursor, Answer):
            cursor.cursor = cursor.cursor.asked
        result = execute(sql, params, many, context)
        if many or cursor.description is None:  # it changed something
            self.is_sound = False
            return result
        rows = cursor.fetchall()
        written = repr(rows)
        self.is_sound &= NO_TEXT not in written
        self.questions.append((sql, params))
        self.mark.update(written.encode())
        cursor.cursor = Answer(rows, cursor.cursor)
        return result


class Answer:
    """Rows that have been read already, for whoever reads them from the cursor ``asked``."""

    def __init__(self, rows, asked):
        self.rows, self.asked = iter(rows), asked

    def fetchone(self):
        """Return the next row, or None."""
        return next(self.rows, None)

    def fetchmany(self, size=1):
        """Return the next rows, at most ``size``."""
        return list(islice(self.rows, size))

    def fetchall(self):
        """Return the rows that are left."""
        return list(self.rows)

    def __iter__(self):
        return self.rows

    def __getattr__(self, name):
        return getattr(self.asked, name)
