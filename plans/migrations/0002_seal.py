from django.db import migrations

from associations.sealing import Seal

OF_PLAN = (
    "EXISTS (SELECT 1 FROM plans_plan p "
    "WHERE p.id = {row}.plan_id AND p.adopted_on IS NOT NULL)"
)


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = [
        Seal("plans_plan", "{row}.adopted_on IS NOT NULL", own=True),
        Seal("plans_chapter", OF_PLAN),
    ]
