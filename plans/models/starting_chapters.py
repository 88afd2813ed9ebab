"""The headings that a new document begins with: the whole site's, changed by an administrator."""

from django.db import models

from associations.ownership import Written
from associations.recording import Records
from plans import kinds


class StartingChapter(Written):
    """A chapter that every new document of a kind gets, when no earlier one gives its text."""

    kind = models.CharField("slag", max_length=12, choices=kinds.CHOICES)
    position = models.PositiveSmallIntegerField("kapitel")
    title = models.CharField("rubrik", max_length=120)
    body = models.TextField(
        "text",
        blank=True,
        help_text="Markdown. Block som [[utfall]] kan stå här från början. "
        "{år} blir dokumentets år.",
    )

    history = Records()

    class Meta:
        verbose_name = "startkapitel"
        verbose_name_plural = "startkapitel"
        ordering = ["kind", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "position"],
                name="starting_chapter_position_once",
                violation_error_message="Två kapitel har samma nummer.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.position}. {self.title}"

    def texts(self, year):
        """Return the heading and the text of the chapter in a document of ``year``."""
        return {name: getattr(self, name).replace("{år}", str(year)) for name in ("title", "body")}
