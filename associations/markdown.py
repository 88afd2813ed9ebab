"""People's Markdown as clean html: footnotes, tables, headings where the page wants them."""

import re
import zlib
from dataclasses import dataclass
from functools import lru_cache

import nh3
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from mdit_py_plugins.footnote import footnote_plugin

from associations import holding, proofreading

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").use(footnote_plugin)
SCHEMES = {"http", "https", "mailto", "tel"}
TAGS = (
    "a b blockquote br code em h1 h2 h3 h4 h5 h6 hr li ol p pre section span strong sup table "
    "tbody td th thead tr ul wbr"
)
ATTRIBUTES = {
    "a": {"href", "id", "class"}, "li": {"id", "class", "value"}, "ol": {"start", "class"},
    "section": {"class"}, "span": {"class"}, "sup": {"class"}, "hr": {"class"}, "th": {"scope"},
}  # fmt: skip
ADDRESS = re.compile(r"((?:https?://|www\.)[^\s<>\"]+[^\s<>\".,:;!?)])")
# Where an address may be broken: before its slashes and dots, and its other signs.
MAY_BREAK = re.compile(r"(?<=[^/:])(?=[/.?&=#_~%+;,@])")
PIECE = 24  # letters of an address without any such place, after which it is broken all the same


LONGEST_REMEMBERED = 8_000  # characters


@dataclass(frozen=True)
class ReadText:
    """A text as html, and what its writer should know, in Swedish sentences.

    ``problems`` are what isn't shown, or not as it was meant; ``hints`` what may be read in
    another way than it was written.
    """

    html: str
    problems: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


def rendered(text, top=2, names=()):
    """Return people's Markdown as clean html, its highest heading as ``<h{top}>``.

    Html in the text is shown as text, and nh3 then lets through only the tags listed above.
    Footnotes' anchors get a prefix of the text's own, so that two texts fit on one page.
    ``names`` are kept whole at the ends of lines.
    """
    return read(text, top, names).html


def read(text, top=2, names=()):
    """Return ``text`` as ReadText; see ``rendered``. A short text that was read is remembered."""
    if not text:
        return ReadText("")
    read_text = _read if len(text) > LONGEST_REMEMBERED else _remembered
    return read_text(text, int(top), tuple(names))


def _read(text, top, names):
    document = {
        "docId": f"{zlib.crc32(text.encode()):08x}",
        "names": holding.pattern_of(names),
    }
    tokens = MARKDOWN.parse(text, document)
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    shift = top - min(levels, default=1)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + shift)}"
        elif token.type == "th_open":
            token.attrs = {"scope": "col"}
    _keep_numbers(tokens)
    found = proofreading.found(text, tokens, document, SCHEMES)
    html = MARKDOWN.renderer.render(tokens, MARKDOWN.options, document)
    clean = nh3.clean(
        html, tags=set(TAGS.split()), attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None
    )
    return ReadText(mark_safe(_scrollable_tables(_named_footnotes(clean))), *found)


_remembered = lru_cache(200)(_read)


def _keep_numbers(tokens):
    """Let each point of a list have the number that it was written with.

    Markdown numbers on from the first. Points that all have the same number are left to that.
    """
    lists = []  # of those that are open: [first number, number expected next]
    for token in tokens:
        if token.type == "ordered_list_open":
            lists.append([None, None])
        elif token.type == "ordered_list_close":
            lists.pop()
        elif token.type == "list_item_open" and token.info:
            written, (first, expected) = int(token.info), lists[-1]
            if first is not None and written not in (first, expected):
                token.attrs["value"] = expected = written
            elif first is None:
                first = expected = written
            lists[-1] = [first, expected + 1]


def _text(renderer, tokens, index, options, env):
    """Return a piece of text as html: addresses that may break, numbers and names that may not."""
    pieces = ADDRESS.split(tokens[index].content)
    pieces[::2] = [_held(piece, env.get("names")) for piece in pieces[::2]]
    pieces[1::2] = [_breakable(address) for address in pieces[1::2]]
    return "".join(pieces)


def _held(text, names):
    """Return text between addresses as html, with its numbers and ``names`` (a pattern) whole."""
    marked, last = [], 0
    wholes = [*holding.WHOLE.finditer(text), *(names.finditer(text) if names else ())]
    for match in sorted(wholes, key=lambda each: each.start()):
        if match.start() < last:
            continue
        whole = escapeHtml(holding.held_name(match[0]))
        marked += [_plain(text[last : match.start()]), f'<span class="whole">{whole}</span>']
        last = match.end()
    return "".join([*marked, _plain(text[last:])])


def _plain(text):
    return escapeHtml(holding.hold(text))


def _breakable(address):
    """Return an address as html that breaks where an address may, and never by a hyphen."""
    parts = [
        part[start : start + PIECE]
        for part in MAY_BREAK.split(address)
        for start in range(0, len(part), PIECE)
    ]
    return f'<span class="address">{"<wbr>".join(map(escapeHtml, parts))}</span>'


def _image(renderer, tokens, index, options, env):
    """Return a picture, which no text can hold, as its words in brackets with a link to it."""
    token = tokens[index]
    words = escapeHtml(f"[Bild: {token.content or 'utan beskrivning'}]")
    address = escapeHtml(str(token.attrs.get("src", "")))
    return f'<a href="{address}">{words}</a>' if address.startswith("http") else words


def _caption(renderer, tokens, index, options, env):
    """Return a note's number in the text, the same wherever the note is used."""
    return f"[{tokens[index].meta['id'] + 1}]"


MARKDOWN.add_render_rule("text", _text)
MARKDOWN.add_render_rule("image", _image)
MARKDOWN.add_render_rule("footnote_caption", _caption)


def _named_footnotes(html):
    """Name the links to footnotes and back, whose text is a figure in brackets and an arrow."""
    html = html.replace("\u21a9\ufe0e</a>", "↑</a>")
    html = re.sub(r'(href="#fn-\w+-(\d+)")', r'\1 aria-label="Not \2"', html)
    return re.sub(
        r'(href="#fnref-\w+-(\d+)(?::\d+)?")',
        r'\1 aria-label="Tillbaka till not \2 i texten"',
        html,
    )


def _scrollable_tables(html):
    """Wrap tables so that a wide one scrolls by itself, by keyboard too, on a narrow screen."""
    opening = '<div class="table-scroll" tabindex="0" role="region" aria-label="Tabell"><table>'
    return re.sub("</table>", "</table></div>", html.replace("<table>", opening))
