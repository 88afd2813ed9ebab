from django.db import migrations, models

PUBLIC = models.BooleanField(
    default=False,
    help_text="Ikryssad får alla läsa handlingen på webbplatsen.",
    verbose_name="publik",
)


class Migration(migrations.Migration):
    """A new document is no longer public until somebody says so; those that exist stay."""

    dependencies = [("associations", "0001_initial")]

    operations = [
        migrations.AlterField("document", "public", PUBLIC),
        migrations.AlterField("historicaldocument", "public", PUBLIC),
    ]
