import csv
from pathlib import Path

from django.db import migrations

TABLE = Path(__file__).parents[1] / "joining/public_bodies.csv"


def fill(apps, schema_editor):
    """Give what is stored its official code by its name, and let every account be staff."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        codes = {row["name"]: row["code"] for row in csv.DictReader(file)}
    for organisation in apps.get_model("associations", "Organisation").objects.filter(code=None):
        if organisation.name in codes:
            organisation.code = codes[organisation.name]
            organisation.save(update_fields=["code"])
    apps.get_model("associations", "User").objects.filter(is_staff=False).update(is_staff=True)


class Migration(migrations.Migration):
    dependencies = [("associations", "0007_addresses_from_the_urlconf")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
