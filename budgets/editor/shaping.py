"""The deeds of the budget editor on lines and columns, under the budget's lock.

Each writes and counts the version up, once, and raises Gone when its line or column is no longer
there; Budget.DoesNotExist and Closed as ``editing.change_cell``. Forms check what was typed.
"""

from django.core.exceptions import ValidationError

from budgets import numbers, raising
from budgets.editor.desk import at_desk, count_up
from budgets.models import Amount, BudgetLine

TOO_LARGE = f"Ett belopp blir större än {numbers.write(numbers.LARGEST)} kr. Höj med mindre."


class Gone(LookupError):
    """The line or the column is no longer in the budget."""


def save_line(pk, line, user):
    """Save a line, new or changed; a new one stands last in its section. Return the line."""

    def deed(desk):
        if line.pk is None:
            line.budget = desk.budget
            line.position = 1 + _last(desk.budget.lines.filter(section=line.section))
        elif line.pk not in desk.keys:
            return None
        line.save()
        count_up(desk.budget)
        return line

    return _found(at_desk(pk, user, deed))


def move_line(pk, key, step, user):
    """Move a line ``step`` places up (-1) or down (1) within its section."""
    return _move(pk, key, step, user, lambda desk: desk.budget.lines, "section")


def move_column(pk, key, step, user):
    """Move a column ``step`` places to the left (-1) or right (1)."""
    return _move(pk, key, step, user, lambda desk: desk.budget.columns, None)


def remove_line(pk, key, user):
    """Remove a line with its amounts."""

    def deed(desk):
        line = desk.budget.lines.filter(pk=key).first()
        if line is not None:
            line.delete()
            count_up(desk.budget)
        return line

    return _found(at_desk(pk, user, deed))


def save_column(pk, column, user, source=None, percent=0, unit=1):
    """Save a column, new or changed. Return it.

    A new one stands last. With ``source`` (another column's key) it gets that one's amounts
    raised by ``percent`` and rounded to ``unit`` kronor, contributions and costs each to a whole.
    Raises, with nothing saved, ValueError when an amount would be larger than any may be, and
    ValidationError when another has saved a column that this one can't stand beside.
    """

    def deed(desk):
        amounts = _raised(desk, source, percent, unit) if source in desk.columns else {}
        if max(map(abs, amounts.values()), default=0) > numbers.LARGEST:
            return TOO_LARGE
        if column.pk is None:
            column.budget = desk.budget
            column.position = 1 + _last(desk.budget.columns)
        elif column.pk not in desk.columns:
            return None
        if column.opens_from_id in desk.columns:
            column.opens_from = desk.columns[column.opens_from_id]
        try:
            column.full_clean()
        except ValidationError as error:
            return error
        column.save()
        for line, kronor in amounts.items():
            Amount.objects.create(line_id=line, column=column, kronor=kronor)
        count_up(desk.budget)
        return column

    saved = _found(at_desk(pk, user, deed))
    if saved is TOO_LARGE:
        raise ValueError(TOO_LARGE)
    if isinstance(saved, ValidationError):
        raise saved
    return saved


def save_comment(pk, comment, seen, user):
    """Save the budget's comment, unless it is another than the one ``seen``.

    Return None, or the other one when nothing was saved.
    """

    def deed(desk):
        stored = desk.budget.comment
        if comment == stored:
            return None
        if seen != stored.strip():
            return stored
        desk.budget.comment = comment
        count_up(desk.budget, texts=["comment"])
        return None

    return at_desk(pk, user, deed)


def remove_column(pk, key, user):
    """Remove a column with its amounts. Columns that opened with its result open with nothing."""

    def deed(desk):
        column = desk.columns.get(key)
        if column is not None:
            for other in desk.columns.values():
                if other.opens_from_id == key:
                    other.opens_from = None
                    other.save()
            column.delete()
            count_up(desk.budget)
        return column

    return _found(at_desk(pk, user, deed))


def _raised(desk, source, percent, unit):
    """Return line key → kronor of the column ``source``, raised."""
    found = {}
    for section in BudgetLine.Section:
        lines = [
            line.key
            for line in desk.lines
            if line.section == section and (line.key, source) in desk.amounts
        ]
        amounts = raising.raised([desk.amounts[key, source] for key in lines], percent, unit)
        found |= zip(lines, amounts, strict=True)
    return found


def _move(pk, key, step, user, rows_of, group):
    """Let a row change places with its neighbour; number all of them anew where needed."""

    def deed(desk):
        rows = list(rows_of(desk).order_by("position", "pk"))
        own = next((row for row in rows if row.pk == key), None)
        if own is None:
            return None
        if group:
            rows = [row for row in rows if getattr(row, group) == getattr(own, group)]
        at = rows.index(own)
        to = min(max(at + step, 0), len(rows) - 1)
        rows.insert(to, rows.pop(at))
        moved = [(row, n) for n, row in enumerate(rows, start=1) if row.position != n]
        for row, number in moved:
            row.position = number
            row.save(update_fields=["position"])
        if moved:
            count_up(desk.budget)
        return own

    return _found(at_desk(pk, user, deed))


def _last(rows):
    return rows.order_by("-position", "pk").values_list("position", flat=True).first() or 0


def _found(row):
    if row is None:
        raise Gone
    return row
