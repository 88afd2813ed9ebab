import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("interventions", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="effectcalculation",
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
            model_name="financing",
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
            model_name="goal",
            name="year",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
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
            model_name="historicaleffectcalculation",
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
            model_name="historicalfinancing",
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
            model_name="historicalgoal",
            name="year",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
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
            model_name="historicalintervention",
            name="first_year",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(
                        1990, "Skriv ett år från 1990 till 2199."
                    ),
                    django.core.validators.MaxValueValidator(
                        2199, "Skriv ett år från 1990 till 2199."
                    ),
                ],
                verbose_name="från år",
            ),
        ),
        migrations.AlterField(
            model_name="historicalintervention",
            name="last_year",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(
                        1990, "Skriv ett år från 1990 till 2199."
                    ),
                    django.core.validators.MaxValueValidator(
                        2199, "Skriv ett år från 1990 till 2199."
                    ),
                ],
                verbose_name="till år",
            ),
        ),
        migrations.AlterField(
            model_name="historicalresult",
            name="year",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
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
            model_name="intervention",
            name="first_year",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(
                        1990, "Skriv ett år från 1990 till 2199."
                    ),
                    django.core.validators.MaxValueValidator(
                        2199, "Skriv ett år från 1990 till 2199."
                    ),
                ],
                verbose_name="från år",
            ),
        ),
        migrations.AlterField(
            model_name="intervention",
            name="last_year",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(
                        1990, "Skriv ett år från 1990 till 2199."
                    ),
                    django.core.validators.MaxValueValidator(
                        2199, "Skriv ett år från 1990 till 2199."
                    ),
                ],
                verbose_name="till år",
            ),
        ),
        migrations.AlterField(
            model_name="result",
            name="year",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
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
