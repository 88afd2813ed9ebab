"""What the staff's start page tells: drafts to finish, the latest changes, and ways onward."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from associations.models import Document, News
from budgets.models import Amount, Budget, BudgetColumn, BudgetLine
from interventions.models import Financing, Goal, Intervention, Result
from meetings.models import Meeting
from plans.models import Chapter, Plan

CHANGES = 10
DRAFTS = 8

# What the latest changes are looked for among, and what their names need.
FOLLOWED = {
    Amount: ["line__budget__association", "column"],
    Budget: ["association"],
    BudgetColumn: ["budget__association"],
    BudgetLine: ["budget__association"],
    Chapter: ["plan__association"],
    Document: [],
    Financing: ["intervention", "association", "organisation"],
    Goal: ["intervention"],
    Intervention: [],
    Meeting: [],
    News: [],
    Plan: ["association"],
    Result: ["intervention"],
}
DEEDS = {"+": "tillagt", "~": "ändrat", "-": "borttaget"}

# (permission, words, address): what each role reaches for first, to look through and to add.
LISTS = [
    ("budgets.view_budget", "Budgetar", "work_budgets"),
    ("plans.view_plan", "Planer och rapporter", "work_plans"),
    ("interventions.view_intervention", "Insatser", "work_interventions"),
    ("interventions.view_result", "Resultat", "work_all_results"),
    ("interventions.view_report", "Anmälda fel", "work_faults"),
    ("meetings.view_meeting", "Möten", "work_meetings"),
    ("associations.view_document", "Dokument", "work_documents"),
    ("associations.view_news", "Nyheter", "work_news"),
    ("associations.change_seat", "Styrelse och kansli", "admin:associations_seat_changelist"),
    ("associations.invite_user", "Användare", "work_users"),
]
ADDITIONS = [
    ("associations.add_association", "Förbund", "association_new"),
    ("interventions.add_intervention", "Insats", "intervention_start"),
    ("interventions.add_result", "Resultat", "admin:interventions_result_add"),
    ("meetings.add_meeting", "Möte", "admin:meetings_meeting_add"),
    ("associations.add_document", "Dokument", "admin:associations_document_add"),
    ("associations.add_news", "Nyhet", "admin:associations_news_add"),
]


@dataclass(frozen=True)
class Draft:
    """Something that waits to be finished, or to be read by those who only read."""

    name: str
    url: str
    pdf: str = ""  # the address where it is read on paper
    state: str = "draft"  # a budget or plan that the members have is a proposal


@dataclass(frozen=True)
class Change:
    """One line of the latest changes."""

    name: str
    kind: str
    deed: str
    who: str
    when: datetime
    url: str


def drafts_for(user):
    """Return the user's own drafts, each with the page where it is worked on."""
    found = []
    for model, page in [(Budget, "budget_edit"), (Plan, "plan_edit")]:
        rows = _seen(user, model).filter(adopted_on__isnull=True, published_in__isnull=True)
        found += _drafts(rows.select_related("association")[:DRAFTS], page)
    waiting = [(Meeting, {"public": False}), (News, {"published_on__isnull": True})]
    for model, condition in waiting:
        page = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        found += _drafts(_seen(user, model).filter(**condition)[:DRAFTS], page)
    return found


def _seen(user, model):
    """Return the user's own rows of a model, none when the role may not see them."""
    permission = f"{model._meta.app_label}.view_{model._meta.model_name}"
    return model.objects.for_user(user) if user.has_perm(permission) else model.objects.none()


def _drafts(rows, page):
    return [
        Draft(
            str(row), reverse(page, args=[row.pk]), _draft_pdf(row), getattr(row, "state", "draft")
        )
        for row in rows
    ]


def _draft_pdf(row):
    names = {Plan: "plan_draft_pdf", Meeting: "meeting_draft_pdf"}
    return reverse(names[type(row)], args=[row.pk]) if type(row) in names else ""


def only_reads(user):
    """True for a role that writes neither budgets nor plans: the board and the auditor."""
    return not (user.has_perm("budgets.change_budget") or user.has_perm("plans.change_plan"))


def plans_to_read(user):
    """Return the adopted plans that hold this year or later, and the newest of each kind."""
    rows = (
        _seen(user, Plan).adopted().current().select_related("association").order_by("-year", "pk")
    )
    this_year, newest = timezone.localdate().year, {}
    for plan in rows:
        newest.setdefault((plan.association_id, plan.kind), plan)
    return [row for row in rows if row.year >= this_year or row in newest.values()]


def changes_for(user):
    """Return the latest changes that people made to the user's own rows, newest first."""
    records = []
    for model in FOLLOWED:
        history = model.history.model
        if user.has_perm(f"{model._meta.app_label}.view_{history._meta.model_name}"):
            own = model.objects.for_user(user).values("pk")
            records += (
                model.history.filter(id__in=own, history_user__isnull=False)
                .select_related("history_user")
                .order_by("-history_date", "-history_id")[:CHANGES]
            )
    records.sort(key=lambda record: record.history_date, reverse=True)
    return _with_names(records[:CHANGES])


def _with_names(records):
    """Return the records as changes, named as their rows are named now."""
    rows = {}
    for model, related in FOLLOWED.items():
        wanted = {record.id for record in records if record.instance_type is model}
        found = model.objects.select_related(*related).in_bulk(wanted) if wanted else {}
        rows.update({(model, pk): row for pk, row in found.items()})
    return [_change(record, rows[record.instance_type, record.id]) for record in records]


def _change(record, row):
    meta = row._meta
    return Change(
        name=str(row),
        kind=meta.verbose_name,
        deed=DEEDS[record.history_type],
        who=record.history_user.get_full_name() or record.history_user.get_username(),
        when=record.history_date,
        url=reverse(f"admin:{meta.app_label}_{meta.model_name}_history", args=[row.pk]),
    )


def shortcuts_for(user):
    """Return what the user's role may look through and add: (title, [(words, address)])."""
    groups = [("Gå till", LISTS), ("Lägg till", ADDITIONS)]
    return [(title, links) for title, group in groups if (links := _allowed(user, group))]


def _allowed(user, group):
    return [
        (words, reverse(page)) for permission, words, page in group if user.has_perm(permission)
    ]
