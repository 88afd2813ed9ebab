"""The house's filters and tags: amounts, shares, dates, Markdown, fields, navigation."""

import functools

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from associations import holding, markdown
from finsam import words

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
register.filter("markdown", markdown.rendered)
register.filter("held", holding.held_name)


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
