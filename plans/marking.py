"""Which sentences of a text hold a year or an amount, and so need a look when a year has gone.

Pure: Markdown in, sentences out. Blocks are left out, since their figures follow the data.
"""

import re
from dataclasses import dataclass

YEAR = re.compile(r"(?<![\d:/.-])(?:19|20)\d{2}(?![\d:]|[ \u00a0\u202f]\d{3})")
IN_HEADING = re.compile(r"(?<![\d:.])(?:19|20)\d{2}(?![\d:]|[ \u00a0\u202f]\d{3})")
HALF = re.compile(r"\d{4}\s?[/–-]\s?\d{2}(?!\d)")  # "2020/21"
NUMBER = r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+|\d+(?:,\d+)?"
UNIT = r"(?:kr|kronor|tkr|mnkr|miljon(?:er)?|procent|procentenhet(?:er)?)\b|%"
AMOUNT = re.compile(rf"(?:{NUMBER})[ \u00a0]?(?:{UNIT})|\d{{1,3}}(?:[ \u00a0\u202f\u2009]\d{{3}})+")
BLOCK = re.compile(r"^\s*\[\[.*\]\]\s*$")
ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)]|#{1,6}|>|\[\^[^\]]+\]:)\s+")
END = re.compile(r"(?<=[.!?])(?<!\bt\.ex\.)(?<!\bbl\.a\.)\s+(?=[A-ZÅÄÖ\d”\"(*_\[])")


@dataclass(frozen=True)
class Mark:
    """A sentence, and the years and amounts in it as written."""

    sentence: str
    years: tuple[str, ...]
    amounts: tuple[str, ...]

    @property
    def pieces(self):
        """The sentence as (text, whether it is a year or an amount) from beginning to end."""
        found = sorted(
            {
                match.span()
                for pattern in (YEAR, AMOUNT)
                for match in pattern.finditer(self.sentence)
            }
        )
        pieces, at = [], 0
        for start, end in found:
            if start < at:
                continue
            pieces += [(self.sentence[at:start], False), (self.sentence[start:end], True)]
            at = end
        return [piece for piece in [*pieces, (self.sentence[at:], False)] if piece[0]]


def sentences(text):
    """Return the sentences of a Markdown text in their order, each on one line."""
    found, paragraph = [], []
    for line in [*text.splitlines(), ""]:
        item = ITEM.match(line)
        if not line.strip() or item or BLOCK.match(line):
            found += END.split(" ".join(paragraph))
            paragraph = []
        if line.strip() and not BLOCK.match(line):
            paragraph.append(line[item.end() :].strip() if item else line.strip())
    return [sentence for sentence in found if sentence]


def marks(text):
    """Return a Mark for each sentence of ``text`` that holds a year or an amount."""
    found = []
    for sentence in sentences(text):
        years, amounts = tuple(YEAR.findall(sentence)), tuple(AMOUNT.findall(sentence))
        if years or amounts:
            found.append(Mark(sentence, years, amounts))
    return found


def renewed(heading, year):
    """Return a heading of ``year`` as it reads the next year.

    Only where all its years are this one or later: "Plan 2020–2022" becomes "Plan 2021–2023",
    while "Resultat 2018" stays, to be looked at.
    """
    years = [int(found) for found in IN_HEADING.findall(heading)]
    if not years or min(years) < year or HALF.search(heading):
        return heading
    return IN_HEADING.sub(lambda found: str(int(found[0]) + 1), heading)


def left_from(text, before):
    """Return the marks of ``text`` whose sentences stand word for word in ``before`` too."""
    known = set(sentences(before))
    return [mark for mark in marks(text) if mark.sentence in known]
