"""What a writer of Markdown should know: what isn't shown, and what reads otherwise than written.

People paste from other programs. A line that begins with a figure and a full stop, a dash or a
star becomes a list, and a line of dashes makes a head of the sentence above. Such lines are told
with a way to write them so that they stay. Pure: the parsed text in, Swedish sentences out.
"""

import re
from collections import Counter
from itertools import islice
from urllib.parse import urlsplit

from markdown_it.rules_block.table import escapedSplit

SHOWN = 40  # characters of a line that a sentence quotes
MOST = 12  # sentences of each sort; then how many more there are
FIGURE_OR_MONTH = re.compile(
    r"\d|(?:jan(?:uari)?|feb(?:ruari)?|mars|apr(?:il)?|maj|juni|juli|aug(?:usti)?|sept?(?:ember)?"
    r"|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b",
    re.IGNORECASE,
)
YEAR = 1000  # a list hardly has so many points: the number is a year
OTHER_BULLET = re.compile(r"^ {0,3}(?:[•·▪■●◦○‣⁃]|o\t)\s*\S", re.MULTILINE)
# Two lines in a row with tabs between words: a table from a word processor or a spreadsheet.
TABBED = re.compile(
    r"^(?! {0,3}(?:[•·▪■●◦○‣⁃o*+-]|\d{1,9}[.)])\t)[^\t\n]+\t[^\n]+\n[^\t\n]*\t[^\n]+", re.MULTILINE
)
LOOSE_NOTE = re.compile(r"\[\^([^\]\s]+)\]")
NOTE = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:", re.MULTILINE)
LISTS = {"bullet_list_open", "ordered_list_open"}


def found(text, tokens, document, schemes):
    """Return (problems, hints) of a text as ``markdown.py`` has parsed it."""
    problems, hints = [], []
    _Notes(text, tokens, document).tell(problems)
    _references(document, problems)
    lines = text.splitlines()
    for at, token in enumerate(tokens):
        if token.type == "inline":
            _inline(token, schemes, problems, hints)
        elif token.type == "table_open":
            _table(tokens, at, lines, problems)
        elif token.type in LISTS:
            _list(tokens, at, lines, hints)
        else:
            _block(tokens, at, lines, hints)
    return _some(problems), _some(hints)


def _some(sentences):
    """Return the sentences once each, and how many more there are than can be told."""
    once = list(dict.fromkeys(sentences))
    more = len(once) - MOST
    if more > 1:
        once[MOST:] = [f"Och {more} rader till av samma slag."]
    return tuple(once)


def _short(words):
    words = " ".join(words.split())
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1].rstrip()}…"


class _Notes:
    """The footnotes of a text: marks without a note, notes without a mark, notes written twice."""

    def __init__(self, text, tokens, document):
        known = document.get("footnotes", {}).get("refs", {})
        self.unused = [label[1:] for label, ident in known.items() if ident < 0]
        written = Counter(NOTE.findall(text))
        self.twice = sorted(label for label, times in written.items() if times > 1)
        self.missing = [
            label
            for token in tokens
            if token.type == "inline"
            for child in token.children
            if child.type == "text"
            for label in LOOSE_NOTE.findall(child.content)
        ]

    def tell(self, problems):
        problems += [
            f"Noten [^{each}] saknas. Skriv den på en egen rad: [^{each}]: och sedan texten."
            for each in self.missing
        ]
        problems += [
            f"Noten [^{each}] visas inte, för ingenstans i texten står [^{each}]."
            for each in self.unused
        ]
        problems += [
            f"Noten [^{each}] är skriven två gånger, och bara en av dem visas."
            for each in self.twice
        ]


def _references(document, problems):
    """Tell a line such as ``[a]: prognos``, which is read as a link's address and not shown."""
    for label, reference in document.get("references", {}).items():
        href = reference["href"]
        if not urlsplit(href).scheme and not href.startswith(("/", "#", "www.")):
            problems.append(
                f"Raden som börjar med [{label.lower()}]: visas inte, för den läses som en länks "
                f"adress. En fotnot skrivs [^{label.lower()}]:, och annars \\[ i början."
            )


