"""A misspelt search among 20 000 words, beside the same search spelt right.

The words stand in the leads of news, twenty in each. The right one finds a page; the other finds
nothing and is answered with ”Menade du”.
"""

from itertools import islice, product
from urllib.parse import urlencode

from django.urls import reverse

from associations.models import Association, News
from finsam.timing import Site, Times, in_turn

TITLE = "”Menade du” bland 20 000 ord bredvid en sökning som hittar"
GOAL = 3
POINT = "p95"
ROUNDS = 200
SYLLABLES = [
    "sam", "verk", "rå", "re", "ha", "bi", "li", "te", "ring", "kun", "skap", "ar", "be", "ta",
    "för", "ut", "veck", "mål", "grup", "stöd", "in", "sats", "ung", "dom", "hög", "land", "ö",
    "led", "kraft", "mar", "knad",
]  # fmt: skip
IN_EACH = 20


def measure(rounds, small=False):
    """Time both searches for a visitor, in turn."""
    number = 500 if small else 20_000
    words = ["".join(parts) for parts in islice(product(SYLLABLES, repeat=3), number)]
    _publish(words)
    site = Site()

    def search(word):
        return site.ask(f"{reverse('search')}?{urlencode({'q': word})}")

    def misspelt(turn):
        told = search(f"{words[turn * 7 % number]}xq")
        assert "Menade du" in told.decode()

    right, wrong = in_turn(rounds, lambda turn: search(words[turn * 7 % number]), misspelt)
    return Times(f"{rounds} gånger", ("rätt stavat", right), ("fel stavat", wrong))


def _publish(words):
    """Publish news whose leads hold ``words``."""
    owner = Association.objects.order_by("pk").first()
    for at in range(0, len(words), IN_EACH):
        news = News.objects.create(
            title=f"Nyhet {at}",
            slug=f"nyhet-{at}",
            lead=" ".join(words[at : at + IN_EACH]),
            published_on="2020-01-02",
        )
        news.associations.add(owner)
