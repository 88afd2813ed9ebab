"""An empty draft to begin with: columns around a year, and a line for each member."""

from django.db import transaction
from django.db.models import Q

from associations.models import Organisation
from budgets import rolling
from budgets.models import Budget, BudgetColumn, BudgetLine

KINDS = BudgetColumn.Kind
# Kind and distance in years from the budget's, in the order that they stand.
OFFERED = (
    (KINDS.ACTUAL, -2), (KINDS.BUDGET, -1), (KINDS.FORECAST, -1), (KINDS.ACTUAL, -1),
    (KINDS.BUDGET, 0), (KINDS.PLAN, 1), (KINDS.PLAN, 2), (KINDS.PLAN, 3),
)  # fmt: skip
USUAL = ((KINDS.BUDGET, -1), (KINDS.FORECAST, -1), (KINDS.BUDGET, 0), (KINDS.PLAN, 1),
         (KINDS.PLAN, 2))  # fmt: skip
ORDER = (
    Organisation.Kind.STATE_AGENCY, Organisation.Kind.REGION, Organisation.Kind.MUNICIPALITY,
    Organisation.Kind.OTHER,
)  # fmt: skip


@transaction.atomic
def start(association, year, columns, *, members=True):
    """Save and return an empty draft of ``association`` for ``year``.

    ``columns`` are (kind, distance in years). The budget's year and those after it open with the
    result of the year before, when that has a column; earlier ones with what is typed.
    """
    budget = Budget(association=association, year=year)
    budget.full_clean()
    budget.save()
    made = {}
    for position, (kind, distance) in enumerate(columns, 1):
        before = rolling.best_known(distance - 1, made) if distance >= 0 else None
        made[kind, distance] = BudgetColumn.objects.create(
            budget=budget,
            position=position,
            year=year + distance,
            kind=kind,
            opens_from=made.get(before),
        )
    for position, member in enumerate(_members(association, year) if members else (), 1):
        BudgetLine.objects.create(
            budget=budget,
            section=BudgetLine.Section.INCOME,
            position=position,
            label=member.name,
            organisation=member,
        )
    return budget


def _members(association, year):
    """Return those who are members at some time of the year: state, region, municipalities."""
    memberships = association.memberships.filter(
        Q(valid_from__isnull=True) | Q(valid_from__year__lte=year),
        Q(valid_to__isnull=True) | Q(valid_to__year__gte=year),
    ).select_related("organisation")
    members = {membership.organisation for membership in memberships}
    return sorted(members, key=lambda member: (ORDER.index(member.kind), member.name))
