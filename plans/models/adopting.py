"""The board's decision about a plan: what is missing, the deed, and the file sealed with it."""

from django.db import models, transaction
from django.utils.functional import cached_property

from associations import signs
from plans import money_of_year
from plans.models.sealed import SealedFile
from plans.printing import printed


class AdoptedWithFile(models.Model):
    """The part of a plan that is about its adoption."""

    CHANGED = (
        "Någon ändrade texten medan sidan var öppen. Inget är fastställt. "
        "Läs den igen och fastställ sedan."
    )

    class Meta:
        abstract = True

    @cached_property
    def file_facts(self):
        """The sealed file without its bytes, or None."""
        return SealedFile.objects.filter(plan=self).defer("data").first()

    def missing_to_adopt(self):
        """Return what keeps the board from adopting this plan, in sentences that name the place.

        What the decision itself must say is asked by ``missing_in_decision``.
        """
        if self.is_adopted:
            return [f"{self.the} är redan fastställd."]
        found = [problem for problem in self.problems() if problem != self.lacks_dnr]
        return found + self.missing_beside_text()

    def missing_beside_text(self):
        """Return what else the board's decision waits for: the members' say and the budget."""
        return self.missing_of_members() + self._missing_of_budget()

    def _missing_of_budget(self):
        budget = self.budget
        if budget is None:
            return [f"{self.the} har ingen budget."]
        found = []
        other_year = budget.year != self.year and not self.kind_words.is_report
        if budget.association_id != self.association_id or other_year:
            found.append(f"Budgeten gäller inte {self.association.short_name} {self.year}.")
        elif self.kind_words.is_report:
            found += money_of_year.missing_columns(self)
        if not budget.is_adopted:
            found.append("Budgeten är inte fastställd. Fastställ den först.")
            found += [f"Budgeten: {sentence}" for sentence in budget.missing_to_adopt()]
        elif budget.state == "replaced":
            found.append("Budgeten är ersatt av en ny utgåva. Välj den under Omslag.")
        return found

    def missing_in_decision(self, on, paragraph, meeting, dnr):
        """Return what is missing or wrong in a decision to adopt: its part → a sentence."""
        missing = super().missing_in_decision(on, paragraph, meeting, dnr)
        budget_day = self.budget.adopted_on if self.budget else None
        if "on" not in missing and budget_day and on < budget_day:
            missing["on"] = "Dagen ligger före dagen då budgeten fastställdes."
        return missing

    def adopt(self, on, paragraph="", meeting=None, dnr="", *, pdf_of, seen=None):
        """Seal this plan and its file by the board's decision; what it replaces is replaced now.

        ``pdf_of`` returns the bytes of a printed page. The file is made before the plan is
        locked, so that others may work meanwhile. ``seen`` is the content_mark of what was read.
        Raises ValueError with what is missing, also when the text changed since it was read, or
        while the file was made.
        """
        decision = (on, paragraph.strip(), meeting, dnr.strip())
        plan, page = self._decided(*decision)
        if seen not in (None, plan.content_mark):
            raise ValueError(self.CHANGED)
        data = pdf_of(page)
        with transaction.atomic():
            type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
            list(self.chapters.select_for_update())
            plan, now = self._decided(*decision)
            if now != page:
                raise ValueError(f"{self.the} ändrades medan filen gjordes. Inget är fastställt.")
            plan.save(update_fields=["adopted_on", "adopted_paragraph", "adopted_at", "dnr"])
            SealedFile.of(plan, data, page.filename).save()
        self.refresh_from_db()

    def _decided(self, on, paragraph, meeting, dnr):
        """Return this plan as stored, with the decision but unsaved, and its printed page."""
        plan = type(self).objects.select_related("association", "budget").get(pk=self.pk)
        missing = plan.missing_to_adopt()
        missing = missing or plan.missing_in_decision(on, paragraph, meeting, dnr).values()
        if missing:
            raise ValueError(" ".join(missing))
        plan.adopted_on, plan.adopted_paragraph = on, paragraph
        plan.adopted_at, plan.dnr = meeting, dnr
        page = printed(plan)
        if lacking := signs.sentences(page.html, is_html=True):
            raise ValueError(" ".join(lacking))
        return plan, page

    def missing_to_seal(self):
        """Return why no file of this adopted plan can be sealed, in sentences."""
        if not self.is_adopted:
            return [f"{self.the} är inte fastställd. Filen låses när den fastställs."]
        return [f"{self.the}s fil är redan låst."] if self.file_facts else []

    def seal(self, *, pdf_of):
        """Seal the file of a plan that was adopted without one, once. Raises ValueError."""
        if missing := self.missing_to_seal():
            raise ValueError(" ".join(missing))
        page = printed(self)
        data = pdf_of(page)
        with transaction.atomic():
            plan = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
            if missing := plan.missing_to_seal():
                raise ValueError(" ".join(missing))
            SealedFile.of(self, data, page.filename).save()
        del self.file_facts
