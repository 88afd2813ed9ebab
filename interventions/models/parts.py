"""The small things that belong to one intervention: names, contacts, links and files."""

from django.db import models

from associations.files import validate_file
from associations.models import Organisation
from associations.ownership import Owned
from associations.recording import Records
from interventions.models.intervention import Intervention


class Part(Owned):
    """Something that belongs to one intervention and has no life of its own."""

    owner_path = "intervention__associations"

    class Meta:
        abstract = True


class AlternativeName(Part):
    """Another name that the intervention has had, so that old names find the page."""

    intervention = models.ForeignKey(
        Intervention, models.CASCADE, verbose_name="insats", related_name="alternative_names"
    )
    name = models.CharField("namn", max_length=120)

    history = Records()

    class Meta:
        verbose_name = "annat namn"
        verbose_name_plural = "andra namn"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["intervention", "name"],
                name="alternative_name_once",
                violation_error_message="Insatsen har redan det namnet.",
            )
        ]

    def __str__(self):
        return self.name


class Contact(Part):
    """A function to turn to, never a private person."""

    intervention = models.ForeignKey(
        Intervention, models.CASCADE, verbose_name="insats", related_name="contacts"
    )
    function = models.CharField("funktion", max_length=120)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name="organisation",
        null=True,
        blank=True,
        related_name="+",
    )
    email = models.EmailField("funktionens e-post", blank=True)
    phone = models.CharField("växel eller funktionsnummer", max_length=40, blank=True)

    history = Records()

    class Meta:
        verbose_name = "kontakt"
        verbose_name_plural = "kontakter"
        ordering = ["function", "pk"]

    def __str__(self):
        return self.function


class Link(Part):
    """A link to more about the intervention: a page, a film, a report elsewhere."""

    intervention = models.ForeignKey(
        Intervention, models.CASCADE, verbose_name="insats", related_name="links"
    )
    title = models.CharField("länktext", max_length=160)
    url = models.URLField("adress")

    history = Records()

    class Meta:
        verbose_name = "länk"
        verbose_name_plural = "länkar"
        ordering = ["title", "pk"]

    def __str__(self):
        return self.title


class Attachment(Part):
    """A file of the intervention: a folder, an evaluation."""

    intervention = models.ForeignKey(
        Intervention, models.CASCADE, verbose_name="insats", related_name="attachments"
    )
    title = models.CharField("titel", max_length=160)
    file = models.FileField("fil", upload_to="insatser/%Y/", validators=[validate_file])

    history = Records()

    class Meta:
        verbose_name = "bilaga"
        verbose_name_plural = "bilagor"
        ordering = ["title", "pk"]

    def __str__(self):
        return self.title