def _inline(token, schemes, problems, hints):
    """Tell pictures, links that lead nowhere, and stars that are taken as emphasis."""
    before = ""
    for child in token.children:
        if child.type == "image":
            problems.append(
                f"Bilden ”{_short(child.content or child.attrs['src'])}” kan inte visas; där står "
                "bara dess text. Lägg den bland förbundets dokument och länka dit, eller ta bort "
                "den."
            )
        elif child.type == "link_open":
            scheme = urlsplit(str(child.attrs["href"])).scheme
            if scheme and scheme not in schemes:
                problems.append(f"Länken till {_short(child.attrs['href'])} leder ingenstans.")
        elif child.type == "em_open" and child.markup == "*" and before[-1:].isdigit():
            hints.append(
                f"Stjärnan efter ”{_short(before[-SHOWN:])}” visas inte, för den läses som "
                "kursiv stil. Skriv \\* om den ska stå kvar."
            )
        before = child.content if child.type == "text" else ""
    if "\n" in token.content and (bullet := OTHER_BULLET.search(token.content)):
        line = token.content[bullet.start() :].split("\n", 1)[0].strip()
        hints.append(
            f"Raden ”{_short(line)}” blir löpande text. Börja raden med - och blanksteg, så blir "
            "den en punkt i en lista."
        )

    if tabbed := TABBED.search(token.content):
        line = tabbed[0].split("\n", 1)[0]
        hints.append(
            f"Raden ”{_short(line)}” och den efter har tabbar och blir löpande text. Är det en "
            "tabell, skriv | mellan cellerna och | --- | --- | på en rad under den första."
        )


def _table(tokens, at, lines, problems):
    """Tell a row with more cells than its table has columns, of which the last aren't shown."""
    heads = 0
    for token in islice(tokens, at, None):
        heads += token.type == "th_open"
        if token.type == "table_close":
            return
        if token.type == "tr_open" and heads and token.map:
            row = lines[token.map[0]].strip()
            if len(escapedSplit(row.removeprefix("|").removesuffix("|"))) > heads:
                problems.append(
                    f"Tabellraden ”{_short(row)}” har fler celler än tabellen har kolumner, och "
                    "de sista visas inte."
                )


def _list(tokens, at, lines, hints):
    """Tell each line that became a point of a list though it hardly was meant so."""
    if tokens[at - 1].type == "list_item_open" and tokens[at - 1].map[0] == tokens[at].map[0]:
        return  # "14. 11. 2019": told once, of the outer list
    items = _items(tokens, at)
    if tokens[at].type == "ordered_list_open":
        hints += [_of_point(tokens[item], lines) for item in _odd_points(tokens, at, items)]
    elif len(items) == 1 or any(_begins_with_figure(tokens, item) for item in items):
        sign = tokens[at].markup
        hints.append(
            f"Raden ”{_line(tokens[at], lines)}” läses som en punkt i en lista. Ska tecknet "
            f"{sign} stå kvar, skriv \\{sign}."
        )


def _line(token, lines):
    return _short(lines[token.map[0]])


def _of_point(item, lines):
    return (
        f"Raden ”{_line(item, lines)}” läses som punkt {item.info} i en lista. Är det ett datum "
        f"eller något annat, skriv {item.info}\\{item.markup} så står raden som den är."
    )


def _odd_points(tokens, at, items):
    """Return the places of those items that look like a date, a year or an amount."""
    first = int(tokens[items[0]].info)
    if len(items) == 1 and first > 1 and not _goes_on(tokens, at, first):
        return items
    return [
        item
        for place, item in enumerate(items)
        if _begins_with_figure(tokens, item)
        or int(tokens[item].info) >= YEAR
        or int(tokens[item].info) not in (first, first + place)
    ]


def _items(tokens, at):
    """Return the places of the list's own items."""
    level, items = tokens[at].level, []
    for place in range(at + 1, len(tokens)):
        if tokens[place].level == level:
            break
        if tokens[place].type == "list_item_open" and tokens[place].level == level + 1:
            items.append(place)
    return items


def _begins_with_figure(tokens, item):
    """Say whether an item begins with a figure, a month or another item's number."""
    if tokens[item + 1].type == "ordered_list_open":
        return True
    inline = tokens[item + 2] if tokens[item + 1].type == "paragraph_open" else None
    return inline is not None and bool(FIGURE_OR_MONTH.match(inline.content))


def _goes_on(tokens, at, number):
    """Say whether the list before this one ended with the number before ``number``."""
    for place in range(at - 1, -1, -1):
        if tokens[place].type == "list_item_open" and tokens[place].level == tokens[at].level + 1:
            return tokens[place].info == str(number - 1)
    return False


def _block(tokens, at, lines, hints):
    """Tell a head made by a line of dashes, a quote that is a comparison, and code by indent."""
    token = tokens[at]
    if token.type == "heading_open" and token.markup in ("-", "="):
        hints.append(
            f"Strecken under ”{_short(tokens[at + 1].content)}” gör raden till en rubrik. Sätt "
            "en tom rad före strecken om det inte är meningen."
        )
    elif token.type == "blockquote_open" and tokens[at + 1].type == "paragraph_open":
        if tokens[at + 2].content[:1].isdigit():
            hints.append(
                f"Raden ”{_line(token, lines)}” läses som ett citat. Ska tecknet > stå kvar, "
                "skriv \\>."
            )
    elif token.type == "code_block":
        hints.append(
            f"Raden ”{_short(token.content)}” börjar med blanksteg och visas därför ordagrant. "
            "Ta bort blankstegen i början om det inte är meningen."
        )
