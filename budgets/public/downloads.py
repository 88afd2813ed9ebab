"""A budget's files to fetch, and the schema of the JSON."""

import json
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from budgets.models import Budget
from budgets.permissions import may_read
from budgets.public import exports

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "data.csv": "text/csv; charset=utf-8",
}
WRITERS = {"csv": exports.excel_csv, "xlsx": exports.xlsx, "data.csv": exports.data_csv}
SCHEMA = json.loads((Path(__file__).parent.parent / "schemas/budget.json").read_text())


@login_not_required
@require_safe
def budget_file(request, association, year, form, number=None):
    """A published budget as a file: the year's edition in force, or the one of that number."""
    found = Budget.objects.published().filter(association__slug=association, year=year)
    if number is not None:
        found = found.filter(edition=number)
    budget = found.with_table().in_force_first().first()
    if budget is None:
        raise Http404(f"Ingen publicerad budget för {year}.")
    return _answer(request, budget, form)


@require_safe
def budget_export(request, pk, form):
    """One's own budget as a file, a draft too."""
    own = Budget.objects.for_user(request.user).with_table()
    budget = may_read(request, get_object_or_404(own, pk=pk))
    response = _answer(request, budget, form)
    response["Cache-Control"] = "private, no-cache"
    return response


@login_not_required
@require_safe
def budget_schema(request):
    """The JSON Schema of the budget's JSON, at an address that lasts."""
    schema = {**SCHEMA, "$id": request.build_absolute_uri(reverse("budget_schema"))}
    response = JsonResponse(schema, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Type"] = "application/schema+json"
    return response


def _answer(request, budget, form):
    """Answer with one file, or that the asker already has it. An unknown form is a 404."""
    if form not in FORMS:
        raise Http404(f"Ingen fil av slaget {form}.")
    schema = request.build_absolute_uri(reverse("budget_schema"))
    etag = f'"{exports.fingerprint(budget, form, schema)}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        content = exports.as_json(budget, schema) if form == "json" else WRITERS[form](budget)
        response = HttpResponse(content, content_type=FORMS[form])
        response["Content-Disposition"] = content_disposition_header(True, _name(budget, form))
    response["ETag"] = etag
    return response


def _name(budget, form):
    """Return the file's name, which tells whose it is also when it lies among others."""
    parts = ["budget", budget.association.slug, str(budget.year)]
    if budget.edition > 1:
        parts.append(f"utgava-{budget.edition}")
    if budget.state != "adopted":
        parts.append({"draft": "utkast", "proposed": "forslag", "replaced": "ersatt"}[budget.state])
    if form == "data.csv":
        parts.append("data")
    return f"{'-'.join(parts)}.{form.rpartition('.')[2]}"
