"""Whom an intervention suits and who may refer to it: the words that everybody chooses among."""

from django.db import models

from associations.ownership import Common
from associations.recording import Records


class Word(Common):
    """A word of the finder, with the other words that people use for the same thing."""

    name = models.CharField("namn", max_length=80, unique=True)
    slug = models.SlugField("adress", max_length=60, unique=True)
    synonyms = models.CharField(
        "andra ord", max_length=300, blank=True, help_text="Med komma emellan: ”autism, adhd”."
    )
    position = models.PositiveSmallIntegerField("ordning", default=0)

    class Meta:
        abstract = True
        ordering = ["position", "name", "pk"]

    def __str__(self):
        return self.name


class Situation(Word):
    """A situation that a person may be in: as a person, in health, and in what one lives on."""

    class Kind(models.TextChoices):
        PERSON = "person", "vem"
        HEALTH = "health", "hälsa"
        INCOME = "income", "försörjning"

    kind = models.CharField("slag", max_length=10, choices=Kind)
    broader = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="ingår i",
        null=True,
        blank=True,
        related_name="narrower",
        help_text="Vad som är öppet för det vidare är öppet också för det här.",
    )

    history = Records()

    class Meta(Word.Meta):
        verbose_name = "situation"
        verbose_name_plural = "situationer"
        ordering = ["kind", "position", "name", "pk"]


class Referrer(Word):
    """Who may refer a person to an intervention: an authority, health care, or oneself."""

    history = Records()

    class Meta(Word.Meta):
        verbose_name = "remittent"
        verbose_name_plural = "remittenter"
