"""Each record of the history knows its save, and keeps who made it."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from associations.migrations._saves import save_ids
from associations.recording import current_save


class Migration(migrations.Migration):
    dependencies = [
        ("associations", "0008_codes_and_staff"),
    ]

    operations = [
        *save_ids(
            "historicalassociation",
            "historicaldocument",
            "historicalfigure",
            "historicalmembership",
            "historicalnews",
            "historicalofficepost",
            "historicalorganisation",
            "historicalpage",
            "historicalpopulation",
            "historicalportal",
            "historicalseat",
            "historicalterm",
        ),
        migrations.CreateModel(
            name="HistoricalAccess",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "save_id",
                    models.UUIDField(
                        db_index=True,
                        default=current_save,
                        editable=False,
                        null=True,
                        verbose_name="sparning",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "association",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="associations.association",
                        verbose_name="förbund",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="användare",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical behörighet",
                "verbose_name_plural": "historical behörigheter",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
