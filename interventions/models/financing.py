"""Who pays for an intervention, how much, and in which year."""

from django.db import models
from django.db.models import Q

from associations import years
from associations.models import Association, Organisation
from associations.ownership import OwnedQuerySet, Sourced
from associations.recording import Records
from interventions.models.intervention import Intervention
from interventions.models.parts import Part


class FinancingQuerySet(OwnedQuerySet):
    """Payers' money."""

    def for_user(self, user):
        """Return the user's own associations' money, and what organisations pay beside it.

        What another association pays to a shared intervention is that association's to change.
        """
        shared = super().for_user(user)
        if user.is_superuser or not user.is_authenticated:
            return shared
        return shared.filter(
            Q(association__isnull=True) | Q(association__in=user.associations.values("pk"))
        )


class Financing(Part, Sourced):
    """One payer's money to one intervention in one year, in whole kronor.

    Applied for, granted, budgeted and outcome are four amounts (rule 12). The budgeted one is in
    the budget; ``stated`` is a cost that a source gives without saying which of the four it is.
    """

    intervention = models.ForeignKey(
        Intervention, models.CASCADE, verbose_name="insats", related_name="financing"
    )
    association = models.ForeignKey(
        Association,
        models.PROTECT,
        verbose_name="betalas av förbund",
        null=True,
        blank=True,
        related_name="financing",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name="betalas av organisation",
        null=True,
        blank=True,
        related_name="financing",
    )
    year = models.PositiveSmallIntegerField("år", validators=years.WITHIN_REACH)
    applied = models.PositiveBigIntegerField("äskat (kronor)", null=True, blank=True)
    granted = models.PositiveBigIntegerField("beviljat (kronor)", null=True, blank=True)
    spent = models.PositiveBigIntegerField("utfall (kronor)", null=True, blank=True)
    stated = models.PositiveBigIntegerField("uppgiven kostnad (kronor)", null=True, blank=True)
    about = models.BooleanField("cirka", default=False)
    note = models.CharField("anmärkning", max_length=200, blank=True)
    difference = models.CharField(
        "varför det budgeterade är ett annat",
        max_length=300,
        blank=True,
        help_text="Skälet till att beviljat och budgeterat skiljer sig åt.",
    )

    objects = FinancingQuerySet.as_manager()
    history = Records()

    class Meta:
        verbose_name = "finansiering"
        verbose_name_plural = "finansiering"
        ordering = ["intervention", "year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(association__isnull=False, organisation__isnull=True)
                | Q(association__isnull=True, organisation__isnull=False),
                name="financing_one_payer",
                violation_error_message="Välj ett förbund eller en organisation som betalar.",
            ),
            models.UniqueConstraint(
                fields=["intervention", "association", "year"],
                condition=Q(association__isnull=False),
                name="financing_association_once",
                violation_error_message="Förbundet står redan för det året. Ändra den raden.",
            ),
            models.UniqueConstraint(
                fields=["intervention", "organisation", "year"],
                condition=Q(organisation__isnull=False),
                name="financing_organisation_once",
                violation_error_message="Organisationen står redan för det året. Ändra den raden.",
            ),
            models.CheckConstraint(
                condition=Q(applied__isnull=False)
                | Q(granted__isnull=False)
                | Q(spent__isnull=False)
                | Q(stated__isnull=False)
                | ~Q(note=""),
                name="financing_says_something",
                violation_error_message="Fyll i minst ett belopp, eller en anmärkning.",
            ),
        ]

    def __str__(self):
        return f"{self.payer}, {self.year}"

    @property
    def payer(self):
        """The association or organisation that pays."""
        return self.association or self.organisation
