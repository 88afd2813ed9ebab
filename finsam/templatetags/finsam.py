"""The house's template tags and filters: amounts, shares, dates, Markdown, navigation, charts."""

import functools
import re
import zlib

import nh3
from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from mdit_py_plugins.footnote import footnote_plugin

from finsam import charts, words

register = template.Library()

MISSING = mark_safe(
    '<span class="missing"><span aria-hidden="true">–</span>'
    '<span class="visually-hidden">uppgift saknas</span></span>'
)
UNCOUNTED = mark_safe(
    '<span class="missing"><span aria-hidden="true">–</span>'
    '<span class="visually-hidden">går inte att räkna</span></span>'
)
STATUS_WORDS = {
    "draft": "Utkast",
    "proposed": "Förslag",
    "adopted": "Fastställd",
    "replaced": "Ersatt",
    "planned": "Planerad",
    "ongoing": "Pågår",
    "finished": "Avslutad",
}
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").use(footnote_plugin)
MARKDOWN_TAGS = (
    "a b blockquote br code em h1 h2 h3 h4 h5 h6 hr li ol p pre section span strong sup table "
    "tbody td th thead tr ul wbr"
)
MARKDOWN_ATTRIBUTES = {
    "a": {"href", "id", "class"}, "li": {"id", "class"}, "ol": {"start", "class"},
    "section": {"class"}, "span": {"class"}, "sup": {"class"}, "hr": {"class"}, "th": {"scope"},
}  # fmt: skip
ADDRESS = re.compile(r"((?:https?://|www\.)[^\s<>\"]+[^\s<>\".,:;!?)])")


def _number_filter(name, function, missing=MISSING):
    """Register ``function`` as a filter that says ``missing`` of None to those who listen."""

    @functools.wraps(function)  # Django counts the arguments of the function wrapped
    def filtered(value, *arguments):
        return missing if value is None or value == "" else function(value, *arguments)

    register.filter(name, filtered)


_number_filter("kr", words.number)
_number_filter("kr_unit", words.kronor)
_number_filter("mnkr", words.mnkr)
_number_filter("millions", words.millions)
_number_filter("tkr", words.tkr)
_number_filter("signed", lambda value, places=0: words.number(value, places, plus=True))
_number_filter("percent", lambda value, places=0: words.percent(value, places))
_number_filter(
    "signed_percent", lambda value, places=0: words.percent(value, places, plus=True), UNCOUNTED
)
_number_filter("computed_percent", lambda value, places=0: words.percent(value, places), UNCOUNTED)
_number_filter(
    "computed_share", lambda value, places=None: words.percent_of_100(value, places), UNCOUNTED
)
_number_filter("percent_of_100", lambda value, places=None: words.percent_of_100(value, places))
_number_filter("decimal_sv", lambda value, places=1: words.number(value, places))
_number_filter("swedish_date", words.swedish_date)
register.filter("kr_text", words.number)
register.filter("period", words.period)


@register.filter
def status_word(status):
    """Return the Swedish word of a status; an unknown one is a KeyError, not an empty label."""
    return STATUS_WORDS[status]


@register.filter
def is_checkbox(field):
    """Say whether a form's field is one tick box."""
    return getattr(field.field.widget, "input_type", "") == "checkbox" and not is_choice_group(
        field
    )


@register.filter
def is_choice_group(field):
    """Say whether a form's field is a group of tick boxes or radio buttons."""
    return bool(field.field.widget.use_fieldset)


@register.simple_tag
def site_address(name):
    """Return the whole address of the page ``name``, for paper; "" in the demo, which has none."""
    return settings.SITE_ADDRESS and f"{settings.SITE_ADDRESS}{reverse(name)}"


