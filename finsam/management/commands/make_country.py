"""``manage.py make_country``: a made-up country of associations, to see how the portal grows."""

from dataclasses import fields

from django.core.management.base import BaseCommand, CommandError

from associations.models import Association
from finsam.country import making


class Command(BaseCommand):
    help = "Hittar på ett land av samordningsförbund, att mäta med. Aldrig bland riktiga."

    def add_arguments(self, parser):
        for field in fields(making.Size):
            parser.add_argument(f"--{field.name}", type=int, default=field.default)
        parser.add_argument("--seed", type=int, default=1, help="samma tal ger samma land")
        parser.add_argument(
            "--beside", action="store_true", help="också när det redan finns förbund (demon)"
        )

    def handle(self, *args, **options):
        if Association.objects.filter(slug__startswith="pahittat-").exists():
            raise CommandError("Det finns redan ett påhittat land i databasen.")
        if Association.objects.exists() and not options["beside"]:
            raise CommandError(
                "Databasen har redan förbund. Lägg till --beside om de bara är demons: "
                "det påhittade syns för alla och går inte att ta bort."
            )
        size = making.Size(**{each.name: options[each.name] for each in fields(making.Size)})
        for each in fields(size):
            least = making.LEAST.get(each.name, 1)
            if getattr(size, each.name) < least:
                raise CommandError(f"--{each.name} ska vara minst {least}.")
        making.make(size, options["seed"], tell=lambda step: self.stdout.write(f"· {step}"))
