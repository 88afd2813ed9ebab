"""The rows of the budget's table to be read.

Functions and no partials, as for the table to type in: a partial for each cell takes ten times as
long.
"""

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe

from finsam.templatetags.cells import computed

register = template.Library()


@register.simple_tag
def table_groups(grid, decisions):
    """Return the rows of ``grid`` (grid_parts.Grid), in html.

    ``decisions`` has the keys of the lines whose decision stands on the page, or is nothing.
    """
    return mark_safe("".join([_group(grid, group, decisions or ()) for group in grid.groups]))


@register.simple_tag
def group_head(grid, group):
    """Return the head of a group of rows, in html."""
    note = f' <span class="meta">{escape(group.note)}</span>' if group.note else ""
    return mark_safe(
        f'<tr class="group"><th scope="rowgroup" colspan="{grid.width + 1}">'
        f'<span class="name">{escape(group.label)}{note}</span></th></tr>'
    )


def note_mark(letter):
    """Return the mark that leads to a row's note, in html; "" without a letter."""
    if not letter:
        return ""
    letter = escape(letter)
    return (
        f'<sup class="note-mark" id="rad-{letter}"><span class="visually-hidden">, </span>'
        f'<a href="#not-{letter}" aria-label="Not {letter}">{letter}</a></sup>'
    )


def _group(grid, group, decisions):
    rows = "".join([_row(row, decisions) for row in group.rows])
    head = group_head(grid, group)
    return f"\n      <tbody>\n        {head}\n\n        {rows}\n      </tbody>\n    "


def _row(row, decisions):
    label = escape(row.label)
    name = f'<a href="{escape(row.url)}">{label}</a>' if row.url else label
    decided = ""
    if row.key in decisions:
        decided = (
            f' <a class="row-more" href="#beslut-{escape(row.key)}" '
            f'aria-label="Beslut om {label}">beslut</a>'
        )
    cells = "".join([_cell(cell) for cell in row.cells])
    head = f'<th scope="row">{name}{note_mark(row.letter)}{decided}</th>'
    return (
        f'\n          <tr class="{row.kind}">\n            {head}\n            {cells}\n'
        "          </tr>\n        "
    )


def _cell(cell):
    kind = "amount" if cell.typed else "amount computed"
    current = " current" if cell.current else ""
    return f'\n              <td class="{kind}{current}">{computed(cell)}</td>\n            '
