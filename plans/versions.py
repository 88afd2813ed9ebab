"""The running number by which a printed draft is told from an earlier one."""

from django.db.models import Sum

from budgets.models import Budget


def version(plan):
    """Return "2.14": the edition, and how many changes of text and budget are recorded.

    The number only grows: the saves of every budget that the plan has had are counted.
    """
    texts = plan.history.count() + plan.chapters.model.history.filter(plan_id=plan.pk).count()
    budgets = Budget.objects.filter(pk__in=plan.history.values("budget_id"))
    saves = budgets.aggregate(saves=Sum("version"))["saves"] or 0
    return f"{plan.edition}.{texts + saves}"
