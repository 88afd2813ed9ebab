"""``manage.py bench_pages``: each kind of public page beside an empty one, as a table."""

from django.core.management.base import BaseCommand
from django.db import connection

from associations.models import Association
from finsam import page_times


class Command(BaseCommand):
    help = "Mäter varje slags publik sida bredvid en tom, och skriver en tabell i Markdown."

    def add_arguments(self, parser):
        parser.add_argument("--rounds", type=int, default=20, help="hur många gånger, minst 2")

    def handle(self, *args, **options):
        number = Association.objects.count()
        self.stdout.write(f"\n## {connection.vendor}, {number} förbund ({page_times.load()})\n")
        self.stdout.write(page_times.HEAD)
        for times in page_times.measured(options["rounds"]):
            self.stdout.write(times.row())