@register.filter
def markdown(text, top=2):
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
    rendered = MARKDOWN.renderer.render(tokens, MARKDOWN.options, document)
    clean = nh3.clean(
        rendered,
        tags=set(MARKDOWN_TAGS.split()),
        attributes=MARKDOWN_ATTRIBUTES,
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


@register.inclusion_tag("components/_breadcrumbs.html")
def breadcrumbs(*labels_and_urls):
    """Draw the way here: label, url, label, url … and last the page's own label without url."""
    pairs = ["Start", reverse("start"), *labels_and_urls]
    crumbs = [
        {"label": label, "url": url}
        for label, url in zip(pairs[::2], [*pairs[1::2], None], strict=False)
    ]
    return {"crumbs": crumbs}


@register.simple_tag(takes_context=True)
def nav_link(context, url, text, exact=False):
    """Link that knows whether it leads here (``page``) or to what this page lies under."""
    path = getattr(context.get("request"), "path", "")
    if path == url:
        return format_html('<a href="{}" aria-current="page">{}</a>', url, text)
    if not exact and path.startswith(url):
        return format_html('<a href="{}" aria-current="true">{}</a>', url, text)
    return format_html('<a href="{}">{}</a>', url, text)


@register.simple_tag
def shown_pages(page):
    """Return the numbers of the pages to link to, with "…" for those between: at most nine."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


def chart_id(*words_in_it):
    """Return an id that is the same each time the same chart is drawn (so is the PDF)."""
    return f"d{zlib.crc32(repr(words_in_it).encode()):08x}"


@register.inclusion_tag("components/_share_bar.html")
def share_bar(title, parts, unit="kr", accent=charts.COUNTY_COLOUR):
    """Draw one stacked bar of ``parts`` (charts.Part), with its table folded beneath.

    ``accent`` is the association's colour where no stylesheet reaches, that is in the PDF.
    """
    parts = [charts.part(each) for each in parts]
    segments = charts.share_bar(parts)
    rows = max((segment.row for segment in segments), default=0)
    return {
        "title": title,
        "parts": parts,
        "segments": segments,
        "unit": unit,
        "rows": rows,
        "height": 64 + 20 * rows,
        "hues": {each.kind: charts.hue(each.kind, accent) for each in parts},
        "id": chart_id("share", title, parts),
        "description": ", ".join(
            f"{each.label} {words.percent_of_100(each.percent)}" for each in parts
        ),
    }


def _chart_unit(unit, all_series):
    """Return how a chart writes its figures, and the unit in words: kronor in few digits."""
    if unit != "kr":
        return words.number, unit
    largest = max((abs(value or 0) for row in all_series for value in row.values), default=0)
    if largest >= 1_000_000:
        return words.millions, "miljoner kronor"
    return words.thousands, "tusen kronor"


@register.inclusion_tag("components/_column_chart.html")
def column_chart(title, categories, series, unit="kr", head="År", accent=charts.COUNTY_COLOUR):
    """Draw columns over ``categories``; kronor are labelled in millions, the table is whole."""
    categories = list(categories)
    all_series = [charts.series(each) for each in series]
    label, label_unit = _chart_unit(unit, all_series)
    drawing = charts.columns(categories, all_series, write=label)
    return {
        "title": title,
        "chart": drawing,
        "series": all_series,
        "unit": unit,
        "label_unit": label_unit,
        "head": head,
        "rows": [
            (category, [row.values[index] for row in all_series])
            for index, category in enumerate(categories)
        ],
        "hues": {row.kind: charts.hue(row.kind, accent) for row in all_series},
        "several": len(all_series) > 1,
        "id": chart_id("columns", title, categories, all_series),
        "description": "; ".join(
            f"{row.label}: "
            + ", ".join(
                f"{category} {label(value)}"
                for category, value in zip(categories, row.values, strict=True)
            )
            for row in all_series
        ),
    }


@register.filter
def of(mapping, key):
    """Return ``mapping[key]``."""
    return mapping[key]


@register.inclusion_tag("components/_goal_bar.html")
def goal_bar(
    result,
    target,
    unit="percent",
    base="",
    maximum=None,
    year=None,
    accent=charts.COUNTY_COLOUR,
    comparable=True,
    said="",
):
    """Draw a result's bar with a mark at the goal, and both in words (``said`` for the result's).

    ``unit`` is "percent" (numbers 0–100) or a Swedish noun ("deltagare"). Whether the goal was
    reached is said only when the two are ``comparable``: of the same year.
    """
    per_cent = unit == "percent"

    def in_words(value):
        if value is None:
            return None
        whole = value == int(value)
        text = words.number(value, 0 if whole else 1)
        return words.with_unit(text, "%" if per_cent else unit)

    return {
        "goal": charts.goal(result, target, maximum=maximum or (100 if per_cent else None)),
        "drawn": per_cent or target is not None,
        "result_words": said or in_words(result),
        "target_words": in_words(target),
        "base": base,
        "year": year,
        "hue": accent,
        "comparable": comparable,
    }
