"""What waits for those who look after interventions: reported faults, and pages to review."""

from interventions.models import Intervention, Report

FEW = 8  # pages to review on the start page; the list has them all


def reports_for(user):
    """Return the reported faults that wait for the user, the oldest first."""
    if not user.has_perm("interventions.view_report"):
        return []
    rows = Report.objects.for_user(user).waiting().select_related("intervention__lead")
    return list(rows)


def reviews_for(user):
    """Return (the first pages that the user is to review, how many there are in all)."""
    if not user.has_perm("interventions.change_intervention"):
        return [], 0
    rows = Intervention.objects.for_user(user).overdue().select_related("lead")
    return list(rows[:FEW]), rows.count()
