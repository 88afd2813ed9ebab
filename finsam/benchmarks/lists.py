"""An association's list of 3 000 interventions, beside one of 30: a page of thirty rows of each.

The rows have what real ones have: texts, owners, a lead, years, situations and referrers.
"""

from django.urls import reverse

from associations.models import Association
from finsam.timing import Site, Times, in_turn
from interventions.models import Intervention, Referrer, Situation

TITLE = "En lista med 3 000 insatser bredvid en med 30"
GOAL = 2
POINT = "p95"
ROUNDS = 200
TEXT = "Coachen kartlägger, motiverar och matchar deltagaren med en arbetsgivare i kommunen. "


def measure(rounds, small=False):
    """Time the first pages of both lists for a visitor, in turn."""
    few, many = (40, 90) if small else (30, 3000)
    site = Site()
    addresses = [
        reverse("association_interventions", args=[association(number).slug])
        for number in (few, many)
    ]
    times = in_turn(rounds, *(lambda turn, at=address: site.ask(at) for address in addresses))
    return Times(f"{rounds} gånger", (f"{few} insatser", times[0]), (f"{many} insatser", times[1]))


def association(number):
    """Return an association of its own with ``number`` public interventions, made once."""
    if made := Association.objects.filter(slug=f"matforbundet-{number}").first():
        return made
    name = f"Mätförbundet {number}"
    own = Association.objects.create(name=name, short_name=name, slug=f"matforbundet-{number}")
    situations, referrers = list(Situation.objects.all()), list(Referrer.objects.all())
    for turn in range(number):
        each = Intervention.objects.create(
            lead=own,
            name=f"Insats {number}-{turn}",
            slug=f"insats-{turn}",
            form=Intervention.Form.PROJECT,
            summary=TEXT,
            description=TEXT * 10,
            target_group=TEXT,
            individual_percent=(100, 50, 0, None)[turn % 4],
            first_year=2010 + turn % 10,
            last_year=2019 if turn % 5 == 0 else None,
            public=True,
        )
        each.associations.add(own)
        if situations and referrers:
            each.situations.add(situations[turn % len(situations)])
            each.referrers.add(referrers[turn % len(referrers)])
    return own
