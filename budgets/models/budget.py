"""A budget of several years, in editions: drafts change, adopted ones never."""

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from associations.adoption import ProposedEdition, ProposedQuerySet, proposed_before_adopted
from associations.ownership import Sourced
from associations.recording import Records, one_save
from budgets import audited, counting, rolling, rules, sums
from meetings.models import Meeting


class VersionField(models.PositiveIntegerField):
    """A whole save of the row counts up from what is stored, whatever the row was read with."""

    def pre_save(self, model_instance, add):
        if not add:
            kept = type(model_instance)._base_manager.filter(pk=model_instance.pk)
            stored = kept.values_list(self.attname, flat=True).first() or 0
            setattr(model_instance, self.attname, stored + 1)
        return super().pre_save(model_instance, add)

    def deconstruct(self):
        """Stay the whole number that the database has."""
        name, _, arguments, options = super().deconstruct()
        return name, "django.db.models.PositiveIntegerField", arguments, options


class BudgetQuerySet(ProposedQuerySet):
    """Budgets."""

    def with_table(self):
        """Return them with columns, lines and amounts, in a constant number of queries."""
        return self.select_related(
            "association", "published_in", "source", "replaced_by", "adopted_at"
        ).prefetch_related(*self.model.parts())

    def lock_of(self, rows):
        """Lock the budgets that ``rows`` (budgets or parts of them) belong to, in one order."""
        keys = {row.budget_pk for row in rows}
        list(self.select_for_update(of=("self",)).filter(pk__in=keys - {None}).order_by("pk"))


