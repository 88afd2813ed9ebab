"""``manage.py make_country``: a made-up country of associations, to see how the portal grows."""

from dataclasses import fields

from django.core.management.base import BaseCommand, CommandError

from associations.models import Association
from finsam import country


class Command(BaseCommand):
    help = "Hittar på ett land av samordningsförbund, att mäta med. Aldrig bland riktiga."

    def add_arguments(self, parser):
        for field in fields(country.Size):
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
        size = country.Size(**{each.name: options[each.name] for each in fields(country.Size)})
        if least := [each.name for each in fields(size) if getattr(size, each.name) < 1]:
            raise CommandError(f"--{least[0]} ska vara minst 1.")
        country.make(size, options["seed"], tell=lambda step: self.stdout.write(f"· {step}"))
