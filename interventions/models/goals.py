"""Goals with their base, and results as counts of women and men. Never persons."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from associations import years
from associations.ownership import Sourced
from associations.recording import Records
from interventions import rates
from interventions.models.intervention import Intervention
from interventions.models.parts import Part


class Qualifier(models.TextChoices):
    """How exact a figure is in its source."""

    EXACT = "", "exakt"
    ABOUT = "about", "cirka"
    OVER = "over", "över"
    AT_LEAST = "at_least", "minst"


class Goal(Part, Sourced):
    """What an intervention aims at: a per cent of a base, a count, or something delivered."""

    class Kind(models.TextChoices):
        PERCENT = "percent", "procent"
        COUNT = "count", "antal"
        DELIVERABLE = "deliverable", "något som ska vara klart"
        DIRECTION = "direction", "inriktning utan tal"

    intervention = models.ForeignKey(
        Intervention, models.CASCADE, verbose_name="insats", related_name="goals"
    )
    position = models.PositiveSmallIntegerField("ordning", default=0)
    kind = models.CharField("slag", max_length=20, choices=Kind)
    text = models.TextField("mål")
    year = models.PositiveSmallIntegerField(
        "år", null=True, blank=True, validators=years.WITHIN_REACH
    )
    target = models.DecimalField("målvärde", max_digits=9, decimal_places=1, null=True, blank=True)
    qualifier = models.CharField(
        "noggrannhet", max_length=10, choices=Qualifier, blank=True, default=Qualifier.EXACT
    )
    base = models.CharField("av vilka", max_length=200, blank=True)
    due_on = models.DateField("senast", null=True, blank=True)

    history = Records()

    class Meta:
        verbose_name = "mål"
        verbose_name_plural = "mål"
        ordering = ["intervention", "-year", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["percent", "count"]) | Q(target__isnull=False),
                name="goal_has_target",
                violation_error_message="Ett mål i procent eller antal behöver ett målvärde.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="percent") | (~Q(base="") & Q(target__gte=0, target__lte=100)),
                name="goal_percent_has_base",
                violation_error_message="Ange ett procenttal från 0 till 100, och av vilka.",
            ),
        ]

    def __str__(self):
        return self.text[:80]


class Result(Part, Sourced):
    """What came of an intervention in a year or period: counts by women and men, or a rate.

    A rate always names its base (rule 14). Staff see all; what the public sees of small counts
    is decided in ``interventions/suppression.py``.
    """

    intervention = models.ForeignKey(
        Intervention, models.CASCADE, verbose_name="insats", related_name="results"
    )
    goal = models.ForeignKey(
        Goal, models.SET_NULL, verbose_name="mål", null=True, blank=True, related_name="results"
    )
    measure = models.CharField("vad som räknas", max_length=200)
    year = models.PositiveSmallIntegerField(
        "år", null=True, blank=True, validators=years.WITHIN_REACH
    )
    period = models.CharField("period", max_length=80, help_text="”2019” eller ”sedan starten”.")
    women = models.PositiveIntegerField("kvinnor", null=True, blank=True)
    men = models.PositiveIntegerField("män", null=True, blank=True)
    total = models.PositiveIntegerField(
        "totalt", null=True, blank=True, help_text="Fyll i när kvinnor och män inte är uppdelade."
    )
    base_count = models.PositiveIntegerField("av antal", null=True, blank=True)
    percent = models.DecimalField("procent", max_digits=4, decimal_places=1, null=True, blank=True)
    qualifier = models.CharField(
        "noggrannhet", max_length=10, choices=Qualifier, blank=True, default=Qualifier.EXACT
    )
    base = models.CharField("av vilka", max_length=200, blank=True)
    counts_persons = models.BooleanField("räknar deltagare", default=True)
    part_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        verbose_name="ingår i",
        null=True,
        blank=True,
        related_name="parts",
        help_text="Resultatet som det här är en del av: perioden, länet, hela förbundet. "
        "Då döljs små antal så att de inte kan räknas ut ur helheten.",
    )

    history = Records()

    class Meta:
        verbose_name = "resultat"
        verbose_name_plural = "resultat"
        ordering = ["intervention", "-year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(women__isnull=False, men__isnull=False, total__isnull=True)
                | Q(women__isnull=True, men__isnull=True),
                name="result_sexes_or_total",
                violation_error_message="Fyll i kvinnor och män, eller bara totalt.",
            ),
            models.CheckConstraint(
                condition=~Q(women=None, total=None, percent=None),
                name="result_says_something",
                violation_error_message="Fyll i minst ett tal.",
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | ~Q(base=""),
                name="result_percent_has_base",
                violation_error_message="Skriv vad procenttalet räknas av.",
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__gte=0, percent__lte=100),
                name="result_percent_range",
                violation_error_message="Ett procenttal går från 0 till 100.",
            ),
            models.CheckConstraint(
                condition=Q(base_count__isnull=True)
                | Q(total__isnull=True)
                | Q(total__lte=F("base_count")),
                name="result_within_base",
                violation_error_message="Antalet är större än det som det räknas av.",
            ),
            models.CheckConstraint(
                condition=Q(base_count__isnull=True)
                | Q(women__isnull=True)
                | Q(base_count__gte=F("women") + F("men")),
                name="result_sexes_within_base",
                violation_error_message="Kvinnor och män är fler än det som de räknas av.",
            ),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("id")),
                name="result_not_part_of_itself",
                violation_error_message="Ett resultat ingår inte i sig självt.",
            ),
        ]

    def __str__(self):
        return f"{self.measure}, {self.period}"

    def clean(self):
        """Refuse a part of what is a part of it, and parts that are more than their whole."""
        whole, seen = self.part_of, {self.pk}
        while whole is not None:
            if whole.pk in seen:
                raise ValidationError({"part_of": "Resultaten ingår i varandra i en ring."})
            seen.add(whole.pk)
            whole = whole.part_of
        if self.part_of is None or self.count is None or self.part_of.count is None:
            return
        others = self.part_of.parts.exclude(pk=self.pk) if self.part_of.pk else ()
        if self.count + sum(each.count or 0 for each in others) > self.part_of.count:
            raise ValidationError(
                {"part_of": f"Delarna blir fler än helheten, som är {self.part_of.count}."}
            )

    @property
    def count(self):
        """The number in all, or None when only a rate is known."""
        return self.total if self.women is None else self.women + self.men

    @property
    def rate(self):
        """The rate in per cent, as printed or from the counts; None without a base."""
        return rates.rate_of(self)
