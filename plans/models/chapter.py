"""A chapter of a plan or report: a heading, and Markdown with named blocks for what is data."""

from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import models

from associations.ownership import Owned
from associations.recording import Records
from plans import limits


def fingerprint(*texts):
    """Return a short mark of ``texts`` that changes when any of them does."""
    return sha256(repr(texts).encode()).hexdigest()[:20]


class Chapter(Owned):
    """One chapter: Markdown, with named blocks such as ``[[budget]]`` for what is data."""

    owner_path = "plan__association"

    plan = models.ForeignKey(
        "plans.Plan", models.CASCADE, verbose_name="plan", related_name="chapters"
    )
    position = models.PositiveSmallIntegerField("kapitel")
    title = models.CharField("rubrik", max_length=120)
    body = models.TextField("text", blank=True, help_text="Markdown.")

    history = Records()

    class Meta:
        verbose_name = "kapitel"
        verbose_name_plural = "kapitel"
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "position"],
                name="chapter_position_once",
                violation_error_message="Två kapitel har samma nummer.",
            )
        ]

    def __str__(self):
        return f"{self.position}. {self.title}"

    def clean(self):
        """Refuse more than a chapter holds, by whatever road it comes."""
        super().clean()
        if found := limits.too_much(self.body):
            raise ValidationError({"body": found})

    @property
    def whole_text(self):
        """Heading and text as one Markdown text."""
        return f"# {self.title}\n\n{self.body}"

    @property
    def is_sealed(self):
        return self.plan.is_sealed

    @property
    def fingerprint(self):
        """A short mark of heading and text, by which a form knows what it was loaded with."""
        return fingerprint(self.title, self.body)
