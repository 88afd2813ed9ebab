"""What a budget and a plan share: editions of a year, proposed, adopted, replaced."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

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
        return self.order_by(drafts_last, "-edition")


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
        ordering = ["association", "-year", "-edition"]
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
        return waiting.order_by("-year", "-edition")


class ProposedEdition(Edition):
    """An edition that is sent to the members, and from that day public as a proposal."""

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


def proposed_before_adopted(name, sentence):
    """Return the constraint that the members were asked before the board decided."""
    return models.CheckConstraint(
        condition=Q(proposed_on__isnull=True)
        | Q(adopted_on__isnull=True)
        | Q(proposed_on__lte=F("adopted_on")),
        name=name,
        violation_error_message=sentence,
    )
