"""Which budget a new document begins with."""

from django.db.models import Case, Exists, OuterRef, When

from budgets.models import Budget, BudgetColumn


def budget_for(association, year, kind):
    """Return the budget whose table such a document shows, or None when there is none.

    A plan has the budget of its year. A report has the table where the year's budget stands
    beside its outcome, often the next year's: the best outcome first, then what is adopted.
    """
    own = Budget.objects.filter(association=association)
    if not kind.is_report:
        return own.filter(year=year).in_force_first().first()
    drafts_last = Case(When(adopted_on__isnull=False, then=0), default=1)
    columns = BudgetColumn.objects.filter(budget=OuterRef("pk"), year=year)
    budgeted = own.filter(Exists(columns.filter(kind="budget"))).order_by(
        drafts_last, "-year", "-edition"
    )
    for outcome in kind.outcome:
        if found := budgeted.filter(Exists(columns.filter(kind=outcome))).first():
            return found
    return None
