"""The association itself, its members, its board and its office."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from associations import reserved, years
from associations.colour import validate_on_dark, validate_on_light
from associations.models.organisation import Organisation
from associations.ownership import Owned, Sourced
from associations.recording import Records


def period_is_ordered(start="valid_from", end="valid_to", name="%(class)s_period_ordered"):
    """Return the constraint that a period does not end before it begins."""
    return models.CheckConstraint(
        condition=Q(**{f"{start}__isnull": True})
        | Q(**{f"{end}__isnull": True})
        | Q(**{f"{end}__gte": F(start)}),
        name=name,
        violation_error_message="Perioden slutar före den börjar.",
    )


class Association(Owned):
    """A samordningsförbund: a small public authority under the act (2003:1210)."""

    owner_path = ""

    name = models.CharField("namn", max_length=120, unique=True)
    short_name = models.CharField("kortnamn", max_length=60, unique=True)
    slug = models.SlugField(
        "adress",
        max_length=60,
        unique=True,
        validators=[reserved.unless_association],
    )
    position = models.PositiveSmallIntegerField("ordning", default=0)
    vision = models.TextField("vision", blank=True)
    purpose = models.TextField("syfte", blank=True)
    target_groups = models.TextField("målgrupper", blank=True, help_text="Markdown.")
    organisation_text = models.TextField(
        "så arbetar förbundet", blank=True, help_text="Styrelse, beredningsgrupp, kansli. Markdown."
    )
    formed_on = models.DateField("bildat", null=True, blank=True)
    contact = models.TextField(
        "kontakt", blank=True, help_text="Kansliets adress, telefon och e-post. Inga privata."
    )
    url = models.URLField("webbplats", blank=True)
    review_months = models.PositiveSmallIntegerField(
        "insatser granskas var … månad",
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="Gäller varje insats som inte har en egen takt.",
    )
    colour = models.CharField(
        "färg på ljus botten", max_length=7, default="#3a4750", validators=[validate_on_light]
    )
    colour_dark = models.CharField(
        "färg på mörk botten", max_length=7, default="#b8c4cc", validators=[validate_on_dark]
    )
    members = models.ManyToManyField(
        Organisation, verbose_name="medlemmar", through="Membership", related_name="associations"
    )

    history = Records()

    class Meta:
        verbose_name = "samordningsförbund"
        verbose_name_plural = "samordningsförbund"
        ordering = ["position", "name", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("association", args=[self.slug])


class Membership(Owned, Sourced):
    """That an organisation is a member of an association, during a period."""

    association = models.ForeignKey(
        Association, models.CASCADE, verbose_name="förbund", related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="medlem", related_name="memberships"
    )
    valid_from = models.DateField("från och med", null=True, blank=True)
    valid_to = models.DateField("till och med", null=True, blank=True)

    history = Records()

    class Meta:
        verbose_name = "medlemskap"
        verbose_name_plural = "medlemskap"
        ordering = ["association", "organisation__name", "pk"]
        constraints = [
            period_is_ordered(),
            models.UniqueConstraint(
                fields=["association", "organisation", "valid_from"],
                name="membership_once",
                violation_error_message="Medlemskapet finns redan.",
            ),
        ]

    def __str__(self):
        return f"{self.organisation} i {self.association}"


class Seat(Owned, Sourced):
    """A person with a public duty: in the board, the preparatory group or the office."""

    class Role(models.TextChoices):
        CHAIR = "chair", "ordförande"
        VICE_CHAIR = "vice_chair", "vice ordförande"
        MEMBER = "member", "ledamot"
        DEPUTY = "deputy", "ersättare"
        PREPARATORY = "preparatory", "beredningsgrupp"
        DIRECTOR = "director", "förbundschef"
        SECRETARY = "secretary", "förbundssekreterare"
        OFFICIAL = "official", "tjänsteman"
        AUDITOR = "auditor", "revisor"

    association = models.ForeignKey(
        Association, models.CASCADE, verbose_name="förbund", related_name="seats"
    )
    person = models.CharField("namn", max_length=120)
    role = models.CharField("uppdrag", max_length=20, choices=Role)
    appointed_by = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name="utsedd av",
        null=True,
        blank=True,
        related_name="seats",
    )
    valid_from = models.DateField("från och med", null=True, blank=True)
    valid_to = models.DateField("till och med", null=True, blank=True)
    known_year = models.PositiveSmallIntegerField(
        "känt år",
        null=True,
        blank=True,
        help_text="När bara ett år är känt: året i källan.",
        validators=years.WITHIN_REACH,
    )

    history = Records()

    class Meta:
        verbose_name = "uppdrag"
        verbose_name_plural = "uppdrag"
        ordering = ["association", "role", "person", "pk"]
        constraints = [period_is_ordered()]

    def __str__(self):
        return f"{self.person}, {self.get_role_display()}"


class OfficePost(Owned, Sourced):
    """A post in the office: its share of full time, and the share sold to another association."""

    association = models.ForeignKey(
        Association, models.CASCADE, verbose_name="förbund", related_name="posts"
    )
    title = models.CharField("tjänst", max_length=80)
    year = models.PositiveSmallIntegerField("år", validators=years.WITHIN_REACH)
    percent = models.PositiveSmallIntegerField(
        "del av heltid (procent)", validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    sold_to = models.ForeignKey(
        Association,
        models.PROTECT,
        verbose_name="säljs till",
        null=True,
        blank=True,
        related_name="bought_posts",
    )
    sold_percent = models.PositiveSmallIntegerField("såld del (procent av heltid)", default=0)

    history = Records()

    class Meta:
        verbose_name = "tjänst"
        verbose_name_plural = "tjänster"
        ordering = ["association", "-year", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100),
                name="post_percent",
                violation_error_message="En tjänst är 1–100 procent av heltid.",
            ),
            models.CheckConstraint(
                condition=Q(sold_percent__lte=F("percent")),
                name="post_sold_within",
                violation_error_message="Den sålda delen är större än tjänsten.",
            ),
            models.CheckConstraint(
                condition=Q(sold_to__isnull=True, sold_percent=0)
                | Q(sold_to__isnull=False, sold_percent__gt=0),
                name="post_sold_to_somebody",
                violation_error_message="Ange både köpare och såld del, eller ingen av dem.",
            ),
            models.CheckConstraint(
                condition=~Q(sold_to=F("association")),
                name="post_not_sold_to_self",
                violation_error_message="Ett förbund säljer inte till sig självt.",
            ),
        ]

    def __str__(self):
        return f"{self.title} {self.year}"
