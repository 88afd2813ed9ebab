"""What a budget is made of: columns, lines and amounts."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from associations import years
from associations.models import Organisation
from associations.ownership import Owned, OwnedQuerySet
from associations.recording import Records
from budgets import sums
from budgets.models.budget import Budget
from interventions.models import Intervention


class Part(Owned):
    """A part of one budget, sealed with it."""

    owner_path = "budget__association"

    class Meta:
        abstract = True

    @property
    def is_sealed(self):
        return self.budget.is_sealed

    @property
    def budget_pk(self):
        """The key of its budget."""
        return self.budget_id


class BudgetColumnQuerySet(OwnedQuerySet):
    """Budget columns."""

    def filled(self):
        """Return the columns that some line has an amount in."""
        return self.filter(Exists(Amount.objects.filter(column=OuterRef("pk"))))


class BudgetColumn(Part):
    """A year in one kind, and what it opens with: another column's result, or a typed amount."""

    class Kind(models.TextChoices):
        BUDGET = "budget", "budget"
        FORECAST = "forecast", "prognos"
        ACTUAL = "actual", "utfall"
        PLAN = "plan", "plan"

    budget = models.ForeignKey(
        Budget, models.CASCADE, verbose_name="budget", related_name="columns"
    )
    position = models.PositiveSmallIntegerField("ordning")
    year = models.PositiveSmallIntegerField("år", validators=years.WITHIN_REACH)
    kind = models.CharField("slag", max_length=10, choices=Kind)
    opens_from = models.ForeignKey(
        "self",
        models.RESTRICT,  # a whole budget may go, one column that another opens from may not
        verbose_name="öppnar med resultatet i",
        null=True,
        blank=True,
        related_name="opened",
    )
    opening = models.BigIntegerField("ingående belopp (kronor)", null=True, blank=True)

    objects = BudgetColumnQuerySet.as_manager()
    history = Records()

    class Meta:
        verbose_name = "kolumn"
        verbose_name_plural = "kolumner"
        ordering = ["budget", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "year", "kind"],
                name="budget_column_once",
                violation_error_message="Budgeten har redan en kolumn av det slaget för året.",
            ),
            models.CheckConstraint(
                condition=Q(opens_from__isnull=True) | Q(opening__isnull=True),
                name="budget_column_one_opening",
                violation_error_message=(
                    "Välj en kolumn att öppna från, eller skriv ett ingående belopp. Inte båda."
                ),
            ),
            models.CheckConstraint(
                condition=Q(opens_from__isnull=True) | ~Q(opens_from=F("id")),
                name="budget_column_not_from_itself",
                violation_error_message="En kolumn kan inte öppna med sitt eget resultat.",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self):
        """The column's head, such as ”Prognos 2019”."""
        return f"{KINDS.get(self.kind, self.kind).capitalize()} {self.year}"

    def clean(self):
        column, seen = self.opens_from, set()
        while column is not None:
            if column.budget_id != self.budget_id:
                raise ValidationError({"opens_from": "Kolumnen hör till en annan budget."})
            if column.pk in seen or column.pk == self.pk:
                raise ValidationError({"opens_from": "Kolumnerna öppnar från varandra i en ring."})
            seen.add(column.pk)
            column = column.opens_from

    def as_plain(self):
        """Return this column as ``sums.Column``."""
        return sums.Column(
            self.pk, self.year, self.kind, self.label, self.opens_from_id, self.opening
        )


KINDS = dict(BudgetColumn.Kind.choices)


class BudgetLineQuerySet(OwnedQuerySet):
    """Budget lines."""

    def adopted(self):
        """Return the lines of adopted budgets that no adopted revision has replaced."""
        return self.filter(
            Q(budget__replaced_by__isnull=True) | Q(budget__replaced_by__adopted_on__isnull=True),
            budget__adopted_on__isnull=False,
        ).select_related("budget__association")

    def proposed(self):
        """Return the lines of published proposals of a year that has no adopted budget."""
        adopted = Budget.objects.filter(
            association=OuterRef("budget__association"),
            year=OuterRef("budget__year"),
            adopted_on__isnull=False,
        )
        lines = self.filter(budget__in=Budget.objects.published(), budget__adopted_on__isnull=True)
        return lines.exclude(Exists(adopted)).select_related("budget__association")

    def with_amounts(self):
        """Return them with their amounts, each with its column, in one more query."""
        amounts = Amount.objects.select_related("column")
        return self.prefetch_related(models.Prefetch("amounts", amounts))

    def sealed(self):
        """Return the lines of every adopted budget, replaced ones too."""
        return self.filter(budget__adopted_on__isnull=False)


