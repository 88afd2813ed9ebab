"""A budget of several years, in editions: drafts change, adopted ones never."""

from django.db import models, transaction
from django.urls import reverse
from simple_history.models import HistoricalRecords

from associations.adoption import Edition, EditionQuerySet
from associations.ownership import Sourced
from budgets import sums


class BudgetQuerySet(EditionQuerySet):
    """Budgets."""

    def with_table(self):
        """Return them with columns, lines and amounts, in a constant number of queries."""
        return self.select_related(
            "association", "published_in", "source", "replaced_by"
        ).prefetch_related(
            "columns", "lines__amounts", "lines__organisation", "lines__intervention__lead"
        )


class Budget(Edition, Sourced):
    """One association's budget: a year and the years planned after it."""

    opening_label = models.CharField(
        "rad för ingående pengar", max_length=80, default="Balanserat resultat"
    )
    opening_note = models.TextField("not till ingående pengar", blank=True)
    result_label = models.CharField("rad för resultat", max_length=80, default="Resultat")
    comment = models.TextField("kommentar", blank=True, help_text="Markdown.")
    version = models.PositiveIntegerField("version", default=1, editable=False)

    objects = BudgetQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Edition.Meta):
        verbose_name = "budget"
        verbose_name_plural = "budgetar"

    def __str__(self):
        edition = f", utgåva {self.edition}" if self.edition > 1 else ""
        return f"{self.association.short_name}: budget {self.year}{edition}"

    def get_absolute_url(self):
        return reverse("budget", args=[self.association.slug, self.year])

    def table(self):
        """Return the computed table of this budget: ``sums.Table``, the one place of its sums."""
        lines = self.lines.all()
        amounts = {
            (line.pk, amount.column_id): amount.kronor
            for line in lines
            for amount in line.amounts.all()
        }
        return self.table_of(self.columns.all(), lines, amounts)

    def table_of(self, columns, lines, amounts):
        """Return ``sums.Table`` of this budget's columns and lines, fetched already.

        ``amounts`` maps (line key, column key) to kronor.
        """
        return sums.table(
            [
                sums.Column(c.pk, c.year, c.kind, c.label, c.opens_from_id, c.opening)
                for c in columns
            ],
            [line.as_plain() for line in lines],
            amounts,
            opening_label=self.opening_label,
            opening_note=self.opening_note,
        )

    @transaction.atomic
    def revise(self):
        """Return a new draft that copies this budget and names it as the one it replaces.

        Raises ValueError when this budget is a draft or already has a revision.
        """
        if not self.is_adopted:
            raise ValueError("Bara en fastställd budget revideras. Ändra i utkastet.")
        if hasattr(self, "replaced_by"):
            raise ValueError("Budgeten har redan en revidering. Ändra i den.")
        draft = Budget(
            association=self.association,
            year=self.year,
            edition=self.next_edition(),
            replaces=self,
            source=self.source,
            source_note=self.source_note,
            opening_label=self.opening_label,
            opening_note=self.opening_note,
            result_label=self.result_label,
            comment=self.comment,
        )
        draft.save()
        columns = {column.pk: column.copy_to(draft) for column in self.columns.all()}
        for column in self.columns.all():
            if column.opens_from_id is not None:
                copy = columns[column.pk]
                copy.opens_from = columns[column.opens_from_id]
                copy.save()
        for line in self.lines.all():
            copy = line.copy_to(draft)
            for amount in line.amounts.all():
                amount.copy_to(copy, columns[amount.column_id])
        return draft
