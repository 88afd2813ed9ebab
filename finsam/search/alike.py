"""What was meant: the words of the site that are most like one that nothing answers.

Words that share trigrams are candidates, as in PostgreSQL's pg_trgm; of those the ones are proposed
that have nearly all letters in the same order, so that ”bygglov” is no misspelt ”bygga”. All words
lie in one text, so that those with a trigram are found by searching a string: 20 000 words take
some milliseconds.
"""

import heapq
import re
import unicodedata
from array import array
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain, repeat

from finsam.search import swedish

ALIKE = 0.8  # the least share of letters in the same order of a word that is proposed
NEAR = 0.25  # the least share of trigrams of a word that is looked at
MOST = 100  # words that are looked at, those with the most trigrams first
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
        telling = (word for word in every if word not in swedish.EVERYWHERE)
        self.words = [word for word in telling if len(word) >= SHORTEST]
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
        bare = swedish.bare(word)
        near = ((likeness(bare, self.bare[at]), self.words[at]) for at in self._near(bare))
        return {(-like, each) for like, each in near if like >= ALIKE}

    def _near(self, bare):
        """Return the places of the words with the most trigrams in common."""
        wanted = trigrams(bare)
        shared = Counter()
        for each in wanted:
            shared.update(self._having(each))
        near = []
        for at, number in shared.items():
            both = len(wanted) + len(trigrams(self.bare[at])) - number
            if number >= NEAR * both:
                near.append((-number / both, self.words[at], at))
        return [at for *_, at in heapq.nsmallest(MOST, near)]

    def _having(self, part):
        """Return the places of the words in which ``part`` of a text stands."""
        places = self.places
        return {places[each.start()] for each in re.finditer(re.escape(part), self.text)}


def likeness(first, second):
    """Return the share of letters, 0 to 1, that two words have in the same order."""
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def trigrams(word):
    """Return every three letters in a row of a word without marks, with its begin and end."""
    padded = f"{GAP}{word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
