"""Which rows of a list hold every word that was typed, whatever its case and its marks.

SQLite's LIKE folds a to z alone, and PostgreSQL all letters but no mark; here å, ä and ö are found
as typed, in the other case and without their dots, on both.
"""

import unicodedata

from django.db.models import CharField, IntegerField, Lookup, Q, TextField

# Each letter with a mark and the one that it is found as; finsam/search reads them too.
ACCENTED, BARE = "åäöéèëêüáàøæÅÄÖÉÈËÊÜÁÀØÆ", "aaoeeeeuaaoa" * 2
_PLAIN = str.maketrans(ACCENTED, BARE)


def unmarked(text):
    """Return ``text`` in lower case, its letters without marks."""
    return unicodedata.normalize("NFC", text).translate(_PLAIN).lower()


@CharField.register_lookup
@TextField.register_lookup
@IntegerField.register_lookup
class Holds(Lookup):
    """That a text or number holds a word, whatever the case and the marks: ``title__holds``."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sqlite(self, compiler, connection):
        """GLOB takes a set of letters for each; replacing them one by one is too deep for it."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} GLOB %s", [*params, f"*{any_form(self.rhs)}*"]

    def as_postgresql(self, compiler, connection):
        """PostgreSQL replaces all letters at once."""
        column, params = self.process_lhs(compiler, connection)
        text = f"lower(translate({column}::text, '{ACCENTED}', '{BARE}'))"
        return f"strpos({text}, %s) > 0", [*params, unmarked(self.rhs)]


def any_form(text):
    """Return SQLite's GLOB for ``text`` in any case, its letters with and without marks."""
    return "".join(map(_any_letter, unmarked(text)))


def _any_letter(letter):
    if not letter.isalpha():
        return f"[{letter}]" if letter in "*?[" else letter
    marked = (each for each, plain in zip(ACCENTED, BARE, strict=True) if plain == letter)
    return f"[{letter}{letter.upper()}{''.join(marked)}]"


def has_word(word, fields):
    """Return the condition that ``word`` occurs in one of ``fields``."""
    condition = Q()
    for field in fields:
        condition |= Q(**{f"{field}__holds": word})
    return condition


def with_words(rows, text, fields):
    """Return those of ``rows`` that hold every word of ``text`` in one of ``fields``, once each.

    A field of many rows beside it (``alternative_names__name``) is asked for by itself, so that
    each word may stand in another of them.
    """
    every = rows.model._base_manager.order_by()
    for word in text.split():
        rows = rows.filter(pk__in=every.filter(has_word(word, fields)).values("pk"))
    return rows
