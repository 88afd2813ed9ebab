"""What else a page tells: how help was received, films elsewhere, and what happened when.

No real person's name or picture: a story says "en deltagare". Identity numbers are refused.
"""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from associations import years
from associations.ownership import PublicQuerySet, Sourced
from associations.recording import Records
from interventions.models.intervention import Intervention
from interventions.models.parts import Part

NO_NAMES = "Skriv ”en deltagare”. Inga namn, och inget som pekar ut någon."


class Story(Part, Sourced):
    """A short text about how help was received. It is written so that nobody is known by it."""

    intervention = models.ForeignKey(
        Intervention, models.CASCADE, verbose_name="insats", related_name="stories"
    )
    title = models.CharField("rubrik", max_length=120)
    text = models.TextField("berättelse", help_text=f"Markdown. {NO_NAMES}")
    year = models.PositiveSmallIntegerField(
        "år", null=True, blank=True, validators=years.WITHIN_REACH
    )
    public = models.BooleanField("publik", default=False)

    objects = PublicQuerySet.as_manager()
    history = Records()

    class Meta:
        verbose_name = "berättelse"
        verbose_name_plural = "berättelser"
        ordering = ["intervention", "-year", "title", "pk"]

    def __str__(self):
        return self.title


class Film(Part, Sourced):
    """A film that lies elsewhere. It is linked to, never shown within the page."""

    intervention = models.ForeignKey(
        Intervention, models.CASCADE, verbose_name="insats", related_name="films"
    )
    title = models.CharField("titel", max_length=160)
    url = models.URLField("adress")
    seconds = models.PositiveIntegerField("längd i sekunder", validators=[MinValueValidator(1)])
    transcript = models.TextField(
        "text",
        blank=True,
        help_text=f"Allt som sägs, och det som syns och betyder något. {NO_NAMES}",
    )
    public = models.BooleanField("publik", default=False)

    objects = PublicQuerySet.as_manager()
    history = Records()

    class Meta:
        verbose_name = "film"
        verbose_name_plural = "filmer"
        ordering = ["intervention", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(public=False) | ~Q(transcript=""),
                name="film_public_has_transcript",
                violation_error_message="Skriv filmens text innan filmen blir publik.",
            )
        ]

    def __str__(self):
        return self.title

    @property
    def host(self):
        """The name of the site where the film lies."""
        return urlsplit(self.url).hostname or ""

    @property
    def length(self):
        """”4 minuter 20 sekunder”."""
        minutes, seconds = divmod(self.seconds, 60)
        words = [(minutes, "minut", "minuter"), (seconds, "sekund", "sekunder")]
        return " ".join(f"{n} {one if n == 1 else many}" for n, one, many in words if n)


class Milestone(Part, Sourced):
    """Something that happened to an intervention, in a year or on a day: a start, a decision."""

    class Kind(models.TextChoices):
        EVENT = "event", "händelse"
        DECISION = "decision", "beslut"
        EVALUATION = "evaluation", "utvärdering"

    intervention = models.ForeignKey(
        Intervention, models.CASCADE, verbose_name="insats", related_name="milestones"
    )
    kind = models.CharField("slag", max_length=12, choices=Kind, default=Kind.EVENT)
    year = models.PositiveSmallIntegerField("år", validators=years.WITHIN_REACH)
    date = models.DateField("dag", null=True, blank=True, help_text="När dagen är känd.")
    text = models.TextField("vad som hände")

    history = Records()

    class Meta:
        verbose_name = "händelse"
        verbose_name_plural = "händelser"
        ordering = ["intervention", "year", "date", "pk"]

    def __str__(self):
        return f"{self.year}: {self.text[:80]}"

    def clean(self):
        super().clean()
        if self.date and self.year and self.date.year != self.year:
            raise ValidationError({"date": f"Dagen är inte i år {self.year}."})
