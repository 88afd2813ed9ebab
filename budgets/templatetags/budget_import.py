"""The import's place in the editor: the link to it, and the latest import to undo."""

from django import template

register = template.Library()


@register.inclusion_tag("budgets/_import_bar.html", takes_context=True)
def import_bar(context, budget):
    """Return what the bar shows: ``undo`` when the session's latest import is this budget's."""
    latest = context["request"].session.get("budget_import") or {}
    return {
        "budget": budget,
        "undo": latest.get("budget") == budget.pk,
        "csrf_token": context["csrf_token"],
    }
