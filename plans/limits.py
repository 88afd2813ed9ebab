"""How much a chapter holds at most, so that none holds up the web or the PDF for others.

A chapter beyond that is not laid out at all: why is said instead, in its place.
"""

from plans.blocks import BLOCK_ANYWHERE

LONGEST = 50_000  # characters: some twenty pages of text
MOST_BLOCKS = 40


def too_much(text):
    """Return why ``text`` is more than a chapter holds, in Swedish sentences; empty when it isn't.

    Of blocks, the first that is too many is named with its line.
    """
    if len(text) > LONGEST:
        return [
            f"Texten är {_number(len(text))} tecken. Ett kapitel får ha högst {_number(LONGEST)}. "
            "Dela det i flera kapitel."
        ]
    found = list(BLOCK_ANYWHERE.finditer(text))
    if len(found) <= MOST_BLOCKS:
        return []
    first = found[MOST_BLOCKS]
    line = text.count("\n", 0, first.start()) + 1
    return [
        f"Kapitlet har {_number(len(found))} block. Det får ha högst {MOST_BLOCKS}. "
        f"Det första som är för mycket står på rad {_number(line)}: {_short(first[0])}"
    ]


def _number(value):
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}")


def _short(words):
    return words if len(words) <= 40 else f"{words[:37]}…"
