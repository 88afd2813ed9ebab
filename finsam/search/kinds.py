"""Each kind of thing that search finds: what it is called, who may see which, and where it is read.

Who may see a thing is asked of the thing when one searches, so it is never older than the answer.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from associations.models import Association, Document, News, Page
from finsam import words
from interventions.models import Intervention
from meetings.models import Meeting
from plans.models import Chapter, Plan


@dataclass(frozen=True)
class Kind:
    """One kind of thing. ``drafts`` is None where everything is public."""

    key: str
    name: str
    one: str
    rows: callable
    public: callable
    drafts: callable = None
    permission: str = ""
    draft_url: str = ""
    about: callable = lambda thing: ""

    def visible(self, user):
        """Return the keys of the things that ``user`` may find: public ones, and own drafts."""
        public = self.public()
        if self.drafts is None or not user.has_perm(self.permission):
            return public.values("pk")
        own = self.drafts(user).values("pk")
        return self.rows().filter(Q(pk__in=public.values("pk")) | Q(pk__in=own)).values("pk")

    def url(self, thing, is_public):
        """Return where ``thing`` is read, or where a draft of one's own is worked on."""
        if self.key != "chapter":
            draft = reverse(self.draft_url, args=[thing.pk]) if not is_public else ""
            return draft or thing.get_absolute_url()
        plan = thing.plan
        whole = plan.get_absolute_url() if is_public else reverse("plan_edit", args=[plan.pk])
        return f"{whole}#kapitel-{thing.position}"


def _owners(thing):
    return ", ".join(owner.short_name for owner in thing.associations.all())


def _dated(thing):
    day = getattr(thing, "published_on", None) or getattr(thing, "date", None)
    when = words.swedish_date(day) if day else str(getattr(thing, "year", "") or "")
    return " · ".join(part for part in (when, _owners(thing)) if part)


def _chapter(chapter):
    return f"{chapter.plan.title}, {chapter.plan.association.short_name}"


def _plans_in_force():
    return Plan.objects.published().current()


KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            "intervention", "Insatser", "Insats",
            rows=lambda: Intervention.objects.with_owners(),
            public=lambda: Intervention.objects.published(),
            drafts=lambda user: Intervention.objects.for_user(user),
            permission="interventions.view_intervention",
            draft_url="admin:interventions_intervention_change",
            about=_owners,
        ),
        Kind(
            "meeting", "Möten och beslut", "Möte",
            rows=lambda: Meeting.objects.with_owners(),
            public=lambda: Meeting.objects.published(),
            drafts=lambda user: Meeting.objects.for_user(user),
            permission="meetings.view_meeting",
            draft_url="admin:meetings_meeting_change",
            about=_dated,
        ),
        Kind(
            "chapter", "Planer och rapporter", "Kapitel",
            rows=lambda: Chapter.objects.select_related("plan__association"),
            public=lambda: Chapter.objects.filter(plan__in=_plans_in_force().values("pk")),
            drafts=lambda user: Chapter.objects.for_user(user).filter(plan__adopted_on=None),
            permission="plans.view_plan",
            about=_chapter,
        ),
        Kind(
            "document", "Dokument", "Dokument",
            rows=lambda: Document.objects.prefetch_related("associations"),
            public=lambda: Document.objects.published(),
            drafts=lambda user: Document.objects.for_user(user),
            permission="associations.view_document",
            draft_url="admin:associations_document_change",
            about=_dated,
        ),
        Kind(
            "news", "Nyheter", "Nyhet",
            rows=lambda: News.objects.prefetch_related("associations"),
            public=lambda: News.objects.published(),
            drafts=lambda user: News.objects.for_user(user),
            permission="associations.view_news",
            draft_url="admin:associations_news_change",
            about=_dated,
        ),
        Kind(
            "association", "Förbund", "Förbund",
            rows=lambda: Association.objects.all(), public=lambda: Association.objects.all(),
        ),
        Kind(
            "page", "Sidor om Finsam", "Sida",
            rows=lambda: Page.objects.all(), public=lambda: Page.objects.all(),
        ),
    )
}  # fmt: skip


def visible(user):
    """Return the condition that an entry is of something that ``user`` may find."""
    condition = Q()
    for key, kind in KINDS.items():
        condition |= Q(kind=key, object_id__in=kind.visible(user))
    return condition
