"""``manage.py demo``: the three associations' data, demo logins and drafts to practise on."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from finsam import demo


class Command(BaseCommand):
    help = "Läser in exempeldata och gör demons inloggningar. Bara när FINSAM_DEMO är satt."

    @transaction.atomic
    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError(
                "Demons inloggningar har ett känt lösenord och görs bara i demon. "
                "Sätt FINSAM_DEMO=1 om det är det du vill."
            )
        demo.load_fixtures()
        demo.make_logins()
        demo.seal_adopted_plans()
        demo.make_practice_drafts()
        self.stdout.write("\n".join(demo.logins_table()))
