"""What was meant: the words of the site that are most like one that nothing answers.

How alike two words are is the share of their trigrams that both have, as in PostgreSQL's pg_trgm.
All words lie in one text, so that those with a trigram are found by searching a string: 20 000
words take some milliseconds.
"""

import re
import unicodedata
from array import array
from collections import Counter
from functools import lru_cache
from itertools import chain, repeat

from finsam.search import swedish

ALIKE = 0.3  # the least likeness of a word that is proposed; pg_trgm has the same
SHORTEST = 3  # letters of a word that is proposed
GAP = "  "  # before each word, as its first trigrams have


@lru_cache(maxsize=1)
def vocabulary(text):
    """Return the Vocabulary of ``text``; the last one is kept for who asks with the same text."""
    return Vocabulary(text)


class Vocabulary:
    """Words to choose among."""

    def __init__(self, text):
        """Take the words of ``text``, in lower case with spaces between."""
        every = unicodedata.normalize("NFC", text).split()
        self.words = [word for word in every if len(word) >= SHORTEST]
        self.bare = swedish.bare("\n".join(self.words)).split("\n")
        self.text = "".join(GAP + word for word in self.bare) + GAP
        places = (repeat(at, len(GAP) + len(word)) for at, word in enumerate(self.bare))
        self.places = array("I", chain.from_iterable(places))  # of each letter its word's

    def offers(self, asked):
        """Return words for an Asked word, the best first: those it finds, then those like it."""
        found = [word for word in self._beginning(asked) if swedish.answers(word, [asked])]
        return sorted(found) or [word for _, word in sorted(self._alike(asked.word))]

    def _beginning(self, asked):
        forms = {swedish.bare(form) for form in (asked.word, asked.stem, *asked.beginnings)}
        return {self.words[at] for form in forms for at in self._having(GAP + form)}

    def _alike(self, word):
        """Return {(likeness below zero, word)} of the words that are alike enough."""
        wanted = trigrams(swedish.bare(word))
        shared = Counter()
        for each in wanted:
            shared.update(self._having(each))
        least = ALIKE * len(wanted)  # with fewer in common no word can be alike enough
        near = [(at, number) for at, number in shared.items() if number >= least]
        found = set()
        for at, number in near:
            both = len(wanted) + len(trigrams(self.bare[at])) - number
            if number / both >= ALIKE:
                found.add((-number / both, self.words[at]))
        return found

    def _having(self, part):
        """Return the places of the words in which ``part`` of a text stands."""
        places = self.places
        return {places[each.start()] for each in re.finditer(re.escape(part), self.text)}


def trigrams(word):
    """Return every three letters in a row of a word without marks, with its begin and end."""
    padded = f"{GAP}{word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
