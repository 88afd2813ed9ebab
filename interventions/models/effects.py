"""A calculation of what joint rehabilitation gave back, as assumptions with values and sources."""

from fractions import Fraction

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from associations import years
from associations.models import Association
from associations.ownership import Owned, PublicQuerySet, Sourced
from associations.recording import Records
from interventions import effects
from interventions.effects import keys


class EffectCalculationQuerySet(PublicQuerySet):
    """Calculations of effects."""

    def readable_by(self, user):
        """Return what ``user`` may read: the public ones, and drafts of their own."""
        own = self.for_user(user).values("pk")
        return self.filter(Q(public=True) | Q(pk__in=own))

    def with_assumptions(self):
        """Return them with all that a calculation is computed and told from."""
        assumptions = EffectAssumption.objects.select_related("source")
        return self.select_related("source").prefetch_related(
            "associations",
            models.Prefetch("assumptions", assumptions),
            "assumptions__source__associations",
            "source__associations",
        )


class EffectCalculation(Owned, Sourced):
    """A named set of assumptions for ``effects.compute``; nothing that it returns is stored."""

    owner_path = "associations"

    associations = models.ManyToManyField(
        Association, verbose_name="förbund", related_name="effect_calculations"
    )
    title = models.CharField("rubrik", max_length=160)
    slug = models.SlugField("adress", max_length=80, unique=True)
    year = models.PositiveSmallIntegerField("år", validators=years.WITHIN_REACH)
    public = models.BooleanField(
        "publik", default=False, help_text="Ikryssad får alla läsa beräkningen på webbplatsen."
    )

    objects = EffectCalculationQuerySet.as_manager()
    history = Records()

    class Meta:
        verbose_name = "effektberäkning"
        verbose_name_plural = "effektberäkningar"
        ordering = ["-year", "title", "pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Return the page where it is shown and can be reckoned anew."""
        return reverse("effect_calculation", args=[self.slug])

    def values(self):
        """Return key → value of the assumptions, exactly as they are stored."""
        return {each.key: Fraction(each.value) for each in self.assumptions.all()}

    def missing(self):
        """Return in a Swedish sentence what is lacking to compute anything, or ""."""
        missing = effects.missing_of(self.values())
        return f"Beräkningen saknar antaganden: {keys.named(missing)}." if missing else ""

    def effects(self, choices=effects.PRESET):
        """Return ``effects.Effects``, in kronor a year.

        Raises ValueError with a Swedish sentence when an assumption is missing.
        """
        return effects.compute(self.resting_on(), choices)

    def resting_on(self):
        """Return ``effects.Assumptions`` as they are stored.

        Raises ValueError with a Swedish sentence when an assumption is missing.
        """
        if missing := self.missing():
            raise ValueError(missing)
        return effects.Assumptions.from_values(self.values())


class EffectAssumption(Owned, Sourced):
    """One assumption of a calculation: its value, unit, date and where it was read.

    ``low`` and ``high`` are a range that a source gives, and ``range_note`` says which.
    """

    owner_path = "calculation__associations"

    calculation = models.ForeignKey(
        EffectCalculation, models.CASCADE, verbose_name="beräkning", related_name="assumptions"
    )
    key = models.SlugField("slag", max_length=60, choices=keys.CHOICES)
    meaning = models.CharField("betydelse", max_length=200)
    value = models.DecimalField("värde", max_digits=16, decimal_places=4)
    unit = models.CharField("enhet", max_length=60)
    date = models.DateField("gäller", null=True, blank=True)
    low = models.DecimalField(
        "lägst", max_digits=16, decimal_places=4, null=True, blank=True,
        help_text="Bara när en källa ger ett spann.",
    )  # fmt: skip
    high = models.DecimalField("högst", max_digits=16, decimal_places=4, null=True, blank=True)
    range_note = models.CharField("var spannet står", max_length=200, blank=True)

    history = Records()

    class Meta:
        verbose_name = "antagande"
        verbose_name_plural = "antaganden"
        ordering = ["calculation", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["calculation", "key"],
                name="effect_assumption_once",
                violation_error_message="Beräkningen har redan det antagandet.",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True, high__isnull=True, range_note="")
                | Q(low__lte=F("value"), high__gte=F("value")) & ~Q(range_note=""),
                name="effect_assumption_range",
                violation_error_message=(
                    "Ett spann har lägst, högst och var det står, och värdet ligger i det."
                ),
            ),
        ]

    def __str__(self):
        return self.meaning

    def clean(self):
        """Refuse a number that the assumption can't be."""
        for field in ("value", "low", "high"):
            number = getattr(self, field)
            known = number is not None and self.key in keys.KEYS
            if known and (sentence := keys.refusal(self.key, number)):
                raise ValidationError({field: sentence})
