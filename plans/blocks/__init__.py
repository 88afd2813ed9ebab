"""Named blocks in a chapter's Markdown, one a line: ``[[budget]]``, ``[[mål enter]]``.

A block puts data where a person would otherwise type a figure. Each is a function of the plan and
the word after its name; it returns the template that draws it and that template's context, or
raises ``BlockError`` with a Swedish sentence when the data are missing. Each file beside this one
registers its own when it is imported.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

BLOCK_LINE = re.compile(r"^ {0,3}\[\[([^\[\]\n]*)\]\][ \t]*$", re.MULTILINE)
BLOCK_ANYWHERE = re.compile(r"\[\[[^\[\]\n]*\]\]")


class BlockError(ValueError):
    """A block that cannot be drawn; the message is a Swedish sentence that says why."""


@dataclass(frozen=True)
class Block:
    """A kind of block: its name, what may stand after the name, and what draws it."""

    name: str
    takes: str
    may_take: str
    help: str
    draw: Callable
    can_be: Callable


REGISTRY: dict[str, Block] = {}


def block(name, *, takes="", may_take="", help, can_be=lambda plan: True):
    """Register the decorated function as the block ``name``.

    ``takes`` names an argument that it needs, ``may_take`` shows one that it can do without.
    ``can_be`` tells whether a plan can have it: one that can't is not offered.
    """

    def register(function):
        REGISTRY[name] = Block(name, takes, may_take, help, function, can_be)
        return function

    return register


def offered(plan):
    """Return the blocks that ``plan`` can have."""
    return [each for each in REGISTRY.values() if each.can_be(plan)]


def draw(plan, words):
    """Return (template, context) of the block written ``[[words]]``. Raises BlockError."""
    name, _, argument = words.strip().partition(" ")
    kind = REGISTRY.get(name.lower())
    if kind is None:
        known = ", ".join(f"[[{each.name}]]" for each in offered(plan))
        raise BlockError(f"Det finns inget block som heter ”{name}”. De som finns är {known}.")
    argument = argument.strip()
    if kind.takes and not argument:
        raise BlockError(f"Skriv {kind.takes} efter namnet: [[{name} …]].")
    if argument and not (kind.takes or kind.may_take):
        raise BlockError(f"Blocket tar inget mer än sitt namn. Skriv [[{name}]].")
    return kind.draw(plan, argument)


def loose_blocks(text):
    """Return the blocks in ``text`` that do not stand alone on a line, and so are not drawn."""
    return BLOCK_ANYWHERE.findall(BLOCK_LINE.sub("", text))
