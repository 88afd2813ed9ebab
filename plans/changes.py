"""What differs between two plans' texts: chapter by chapter, paragraph by paragraph, by words.

Pure: (title, Markdown) in, frozen pieces out.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
WORDS = re.compile(r"\s+|[^\s]+")
ALIKE = 0.4  # share of words in common from which a paragraph counts as the same one, rewritten


@dataclass(frozen=True)
class Piece:
    """Some words that stand in both texts (same), only in the old (gone) or in the new one."""

    kind: str
    text: str


@dataclass(frozen=True)
class ChapterChange:
    """A chapter's changed paragraphs, each a tuple of Pieces. ``kind``: same, gone or new."""

    title: str
    kind: str
    paragraphs: tuple[tuple[Piece, ...], ...]


def chapters(before, after):
    """Return a ChapterChange for each chapter of two lists of (title, body)."""
    old = {title.casefold(): (title, body) for title, body in before}
    found = []
    for title, body in after:
        _, known = old.pop(_same_chapter(title, old), ("", None))
        if known is None:
            found.append(ChapterChange(title, NEW, _all(NEW, body)))
        else:
            found.append(ChapterChange(title, SAME, paragraphs(known, body)))
    found += [ChapterChange(title, GONE, _all(GONE, body)) for title, body in old.values()]
    return found


def _same_chapter(title, old):
    """Return the key of the old chapter of this title, also when only its year has changed."""
    without_year = {re.sub(r"\d{4}", "", key): key for key in old}
    key = title.casefold()
    return key if key in old else without_year.get(re.sub(r"\d{4}", "", key))


def _split(text):
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]


def _all(kind, body):
    return tuple((Piece(kind, paragraph),) for paragraph in _split(body))


def paragraphs(before, after):
    """Return the paragraphs that differ, in the new text's order."""
    old, new = _split(before), _split(after)
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            found += _paired(old[a:b], new[c:d])
    return tuple(found)


def _paired(old, new):
    """Pair each new paragraph with the first old one that is much like it."""
    found, left = [], list(old)
    for paragraph in new:
        alike = next((each for each in left if _likeness(each, paragraph) >= ALIKE), None)
        if alike is None:
            found.append((Piece(NEW, paragraph),))
            continue
        at = left.index(alike)
        found += [(Piece(GONE, each),) for each in left[:at]]
        del left[: at + 1]
        found.append(words(alike, paragraph))
    return found + [(Piece(GONE, each),) for each in left]


def _likeness(a, b):
    return SequenceMatcher(None, a.split(), b.split(), autojunk=False).ratio()


def words(before, after):
    """Return two paragraphs as one, in Pieces."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece(SAME, "".join(new[c:d])))
            continue
        found += [Piece(GONE, "".join(old[a:b]))] * (b > a)
        found += [Piece(NEW, "".join(new[c:d]))] * (d > c)
    return tuple(found)
