"""What a budget and a plan share: editions of a year, proposed, adopted, replaced."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from associations import years
from associations.models import Association, Document
from associations.ownership import Owned, OwnedQuerySet

FIXED_ONCE_SAVED = "Det ändras inte när utgåvan väl finns. Ta bort utkastet och gör ett nytt."


class EditionQuerySet(OwnedQuerySet):
    """Editions of something that a board adopts."""

    def adopted(self):
        """Return the adopted editions, replaced ones too."""
        return self.filter(adopted_on__isnull=False)

    def published(self):
        """Return what the public may read: adopted, or printed in a public document. No drafts."""
        return self.filter(Q(adopted_on__isnull=False) | Q(published_in__public=True))

    def current(self):
        """Return one of these editions of each series: the one that is in force.

        That is the newest adopted one, and the newest of all where none is adopted: a proposed
        revision does not stand in for what the board has adopted.
        """
        others = self.model._base_manager.filter(
            **{name: models.OuterRef(name) for name in self.model.SERIES},
            pk__in=self.order_by().values("pk"),
        )
        newer = others.filter(edition__gt=models.OuterRef("edition"))
        adopted = Q(adopted_on__isnull=False)
        return self.filter(
            adopted & ~models.Exists(newer.filter(adopted))
            | ~adopted & ~models.Exists(newer) & ~models.Exists(others.filter(adopted))
        )

    def in_force_first(self):
        """Order them so that the one in force comes first: adopted before not, newest first."""
        drafts_last = models.Case(models.When(adopted_on__isnull=False, then=0), default=1)
        return self.order_by(drafts_last, "-edition", "pk")


def edition_constraints(name, *series):
    """Return the constraints of editions that are numbered within ``series``."""
    return [
        models.UniqueConstraint(
            fields=[*series, "edition"],
            name=f"{name}_edition_once",
            violation_error_message="Förbundet har redan den utgåvan för året.",
        ),
        models.CheckConstraint(
            condition=Q(edition__gte=1),
            name=f"{name}_edition_from_one",
            violation_error_message="Utgåvor räknas från 1.",
        ),
    ]


class Edition(Owned):
    """One edition of an association's year. Adopted, it never changes (rule 10).

    ``SERIES`` is what the editions of one thing have in common, and keep once they are saved.
    """

    SERIES = ("association", "year")
    FIXED = (*SERIES, "edition")

    association = models.ForeignKey(
        Association, models.PROTECT, verbose_name="förbund", related_name="%(class)ss"
    )
    year = models.PositiveSmallIntegerField("år", validators=years.WITHIN_REACH)
    edition = models.PositiveSmallIntegerField("utgåva", default=1)
    dnr = models.CharField("diarienummer", max_length=40, blank=True)
    published_in = models.ForeignKey(
        Document,
        models.PROTECT,
        verbose_name="tryckt i",
        null=True,
        blank=True,
        related_name="+",
        help_text="Handlingen som den är tryckt i. Är handlingen publik syns den för alla.",
    )
    adopted_on = models.DateField("fastställd", null=True, blank=True, editable=False)
    adopted_paragraph = models.CharField("§", max_length=20, blank=True, editable=False)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        verbose_name="ersätter",
        null=True,
        blank=True,
        editable=False,
        related_name="replaced_by",
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["association", "-year", "-edition", "pk"]
        constraints = edition_constraints("%(class)s", "association", "year")

    def clean(self):
        """Keep whose, which year's and which edition it is: the chain of editions is by them."""
        stored = type(self)._base_manager.filter(pk=self.pk).first() if self.pk else None
        for name in self.FIXED if stored else ():
            attname = self._meta.get_field(name).attname
            if getattr(self, attname) != getattr(stored, attname):
                raise ValidationError({name: FIXED_ONCE_SAVED})
        before = self.replaces
        if before and before.series() != self.series():
            raise ValidationError("Det som ersätts ska vara samma förbunds och samma års.")

    @property
    def is_adopted(self):
        """True when the board has adopted this edition."""
        return self.adopted_on is not None

    @property
    def is_sealed(self):
        return self.is_adopted

    @property
    def is_public(self):
        """True when anybody may read this edition."""
        return self.is_adopted or (self.published_in is not None and self.published_in.public)

    @property
    def state(self):
        """One of ``draft``, ``proposed``, ``adopted`` and ``replaced``, from the stored facts."""
        if self.is_adopted:
            successor = getattr(self, "replaced_by", None)
            return "replaced" if successor is not None and successor.is_adopted else "adopted"
        return "proposed" if self.published_in is not None else "draft"

    def series(self):
        """Return what this has in common with its other editions, as conditions."""
        names = [self._meta.get_field(name).attname for name in self.SERIES]
        return {name: getattr(self, name) for name in names}

    def next_edition(self):
        """Return the number of the edition that comes after all those of the same series."""
        others = type(self)._base_manager.filter(**self.series())
        return 1 + others.aggregate(models.Max("edition"))["edition__max"]


