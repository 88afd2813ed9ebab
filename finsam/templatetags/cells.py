"""A budget's computed cells: one by one on a page, all of them in the answer to a save.

Functions and no partial: an answer has up to seventy of them, and a partial each takes longer
than all the sums.
"""

from html import escape  # Django's also takes lazy texts, which is slow for seventy

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from finsam.templatetags import finsam

register = template.Library()

SHOWN = {
    "kronor": finsam.register.filters["kr"],
    "procent": finsam.register.filters["computed_share"],
    "skillnad": finsam.register.filters["signed"],
    "andel": lambda value: finsam.register.filters["computed_percent"](value, 1),
}


@register.simple_tag
def computed(cell):
    """Return a computed cell's text, with the id that an answer finds it by."""
    return format_html('<span id="{}">{}</span>', cell.ident, SHOWN[cell.unit](cell.value))


@register.simple_tag
def computed_again(cells):
    """Return computed cells that take the places of those on the page, by htmx out of band."""
    return mark_safe(
        "".join(
            f'<span id="{escape(cell.ident)}" hx-swap-oob="true">'
            f"{escape(SHOWN[cell.unit](cell.value))}</span>"
            for cell in cells
        )
    )
