"""The staff's own pages: what is to be done, and lists of one's own to sort, narrow and export."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from associations.import_formats import CSV, XLSX
from associations.models import Document, News
from associations.resources import DocumentResource, NewsResource
from budgets.models import Budget
from budgets.resources import BudgetResource
from finsam import paging
from finsam.work import part_tables, reviews, tables
from finsam.work.beginning import beginnings_for
from finsam.work.start import changes_for, drafts_for, only_reads, plans_to_read, shortcuts_for
from interventions.models import Intervention, Report, Result
from interventions.resources import InterventionResource, ReportResource, ResultResource
from meetings.models import Meeting
from meetings.resources import MeetingResource
from plans.models import Plan
from plans.resources import PlanResource

ROWS_A_PAGE = 25
FORMATS = {"csv": CSV, "xlsx": XLSX}


@dataclass(frozen=True)
class Listing:
    """One of the staff's lists."""

    title: str
    model: type
    table: type
    filter: type
    resource: type
    add_label: str = ""  # nothing where only others add
    add_page: str = ""  # url name, where the admin's form is not the place to begin

    def add_url(self):
        """Return where a new row begins."""
        meta = self.model._meta
        return reverse(self.add_page or f"admin:{meta.app_label}_{meta.model_name}_add")

    def rows(self, user):
        """Return the user's own rows with what the columns show: constant queries."""
        rows = self.model.objects.for_user(user)
        if self.model.owner_path == "association":
            return rows.select_related("association", "published_in", "replaced_by")
        if self.model.owner_path == "intervention__associations":
            rows = rows.select_related("intervention")
            return rows.prefetch_related("intervention__associations")
        if self.model is Intervention:  # what is to be reviewed stands first
            rows = rows.select_related("lead").with_review().overdue_first()
        return rows.prefetch_related("associations")


BUDGETS = Listing(
    "Budgetar", Budget, tables.BudgetTable, tables.BudgetFilter, BudgetResource,
    "Ny budget", "budget_start",
)  # fmt: skip
PLANS = Listing(
    "Planer och rapporter", Plan, tables.PlanTable, tables.PlanFilter, PlanResource,
    "Ny plan eller rapport", "plan_start",
)  # fmt: skip
INTERVENTIONS = Listing(
    "Insatser", Intervention, tables.InterventionTable, tables.InterventionFilter,
    InterventionResource, "Ny insats", "intervention_start",
)  # fmt: skip
MEETINGS = Listing(
    "Möten", Meeting, tables.MeetingTable, tables.MeetingFilter, MeetingResource,
    "Nytt möte",
)  # fmt: skip
DOCUMENTS = Listing(
    "Dokument", Document, tables.DocumentTable, tables.DocumentFilter, DocumentResource,
    "Nytt dokument",
)  # fmt: skip
NEWS = Listing(
    "Nyheter", News, tables.NewsTable, tables.NewsFilter, NewsResource, "Ny nyhet",
)  # fmt: skip
RESULTS = Listing(
    "Resultat", Result, part_tables.ResultTable, part_tables.ResultFilter,
    ResultResource, "Nytt resultat",
)  # fmt: skip
REPORTS = Listing(
    "Anmälda fel", Report, part_tables.ReportTable, part_tables.ReportFilter,
    ReportResource,
)  # fmt: skip


@require_safe
def work(request):
    """The staff's start page: own associations, drafts, the latest changes and shortcuts."""
    reader = only_reads(request.user)
    context = {
        "own": list(request.user.associations.all()),
        "reader": reader,
        "plans": plans_to_read(request.user) if reader else [],
        "drafts": drafts_for(request.user),
        "changes": changes_for(request.user),
        "shortcuts": shortcuts_for(request.user),
        "reports": reviews.reports_for(request.user),
        "beginnings": beginnings_for(request.user),
    }
    context["reviews"], context["review_count"] = reviews.reviews_for(request.user)
    return render(request, "work/start.html", context)


@require_safe
def signed_in(request):
    """Tell a page whether the login is still the one that it was made for: 204, 401 or 409."""
    return HttpResponse(status=204)


def work_budgets(request):
    """One's own budgets."""
    return _listing(request, BUDGETS)


def work_plans(request):
    """One's own activity plans and reports."""
    return _listing(request, PLANS)


def work_interventions(request):
    """One's own interventions."""
    more = {
        "reports": reviews.reports_for(request.user),
        "may_import_results": _may_import(request.user),
    }
    return _listing(request, INTERVENTIONS, more)


def work_meetings(request):
    """One's own meetings."""
    return _listing(request, MEETINGS)


def work_documents(request):
    """One's own documents."""
    return _listing(request, DOCUMENTS)


def work_news(request):
    """One's own news: drafts, coming and published."""
    return _listing(request, NEWS)


def work_all_results(request):
    """The results of one's own interventions."""
    return _listing(request, RESULTS, {"may_import_results": _may_import(request.user)})


def work_faults(request):
    """What visitors have said is wrong on one's own pages."""
    return _listing(request, REPORTS)


def _may_import(user):
    return user.has_perms(["interventions.add_result", "interventions.change_result"])


@require_safe
def _listing(request, listing, more=None):
    meta = listing.model._meta
    if not request.user.has_perm(f"{meta.app_label}.view_{meta.model_name}"):
        raise PermissionDenied
    chosen = listing.filter(request.GET, listing.rows(request.user), request=request)
    table = listing.table(chosen.qs)
    paging.configure(request, table, ROWS_A_PAGE)
    if "format" in request.GET:
        return _export(request, listing, table.data.data)
    count = table.paginator.count
    table.caption = f"{count} {meta.verbose_name if count == 1 else meta.verbose_name_plural}"
    may_add = request.user.has_perm(f"{meta.app_label}.add_{meta.model_name}")
    add_url = listing.add_url() if listing.add_label and may_add else ""
    context = {"listing": listing, "filter": chosen, "table": table, "add_url": add_url}
    context |= {"reports": []} | (more or {})
    return render(request, "work/list.html", context)


def _export(request, listing, rows):
    """Answer with the chosen rows, all of them in the page's order, as a file."""
    kind = FORMATS.get(request.GET["format"])
    if kind is None:
        raise Http404
    data = listing.resource(user=request.user).export(rows, force_native_type=kind is XLSX)
    name = f"{listing.model._meta.model_name}.{request.GET['format']}"
    return HttpResponse(
        kind().export_data(data),
        content_type=kind.CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
