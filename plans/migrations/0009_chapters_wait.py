"""A new chapter waits for who adopts the plan, so that none slips into one that is sealed."""

from django.db import migrations

from associations.sealing import Seal

OF_PLAN = (
    "EXISTS (SELECT 1 FROM plans_plan p "
    "WHERE p.id = {row}.plan_id AND p.adopted_on IS NOT NULL)"
)


class Migration(migrations.Migration):
    dependencies = [("plans", "0008_saves")]

    operations = [Seal("plans_chapter", OF_PLAN, joins="plans_plan WHERE id = {row}.plan_id")]
