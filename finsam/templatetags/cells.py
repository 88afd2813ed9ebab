"""A budget's computed cells, what is said of a saved one, and the findings.

They are on the page, and all anew in the answer to a save.

Functions and no partials: an answer has up to seventy cells, and a partial each takes longer
than all the sums.
"""

from html import escape  # Django's also takes lazy texts, which is slow for seventy

from django import template
from django.template.loader import render_to_string
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
TICK = '<span class="mark" aria-hidden="true">✓</span><span class="visually-hidden">Sparat.</span>'


@register.simple_tag
def cell_words(ident, outcome, said):
    """Return what is said beside a cell of its save (editing.Outcome), with what a script needs.

    ``said`` is what the status line says of it.
    """
    was = "" if outcome.stored is None else outcome.stored
    told = (
        f' data-state="{outcome.state}" data-was="{was}" data-shown="{escape(outcome.stored_text)}"'
        f' data-said="{escape(said)}"'
    )
    return mark_safe(words_beside(ident, outcome, told))


def words_beside(ident, outcome, told="", cell=None):
    """Return the html of a cell's words; with ``cell`` it is on a page that took nothing."""
    words, kind, choice = TICK, "cell-note tick", ""
    context = {"ident": ident, "outcome": outcome, "cell": cell}
    if outcome.is_error:
        words, kind = render_to_string("budgets/_cell_words.html", context).strip(), "cell-note"
    if outcome.state == "conflict":
        choice = render_to_string("budgets/_cell_choice.html", context)
    return (
        f'<div class="cell-after" id="after-{escape(ident)}"{told}>'
        f'<span class="{kind}" id="note-{escape(ident)}">{words}</span>{choice}</div>'
    )


@register.simple_tag
def computed(cell):
    """Return a computed cell's text, with the id that an answer finds it by."""
    return format_html('<span id="{}">{}</span>', cell.ident, SHOWN[cell.unit](cell.value))


def computed_again(cells):
    """Return computed cells that take the places of those on the page, each by its id."""
    return mark_safe(
        "".join(
            f'<span id="{escape(cell.ident)}">{_escaped(SHOWN[cell.unit](cell.value))}</span>'
            for cell in cells
        )
    )


def _escaped(text):
    """Return ``text`` escaped once: what is html already, as the word for no amount, stays."""
    return text if hasattr(text, "__html__") else escape(text)


@register.simple_tag
def sums_again(cells, findings):
    """Return the computed cells and the findings anew, nothing when no cell is computed anew."""
    if not cells:
        return ""
    return computed_again(cells) + findings_section(findings) + findings_count(findings)


@register.simple_tag
def findings_section(findings):
    """Return what there is to see in a budget (known.Shown), as a list, in html."""
    items = "".join([_finding(number, each) for number, each in enumerate(findings, start=1)])
    found = f"<ul>{items}</ul>" if items else '<p class="quiet">Inget att se över.</p>'
    return mark_safe(
        '<section class="findings" id="findings" aria-labelledby="att-se-over">'
        f'<h2 id="att-se-over">Att se över</h2>{found}</section>'
    )


@register.simple_tag
def findings_count(findings):
    """Return how many there are of them, leading to the list, in html."""
    hidden = "" if findings else " hidden"
    number = f"{len(findings)} att se över"
    return mark_safe(f'<a id="findings-count" href="#att-se-over"{hidden}>{number}</a>')


def _finding(number, shown):
    """Return the item of a finding: what there is to see, where, why and whence."""
    found, place = shown.finding, escape(shown.place)
    sentence = escape(found.sentence)
    said = f'<a href="#{place}">{sentence}</a>' if place else sentence
    to_comment = ' <a href="#kommentar">Till kommentaren</a>'
    return (
        f'<li class="{escape(found.severity)}" id="fynd-{number}" data-place="{place}" '
        f'data-rule="{escape(found.rule)}">'
        f"<span data-words><strong>{escape(found.severity_label)}.</strong> {said}</span> "
        f'<span class="meta">{escape(found.formula)}. {escape(found.source)}.</span>'
        f"{to_comment if found.rule == 'deficit-covered' else ''}</li>"
    )
