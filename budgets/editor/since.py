"""What others changed in a budget since a version, as the history tells it."""

from budgets import grid
from budgets.models import Amount, BudgetColumn


def changed_since(budget, version):
    """Return place → (name, time) of the amounts that changed after ``version`` was saved.

    None when the history does not know that version, or nothing of what has changed since (raw SQL
    leaves no record), so that anything may have changed.
    """
    saved = budget.history.filter(version=version).order_by("-history_date", "-history_id").first()
    if saved is None:
        return None
    found = _changes(budget, {"history_date__gt": saved.history_date})
    if not found and not budget.history.filter(version=budget.version).exists():
        return None
    return found


def _changes(budget, when):
    """Return place → (name, time), the latest, of the changes of amounts within ``when``."""
    names = ["history_user__first_name", "history_user__last_name", "history_user__username"]
    found = {}
    amounts = Amount.history.filter(line__budget=budget, **when).order_by(
        "history_date", "history_id"
    )
    for line, column, at, *who in amounts.values_list(
        "line_id", "column_id", "history_date", *names
    ):
        found[line, column] = (_name(*who), at)
    openings = BudgetColumn.history.filter(budget_id=budget.pk, **when).order_by(
        "history_date", "history_id"
    )
    for column, at, *who in openings.values_list("id", "history_date", *names):
        found[None, column] = (_name(*who), at)
    return found


def _name(first, last, username):
    return f"{first or ''} {last or ''}".strip() or username or ""


def ident(place):
    """Return the id of the cell at a place."""
    line, column = place
    return grid.opening_cell(column) if line is None else grid.line_cell(line, column)
