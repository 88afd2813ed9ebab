"""A calculation of what joint rehabilitation gave back, as assumptions with values and sources."""

from django.db import models
from simple_history.models import HistoricalRecords

from associations import years
from associations.models import Association
from associations.ownership import Owned, Sourced
from interventions import effects


class EffectCalculation(Owned, Sourced):
    """A named set of assumptions. ``effects.py`` computes from it; nothing computed is stored."""

    owner_path = "associations"

    associations = models.ManyToManyField(
        Association, verbose_name="förbund", related_name="effect_calculations"
    )
    title = models.CharField("rubrik", max_length=160)
    slug = models.SlugField("adress", max_length=80, unique=True)
    year = models.PositiveSmallIntegerField("år", validators=years.WITHIN_REACH)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "effektberäkning"
        verbose_name_plural = "effektberäkningar"
        ordering = ["-year", "title"]

    def __str__(self):
        return self.title

    def effects(self):
        """Return ``effects.Effects``, in kronor a year.

        Raises ValueError with a Swedish sentence when an assumption is missing.
        """
        values = {assumption.key: assumption.value for assumption in self.assumptions.all()}
        return effects.compute(effects.Assumptions.from_values(values))


class EffectAssumption(Owned, Sourced):
    """One assumption of a calculation: its value, unit, date and where it was read."""

    owner_path = "calculation__associations"

    calculation = models.ForeignKey(
        EffectCalculation, models.CASCADE, verbose_name="beräkning", related_name="assumptions"
    )
    key = models.SlugField("nyckel", max_length=60)
    meaning = models.CharField("betydelse", max_length=200)
    value = models.DecimalField("värde", max_digits=14, decimal_places=4)
    unit = models.CharField("enhet", max_length=60)
    date = models.DateField("gäller", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "antagande"
        verbose_name_plural = "antaganden"
        ordering = ["calculation", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["calculation", "key"],
                name="effect_assumption_once",
                violation_error_message="Beräkningen har redan det antagandet.",
            )
        ]

    def __str__(self):
        return self.meaning
