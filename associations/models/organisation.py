"""Municipalities, regions, state agencies and other bodies, and how many live where."""

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.db.models import Q

from associations.ownership import Owned, OwnedQuerySet, Sourced
from associations.recording import Records

SHARED = "Organisationen är medlem även i andra förbund. Bara en administratör kan ändra det."
IN_ADOPTED = "Organisationen står i en fastställd budget. Bara en administratör kan ändra den."
KIND_IS_KEPT = (
    "En fastställd budget räknar organisationens bidrag efter slaget. Det kan inte ändras."
)


class OrganisationQuerySet(OwnedQuerySet):
    """Organisations, as one user may see them."""

    def for_user(self, user):
        """Return the members of the user's associations, and the bodies that are no members."""
        own = super().for_user(user)
        if not user.is_active or not user.is_authenticated or user.is_superuser:
            return own
        return self.filter(Q(pk__in=own.values("pk")) | Q(memberships__isnull=True)).distinct()


class Organisation(Owned):
    """A body that can be a member, pay, or run an intervention."""

    owner_path = "memberships__association"

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", "kommun"
        REGION = "region", "region"
        STATE_AGENCY = "state_agency", "statlig myndighet"
        OTHER = "other", "annan"

    name = models.CharField("namn", max_length=120, unique=True)
    short_name = models.CharField(
        "kortnamn", max_length=40, help_text="Så som invånarna säger: ”Habo”, ”Arbetsförmedlingen”."
    )
    kind = models.CharField("slag", max_length=20, choices=Kind)
    code = models.CharField(  # noqa: DJ001 (null, so that each code that there is stands once)
        "kod",
        max_length=4,
        null=True,
        blank=True,
        help_text="SCB:s kod: fyra siffror för en kommun, två för en region.",
    )
    url = models.URLField("webbplats", blank=True)

    objects = OrganisationQuerySet.as_manager()
    history = Records()

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(code__isnull=False),
                name="organisation_code_once",
                violation_error_message="En annan organisation har redan koden.",
            )
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Keep the kind that the sums of adopted budgets are made by."""
        stored = type(self).objects.filter(pk=self.pk).exclude(kind=self.kind)
        if self.pk and stored.exists() and self.budget_lines.sealed().exists():
            raise ValidationError({"kind": KIND_IS_KEPT})

    def is_shared_beyond(self, user):
        """True when the organisation is a member where ``user`` does not work."""
        if user.is_superuser or self.pk is None:
            return False
        own = user.associations.values("pk")
        return self.memberships.exclude(association__in=own).exists()

    def refusal(self, user):
        if user.is_superuser or self.pk is None:
            return None
        if self.is_shared_beyond(user):
            return SHARED
        return IN_ADOPTED if self.budget_lines.sealed().exists() else None


class Population(Owned, Sourced):
    """How many people lived in a municipality on a date. Splits the municipal quarter."""

    owner_path = "organisation__memberships__association"

    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        verbose_name="kommun",
        related_name="populations",
        limit_choices_to={"kind": Organisation.Kind.MUNICIPALITY},
    )
    date = models.DateField("datum")
    inhabitants = models.PositiveIntegerField("invånare")

    history = Records()

    class Meta:
        verbose_name = "invånarantal"
        verbose_name_plural = "invånarantal"
        ordering = ["organisation", "-date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "date"],
                name="population_once_a_date",
                violation_error_message="Kommunen har redan ett invånarantal det datumet.",
            ),
            models.CheckConstraint(
                condition=Q(inhabitants__gt=0),
                name="population_positive",
                violation_error_message="Invånarantalet ska vara större än noll.",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}, {self.date}"

    def refusal(self, user):
        try:
            return SHARED if self.organisation.is_shared_beyond(user) else None
        except ObjectDoesNotExist:  # no municipality is chosen, which is an error already
            return None
