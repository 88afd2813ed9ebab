import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("budgets", "0005_import_memory"),
    ]

    operations = [
        migrations.AlterField(
            model_name="budget",
            name="year",
            field=models.PositiveSmallIntegerField(
                validators=[
                    django.core.validators.MinValueValidator(
                        1990, "Skriv ett år från 1990 till 2199."
                    ),
                    django.core.validators.MaxValueValidator(
                        2199, "Skriv ett år från 1990 till 2199."
                    ),
                ],
                verbose_name="år",
            ),
        ),
        migrations.AlterField(
            model_name="budgetcolumn",
            name="year",
            field=models.PositiveSmallIntegerField(
                validators=[
                    django.core.validators.MinValueValidator(
                        1990, "Skriv ett år från 1990 till 2199."
                    ),
                    django.core.validators.MaxValueValidator(
                        2199, "Skriv ett år från 1990 till 2199."
                    ),
                ],
                verbose_name="år",
            ),
        ),
        migrations.AlterField(
            model_name="historicalbudget",
            name="year",
            field=models.PositiveSmallIntegerField(
                validators=[
                    django.core.validators.MinValueValidator(
                        1990, "Skriv ett år från 1990 till 2199."
                    ),
                    django.core.validators.MaxValueValidator(
                        2199, "Skriv ett år från 1990 till 2199."
                    ),
                ],
                verbose_name="år",
            ),
        ),
        migrations.AlterField(
            model_name="historicalbudgetcolumn",
            name="year",
            field=models.PositiveSmallIntegerField(
                validators=[
                    django.core.validators.MinValueValidator(
                        1990, "Skriv ett år från 1990 till 2199."
                    ),
                    django.core.validators.MaxValueValidator(
                        2199, "Skriv ett år från 1990 till 2199."
                    ),
                ],
                verbose_name="år",
            ),
        ),
        migrations.AlterField(
            model_name="historicalstateallocation",
            name="year",
            field=models.PositiveSmallIntegerField(
                validators=[
                    django.core.validators.MinValueValidator(
                        1990, "Skriv ett år från 1990 till 2199."
                    ),
                    django.core.validators.MaxValueValidator(
                        2199, "Skriv ett år från 1990 till 2199."
                    ),
                ],
                verbose_name="år",
            ),
        ),
        migrations.AlterField(
            model_name="stateallocation",
            name="year",
            field=models.PositiveSmallIntegerField(
                validators=[
                    django.core.validators.MinValueValidator(
                        1990, "Skriv ett år från 1990 till 2199."
                    ),
                    django.core.validators.MaxValueValidator(
                        2199, "Skriv ett år från 1990 till 2199."
                    ),
                ],
                verbose_name="år",
            ),
        ),
    ]
