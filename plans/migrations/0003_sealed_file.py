"""A plan is adopted at a meeting, and its file is sealed with it."""

import django.db.models.deletion
from django.db import migrations, models

from associations.sealing import Seal, Unseal

ADOPTED = "{row}.adopted_on IS NOT NULL"
OF_PLAN = (
    "EXISTS (SELECT 1 FROM plans_plan p "
    "WHERE p.id = {row}.plan_id AND p.adopted_on IS NOT NULL)"
)


def adopted_at(**of_kind):
    """Return the field, of the plan or of its history."""
    return models.ForeignKey(
        blank=True,
        editable=False,
        null=True,
        to="meetings.meeting",
        verbose_name="fastställd vid",
        **of_kind,
    )


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_seal"), ("meetings", "0001_initial")]

    operations = [
        Unseal("plans_chapter", OF_PLAN),
        Unseal("plans_plan", ADOPTED, own=True),
        migrations.AlterModelOptions(
            name="plan",
            options={
                "ordering": ["association", "-year", "-edition"],
                "permissions": [("adopt_plan", "Får fastställa verksamhetsplan")],
                "verbose_name": "verksamhetsplan",
                "verbose_name_plural": "verksamhetsplaner",
            },
        ),
        migrations.AddField(
            "plan",
            "adopted_at",
            adopted_at(on_delete=django.db.models.deletion.PROTECT, related_name="adopted_plans"),
        ),
        migrations.AddField(
            "historicalplan",
            "adopted_at",
            adopted_at(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
            ),
        ),
        migrations.CreateModel(
            name="SealedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("data", models.BinaryField(verbose_name="fil")),
                ("size", models.PositiveIntegerField(verbose_name="storlek i byte")),
                ("sha256", models.CharField(max_length=64, unique=True, verbose_name="SHA-256")),
                ("filename", models.CharField(max_length=200, verbose_name="filnamn")),
                ("sealed_at", models.DateTimeField(auto_now_add=True, verbose_name="låst")),
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sealed_file",
                        to="plans.plan",
                        verbose_name="plan",
                    ),
                ),
            ],
            options={"verbose_name": "låst fil", "verbose_name_plural": "låsta filer"},
        ),
        Seal("plans_plan", ADOPTED, own=True),
        Seal("plans_chapter", OF_PLAN),
        Seal("plans_sealedfile", "{row}.plan_id IS NOT NULL", own=True),
    ]
