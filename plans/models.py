"""The activity plan (verksamhetsplan) of one association and year, chapter by chapter."""

import datetime
from hashlib import sha256

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from simple_history.models import HistoricalRecords

from associations.adoption import Edition
from associations.ownership import Owned, Sourced
from budgets.models import Amount, Budget
from meetings.models import Meeting
from plans import marking, reading
from plans.printing import printed
from plans.sealed import SealedFile

__all__ = ["Chapter", "Plan", "SealedFile"]


def fingerprint(*texts):
    """Return a short mark of ``texts`` that changes when any of them does."""
    return sha256(repr(texts).encode()).hexdigest()[:20]


class Plan(Edition, Sourced):
    """An activity plan with its budget. Adopted, it never changes (rule 10)."""

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

    history = HistoricalRecords()

    class Meta(Edition.Meta):
        verbose_name = "verksamhetsplan"
        verbose_name_plural = "verksamhetsplaner"
        permissions = [("adopt_plan", "Får fastställa verksamhetsplan")]

    def __str__(self):
        edition = f", utgåva {self.edition}" if self.edition > 1 else ""
        return f"{self.association.short_name}: verksamhetsplan {self.year}{edition}"

    def get_absolute_url(self):
        return reverse("plan", args=[self.association.slug, self.year])

    @property
    def fingerprint(self):
        """A short mark of the cover, by which a form knows what it was loaded with."""
        return fingerprint(self.title, self.subtitle, self.vision, self.dnr)

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
    def file_facts(self):
        """The sealed file without its bytes, or None."""
        return SealedFile.objects.filter(plan=self).defer("data").first()

    @cached_property
    def budget_table(self):
        """The computed table of the plan's budget, in the same queries however many the blocks."""
        models.prefetch_related_objects(
            [self.budget], "columns", "lines__amounts", "lines__organisation"
        )
        return self.budget.table()

    def problems(self):
        """Return what keeps the plan from being whole, in sentences that name the place."""
        chapters = reading.read(self, printed=True)
        found = [problem for chapter in chapters for problem in chapter.problems]
        if not self.chapters.exists():
            found.insert(0, "Planen har inga kapitel än.")
        if not self.vision.strip():
            found.append("Omslaget saknar vision.")
        if not self.dnr:
            found.append("Planen saknar diarienummer.")
        return found

    def missing_to_adopt(self):
        """Return what keeps the board from adopting this plan, in sentences that name the place.

        What the decision itself must say is asked by ``missing_in_decision``.
        """
        if self.is_adopted:
            return ["Planen är redan fastställd."]
        asked_later = "Planen saknar diarienummer."
        found = [problem for problem in self.problems() if problem != asked_later]
        return found + self._missing_of_budget()

    def _missing_of_budget(self):
        budget = self.budget
        if budget is None:
            return ["Planen har ingen budget."]
        found = []
        if (budget.association_id, budget.year) != (self.association_id, self.year):
            found.append(f"Budgeten gäller inte {self.association.short_name} {self.year}.")
        if not budget.is_adopted:
            found.append("Budgeten är inte fastställd. Fastställ den först.")
            found += [f"Budgeten: {sentence}" for sentence in budget.missing_to_adopt()]
        elif budget.state == "replaced":
            found.append("Budgeten är ersatt av en ny utgåva. Revidera planen med den.")
        return found

    def missing_in_decision(self, on, paragraph, meeting, dnr):
        """Return what is missing or wrong in a decision to adopt, in sentences."""
        missing = []
        if on is None:
            missing.append("Skriv vilken dag styrelsen fastställde planen.")
        elif on > timezone.localdate():
            missing.append("Dagen har inte varit än. Skriv dagen då styrelsen beslutade.")
        elif self.budget and self.budget.adopted_on and on < self.budget.adopted_on:
            missing.append("Dagen ligger före dagen då budgeten fastställdes.")
        if not paragraph.strip() and meeting is None:
            missing.append("Skriv paragrafen i protokollet, eller välj mötet.")
        if not dnr.strip():
            missing.append("Skriv diarienumret.")
        return missing

    def adopt(self, on, paragraph="", meeting=None, dnr="", *, pdf_of):
        """Seal this plan and its file by the board's decision; what it replaces is replaced now.

        ``pdf_of`` returns the bytes of a printed page. The file is made before the plan is
        locked, so that others may work meanwhile. Raises ValueError with what is missing, also
        when the text changed while the file was made.
        """
        decision = (on, paragraph.strip(), meeting, dnr.strip())
        page = self._decided(*decision)[1]
        data = pdf_of(page)
        with transaction.atomic():
            Plan.objects.select_for_update(of=("self",)).get(pk=self.pk)
            list(self.chapters.select_for_update())
            plan, now = self._decided(*decision)
            if now != page:
                raise ValueError("Planen ändrades medan filen gjordes. Inget är fastställt.")
            plan.save(update_fields=["adopted_on", "adopted_paragraph", "adopted_at", "dnr"])
            SealedFile.of(plan, data, page.filename).save()
        self.refresh_from_db()

    def _decided(self, on, paragraph, meeting, dnr):
        """Return this plan as stored, with the decision but unsaved, and its printed page."""
        plan = Plan.objects.select_related("association", "budget").get(pk=self.pk)
        missing = plan.missing_to_adopt()
        missing = missing or plan.missing_in_decision(on, paragraph, meeting, dnr)
        if missing:
            raise ValueError(" ".join(missing))
        plan.adopted_on, plan.adopted_paragraph = on, paragraph
        plan.adopted_at, plan.dnr = meeting, dnr
        return plan, printed(plan)

    def missing_to_seal(self):
        """Return why no file of this adopted plan can be sealed, in sentences."""
        if not self.is_adopted:
            return ["Planen är inte fastställd. Filen låses när den fastställs."]
        return ["Planens fil är redan låst."] if self.file_facts else []

    def seal(self, *, pdf_of):
        """Seal the file of a plan that was adopted without one, once. Raises ValueError."""
        if missing := self.missing_to_seal():
            raise ValueError(" ".join(missing))
        page = printed(self)
        SealedFile.of(self, pdf_of(page), page.filename).save()
        del self.file_facts

    def last_changed(self):
        """Return the day when text or figures last changed; today when nothing is recorded.

        An adopted plan's day is the day of adoption: it cannot have changed since.
        """
        if self.is_adopted:
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
        last_year = Plan.objects.filter(association=self.association, year=self.year - 1)
        return self.replaces or last_year.in_force_first().first()

    def to_look_at(self):
        """Return (chapter, marks) of sentences with a year or an amount left from last year."""
        before = None if self.is_adopted or self.replaces else self.comes_from()
        if before is None:
            return []
        text = "\n\n".join(before.chapters.values_list("body", flat=True))
        found = [(each, marking.left_from(each.body, text)) for each in self.chapters.all()]
        return [(chapter, marks) for chapter, marks in found if marks]

    def missing_to_roll_forward(self):
        """Return why next year's plan can't be made from this one, in sentences."""
        if Plan.objects.filter(association=self.association, year=self.year + 1).exists():
            return [f"Förbundet har redan en plan för {self.year + 1}. Ändra i den."]
        return []

    @transaction.atomic
    def roll_forward(self):
        """Return next year's draft with this plan's text and next year's budget, if there is one.

        The title gets the next year where it names this one; the subtitle is written anew.
        Raises ValueError when there is a plan for next year already.
        """
        if missing := self.missing_to_roll_forward():
            raise ValueError(" ".join(missing))
        own = Budget.objects.filter(association=self.association, year=self.year + 1)
        draft = Plan.objects.create(
            association=self.association,
            year=self.year + 1,
            title=self.title.replace(str(self.year), str(self.year + 1)),
            vision=self.vision,
            budget=own.in_force_first().first(),
        )
        self._copy_chapters(draft)
        return draft

    def _copy_chapters(self, draft):
        for chapter in self.chapters.all():
            Chapter.objects.create(
                plan=draft, position=chapter.position, title=chapter.title, body=chapter.body
            )

    @transaction.atomic
    def revise(self, budget):
        """Return a new draft with the same text and ``budget``, naming the plan it replaces.

        Raises ValueError when this plan is a draft or already has a revision.
        """
        if not self.is_adopted:
            raise ValueError("Bara en fastställd plan revideras. Ändra i utkastet.")
        if hasattr(self, "replaced_by"):
            raise ValueError("Planen har redan en revidering. Ändra i den.")
        draft = Plan.objects.create(
            association=self.association,
            year=self.year,
            edition=self.next_edition(),
            replaces=self,
            source=self.source,
            title=self.title,
            subtitle=self.subtitle,
            vision=self.vision,
            budget=budget,
        )
        self._copy_chapters(draft)
        return draft


class Chapter(Owned):
    """One chapter: Markdown, with named blocks such as ``[[budget]]`` for what is data."""

    owner_path = "plan__association"

    plan = models.ForeignKey(Plan, models.CASCADE, verbose_name="plan", related_name="chapters")
    position = models.PositiveSmallIntegerField("kapitel")
    title = models.CharField("rubrik", max_length=120)
    body = models.TextField("text", blank=True, help_text="Markdown.")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "kapitel"
        verbose_name_plural = "kapitel"
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "position"],
                name="chapter_position_once",
                violation_error_message="Två kapitel har samma nummer.",
            )
        ]

    def __str__(self):
        return f"{self.position}. {self.title}"

    @property
    def is_sealed(self):
        return self.plan.is_sealed

    @property
    def fingerprint(self):
        """A short mark of heading and text, by which a form knows what it was loaded with."""
        return fingerprint(self.title, self.body)