class ProposedQuerySet(EditionQuerySet):
    """Editions that the members are asked about before the board adopts them."""

    def published(self):
        """Return what the public may read: a proposal that was sent to the members, too."""
        return self.filter(
            Q(adopted_on__isnull=False)
            | Q(published_in__public=True)
            | Q(proposed_on__isnull=False)
        )

    def proposed(self):
        """Return the proposals that lie with the members, newest year first."""
        waiting = self.filter(proposed_on__isnull=False, adopted_on__isnull=True)
        return waiting.order_by("-year", "-edition", "pk")


class ProposedEdition(Edition):
    """An edition that is sent to the members, and from that day public as a proposal.

    A subclass says what is ``missing_to_propose``, and in ``the`` how a sentence about it begins.
    """

    proposed_on = models.DateField("föreslagen", null=True, blank=True, editable=False)

    objects = ProposedQuerySet.as_manager()

    class Meta(Edition.Meta):
        abstract = True

    @property
    def is_public(self):
        return super().is_public or self.proposed_on is not None

    @property
    def state(self):
        proposed = self.proposed_on is not None and not self.is_adopted
        return "proposed" if proposed else super().state

    @transaction.atomic
    def propose(self, on):
        """Send this draft to the members: from the day ``on`` it is public, as a proposal.

        Raises ValueError with what is missing.
        """
        edition = self._locked()
        missing = edition.missing_to_propose()
        if not missing and on > timezone.localdate():
            missing = ["Dagen har inte varit än. Skriv dagen då förslaget skickades."]
        edition._write(missing, proposed_on=on)
        self.refresh_from_db()

    @transaction.atomic
    def withdraw(self):
        """Take a proposal back: a draft again. Raises ValueError when it is no such proposal."""
        edition = self._locked()
        edition._write(edition.missing_to_withdraw(), proposed_on=None)
        self.refresh_from_db()

    def missing_to_withdraw(self):
        """Return why this can't be made a draft again, in sentences."""
        if self.is_adopted or self.proposed_on is None:
            return ["Bara ett förslag kan tas tillbaka."]
        return []

    def missing_of_members(self):
        """Return why the members can't be said to have been asked, in sentences."""
        if self.proposed_on is not None:
            return []
        return [f"{self.the} är inte föreslagen. Medlemmarna ska först få säga sitt."]

    def missing_in_decision(self, on, paragraph, meeting, dnr):
        """Return what is missing or wrong in a decision to adopt: its part → a sentence."""
        missing = {}
        if on is None:
            missing["on"] = f"Skriv vilken dag styrelsen fastställde {self.the.lower()}."
        elif on > timezone.localdate():
            missing["on"] = "Dagen har inte varit än. Skriv dagen då styrelsen beslutade."
        elif self.proposed_on is not None and on < self.proposed_on:
            words = f"{self.the.lower()} föreslogs för medlemmarna"
            missing["on"] = f"Dagen ligger före dagen då {words}."
        if not paragraph.strip() and meeting is None:
            missing["paragraph"] = "Skriv paragrafen i protokollet, eller välj mötet."
        if not dnr.strip():
            missing["dnr"] = "Skriv diarienumret."
        return missing

    def _locked(self):
        """Return this edition as it stands, locked against the editor until the deed is done."""
        return type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)

    def _write(self, missing, **facts):
        """Store ``facts``, or raise ValueError with what is missing."""
        if missing:
            raise ValueError(" ".join(missing))
        for name, value in facts.items():
            setattr(self, name, value)
        self.save(update_fields=[*facts])


def proposed_before_adopted(name, sentence):
    """Return the constraint that the members were asked before the board decided."""
    return models.CheckConstraint(
        condition=Q(proposed_on__isnull=True)
        | Q(adopted_on__isnull=True)
        | Q(proposed_on__lte=F("adopted_on")),
        name=name,
        violation_error_message=sentence,
    )
