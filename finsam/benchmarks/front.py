"""The front page of an association with 3 000 interventions, beside that of one with 30."""

from finsam.benchmarks.lists import association
from finsam.timing import Site, Times, in_turn

TITLE = "Startsidan för ett förbund med 3 000 insatser bredvid ett med 30"
GOAL = 2
POINT = "p95"
ROUNDS = 200


def measure(rounds, small=False):
    """Time both front pages for a visitor, in turn."""
    few, many = (40, 90) if small else (30, 3000)
    site = Site()
    addresses = [association(number).get_absolute_url() for number in (few, many)]
    times = in_turn(rounds, *(lambda turn, at=address: site.ask(at) for address in addresses))
    return Times(f"{rounds} gånger", (f"{few} insatser", times[0]), (f"{many} insatser", times[1]))
