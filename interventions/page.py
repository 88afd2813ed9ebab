"""What an intervention's public page tells, gathered from the database for its template."""

from dataclasses import dataclass

from associations.models import Document


@dataclass(frozen=True)
class States:
    """How many interventions are known to go on, to have ended, and neither."""

    ongoing: int = 0
    ended: int = 0
    unknown: int = 0

    @classmethod
    def of(cls, ended=0, lasting=0, endless=0, budgeted=0):
        """Return the States of what was counted, by the last year and by the budgets.

        ``endless`` have no known last year; an adopted budget has money for those ``budgeted``.
        """
        return cls(ongoing=lasting + budgeted, ended=ended, unknown=endless - budgeted)

    @property
    def number(self):
        """How many they are together."""
        return self.ongoing + self.ended + self.unknown

    @property
    def in_words(self):
        """”2 pågår, 4 är avslutade, 12 utan känt slut”."""
        over = "avslutad" if self.ended == 1 else "avslutade"
        parts = [
            f"{self.ongoing} pågår" if self.ongoing else "",
            f"{self.ended} är {over}" if self.ended else "",
            f"{self.unknown} utan känt slut" if self.unknown else "",
        ]
        return ", ".join(part for part in parts if part)


def sources(intervention):
    """Return [(document, places)] of the public documents that the page's facts come from."""
    places = {}
    related = (
        intervention.goals,
        intervention.results,
        intervention.financing,
        intervention.milestones,
        intervention.stories.published(),
    )
    for thing in [intervention, *(each for rows in related for each in rows.all())]:
        found = places.setdefault(thing.source_id, set())
        if thing.source_note:
            found.add(thing.source_note)
    documents = Document.objects.published().filter(pk__in=[pk for pk in places if pk])
    return [
        (document, _without_repeats(places[document.pk]))
        for document in documents.prefetch_related("associations")
    ]


def _without_repeats(places):
    """Return the places in order, without one that another begins with (”kapitel 7; även …”)."""
    return sorted(
        place
        for place in places
        if not any(each.startswith((f"{place};", f"{place} och ")) for each in places)
    )
