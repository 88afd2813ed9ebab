"""Writes the engine's answer into one column of a draft: every member's line, or none of them."""

from dataclasses import dataclass

from associations.decimals import write
from associations.models import Organisation
from budgets import grid
from budgets.contributions import STATE
from budgets.editor import editing
from budgets.models import Amount, BudgetLine


class CannotWrite(Exception):
    """Nothing was written; ``reasons`` are Swedish sentences."""

    def __init__(self, reasons):
        self.reasons = reasons
        super().__init__(" ".join(reasons))


@dataclass(frozen=True)
class Change:
    """One line's amount in kronor, before and after; before is None where nothing stood."""

    label: str
    before: int | None
    after: int


def write_into(column, answer, parties, user):
    """Write each contribution of ``answer`` in ``column`` of its draft; return the Changes.

    ``parties`` are the payers (contribution_sources.Party). Goes through the editor's own saving,
    so version and history follow. Raises CannotWrite when a member has no line of its own, or
    somebody else wrote at the same time; editing.Closed and Budget.DoesNotExist as the editor.
    """
    lines = _lines(column, answer, parties)
    stored = dict(
        Amount.objects.filter(column=column, line__in=lines).values_list("line", "kronor")
    )
    cells = {grid.line_cell(line.pk, column.pk): line for line in lines}
    outcomes, _sheet = editing.change_all(
        column.budget_id,
        {ident: write(lines[line]) for ident, line in cells.items()},
        {ident: stored.get(line.pk) for ident, line in cells.items()},
        user,
    )
    failed = [cells[ident].label for ident, each in outcomes.items() if each.is_error]
    if failed:
        raise CannotWrite(
            [f"Någon annan skrev samtidigt på raden {label}. Försök igen." for label in failed]
        )
    return [
        Change(line.label, stored.get(line.pk), kronor)
        for line, kronor in lines.items()
        if stored.get(line.pk) != kronor
    ]


def _lines(column, answer, parties):
    """Return line → kronor of every member that pays. Raises CannotWrite naming the others."""
    own = {}
    lines = BudgetLine.objects.filter(
        budget=column.budget_id, section="income", organisation__isnull=False
    ).select_related("organisation")
    for line in lines:
        is_state = line.organisation.kind == Organisation.Kind.STATE_AGENCY
        own.setdefault(STATE if is_state else line.organisation_id, []).append(line)
    pks = {party.key: party.pk for party in parties}
    amounts = [(STATE, "Staten", answer.state)]
    amounts += [(pks[p.member.key], p.member.label, p.amount) for p in answer.parts]
    found, reasons = {}, []
    for owner, label, kronor in amounts:
        at = own.get(owner, [])
        if len(at) == 1:
            found[at[0]] = kronor
        elif at:
            reasons.append(f"{label} står på {len(at)} rader i utkastet. Låt en rad vara kvar.")
        elif kronor:
            reasons.append(
                f"{label} har ingen intäktsrad i utkastet. Lägg till en rad med medlemmen först."
            )
    if reasons:
        raise CannotWrite(reasons)
    return found
