import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0003_sealed_file"),
    ]

    operations = [
        migrations.AlterField(
            model_name="historicalplan",
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
            model_name="plan",
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