class BudgetLine(Part):
    """An income or a cost. A member's income is a contribution; other income is not."""

    class Section(models.TextChoices):
        INCOME = "income", "intäkt"
        COST = "cost", "kostnad"

    budget = models.ForeignKey(Budget, models.CASCADE, verbose_name="budget", related_name="lines")
    section = models.CharField("intäkt eller kostnad", max_length=10, choices=Section)
    position = models.PositiveSmallIntegerField("ordning")
    label = models.CharField("text", max_length=120)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name="medlem",
        null=True,
        blank=True,
        related_name="budget_lines",
        help_text="Medlemmen som betalar. Då räknas raden som bidrag.",
    )
    intervention = models.ForeignKey(
        Intervention,
        models.PROTECT,
        verbose_name="insats",
        null=True,
        blank=True,
        related_name="budget_lines",
    )
    individual = models.PositiveSmallIntegerField("individinriktat (procent)", default=0)
    structural = models.PositiveSmallIntegerField("strukturövergripande (procent)", default=0)
    competence = models.PositiveSmallIntegerField("kompetensutveckling (procent)", default=0)
    administration = models.PositiveSmallIntegerField("administration (procent)", default=0)
    note = models.TextField("not", blank=True, help_text="Får sin bokstav av sig själv.")

    objects = BudgetLineQuerySet.as_manager()
    history = Records()

    class Meta:
        verbose_name = "rad"
        verbose_name_plural = "rader"
        ordering = ["budget", "-section", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    section="income", individual=0, structural=0, competence=0, administration=0
                )
                | Q(
                    section="cost",
                    administration=100 - F("individual") - F("structural") - F("competence"),
                ),
                name="budget_line_split_sums_to_100",
                violation_error_message=(
                    "Kostnadens delar ska bli 100 procent. En intäkt delas inte upp."
                ),
            ),
            models.CheckConstraint(
                condition=Q(section="income") | Q(organisation__isnull=True),
                name="budget_line_member_pays_income",
                violation_error_message="En medlem står bara på en intäktsrad.",
            ),
            models.CheckConstraint(
                condition=Q(section="cost") | Q(intervention__isnull=True),
                name="budget_line_intervention_is_cost",
                violation_error_message="En insats står bara på en kostnadsrad.",
            ),
        ]

    def __str__(self):
        return self.label

    def as_plain(self):
        """Return this line as ``sums.Line``."""
        return sums.Line(
            key=self.pk,
            section=self.section,
            label=self.label,
            payer=self.organisation.kind if self.organisation else None,
            split=tuple((category, getattr(self, category)) for category in sums.CATEGORIES),
            note=self.note,
        )

    def copy_to(self, budget):
        """Save and return a copy of this line, without amounts, in ``budget``."""
        copied = ["section", "position", "label", "organisation", "intervention", "note"]
        values = {name: getattr(self, name) for name in [*copied, *sums.CATEGORIES]}
        return BudgetLine.objects.create(budget=budget, **values)


class Amount(Owned):
    """What one line is in one column, in whole kronor. No row means no amount, which is not 0."""

    owner_path = "line__budget__association"

    line = models.ForeignKey(BudgetLine, models.CASCADE, verbose_name="rad", related_name="amounts")
    column = models.ForeignKey(
        BudgetColumn, models.CASCADE, verbose_name="kolumn", related_name="amounts"
    )
    kronor = models.BigIntegerField("belopp (kronor)")

    history = Records()

    class Meta:
        verbose_name = "belopp"
        verbose_name_plural = "belopp"
        ordering = ["line", "column", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "column"],
                name="amount_once",
                violation_error_message="Cellen har redan ett belopp. Ändra det.",
            ),
            models.CheckConstraint(
                condition=Q(kronor__gte=-999_999_999_999, kronor__lte=999_999_999_999),
                name="amount_within_reach",
                violation_error_message="Beloppet är större än 999 999 999 999 kr.",
            ),
        ]

    def __str__(self):
        return f"{self.line}, {self.column}"

    @property
    def is_sealed(self):
        return self.line.is_sealed

    @property
    def budget_pk(self):
        """The key of its line's budget."""
        return self.line.budget_id

    def clean(self):
        if not self.line_id or not self.column_id:  # refused or missing, which is an error already
            return
        if self.line.budget_id != self.column.budget_id:
            raise ValidationError("Raden och kolumnen hör till olika budgetar.")
