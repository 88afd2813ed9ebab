"""Owner meetings, board meetings and others: what was said, what was decided, who does what."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from associations import numbering, years
from associations.models import Association, Organisation
from associations.ownership import Owned, PublicQuerySet, Sourced
from associations.recording import Records


class MeetingQuerySet(PublicQuerySet):
    """Meetings."""

    def joint(self):
        """Return the meetings of several associations, or of the whole site."""
        owners = self.model._base_manager.order_by().annotate(owners=models.Count("associations"))
        return self.exclude(pk__in=owners.filter(owners=1).values("pk"))

    def with_owners(self):
        """Return the meetings with what lists and addresses need: constant queries."""
        return self.select_related("host").prefetch_related("associations")


class Meeting(Owned, Sourced):
    """A meeting of one association, or a joint one of several. Its notes carry facts anew."""

    owner_path = "associations"

    class Kind(models.TextChoices):
        OWNER = "owner", "ägarmöte"
        CONSULTATION = "consultation", "medlemssamråd"
        BOARD = "board", "styrelsemöte"
        STRATEGY = "strategy", "strategidag"
        OTHER = "other", "annat möte"

    associations = models.ManyToManyField(
        Association, verbose_name="förbund", related_name="meetings"
    )
    kind = models.CharField("slag", max_length=20, choices=Kind)
    title = models.CharField("rubrik", max_length=160)
    slug = models.SlugField("adress", max_length=80, unique=True)
    year = models.PositiveSmallIntegerField("år", validators=years.WITHIN_REACH)
    date = models.DateField("datum", null=True, blank=True)
    date_note = models.CharField(
        "om datumet", max_length=200, blank=True, help_text="Till exempel att källan saknar datum."
    )
    planned = models.BooleanField(
        "känt bara som planerat", default=False, help_text="Källan berättar att mötet planeras."
    )
    place = models.CharField("plats", max_length=120, blank=True)
    host = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name="värd",
        null=True,
        blank=True,
        related_name="hosted_meetings",
    )
    host_note = models.CharField("om värden", max_length=200, blank=True)
    invited = models.PositiveSmallIntegerField("antal inbjudna", null=True, blank=True)
    present = models.PositiveSmallIntegerField("antal närvarande", null=True, blank=True)
    attendance_note = models.CharField("om deltagarna", max_length=200, blank=True)
    summary = models.TextField("sammanfattning", blank=True)
    notes_by = models.CharField("antecknat av", max_length=120, blank=True)
    next_meeting = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="nästa möte",
        null=True,
        blank=True,
        related_name="previous_meetings",
    )
    next_note = models.CharField("om nästa möte", max_length=200, blank=True)
    public = models.BooleanField("publikt", default=False)

    objects = MeetingQuerySet.as_manager()
    history = Records()

    class Meta:
        verbose_name = "möte"
        verbose_name_plural = "möten"
        ordering = ["-year", F("date").desc(nulls_last=True), "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(invited__isnull=True)
                | Q(present__isnull=True)
                | Q(present__lte=F("invited")),
                name="meeting_present_within_invited",
                violation_error_message="Fler var närvarande än inbjudna. Rätta ett av talen.",
            ),
            models.CheckConstraint(
                condition=Q(date__isnull=False) | ~Q(date_note=""),
                name="meeting_date_or_note",
                violation_error_message="Skriv datum, eller varför datumet saknas.",
            ),
            models.CheckConstraint(
                condition=Q(date__isnull=True) | Q(date__year=F("year")),
                name="meeting_date_in_year",
                violation_error_message="Datumet ligger inte i det angivna året.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_past(self):
        """True when its day has been, or its year when no day is known."""
        today = timezone.localdate()
        return self.year < today.year if self.date is None else self.date < today

    def get_absolute_url(self):
        """Return the one lasting address: the association's own, or the joint one."""
        return self._at("meeting")

    @property
    def pdf_url(self):
        """The address of the notes as PDF."""
        return self._at("meeting_pdf")

    def _at(self, name):
        owners = list(self.associations.all())
        if len(owners) == 1:
            return reverse(f"association_{name}", args=[owners[0].slug, self.slug])
        return reverse(name, args=[self.slug])

    @property
    def has_notes(self):
        """True when anything was noted: an item, a decision, or who does what."""
        return any(rows.exists() for rows in (self.items, self.decisions, self.action_points))


class AgendaItem(Owned):
    """One item of a meeting, with what was said."""

    owner_path = "meeting__associations"

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name="möte", related_name="items")
    position = models.PositiveSmallIntegerField("ordning")
    title = models.CharField("rubrik", max_length=160)
    text = models.TextField("text", blank=True, help_text="Markdown.")

    history = Records()

    class Meta:
        verbose_name = "punkt"
        verbose_name_plural = "dagordning"
        ordering = ["meeting", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="agenda_item_position_once",
                violation_error_message="Två punkter har samma plats i dagordningen.",
            )
        ]

    def __str__(self):
        return self.title

    @property
    def heading(self):
        """The title with its number before it, unless it was pasted with one of its own."""
        own = numbering.own_number(self.title, self.position)
        return self.title if own else f"{self.position}. {self.title}"


class Decision(Owned):
    """A decision (§) of a meeting."""

    owner_path = "meeting__associations"

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, verbose_name="möte", related_name="decisions"
    )
    item = models.ForeignKey(
        AgendaItem,
        models.CASCADE,
        verbose_name="punkt",
        null=True,
        blank=True,
        related_name="decisions",
    )
    paragraph = models.CharField("§", max_length=20, blank=True)
    text = models.TextField("beslut")

    history = Records()

    class Meta:
        verbose_name = "beslut"
        verbose_name_plural = "beslut"
        ordering = ["meeting", "paragraph", "pk"]

    def __str__(self):
        return f"§ {self.paragraph}" if self.paragraph else self.text[:60]


class ActionPoint(Owned):
    """Something that somebody has undertaken to do, with a due date where one was set."""

    owner_path = "meeting__associations"

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, verbose_name="möte", related_name="action_points"
    )
    text = models.TextField("vad som ska göras")
    owner = models.CharField("ansvarig", max_length=160)
    due_on = models.DateField("senast", null=True, blank=True)
    due_note = models.CharField("om tiden", max_length=120, blank=True)
    done_on = models.DateField("klart", null=True, blank=True)

    history = Records()

    class Meta:
        verbose_name = "uppdrag från möte"
        verbose_name_plural = "uppdrag från möten"
        ordering = ["meeting", "due_on", "pk"]

    def __str__(self):
        return self.text[:60]
