"""Each record knows its save, and keeps who made it; names, contacts, links and files have them."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from associations.files import validate_file
from associations.migrations._saves import save_ids
from associations.recording import current_save


class Migration(migrations.Migration):
    dependencies = [
        ("associations", "0009_saves"),
        ("interventions", "0010_heads_that_are_remembered"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *save_ids(
            "historicaleffectassumption",
            "historicaleffectcalculation",
            "historicalfilm",
            "historicalfinancing",
            "historicalgoal",
            "historicalintervention",
            "historicalmilestone",
            "historicalreferrer",
            "historicalreport",
            "historicalresult",
            "historicalsituation",
            "historicalstory",
        ),
        migrations.CreateModel(
            name="HistoricalAlternativeName",
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
                ("name", models.CharField(max_length=120, verbose_name="namn")),
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "intervention",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="interventions.intervention",
                        verbose_name="insats",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical annat namn",
                "verbose_name_plural": "historical andra namn",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalAttachment",
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
                ("title", models.CharField(max_length=160, verbose_name="titel")),
                (
                    "file",
                    models.TextField(
                        max_length=100, validators=[validate_file], verbose_name="fil"
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "intervention",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="interventions.intervention",
                        verbose_name="insats",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical bilaga",
                "verbose_name_plural": "historical bilagor",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalContact",
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
                ("function", models.CharField(max_length=120, verbose_name="funktion")),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="funktionens e-post"
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True, max_length=40, verbose_name="växel eller funktionsnummer"
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "intervention",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="interventions.intervention",
                        verbose_name="insats",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="associations.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical kontakt",
                "verbose_name_plural": "historical kontakter",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLink",
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
                ("title", models.CharField(max_length=160, verbose_name="länktext")),
                ("url", models.URLField(verbose_name="adress")),
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "intervention",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="interventions.intervention",
                        verbose_name="insats",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical länk",
                "verbose_name_plural": "historical länkar",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
