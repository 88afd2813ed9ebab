"""An empty draft to begin with: columns around a year, and a line for each member."""

from django.db import transaction
from django.db.models import Case, Q, When

from associations.models import Organisation
from associations.recording import one_save
from budgets import audited, counting, rolling
from budgets.models import Budget, BudgetColumn, BudgetLine

KINDS = BudgetColumn.Kind
# Kind and distance in years from the budget's, in the order that they stand.
OFFERED = (
    (KINDS.ACTUAL, -2), (KINDS.BUDGET, -1), (KINDS.FORECAST, -1), (KINDS.ACTUAL, -1),
    (KINDS.BUDGET, 0), (KINDS.PLAN, 1), (KINDS.PLAN, 2), (KINDS.PLAN, 3),
)  # fmt: skip
USUAL = ((KINDS.BUDGET, -1), (KINDS.FORECAST, -1), (KINDS.BUDGET, 0), (KINDS.PLAN, 1),
         (KINDS.PLAN, 2))  # fmt: skip
STATE = "Statens bidrag"  # until it is known which agency pays it
ORDER = (
    Organisation.Kind.STATE_AGENCY, Organisation.Kind.REGION, Organisation.Kind.MUNICIPALITY,
    Organisation.Kind.OTHER,
)  # fmt: skip


@one_save()
@transaction.atomic
def start(association, year, columns, *, members=True, carried=True):
    """Save and return an empty draft of ``association`` for ``year``.

    ``columns`` are (kind, distance in years). With money ``carried`` forward the budget's year and
    those after it open with the result of the year before, when that has a column; earlier ones
    with what is typed. Without, no column opens with anything, and no such row is printed.
    ``members`` makes a line for each of them, and one for the state.
    """
    budget = Budget(association=association, year=year)
    budget.full_clean()
    budget.save()
    counting.begin(budget)
    made = {}
    for position, (kind, distance) in enumerate(columns, 1):
        opens = carried and distance >= 0
        before = rolling.best_known(distance - 1, made) if opens else None
        made[kind, distance] = BudgetColumn.objects.create(
            budget=budget,
            position=position,
            year=year + distance,
            kind=kind,
            opens_from=made.get(before),
        )
    payers = _payers(association, year) if members else ()
    for position, (label, member) in enumerate(payers, 1):
        BudgetLine.objects.create(
            budget=budget,
            section=BudgetLine.Section.INCOME,
            position=position,
            label=label,
            organisation=member,
        )
    counting.end(budget)
    audited.record(budget, "version")  # so that the history of version 1 ends when it is whole
    return budget


def _payers(association, year):
    """Return (label, member) of those who pay: each member, but of the state's agencies one.

    The act's half is the state's, and comes through one of its two members.
    """
    members = _members(association, year)
    agencies = [each for each in members if each.kind == Organisation.Kind.STATE_AGENCY]
    others = [(each.name, each) for each in members if each not in agencies]
    if len(agencies) < 2:
        return [*((each.name, each) for each in agencies), *others]
    paid = _paid_last(association, agencies)
    state = (paid.name, paid) if paid else (STATE, agencies[0])
    return [state, *others]


def _paid_last(association, agencies):
    """Return the one of ``agencies`` that pays in the newest budget: the association's, or any."""
    paying = BudgetLine.objects.filter(organisation__in=agencies, amounts__isnull=False)
    own_first = Case(When(budget__association=association, then=0), default=1)
    line = paying.select_related("organisation").order_by(
        own_first, "-budget__year", "-budget__edition", "position", "pk"
    )
    found = line.first()
    return found.organisation if found else None


def _members(association, year):
    """Return those who are members at some time of the year: state, region, municipalities."""
    memberships = association.memberships.filter(
        Q(valid_from__isnull=True) | Q(valid_from__year__lte=year),
        Q(valid_to__isnull=True) | Q(valid_to__year__gte=year),
    ).select_related("organisation")
    members = {membership.organisation for membership in memberships}
    return sorted(members, key=lambda member: (ORDER.index(member.kind), member.name))
