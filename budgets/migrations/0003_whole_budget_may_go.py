"""A draft is removed with all its columns; a column that another opens from is not removed alone."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("budgets", "0002_seal")]

    operations = [
        migrations.AlterField(
            model_name="budgetcolumn",
            name="opens_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="opened",
                to="budgets.budgetcolumn",
                verbose_name="öppnar med resultatet i",
            ),
        ),
    ]
