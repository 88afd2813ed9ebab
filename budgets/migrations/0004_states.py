"""A proposal has its day, an adoption its meeting; an amount is sealed by its column's budget too."""

import django.db.models.deletion
from django.db import migrations, models

from associations.sealing import Seal, Unseal

ADOPTED = "{row}.adopted_on IS NOT NULL"
OF_BUDGET = (
    "EXISTS (SELECT 1 FROM budgets_budget b "
    "WHERE b.id = {row}.budget_id AND b.adopted_on IS NOT NULL)"
)
OF_LINE = (
    "EXISTS (SELECT 1 FROM budgets_budgetline l JOIN budgets_budget b ON b.id = l.budget_id "
    "WHERE l.id = {row}.line_id AND b.adopted_on IS NOT NULL)"
)
OF_COLUMN = (
    "EXISTS (SELECT 1 FROM budgets_budgetcolumn c JOIN budgets_budget b ON b.id = c.budget_id "
    "WHERE c.id = {row}.column_id AND b.adopted_on IS NOT NULL)"
)
PROPOSED_ON = models.DateField(blank=True, editable=False, null=True, verbose_name="föreslagen")


def adopted_at(**of_kind):
    """Return the field, of the budget or of its history."""
    return models.ForeignKey(
        blank=True,
        editable=False,
        null=True,
        to="meetings.meeting",
        verbose_name="fastställd vid",
        **of_kind,
    )


class Migration(migrations.Migration):
    dependencies = [("budgets", "0003_whole_budget_may_go"), ("meetings", "0001_initial")]

    operations = [
        Unseal("budgets_amount", OF_LINE),
        Unseal("budgets_budgetline", OF_BUDGET),
        Unseal("budgets_budgetcolumn", OF_BUDGET),
        Unseal("budgets_budget", ADOPTED, own=True),
        migrations.AlterModelOptions(
            name="budget",
            options={
                "ordering": ["association", "-year", "-edition"],
                "permissions": [("adopt_budget", "Får fastställa budget")],
                "verbose_name": "budget",
                "verbose_name_plural": "budgetar",
            },
        ),
        migrations.AddField("budget", "proposed_on", PROPOSED_ON),
        migrations.AddField("historicalbudget", "proposed_on", PROPOSED_ON.clone()),
        migrations.AddField(
            "budget",
            "adopted_at",
            adopted_at(
                on_delete=django.db.models.deletion.PROTECT, related_name="adopted_budgets"
            ),
        ),
        migrations.AddField(
            "historicalbudget",
            "adopted_at",
            adopted_at(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
            ),
        ),
        migrations.AddConstraint(
            "budget",
            models.CheckConstraint(
                condition=models.Q(
                    ("adopted_at__isnull", True), ("adopted_on__isnull", False), _connector="OR"
                ),
                name="budget_adopted_at_needs_a_day",
                violation_error_message="Skriv vilken dag budgeten fastställdes.",
            ),
        ),
        migrations.AddConstraint(
            "budget",
            models.CheckConstraint(
                condition=models.Q(
                    ("proposed_on__isnull", True),
                    ("adopted_on__isnull", True),
                    ("proposed_on__lte", models.F("adopted_on")),
                    _connector="OR",
                ),
                name="budget_proposed_before_adopted",
                violation_error_message="Budgeten kan inte fastställas innan den föreslogs.",
            ),
        ),
        Seal("budgets_budget", ADOPTED, own=True),
        Seal("budgets_budgetcolumn", OF_BUDGET),
        Seal("budgets_budgetline", OF_BUDGET),
        Seal("budgets_amount", f"{OF_LINE} OR {OF_COLUMN}"),
    ]
