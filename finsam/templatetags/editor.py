"""The rows of the budget's table to type in.

Functions and no partials: 1 500 cells with a partial each take seven times as long. A cell is two
elements, whatever may stand in it: its words come with a save that needs them.
"""

from html import escape  # Django's also takes lazy texts, which is slow for 1 500

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe

from finsam.templatetags.cells import computed, words_beside

register = template.Library()


@register.simple_tag
def editor_rows(group, budget):
    """Return the rows of a group (grid_parts.Group) of the ``budget``, in html."""
    of_line, _, rest = reverse("budget_line", args=[budget.pk, 0]).rpartition("0")
    return mark_safe("".join(_row(row, f"{of_line}{row.key}{rest}") for row in group.rows))


def _row(row, address):
    name = escape(row.label)
    if row.kind == "line":
        name = f'<a class="row-name" href="{address}" data-dialog title="Ändra raden">{name}</a>'
    note = render_to_string("budgets/_note_mark.html", {"row": row}) if row.letter else ""
    cells = "".join([_typed(cell) if cell.typed else _computed(cell) for cell in row.cells])
    return f'<tr class="{row.kind}"><th scope="row">{name}{note}</th>{cells}</tr>'


def _computed(cell):
    kind = "amount computed" if cell.column else "amount computed extra"
    return f"<td{_looks(kind, cell)}>{computed(cell)}</td>"


def _typed(cell):
    ident, refused = cell.ident, cell.outcome is not None and cell.outcome.is_error
    state = f' data-state="{cell.outcome.state}"' if refused else ""
    about = [f"note-{ident}"] * refused + [f"fynd-{number}" for number, _ in cell.findings]
    more = f' aria-describedby="{" ".join(about)}"' if about else ""
    if refused:
        more += ' aria-invalid="true"'
    if cell.text != cell.written:
        more += f' data-shown="{escape(cell.written)}"'
    words = words_beside(ident, cell.outcome, cell=cell) if refused else ""
    return (
        f"<td{_looks('cell amount', cell)}{state}>"
        f'<input inputmode="numeric" id="{ident}" name="{ident}" value="{escape(cell.text)}" '
        f'aria-label="{escape(cell.name)}"{more} data-cell>{words}</td>'
    )


def _looks(kind, cell):
    """Return the class of a cell, and the mark of what there is to see there."""
    current = " current" if cell.current else ""
    finding = f' data-finding="{cell.severity}"' if cell.severity else ""
    return f' class="{kind}{current}"{finding}'
