import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("associations", "0002_document_not_public_by_default"),
    ]

    operations = [
        migrations.AlterField(
            model_name="document",
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
            model_name="figure",
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
            model_name="historicaldocument",
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
            model_name="historicalfigure",
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
            model_name="historicalofficepost",
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
            model_name="historicalseat",
            name="known_year",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="När bara ett år är känt: året i källan.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(
                        1990, "Skriv ett år från 1990 till 2199."
                    ),
                    django.core.validators.MaxValueValidator(
                        2199, "Skriv ett år från 1990 till 2199."
                    ),
                ],
                verbose_name="känt år",
            ),
        ),
        migrations.AlterField(
            model_name="officepost",
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
            model_name="seat",
            name="known_year",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="När bara ett år är känt: året i källan.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(
                        1990, "Skriv ett år från 1990 till 2199."
                    ),
                    django.core.validators.MaxValueValidator(
                        2199, "Skriv ett år från 1990 till 2199."
                    ),
                ],
                verbose_name="känt år",
            ),
        ),
    ]
