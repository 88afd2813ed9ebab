"""A plan is sent to the members before the board adopts it."""

from django.db import migrations, models

from associations.sealing import Seal, Unseal

ADOPTED = "{row}.adopted_on IS NOT NULL"
OF_PLAN = (
    "EXISTS (SELECT 1 FROM plans_plan p "
    "WHERE p.id = {row}.plan_id AND p.adopted_on IS NOT NULL)"
)


class Migration(migrations.Migration):

    dependencies = [
        ('associations', '0005_more_reserved_addresses'),
        ('budgets', '0006_years_within_reach'),
        ('meetings', '0003_years_within_reach'),
        ('plans', '0005_kinds_of_document'),
    ]

    operations = [
        Unseal('plans_chapter', OF_PLAN),
        Unseal('plans_plan', ADOPTED, own=True),
        migrations.AddField(
            model_name='historicalplan',
            name='proposed_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='föreslagen'),
        ),
        migrations.AddField(
            model_name='plan',
            name='proposed_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='föreslagen'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('proposed_on__isnull', True), ('adopted_on__isnull', True), ('proposed_on__lte', models.F('adopted_on')), _connector='OR'), name='plan_proposed_before_adopted', violation_error_message='Planen kan inte fastställas innan den föreslogs.'),
        ),
        Seal('plans_plan', ADOPTED, own=True),
        Seal('plans_chapter', OF_PLAN),
    ]
