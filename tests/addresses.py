"""The addresses of the whole site, as one list: what lies under another is joined to it."""

import re

from django.apps import apps
from django.urls import URLPattern, get_resolver

from budgets.models import Budget
from plans.models import Plan

SLUGS = {
    "effekter/": "effekter-2019",
    "moten/": "agarmote-2015",
    "om/": "finsam",
}  # of a row in a room; elsewhere an intervention's


def _under(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern.callback
        else:
            yield from _under(pattern.url_patterns, route)


def every_address():
    """Return (route, view) of every address, the admin's and the login's too."""
    return list(_under(get_resolver().url_patterns))


def of_a_row(route, form="csv"):
    """Return the address that ``route`` has with a real row in each of its places."""
    own = {"association__slug": "sodra-vatterbygden", "adopted_on": None}
    budget, plan = Budget.objects.get(**own), Plan.objects.filter(**own).first()
    line, column = budget.lines.first().pk, budget.columns.first().pk
    values = {
        "pk": plan.pk if "/plan/" in route else budget.pk,
        "association": "sodra-vatterbygden",
        "slug": next((slug for part, slug in SLUGS.items() if part in route), "fia"),
        "kind": "verksamhetsplan",
        "year": 2020,
        "form": form,
        "key": line if "/rad/" in route else column,
        "line": line,
        "column": column,
        "object_id": _first(route),
    }
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda place: str(values.get(place[1], 1)), route)


def _first(route):
    labels = re.match(r"admin/(\w+)/(\w+)/", route)
    model = apps.all_models[labels[1]].get(labels[2]) if labels else None
    row = model and model._base_manager.first()
    return row.pk if row else 1
