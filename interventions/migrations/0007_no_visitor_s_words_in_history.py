from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("interventions", "0006_addresses_that_pages_have"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="historicalreport",
            name="text",
        ),
    ]
