"""What a plan needs before it goes to the members; how it goes is ``associations/adoption.py``."""

from django.db import models


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
        """Return why the members can't be said to have been asked; for a report they need not."""
        return [] if self.kind_words.is_report else super().missing_of_members()
