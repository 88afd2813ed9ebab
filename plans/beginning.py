"""Which year and which budget a new document begins with."""

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
        drafts_last, "-year", "-edition", "pk"
    )
    for outcome in kind.outcome:
        if found := budgeted.filter(Exists(columns.filter(kind=outcome))).first():
            return found
    return None


def year_for(association, kind, today):
    """Return (year, why) of the document of ``kind`` that ``association`` most likely begins.

    First the newest year whose figures are there while the document is not: a budget for a plan,
    a budget beside its outcome for a report. Then the calendar's (``Kind.begins``), or the first
    after it that is free. ``why`` is a Swedish sentence.
    """
    taken = set(association.plans.filter(kind=kind.value).values_list("year", flat=True))
    year = (today.year * 12 + today.month - 1 - kind.begins) // 12
    if kind.is_report:
        years, money = _reported_years(association, kind, year), "siffrorna"
    else:
        years, money = association.budgets.values_list("year", flat=True), "en budget"
    if unwritten := [each for each in years if each > max(taken, default=0)]:
        return max(unwritten), f"För {max(unwritten)} finns {money} men ingen {kind} än."
    while year in taken:
        year += 1
    last = f"Den senaste gäller {max(taken)}." if taken else f"Förbundet har ingen {kind} än."
    return year, last


def _reported_years(association, kind, last):
    """Return the years to ``last`` whose budget stands beside what the board adopts on."""
    columns = BudgetColumn.objects.filter(budget__association=association, year__lte=last)
    outcome = columns.filter(
        budget=OuterRef("budget"), year=OuterRef("year"), kind__in=kind.adopts_on
    )
    return columns.filter(Exists(outcome), kind="budget").values_list("year", flat=True)
