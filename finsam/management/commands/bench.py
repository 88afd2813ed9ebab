"""``manage.py bench``: every measurement in ``finsam/benchmarks``, or the named ones, in turn.

Run it on a throw-away database (``bin/bench``): it leaves its rows behind. It measures and tells;
it fails only when a measurement can't be taken.
"""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from finsam import benchmarks, timing


class Command(BaseCommand):
    help = "Mäter hur lång tid sidor och filer tar. Utan namn: allt."

    def add_arguments(self, parser):
        names = ", ".join(benchmarks.found())
        parser.add_argument("names", nargs="*", metavar="namn", help=names)
        parser.add_argument("--rounds", type=int, help="hur många gånger, minst 2")
        parser.add_argument("--small", action="store_true", help="få rader: bara för att pröva")

    def handle(self, *args, **options):
        found = benchmarks.found()
        unknown = [name for name in options["names"] if name not in found]
        if unknown:
            raise CommandError(f"Det finns ingen mätning {unknown[0]}. Välj: {', '.join(found)}.")
        for name in options["names"] or found:
            measurement = found[name]
            try:
                times = measurement.measure(
                    options["rounds"] or measurement.ROUNDS, small=options["small"]
                )
            except timing.Missing as missing:
                self.stdout.write(f"{measurement.TITLE}: inte mätt. {missing}")
                continue
            for line in timing.report(measurement, times):
                self.stdout.write(line)
        self.stdout.write(f"Databas: {connection.vendor}")
