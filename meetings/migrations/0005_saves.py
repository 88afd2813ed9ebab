"""Each record of the history knows its save, and keeps who made it."""

from django.conf import settings
from django.db import migrations

from associations.migrations._saves import save_ids


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0004_order_ends_in_key"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *save_ids(
            "historicalactionpoint",
            "historicalagendaitem",
            "historicaldecision",
            "historicalmeeting",
        ),
    ]
