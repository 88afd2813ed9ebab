"""What an association's board adopts for a year, chapter by chapter: its plan and its reports."""

import datetime

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from associations import signs
from associations.adoption import (
    ProposedEdition,
    edition_constraints,
    proposed_before_adopted,
)
from associations.ownership import Sourced
from associations.recording import Records
from budgets.models import Amount, Budget
from meetings.models import Meeting
from plans import beginning, kinds, marking, reading
from plans.models.adopting import AdoptedWithFile
from plans.models.chapter import Chapter, fingerprint
from plans.models.proposing import ProposedToMembers


class Plan(ProposedToMembers, AdoptedWithFile, ProposedEdition, Sourced):
    """An activity plan with its budget, or a report. Adopted, it never changes (rule 10)."""

    SERIES = ("association", "kind", "year")
    FIXED = (*SERIES, "edition")

    kind = models.CharField("slag", max_length=12, choices=kinds.CHOICES, default=kinds.PLAN.value)
    title = models.CharField("titel", max_length=160)
    subtitle = models.CharField("undertitel", max_length=160, blank=True)
    vision = models.TextField("vision på omslaget", blank=True)
    budget = models.ForeignKey(
        Budget,
        models.PROTECT,
        verbose_name="budget",
        null=True,
        blank=True,
        related_name="plans",
    )
    adopted_at = models.ForeignKey(
        Meeting,
        models.PROTECT,
        verbose_name="fastställd vid",
        null=True,
        blank=True,
        editable=False,
        related_name="adopted_plans",
    )

    history = Records()

    class Meta(ProposedEdition.Meta):
        verbose_name = "plan eller rapport"
        verbose_name_plural = "planer och rapporter"
        ordering = ["association", "-year", "kind", "-edition", "pk"]
        permissions = [("adopt_plan", "Får fastställa planer och rapporter")]
        constraints = [
            *edition_constraints("plan", "association", "kind", "year"),
            proposed_before_adopted(
                "plan_proposed_before_adopted", "Planen kan inte fastställas innan den föreslogs."
            ),
        ]

    def __str__(self):
        edition = f", utgåva {self.edition}" if self.edition > 1 else ""
        return f"{self.association.short_name}: {self.kind_words} {self.year}{edition}"

    def get_absolute_url(self):
        return reverse("plan", args=self.place)

    @property
    def kind_words(self):
        """What documents of this kind are called, and what they hold."""
        return kinds.BY_VALUE[self.kind]

    @property
    def place(self):
        """Whose, which kind and which year's it is, as addresses have it."""
        return [self.association.slug, self.kind_words, self.year]

    @property
    def pdf_url(self):
        """The address of the year's PDF."""
        return reverse("plan_pdf", args=self.place)

    @property
    def edition_url(self):
        """The address of this very edition."""
        return reverse("plan_edition", args=[*self.place, self.edition])

    @property
    def edition_pdf_url(self):
        """The address of this very edition's PDF."""
        return reverse("plan_edition_pdf", args=[*self.place, self.edition])

    @property
    def fingerprint(self):
        """A short mark of the cover, by which a form knows what it was loaded with."""
        return fingerprint(self.title, self.subtitle, self.vision, self.dnr, self.budget_id)

    @property
    def content_mark(self):
        """A short mark of cover and chapters, by which a page knows which text it showed."""
        texts = self.chapters.values_list("position", "title", "body")
        return fingerprint(self.title, self.subtitle, self.vision, self.budget_id, *texts)

    @property
    def paragraph_words(self):
        """Where the decision stands: "§ 62", or the meeting's title, or nothing."""
        paragraph = self.adopted_paragraph
        if paragraph:
            return f"§\N{NO-BREAK SPACE}{paragraph}" if paragraph[0].isdigit() else paragraph
        return self.adopted_at.title if self.adopted_at else ""

    @cached_property
    def budget_table(self):
        """The computed table of the plan's budget, in the same queries however many the blocks."""
        models.prefetch_related_objects([self.budget], *self.budget.parts())
        return self.budget.table()

    @property
    def hides_budget(self):
        """True when anybody reads this, but its budget is a draft: not through a plan either."""
        return self.budget is not None and not self.budget.is_public and self.is_public

    @cached_property
    def names(self):
        """The names that a line's end may not tear: whose plan it is, its members, what it runs."""
        own = self.association
        organisations = own.memberships.values_list("organisation__name", flat=True)
        interventions = own.interventions.values_list("name", flat=True)
        return [own.name, own.short_name, *organisations, *interventions]

    def problems(self):
        """Return what keeps the plan from being whole, in sentences that name the place."""
        chapters = reading.read(self, printed=True)
        found = [problem for chapter in chapters for problem in chapter.problems]
        if not self.chapters.exists():
            found.insert(0, f"{self.the} har inga kapitel än.")
        if not self.kind_words.is_report and not self.vision.strip():
            found.append("Omslaget saknar vision.")
        if not self.dnr:
            found.append(self.lacks_dnr)
        cover = " ".join([self.association.name, self.title, self.subtitle, self.vision, self.dnr])
        return found + [f"Omslaget: {sentence}" for sentence in signs.sentences(cover)]

    @property
    def the(self):
        """The document as a sentence begins: "Planen", "Rapporten"."""
        return self.kind_words.the.capitalize()

    @property
    def lacks_dnr(self):
        """The sentence that says that it has no registry number."""
        return f"{self.the} saknar diarienummer."

    @property
    def is_rendering(self):
        """True when the text is written anew after the document that it is printed in."""
        return self.source_id is not None and self.source_id == self.published_in_id

    def last_changed(self):
        """Return the day when text or figures last changed; today when nothing is recorded.

        An adopted plan's day is the day of adoption: it cannot have changed since. One that is
        rendered after an older document was written later than that.
        """
        if self.is_adopted and not self.is_rendering:
            return self.adopted_on
        lines = self.budget.lines.values("pk") if self.budget else []
        times = [
            records.aggregate(latest=models.Max("history_date"))["latest"]
            for records in (
                self.history.all(),
                Chapter.history.filter(plan_id=self.pk),
                Amount.history.filter(line_id__in=lines),
            )
        ]
        known = [time for time in times if time is not None]
        return timezone.localdate(max(known)) if known else datetime.date.today()

    def newest_budget(self):
        """Return the budget's latest revision, or the budget itself; None without a budget."""
        budget = self.budget
        while budget is not None and hasattr(budget, "replaced_by"):
            budget = budget.replaced_by
        return budget

    def comes_from(self):
        """Return the plan that this one's text comes from: the replaced one, or last year's."""
        return self.replaces or self._of_year(self.year - 1).in_force_first().first()

    def _of_year(self, year):
        """Return the same association's documents of the same kind in ``year``."""
        return Plan.objects.filter(**self.series() | {"year": year})

    def to_look_at(self):
        """Return (chapter, marks) of sentences with a year or an amount left from last year."""
        before = None if self.is_adopted or self.replaces else self.comes_from()
        if before is None:
            return []
        text = "\n\n".join(each.whole_text for each in before.chapters.all())
        found = [(each, marking.left_from(each.whole_text, text)) for each in self.chapters.all()]
        return [(chapter, marks) for chapter, marks in found if marks]

    def cover_to_look_at(self):
        """Return the marks of title and vision, where they are left from last year."""
        before = None if self.is_adopted or self.replaces else self.comes_from()
        if before is None:
            return []
        known = f"{before.title}\n\n{before.vision}"
        return marking.left_from(f"{self.title}\n\n{self.vision}", known)

    def missing_to_roll_forward(self):
        """Return why next year's plan can't be made from this one, in sentences."""
        if self._of_year(self.year + 1).exists():
            return [f"Förbundet har redan en {self.kind_words.short} för {self.year + 1}."]
        return []

    @transaction.atomic
    def roll_forward(self):
        """Return next year's draft with this plan's text and next year's budget, if there is one.

        Its title and the chapters' get the next year where they name this one or coming ones; the
        subtitle is written anew.
        Raises ValueError when there is a plan for next year already.
        """
        if missing := self.missing_to_roll_forward():
            raise ValueError(" ".join(missing))
        draft = Plan.objects.create(
            association=self.association,
            kind=self.kind,
            year=self.year + 1,
            title=marking.renewed(self.title, self.year),
            vision=self.vision,
            budget=beginning.budget_for(self.association, self.year + 1, self.kind_words),
        )
        for chapter in self._copied_chapters(draft):
            chapter.title = marking.renewed(chapter.title, self.year)
            chapter.save()
        return draft

    def _copied_chapters(self, draft):
        for old in self.chapters.all():
            yield Chapter(plan=draft, position=old.position, title=old.title, body=old.body)

    @transaction.atomic
    def revise(self, budget):
        """Return a new draft with the same text and ``budget``, naming the plan it replaces.

        Raises ValueError when this plan is a draft or already has a revision.
        """
        if not self.is_adopted:
            raise ValueError("Bara det som är fastställt revideras. Ändra i utkastet.")
        if hasattr(self, "replaced_by"):
            raise ValueError(f"{self.the} har redan en revidering. Ändra i den.")
        draft = Plan.objects.create(
            association=self.association,
            kind=self.kind,
            year=self.year,
            edition=self.next_edition(),
            replaces=self,
            title=self.title,
            subtitle=self.subtitle,
            vision=self.vision,
            budget=budget,
        )
        for chapter in self._copied_chapters(draft):
            chapter.save()
        return draft
