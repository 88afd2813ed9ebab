"""Swedish words as search knows them: their stems, their beginnings, and which text answers.

Pure functions on plain text. The stemmer is Snowball's, which PostgreSQL has too. It leaves some
definite forms as they are (”förskolan”, ”projektet”), so a word is also asked for by the beginning
that is left when such an ending is taken away.
"""

import functools
import re
import unicodedata
from dataclasses import dataclass

import snowballstemmer

WORD = re.compile(r"[^\W_]+")
# An amount as people group it: 2 914 000, with any space or a full stop between.
_GROUPED = r"(?<!\w)[0-9]{1,3}(?:[ \u00a0\u202f\u2009.][0-9]{3})+(?!\w)"
GROUPED = re.compile(_GROUPED)
_FOUND = re.compile(f"{_GROUPED}|{WORD.pattern}")
MOST_WORDS = 8
FEWEST_LETTERS = 3  # of a beginning that longer words are found by
DEFINITE = ("ets", "ens", "ans", "et", "en", "an", "n", "t")

# Words that stand in every text (from Snowball's list); a search of nothing else asks for them.
_COMMON = (
    "och det att i en jag hon som han på den med var sig för så till är men ett om hade de av "
    "icke mig du henne då sin nu har inte hans honom skulle hennes där min man ej vid kunde något "
    "från ut när efter upp vi dem vara vad över än dig kan sina här ha mot alla under någon eller "
    "allt mycket sedan ju denna själv detta åt utan varit hur ingen mitt ni bli blev oss din dessa "
    "några deras blir mina samma vilken er sådan vår blivit dess inom mellan sådant varför varje "
    "vilka ditt vem vilket sådana vart dina vars vårt våra ert era vilkas"
)
EVERYWHERE = frozenset(_COMMON.split())
SIGN = {"§": " paragraf "}  # what a sign is read as, in texts and in what is asked for
_SAME = {"diarienummer": "dnr", "diarienr": "dnr", "paragrafen": "paragraf"}
SHORTEST_AMOUNT = 4  # digits of a number that may be grouped

_stem = functools.lru_cache(maxsize=50_000)(snowballstemmer.stemmer("swedish").stemWord)


@dataclass(frozen=True)
class Asked:
    """One word that is searched for: its stem, and the beginnings that it is found by.

    ``groups`` are the thousands of a number, which a text may have apart: 2 914 000.
    """

    word: str
    stem: str
    beginnings: tuple[str, ...]
    groups: tuple[str, ...] = ()


def words(text):
    """Return the words of ``text`` in lower case, in their order."""
    return WORD.findall(unicodedata.normalize("NFC", text).lower())


def stem(word):
    """Return the stem of a word in lower case."""
    return _stem(word)


def bare(text):
    """Return ``text`` in lower case without the marks above its letters: ”Höglandet”, hoglandet."""
    plain = unicodedata.normalize("NFD", text.lower())
    for mark in filter(unicodedata.combining, set(plain)):
        plain = plain.replace(mark, "")
    return plain


def asked(text):
    """Return the Asked words of what a person typed: at most eight, without the commonest."""
    for sign, word in SIGN.items():
        text = text.replace(sign, word)
    joined = GROUPED.sub(lambda found: re.sub(r"[^0-9]", "", found[0]), text)
    every = list(dict.fromkeys(_SAME.get(word, word) for word in words(joined)))
    telling = [word for word in every if word not in EVERYWHERE] or every
    return tuple(
        Asked(word, stem(word), _beginnings(word), _groups(word)) for word in telling[:MOST_WORDS]
    )


def amount(text):
    """Return the number of kronor when ``text`` asks for an amount and nothing else, or None."""
    wanted = [each.word for each in asked(text) if each.word not in ("kr", "kronor", "sek")]
    is_one = len(wanted) == 1 and len(wanted[0]) >= SHORTEST_AMOUNT
    return int(wanted[0]) if is_one and re.fullmatch(r"[0-9]{4,12}", wanted[0]) else None


def _groups(word):
    if len(word) < SHORTEST_AMOUNT or not re.fullmatch(r"[1-9][0-9]*", word):
        return ()
    return tuple(f"{int(word):,}".split(","))


def _beginnings(word):
    """Return what longer words with the same meaning begin with; short words have none."""
    forms = {stem(word)}
    for ending in DEFINITE:
        if word.endswith(ending) and len(word) - len(ending) > FEWEST_LETTERS:
            forms.add(stem(word.removesuffix(ending)))
    return tuple(sorted(form for form in forms if len(form) >= FEWEST_LETTERS))


def answers(word, wanted):
    """True when ``word``, of a text, is what one of the Asked words in ``wanted`` is for."""
    word = word.lower()
    plain = bare(word)
    return any(
        stem(word) == each.stem
        or word == each.word
        or any(word.startswith(form) or plain.startswith(bare(form)) for form in each.beginnings)
        for each in wanted
    )


def _answers(found, wanted):
    """The same for a word or a grouped number as it stands in a text."""
    return answers(re.sub(r"[^0-9]", "", found) if GROUPED.fullmatch(found) else found, wanted)


def marked(text, wanted):
    """Return ``text`` as [(part, is it what was searched for)], the parts in their order."""
    parts, at = [], 0
    for found in _FOUND.finditer(text):
        if _answers(found[0], wanted):
            parts += [(text[at : found.start()], False), (found[0], True)]
            at = found.end()
    return [part for part in [*parts, (text[at:], False)] if part[0]]


def excerpt(text, wanted, length=200):
    """Return about ``length`` characters of ``text`` around the first words that answer, marked."""
    first = next((each for each in _FOUND.finditer(text) if _answers(each[0], wanted)), None)
    start = max(0, first.start() - length // 3) if first else 0
    if start:
        start = text.find(" ", start) + 1
    end = start + length
    if end < len(text):
        end = max(text.rfind(" ", start, end), start) or end
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return marked(f"{before}{text[start:end].strip()}{after}", wanted)


def without_markdown(text):
    """Return ``text`` on one line, without Markdown's signs and a plan's named blocks."""
    text = re.sub(r"\[\[[^\]]*\]\]|\]\([^)]*\)|[*_`#>|\[\]]+|^\s*[-+]\s", " ", text, flags=re.M)
    return " ".join(text.split())
