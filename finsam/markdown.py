"""People's Markdown as clean html: footnotes, tables, headings where the page wants them."""

import re
import zlib

import nh3
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from mdit_py_plugins.footnote import footnote_plugin

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").use(footnote_plugin)
TAGS = (
    "a b blockquote br code em h1 h2 h3 h4 h5 h6 hr li ol p pre section span strong sup table "
    "tbody td th thead tr ul wbr"
)
ATTRIBUTES = {
    "a": {"href", "id", "class"}, "li": {"id", "class"}, "ol": {"start", "class"},
    "section": {"class"}, "span": {"class"}, "sup": {"class"}, "hr": {"class"}, "th": {"scope"},
}  # fmt: skip
ADDRESS = re.compile(r"((?:https?://|www\.)[^\s<>\"]+[^\s<>\".,:;!?)])")


def rendered(text, top=2):
    """Return people's Markdown as clean html, its highest heading as ``<h{top}>``.

    Html in the text is shown as text, and nh3 then lets through only the tags listed above.
    Footnotes' anchors get a prefix of the text's own, so that two texts fit on one page.
    """
    if not text:
        return ""
    document = {"docId": f"{zlib.crc32(text.encode()):08x}"}
    tokens = MARKDOWN.parse(text, document)
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    shift = int(top) - min(levels, default=1)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + shift)}"
        elif token.type == "th_open":
            token.attrs = {"scope": "col"}
    html = MARKDOWN.renderer.render(tokens, MARKDOWN.options, document)
    clean = nh3.clean(
        html,
        tags=set(TAGS.split()),
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    return mark_safe(_scrollable_tables(_named_footnotes(clean)))


def _text(renderer, tokens, index, options, env):
    """Return a piece of text as html, its web addresses unhyphenated and broken at / and dot."""
    pieces = [escapeHtml(piece) for piece in ADDRESS.split(tokens[index].content)]
    pieces[1::2] = [
        f'<span class="address">{re.sub("(?<=[^/:])(?=[/.])", "<wbr>", address)}</span>'
        for address in pieces[1::2]
    ]
    return "".join(pieces)


MARKDOWN.add_render_rule("text", _text)


def _named_footnotes(html):
    """Name the links to footnotes and back, whose text is a figure in brackets and an arrow."""
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
