"""A plan's way to the members: they say what they think before the board decides."""

from django.db import models, transaction
from django.utils import timezone


class ProposedToMembers(models.Model):
    """The part of a plan that is about its proposal. A report is adopted without one."""

    class Meta:
        abstract = True

    def missing_to_propose(self):
        """Return what keeps this plan from being sent to the members, in sentences."""
        if self.kind_words.is_report:
            return ["Bara en verksamhetsplan föreslås för medlemmarna."]
        if self.is_adopted:
            return [f"{self.the} är redan fastställd."]
        if self.proposed_on is not None:
            return [f"{self.the} är redan föreslagen för medlemmarna."]
        found = [problem for problem in self.problems() if problem != self.lacks_dnr]
        if self.budget is None:
            found.append(f"{self.the} har ingen budget.")
        elif not self.budget.is_public:
            found.append("Budgeten är inte föreslagen. Föreslå den först, för planen visar den.")
        return found

    def missing_of_members(self):
        """Return why the members can't be said to have been asked, in sentences."""
        if self.kind_words.is_report or self.proposed_on is not None:
            return []
        return [f"{self.the} är inte föreslagen. Medlemmarna ska först få säga sitt."]

    @transaction.atomic
    def propose(self, on):
        """Send this draft to the members: from now on it is public, as a proposal.

        ``on`` is the day when they got it. Raises ValueError with what is missing.
        """
        plan = self._locked_for_members()
        missing = plan.missing_to_propose()
        if not missing and on > timezone.localdate():
            missing = ["Dagen har inte varit än. Skriv dagen då förslaget skickades."]
        plan._write_proposed(missing, on)
        self.refresh_from_db()

    @transaction.atomic
    def withdraw(self):
        """Take a proposal back: a draft again. Raises ValueError when it is no such proposal."""
        plan = self._locked_for_members()
        missing = []
        if plan.is_adopted or plan.proposed_on is None:
            missing = ["Bara ett förslag kan tas tillbaka."]
        plan._write_proposed(missing, None)
        self.refresh_from_db()

    def _locked_for_members(self):
        return type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)

    def _write_proposed(self, missing, day):
        if missing:
            raise ValueError(" ".join(missing))
        self.proposed_on = day
        self.save(update_fields=["proposed_on"])
