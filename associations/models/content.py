"""What an association publishes: documents, news, pages and single figures with a source."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from associations import years
from associations.files import validate_file
from associations.models.association import Association
from associations.ownership import Owned, OwnedQuerySet, PublicQuerySet, Sourced, Written
from associations.recording import Records


class Document(Owned):
    """A document of one association or of several together: minutes, a plan, a presentation."""

    owner_path = "associations"

    class Kind(models.TextChoices):
        PLAN = "plan", "verksamhetsplan"
        NOTES = "notes", "minnesanteckningar"
        MINUTES = "minutes", "protokoll"
        PRESENTATION = "presentation", "presentation"
        REPORT = "report", "årsredovisning eller rapport"
        STATUTES = "statutes", "förbundsordning"
        POLICY = "policy", "riktlinje"
        OTHER = "other", "annat"

    associations = models.ManyToManyField(
        Association, verbose_name="förbund", related_name="documents"
    )
    title = models.CharField("titel", max_length=200)
    slug = models.SlugField("adress", max_length=100, unique=True)
    kind = models.CharField("slag", max_length=20, choices=Kind)
    year = models.PositiveSmallIntegerField("år", validators=years.WITHIN_REACH)
    date = models.DateField("datum", null=True, blank=True)
    dnr = models.CharField("diarienummer", max_length=40, blank=True)
    description = models.TextField("beskrivning", blank=True)
    file = models.FileField("fil", upload_to="dokument/%Y/", blank=True, validators=[validate_file])
    public = models.BooleanField(
        "publik", default=False, help_text="Ikryssad får alla läsa handlingen på webbplatsen."
    )

    objects = PublicQuerySet.as_manager()
    history = Records()

    class Meta:
        verbose_name = "dokument"
        verbose_name_plural = "dokument"
        ordering = ["-year", "title", "pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Return the one lasting address: with the first of the associations that own it."""
        owners = list(self.associations.all())
        return reverse("document", args=[owners[0].slug, self.slug]) if owners else "/"


class NewsQuerySet(OwnedQuerySet):
    """News."""

    def published(self, today=None):
        """Return the news whose day of publishing has come."""
        return self.filter(published_on__lte=today or timezone.localdate())


class News(Owned, Sourced):
    """A news item of one association or of several together."""

    owner_path = "associations"

    associations = models.ManyToManyField(Association, verbose_name="förbund", related_name="news")
    title = models.CharField("rubrik", max_length=160)
    slug = models.SlugField("adress", max_length=100, unique=True)
    lead = models.TextField("ingress", blank=True)
    body = models.TextField("text", blank=True, help_text="Markdown.")
    published_on = models.DateField(
        "publiceras", null=True, blank=True, help_text="Tomt betyder utkast."
    )

    objects = NewsQuerySet.as_manager()
    history = Records()

    class Meta:
        verbose_name = "nyhet"
        verbose_name_plural = "nyheter"
        ordering = ["-published_on", "title", "pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Return the one lasting address: with the first of the associations that own it."""
        owners = list(self.associations.all())
        return reverse("news_item", args=[owners[0].slug, self.slug]) if owners else "/"


class Figure(Owned, Sourced):
    """A single figure as a source prints it: a total, a share, a threshold, a number of visitors.

    ``key`` lets software find the figures that it computes with or compares with (for example
    ``budget-total``, ``budget-share-individual``, ``capital-cap-percent``). Without associations
    the figure is about the county or the country, and only a superuser may change it.
    """

    owner_path = "associations"

    class Unit(models.TextChoices):
        KRONOR = "kronor", "kronor"
        PERCENT = "percent", "procent"
        PERSONS = "persons", "personer"
        MONTHS = "months", "månader"
        COUNT = "count", "antal"

    class Qualifier(models.TextChoices):
        EXACT = "", "exakt"
        ABOUT = "about", "cirka"
        OVER = "over", "över"

    associations = models.ManyToManyField(
        Association, verbose_name="förbund", related_name="figures", blank=True
    )
    key = models.SlugField("nyckel", max_length=60)
    subject = models.CharField("vad det gäller", max_length=200)
    year = models.PositiveSmallIntegerField(
        "år", null=True, blank=True, validators=years.WITHIN_REACH
    )
    value = models.DecimalField(
        "värde",
        max_digits=15,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Tomt betyder att källan säger att värdet saknas.",
    )
    unit = models.CharField("enhet", max_length=10, choices=Unit)
    qualifier = models.CharField(
        "noggrannhet", max_length=10, choices=Qualifier, blank=True, default=Qualifier.EXACT
    )
    base = models.CharField("procent av vad", max_length=200, blank=True)
    note = models.TextField("anmärkning", blank=True)

    history = Records()

    class Meta:
        verbose_name = "uppgift ur källa"
        verbose_name_plural = "uppgifter ur källor"
        ordering = ["key", "year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(unit="percent") | Q(value__isnull=True) | ~Q(base=""),
                name="figure_percent_has_base",
                violation_error_message="Skriv vad procenttalet räknas av.",
            )
        ]

    def __str__(self):
        return f"{self.subject} {self.year or ''}".strip()


class Page(Written):
    """A page about the whole site: the law in brief, accessibility, privacy."""

    title = models.CharField("rubrik", max_length=120)
    slug = models.SlugField("adress", max_length=60, unique=True)
    lead = models.TextField("ingress", blank=True)
    body = models.TextField("text", help_text="Markdown.")
    position = models.PositiveSmallIntegerField("ordning", default=0)
    reviewed_on = models.DateField("senast granskad", null=True, blank=True)

    history = Records()

    class Meta:
        verbose_name = "sida"
        verbose_name_plural = "sidor"
        ordering = ["position", "title", "pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("page", args=[self.slug])


class Portal(Written):
    """The site's own name and words. There is one row."""

    name = models.CharField("webbplatsens namn", max_length=80)
    area = models.CharField("område", max_length=80, help_text="Till exempel ”Jönköpings län”.")
    lead = models.TextField("inledning på startsidan")
    joint_text = models.TextField("det gemensamma", blank=True, help_text="Markdown.")
    contact = models.TextField("kontakt", blank=True)

    history = Records()

    class Meta:
        verbose_name = "webbplats"
        verbose_name_plural = "webbplatsen"
        constraints = [
            models.CheckConstraint(
                condition=Q(pk=1),
                name="portal_only_one",
                violation_error_message="Det finns bara en webbplats. Ändra den som finns.",
            )
        ]

    def __str__(self):
        return self.name

    def clean(self):
        if self.pk is None and Portal.objects.exists():
            raise ValidationError("Det finns bara en webbplats. Ändra den som finns.")
        self.pk = 1
