"""What visitors say is wrong on a page, until somebody has put it right."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from associations.ownership import OwnedQuerySet
from associations.recording import Records
from interventions.models.intervention import Intervention
from interventions.models.parts import Part

ANSWER_DAYS = 90  # how long an address is kept for an answer that nobody has given


class ReportQuerySet(OwnedQuerySet):
    """Reports of faults."""

    def forget_addresses(self):
        """Forget where to answer what was sent more than ``ANSWER_DAYS`` ago."""
        last = timezone.now() - timedelta(days=ANSWER_DAYS)
        for report in self.filter(sent_at__lt=last).exclude(reply_to=""):
            report.reply_to = ""
            report.save(update_fields=["reply_to"])

    def waiting(self):
        """Return those that nobody has dealt with, the oldest first."""
        return self.filter(handled_on__isnull=True).order_by("sent_at", "pk")


class Report(Part):
    """A visitor's words about what is wrong, and an address that lives until they are handled.

    The address goes after ``ANSWER_DAYS`` in any case. Neither is in the history, which is never
    pruned: a visitor may have named somebody, and then the report can be taken away for good.
    """

    intervention = models.ForeignKey(
        Intervention, models.CASCADE, verbose_name="insats", related_name="reports"
    )
    text = models.TextField("vad som är fel")
    reply_to = models.EmailField(
        "e-post för svar", blank=True, help_text="Tas bort när felet är åtgärdat."
    )
    sent_at = models.DateTimeField("skickat", default=timezone.now, editable=False)
    handled_on = models.DateField("åtgärdat", null=True, blank=True)

    objects = ReportQuerySet.as_manager()
    history = Records(excluded_fields=["reply_to", "text"])

    class Meta:
        verbose_name = "anmält fel"
        verbose_name_plural = "anmälda fel"
        ordering = ["-sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(handled_on__isnull=True) | Q(reply_to=""),
                name="report_handled_without_address",
                violation_error_message="När felet är åtgärdat tas e-postadressen bort.",
            )
        ]

    def __str__(self):
        return self.text[:80]

    def clean(self):
        """Forget where to answer once it is handled."""
        super().clean()
        if self.handled_on:
            self.reply_to = ""

    def handle(self):
        """Say that it is dealt with, today, and forget where to answer."""
        self.handled_on, self.reply_to = timezone.localdate(), ""
        self.save()
