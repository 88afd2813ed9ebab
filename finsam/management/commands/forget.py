"""``manage.py forget``: takes away what is kept for a time only. Run it every night."""

import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from associations import waiting_files
from finsam.forms_sent import once
from interventions.models import Report

DAY = 24 * 60 * 60  # seconds; no count lasts as long


class Command(BaseCommand):
    help = "Tar bort det som bara sparas en tid: svarsadresser, uppladdade filer, inloggningar."

    def handle(self, *args, **options):
        Report.objects.forget_addresses()
        waiting_files.forget_old()
        once.forget_old()
        call_command("clearsessions")
        _forget_counts()


def _forget_counts():
    """Throw away counts of attempts whose hour is over: the cache itself leaves them on disk."""
    folder = settings.CACHES["default"].get("LOCATION")
    for path in list(Path(folder).glob("*.djcache")) if folder else ():
        with suppress(FileNotFoundError):  # somebody else was first
            if path.stat().st_mtime < time.time() - DAY:
                path.unlink()
