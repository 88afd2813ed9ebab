"""The intervention (insats) and the small things that belong to it."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from associations import reserved, years
from associations.models import Association, Organisation
from associations.ownership import Owned, Sourced
from associations.recording import Records
from interventions import reviewing
from interventions.models.catalogue import InterventionQuerySet
from interventions.models.suitability import Referrer, Situation


class Intervention(Owned, Sourced):
    """An intervention, possibly of several associations, at one address even when shared."""

    owner_path = "associations"

    class Form(models.TextChoices):
        PROJECT = "project", "projekt"
        LIV = "liv", "långsiktig integrerad verksamhet (LIV)"
        TRAINING = "training", "utbildning eller konferens"
        COOPERATION = "cooperation", "samverkansform"
        SYSTEM = "system", "nationellt system"
        OTHER = "other", "annan insats"

    associations = models.ManyToManyField(
        Association, verbose_name="förbund", related_name="interventions"
    )
    lead = models.ForeignKey(
        Association,
        models.PROTECT,
        verbose_name="sidan ligger hos",
        null=True,
        blank=True,
        related_name="led_interventions",
        help_text="Tomt betyder att sidan ligger hos hela webbplatsen.",
    )
    name = models.CharField("namn", max_length=120)
    slug = models.SlugField("adress", max_length=80, validators=[reserved.unless_intervention])
    form = models.CharField("form", max_length=20, choices=Form)
    summary = models.TextField("i korthet", help_text="En eller två meningar på vanlig svenska.")
    description = models.TextField("beskrivning", blank=True, help_text="Markdown.")
    individual_percent = models.PositiveSmallIntegerField(
        "individinriktad del (procent)",
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text="Resten är strukturövergripande. Tomt betyder att det inte är känt.",
    )
    first_year = models.PositiveSmallIntegerField(
        "från år", null=True, blank=True, validators=years.WITHIN_REACH
    )
    last_year = models.PositiveSmallIntegerField(
        "till år", null=True, blank=True, validators=years.WITHIN_REACH
    )
    period_note = models.CharField("om tiden", max_length=200, blank=True)
    target_group = models.TextField("för vem", blank=True)
    age_from = models.PositiveSmallIntegerField("från ålder", null=True, blank=True)
    age_to = models.PositiveSmallIntegerField("till ålder", null=True, blank=True)
    first_age_from = models.PositiveSmallIntegerField(
        "går först, från ålder",
        null=True,
        blank=True,
        help_text="När vissa åldrar går först, men andra också kan få plats.",
    )
    first_age_to = models.PositiveSmallIntegerField("går först, till ålder", null=True, blank=True)
    situations = models.ManyToManyField(
        Situation,
        verbose_name="för dem med",
        blank=True,
        related_name="interventions",
        help_text="Bara det som är känt. Tomt betyder att man får fråga.",
    )
    first_situations = models.ManyToManyField(
        Situation,
        verbose_name="går först",
        blank=True,
        related_name="interventions_first",
        help_text="De som går först, när insatsen är öppen också för andra.",
    )
    referrers = models.ManyToManyField(
        Referrer,
        verbose_name="remittenter",
        blank=True,
        related_name="interventions",
        help_text="De som är kända. Tomt betyder att man får fråga.",
    )
    method = models.TextField("så går det till", blank=True, help_text="Markdown.")
    how_to_refer = models.TextField("så får man plats", blank=True, help_text="Markdown.")
    responsible = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name="ansvarig",
        null=True,
        blank=True,
        related_name="interventions",
    )
    responsible_note = models.CharField("om den som utför", max_length=200, blank=True)
    municipalities = models.ManyToManyField(
        Organisation,
        verbose_name="kommuner",
        blank=True,
        related_name="local_interventions",
        limit_choices_to={"kind": Organisation.Kind.MUNICIPALITY},
        help_text="Bara när insatsen inte gäller hela området.",
    )
    succeeded_by = models.ManyToManyField(
        "self",
        verbose_name="det som kom efter",
        symmetrical=False,
        blank=True,
        related_name="preceded_by",
    )
    reviewed_on = models.DateField("senast granskad", null=True, blank=True)
    reviewed_by = models.CharField(
        "granskad av", max_length=120, blank=True, help_text="En funktion, inte en person."
    )
    review_months = models.PositiveSmallIntegerField(
        "granskas var … månad",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="Tomt betyder så ofta som förbundet har bestämt för alla sina insatser.",
    )
    public = models.BooleanField(
        "publik", default=False, help_text="Ikryssad får alla läsa sidan på webbplatsen."
    )

    objects = InterventionQuerySet.as_manager()
    history = Records()

    class Meta:
        verbose_name = "insats"
        verbose_name_plural = "insatser"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lead", "slug"],
                name="intervention_address_once",
                violation_error_message="Förbundet har redan en insats på den adressen.",
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(lead__isnull=True),
                name="intervention_joint_address_once",
                violation_error_message="Det finns redan en gemensam insats på den adressen.",
            ),
            models.CheckConstraint(
                condition=Q(individual_percent__isnull=True) | Q(individual_percent__lte=100),
                name="intervention_individual_percent",
                violation_error_message="Den individinriktade delen är 0–100 procent.",
            ),
            models.CheckConstraint(
                condition=Q(first_year__isnull=True)
                | Q(last_year__isnull=True)
                | Q(last_year__gte=F("first_year")),
                name="intervention_years_ordered",
                violation_error_message="Insatsen slutar före den börjar. Rätta ett av åren.",
            ),
            models.CheckConstraint(
                condition=Q(age_from__isnull=True)
                | Q(age_to__isnull=True)
                | Q(age_to__gte=F("age_from")),
                name="intervention_ages_ordered",
                violation_error_message="Den högsta åldern är lägre än den lägsta.",
            ),
            models.CheckConstraint(
                condition=Q(first_age_from__isnull=True)
                | Q(first_age_to__isnull=True)
                | Q(first_age_to__gte=F("first_age_from")),
                name="intervention_first_ages_ordered",
                violation_error_message="Den högsta åldern som går först är lägre än den lägsta.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """Return the one canonical address, the same from whichever association one comes."""
        if self.lead is None:
            return reverse("intervention", args=[self.slug])
        return reverse("association_intervention", args=[self.lead.slug, self.slug])

    def missing_to_publish(self):
        """Return in sentences what the page lacks before the public may read it."""
        wanted = {
            "Skriv i korthet vad insatsen är.": self.summary,
            "Skriv för vem insatsen är. Den ger stöd till enskilda.": self.target_group
            or not self.is_for_persons,
        }
        return [sentence for sentence, there in wanted.items() if not there]

    def clean(self):
        super().clean()
        if self.public and (missing := self.missing_to_publish()):
            raise ValidationError({"public": missing})

    @property
    def fault_url(self):
        """The address where anybody tells what is wrong on the page."""
        if self.lead is None:
            return reverse("intervention_fault", args=[self.slug])
        return reverse("association_intervention_fault", args=[self.lead.slug, self.slug])

    def results_url(self, form):
        """Return the address of the results as a file, ``csv`` or ``json``."""
        if self.lead is None:
            return reverse("intervention_results", args=[self.slug, form])
        return reverse("association_intervention_results", args=[self.lead.slug, self.slug, form])

    @property
    def card_url(self):
        """The address of the card, the same from whichever association one comes."""
        return self._card("card")

    @property
    def card_pdf_url(self):
        """The address of the card as PDF."""
        return self._card("card_pdf")

    def _card(self, name):
        if self.lead is None:
            return reverse(f"intervention_{name}", args=[self.slug])
        return reverse(f"association_intervention_{name}", args=[self.lead.slug, self.slug])

    @property
    def structural_percent(self):
        """The structural part in per cent, or None when the split is not known."""
        return None if self.individual_percent is None else 100 - self.individual_percent

    @property
    def is_for_persons(self):
        """True when somebody can get a place: it isn't only work between authorities."""
        return bool(self.individual_percent)

    @property
    def review_due_on(self):
        """The day when the next review is due, None when never reviewed; needs ``with_review()``.

        The queryset tells by itself what is overdue, so that lists can be sorted by it.
        """
        if self.reviewed_on is None or self.review_every is None:
            return None
        return reviewing.months_after(self.reviewed_on, self.review_every)

    @property
    def review_rhythm(self):
        """How often the page is to be reviewed, in words; needs ``with_review()``."""
        return reviewing.rhythm(self.review_every) if self.review_every else ""

    def mark_reviewed(self, user):
        """Say that the page was reviewed today, by the user's function, and was right."""
        self.reviewed_on = timezone.localdate()
        self.reviewed_by = reviewing.function_of(user, self.associations.all())
        self._change_reason = "Granskad, allt stämmer"
        self.save(update_fields=["reviewed_on", "reviewed_by"])

    @property
    def has_ended(self):
        """True when the last year is known and past."""
        return self.last_year is not None and self.last_year < timezone.localdate().year

    @property
    def state(self):
        """Say "finished", "ongoing" or "unknown" from what is stored; needs ``with_owners()``."""
        if self.has_ended:
            return "finished"
        if max(self.last_year or 0, self.planned_to or 0) >= timezone.localdate().year:
            return "ongoing"
        return "unknown"

    @property
    def last_known(self):
        """How far what is known reaches, in Swedish, or "" when nothing tells."""
        if self.planned_to is not None:
            return f"Planerad till och med {self.planned_to}"
        return f"Uppgift från {self.told_in}" if self.told_in else ""

    @property
    def told_in(self):
        """The newest source's year, 0 without any; needs ``with_owners()``."""
        return max(self.source.year if self.source else 0, self.newest_result_told or 0)
