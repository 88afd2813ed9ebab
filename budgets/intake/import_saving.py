"""What an import does to a budget, wholly or not at all.

A ``Plan`` is what the person saw in the preview, as plain values that travel in a signed field.
The deed writes that and nothing else: a cell that somebody has changed since is a conflict. It is
one save of the budget, and so one undo.
"""

from dataclasses import dataclass, field

from django.db import transaction

from associations.recording import one_save
from budgets import counting, grid, numbers
from budgets.editor import editing
from budgets.editor.desk import count_up
from budgets.intake import import_memory
from budgets.intake.matching import OPENING
from budgets.models import Budget, BudgetColumn, BudgetLine

KIND_ORDER = ("budget", "forecast", "actual", "plan")
NO_LONGER = "En rad eller kolumn i förhandsvisningen finns inte längre i budgeten."
ALREADY = "Kolumnen {} har lagts till av någon annan."
TWICE = "Raden ”{}” har lagts till sedan förhandsvisningen."
STRANGER = "Medlemmen som ska betala en ny rad är inte längre medlem i förbundet."


@dataclass(frozen=True)
class Plan:
    """What is to be done: columns [id, add], cells [row, column, old, new], and new rows.

    ``rows`` are [id, add, label, lines so called when it was shown].
    ``openers`` are [id, kind, year]: a new column, and the one whose result it opens with.
    ``lessons`` is what import_memory.keep stores. ``confirm`` are the keys of the differences and
    doubts that the person must tick.
    """

    budget: int
    user: int
    rows: list = field(default_factory=list)
    columns: list = field(default_factory=list)
    openers: list = field(default_factory=list)
    cells: list = field(default_factory=list)
    lessons: list = field(default_factory=list)
    confirm: list = field(default_factory=list)


@dataclass(frozen=True)
class Deed:
    """How many amounts were changed, and how many lines and columns were added."""

    cells: int
    lines: int
    columns: int


class Refused(Exception):
    """Nothing was done. ``outcomes`` are the cells (editing.Outcome) in the way, if it was they."""

    def __init__(self, sentence, outcomes=()):
        self.sentence, self.outcomes = sentence, list(outcomes)
        super().__init__(sentence)


def plan_of(preview, target, choice, budget, user):
    """Return the Plan that does what ``preview`` shows."""
    return Plan(
        budget=budget.pk,
        user=user.pk,
        rows=[
            [fit.ident, fit.add, fit.label, _so_called(budget, fit.add, fit.label)]
            for fit in preview.new_rows
        ],
        columns=[[fit.ident, fit.add] for fit in preview.new_columns],
        openers=[[ident, kind, year] for ident, (kind, year) in preview.openers.items()],
        cells=[[each.row_ident, each.column_ident, each.old, each.new] for each in preview.changes],
        lessons=import_memory.lessons(preview, target, choice.rows, choice.columns),
        confirm=list(preview.to_confirm),
    )


@one_save()
@transaction.atomic
def do(plan, user):
    """Do a Plan wholly, as one save; return its Deed.

    Raises Budget.DoesNotExist, editing.Closed, or Refused with nothing done.
    """
    budget = _locked(plan.budget, user)
    counting.begin(budget)
    _refuse_twice(budget, plan.rows)
    columns = {ident: _add_column(budget, add) for ident, add in plan.columns}
    for ident, kind, year in plan.openers:
        _chain(budget, columns[ident], kind, year)
    lines = {ident: _add_line(budget, add, label) for ident, add, label, _shown in plan.rows}
    cells = {}
    for row, column, old, new in plan.cells:
        column_key = columns[column].pk if column in columns else column
        line_key = lines[row].pk if row in lines else row
        is_opening = row == OPENING
        ident = (
            grid.opening_cell(column_key) if is_opening else grid.line_cell(line_key, column_key)
        )
        cells[ident] = [old, new]
    if not _write(budget, cells, user) and (lines or columns):
        count_up(budget)
    counting.end(budget)
    import_memory.keep(budget.association, plan.lessons)
    return Deed(len(cells), len(lines), len(columns))


def _locked(pk, user):
    """Return the user's own budget with its row locked."""
    budgets = Budget.objects.for_user(user).select_related("association")
    budget = budgets.select_for_update(of=("self",)).get(pk=pk)
    if not user.has_perm("budgets.change_budget"):
        raise editing.Closed(editing.FORBIDDEN)
    if budget.is_sealed:
        raise editing.Closed(editing.ADOPTED)
    return budget


def _refuse_twice(budget, rows):
    """Refuse a button pressed again: the same new lines would stand there twice."""
    for _ident, add, label, shown in rows:
        if _so_called(budget, add, label) != shown:
            raise Refused(TWICE.format(label))


def _so_called(budget, add, label):
    """Return how many lines of the budget already have the label and section of a new one."""
    section = _section(add)
    return sum(line.label == label and line.section == section for line in budget.lines.all())


def _section(add):
    """Return the section in ``+income``, ``+income:<member>`` or ``+cost:<category>``."""
    return add[1:].partition(":")[0]


def _write(budget, cells, user):
    """Write new over old in every cell (id → [old, new]); return whether anything was written.

    Raises Refused when a cell isn't as old.
    """
    typed = {ident: numbers.write(new) for ident, (_, new) in cells.items()}
    was = {ident: old for ident, (old, _) in cells.items()}
    outcomes, _sheet = editing.change_all(budget.pk, typed, was, user)
    refused = [outcome for outcome in outcomes.values() if outcome.is_error]
    if any(outcome.state == editing.REFUSED for outcome in refused):
        raise Refused(NO_LONGER)
    if refused:
        raise Refused("Någon annan har ändrat i samma celler.", refused)
    return any(outcome.state == editing.SAVED for outcome in outcomes.values())


def _add_line(budget, add, label):
    """Add a line as ``+income``, ``+income:<member>`` or ``+cost:<category>`` says, last."""
    section, _, rest = add[1:].partition(":")
    values = {}
    if section == BudgetLine.Section.COST:
        values[rest] = 100
    elif rest:
        values["organisation"] = budget.association.members.filter(pk=rest).first()
        if values["organisation"] is None:
            raise Refused(STRANGER)
    last = budget.lines.filter(section=section).order_by("position", "pk").last()
    position = last.position + 1 if last else 1
    line = BudgetLine(budget=budget, section=section, position=position, label=label, **values)
    line.full_clean()
    line.save()
    return line


def _add_column(budget, add):
    """Add a column as ``+<kind>:<year>`` says, where its year and kind put it."""
    kind, _, year = add[1:].partition(":")
    new = BudgetColumn(budget=budget, year=int(year), kind=kind)
    columns = list(budget.columns.all())
    if any(each.year == new.year and each.kind == kind for each in columns):
        raise Refused(ALREADY.format(new.label))
    before = [each for each in columns if _place(each) < _place(new)]
    after = [each for each in columns if each not in before]
    new.position = max((each.position for each in before), default=0) + 1
    for position, each in enumerate(after, new.position + 1):
        if each.position < position:
            each.position = position
            each.save(update_fields=["position"])
    new.full_clean()
    new.save()
    return new


def _chain(budget, column, kind, year):
    """Let a new column open with the result of the one of a kind and year."""
    opener = budget.columns.filter(kind=kind, year=year).first()
    if opener is None:
        raise Refused(NO_LONGER)
    column.opens_from = opener
    column.full_clean()
    column.save(update_fields=["opens_from"])


def _place(column):
    return column.year, KIND_ORDER.index(column.kind)
