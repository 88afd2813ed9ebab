"""How the state's money was shared out among the associations (fördelningsmodell)."""

from django.db import models

from associations import years
from associations.models import Association
from associations.ownership import Owned, Sourced
from associations.recording import Records


class StateAllocation(Owned, Sourced):
    """One association's row in the state's allocation table of a year."""

    association = models.ForeignKey(
        Association, models.PROTECT, verbose_name="förbund", related_name="state_allocations"
    )
    year = models.PositiveSmallIntegerField("år", validators=years.WITHIN_REACH)
    grant = models.PositiveBigIntegerField("statens tilldelning (kronor)")
    per_inhabitant = models.PositiveIntegerField("kronor per invånare året före")
    ceiling = models.PositiveBigIntegerField("modellens tak (kronor)")

    history = Records()

    class Meta:
        verbose_name = "statlig tilldelning"
        verbose_name_plural = "statlig tilldelning"
        ordering = ["-year", "association", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["association", "year"],
                name="state_allocation_once",
                violation_error_message="Förbundet har redan en tilldelning för året.",
            )
        ]

    def __str__(self):
        return f"{self.association}, {self.year}"

    @property
    def possible_increase(self):
        """How much more the model allows, in kronor: the ceiling less the grant."""
        return self.ceiling - self.grant