class Budget(ProposedEdition, Sourced):
    """One association's budget: a year and the years planned after it."""

    opening_label = models.CharField(
        "rad för ingående pengar", max_length=80, default="Balanserat resultat"
    )
    opening_note = models.TextField("not till ingående pengar", blank=True)
    result_label = models.CharField("rad för resultat", max_length=80, default="Resultat")
    comment = models.TextField("kommentar", blank=True, help_text="Markdown.")
    version = VersionField("version", default=1, editable=False)
    adopted_at = models.ForeignKey(
        Meeting,
        models.PROTECT,
        verbose_name="fastställd vid",
        null=True,
        blank=True,
        editable=False,
        related_name="adopted_budgets",
    )

    the = "Budgeten"
    CHANGED = (
        "Någon ändrade budgeten medan sidan var öppen. Inget är fastställt. "
        "Läs summorna igen och fastställ sedan."
    )
    objects = BudgetQuerySet.as_manager()
    history = Records()

    class Meta(ProposedEdition.Meta):
        verbose_name = "budget"
        verbose_name_plural = "budgetar"
        permissions = [("adopt_budget", "Får fastställa budget")]
        constraints = [
            *ProposedEdition.Meta.constraints,
            models.CheckConstraint(
                condition=Q(adopted_at__isnull=True) | Q(adopted_on__isnull=False),
                name="budget_adopted_at_needs_a_day",
                violation_error_message="Skriv vilken dag budgeten fastställdes.",
            ),
            proposed_before_adopted(
                "budget_proposed_before_adopted",
                "Budgeten kan inte fastställas innan den föreslogs.",
            ),
        ]

    @property
    def budget_pk(self):
        """The key of the budget itself; its parts have the same property."""
        return self.pk

    def __str__(self):
        edition = f", utgåva {self.edition}" if self.edition > 1 else ""
        return f"{self.association.short_name}: budget {self.year}{edition}"

    @classmethod
    def parts(cls):
        """Return what a table is made of, to be prefetched: columns, and lines with amounts.

        A line's member and intervention are joined to it. Prefetched by themselves they would be
        asked for by an OR for each, and SQLite takes a thousand at most.
        """
        lines = cls.lines.rel.related_model._default_manager
        joined = lines.select_related("organisation", "intervention__lead")
        return "columns", models.Prefetch("lines", joined), "lines__amounts"

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

    def told_table(self):
        """Return the table for others to read: a published one without the empty columns.

        A draft has them all, so that its files can be filled in and read in again.
        """
        return self.table().told() if self.is_public else self.table()

    def table_of(self, columns, lines, amounts):
        """Return ``sums.Table`` of this budget's columns and lines, fetched already.

        ``amounts`` maps (line key, column key) to kronor.
        """
        return sums.table(
            [column.as_plain() for column in columns],
            [line.as_plain() for line in lines],
            amounts,
            opening_label=self.opening_label,
            opening_note=self.opening_note,
        )

    def missing_to_withdraw(self):
        """Return why this can't be a draft again: a plan that anybody reads shows it, too."""
        shown = self.plans.published().exists()
        words = "En plan som alla kan läsa visar budgeten. Ta tillbaka planens förslag först."
        return super().missing_to_withdraw() or ([words] if shown else [])

    def missing_to_propose(self):
        """Return what keeps this budget from being sent to the members, in sentences."""
        if self.is_adopted:
            return ["Budgeten är redan fastställd."]
        if self.proposed_on is not None:
            return ["Budgeten är redan föreslagen för medlemmarna."]
        return self._faults()

    def missing_to_adopt(self):
        """Return what keeps the board from adopting this budget, in sentences.

        What the decision itself must say is asked by ``missing_in_decision``.
        """
        if self.is_adopted:
            return ["Budgeten är redan fastställd."]
        return self.missing_of_members() + self._faults()

    def _faults(self):
        """Return what is wrong in the table: nothing in it, or a finding that is an error.

        The errors among the findings follow from the table alone (``rules.NOTHING_KNOWN``).
        """
        table = self.table()
        if table.column_of(self.year) is None:
            return [f"Tabellen har ingen kolumn för {self.year}."]
        if not table.amounts:
            return ["Tabellen är tom. Skriv in belopp först."]
        if not table.column_of(self.year).filled:
            return [f"Kolumnen för {self.year} är tom. Skriv in belopp först."]
        return [each.sentence for each in rules.findings(table) if each.severity == rules.ERROR]

    @transaction.atomic
    def adopt(self, on, paragraph="", meeting=None, dnr="", *, seen=None):
        """Seal this budget by the board's decision; one that it replaces is replaced from now on.

        ``seen`` is the version that was read. Raises ValueError with what is missing, and when
        another version stands here now.
        """
        budget = self._locked()
        missing = budget.missing_to_adopt()
        if not missing and seen not in (None, budget.version):
            missing = [self.CHANGED]
        missing = missing or budget.missing_in_decision(on, paragraph, meeting, dnr).values()
        budget._write(
            missing,
            adopted_on=on,
            adopted_paragraph=paragraph.strip(),
            adopted_at=meeting,
            dnr=dnr.strip(),
        )
        self.refresh_from_db()

    def _write(self, missing, **facts):
        """Store ``facts`` and count the version up, or raise ValueError with what is missing."""
        super()._write(missing, **facts, version=self.version + 1)

    def missing_to_revise(self):
        """Return why no revision of this budget can be made, in sentences."""
        if not self.is_adopted:
            return ["Bara en fastställd budget revideras. Ändra i utkastet."]
        if hasattr(self, "replaced_by"):
            return ["Budgeten har redan en revidering. Ändra i den."]
        return []

    @transaction.atomic
    def revise(self):
        """Return a new draft that copies this budget and names it as the one it replaces.

        Raises ValueError when this budget is a draft or already has a revision.
        """
        if missing := self.missing_to_revise():
            raise ValueError(" ".join(missing))
        table = self.table()
        return self._draft(
            rolling.same(table),
            year=self.year,
            edition=self.next_edition(),
            replaces=self,
            source=self.source,
            source_note=self.source_note,
            comment=self.comment,
        )

    def missing_to_roll_forward(self):
        """Return why next year's budget can't be made from this one, in sentences."""
        if not self.columns.exists():
            return ["Tabellen har inga kolumner att föra vidare."]
        if Budget.objects.filter(association=self.association, year=self.year + 1).exists():
            return [f"Förbundet har redan en budget för {self.year + 1}. Ändra i den."]
        return []

    @transaction.atomic
    def roll_forward(self):
        """Return next year's draft: the columns a year on, amounts copied where the year was known.

        The comment stays behind, since it explains this year. Raises ValueError when there is a
        budget of next year already.
        """
        if missing := self.missing_to_roll_forward():
            raise ValueError(" ".join(missing))
        return self._draft(rolling.next_year(self.table()), year=self.year + 1)

    @one_save()
    def _draft(self, columns, **facts):
        """Save and return a draft with this one's lines and ``columns`` (rolling.NewColumn)."""
        own = ["association", "opening_label", "opening_note", "result_label"]
        draft = Budget(**{name: getattr(self, name) for name in own}, **facts)
        draft.save()
        counting.begin(draft)
        made = {}
        for place in range(len(columns)):
            draft._make_column(columns, place, made)
        for line in self.lines.all():
            copy = line.copy_to(draft)
            known = {amount.column_id: amount.kronor for amount in line.amounts.all()}
            for place, column in enumerate(columns):
                if column.amounts_from in known:
                    copy.amounts.create(column=made[place], kronor=known[column.amounts_from])
        counting.end(draft)
        audited.record(draft, "version")  # so that the history of version 1 ends when it is whole
        return draft

    def _make_column(self, columns, place, made):
        """Make the column at ``place``, after the one that it opens from; keep it in ``made``."""
        if place in made:
            return made[place]
        column, opener = columns[place], None
        if column.opens_from is not None:
            opener = self._make_column(columns, column.opens_from, made)
        own = {name: getattr(column, name) for name in ("year", "kind", "opening")}
        made[place] = self.columns.create(position=place + 1, opens_from=opener, **own)
        return made[place]
