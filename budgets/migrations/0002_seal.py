from django.db import migrations

from associations.sealing import Seal

OF_BUDGET = (
    "EXISTS (SELECT 1 FROM budgets_budget b "
    "WHERE b.id = {row}.budget_id AND b.adopted_on IS NOT NULL)"
)
OF_LINE = (
    "EXISTS (SELECT 1 FROM budgets_budgetline l JOIN budgets_budget b ON b.id = l.budget_id "
    "WHERE l.id = {row}.line_id AND b.adopted_on IS NOT NULL)"
)


class Migration(migrations.Migration):
    dependencies = [("budgets", "0001_initial")]

    operations = [
        Seal("budgets_budget", "{row}.adopted_on IS NOT NULL", own=True),
        Seal("budgets_budgetcolumn", OF_BUDGET),
        Seal("budgets_budgetline", OF_BUDGET),
        Seal("budgets_amount", OF_LINE),
    ]
