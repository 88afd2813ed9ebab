"""What the front pages say: cards, sentences and pictures of money from what overview found."""

from dataclasses import dataclass

from associations.models import Association
from associations.prepared import attach
from associations.shares import percents
from finsam import front_rows, overview, words
from finsam.charts import Part
from interventions import effects as effects_of
from interventions.effects import page as effect_page
from interventions.effects import payback
from interventions.headline import NUMBERS
from interventions.models import EffectAssumption, EffectCalculation
from interventions.page import States

LARGEST_SHOWN = 4  # associations in the start page's chart, the last of them "the others"


@dataclass(frozen=True)
class Card:
    """One association on the start page."""

    association: Association
    money: overview.Money | None
    places: str
    states: States
    result: str

    @property
    def number(self):
        """How many interventions it has, without national systems."""
        return self.states.number


@dataclass(frozen=True)
class County:
    """All associations together; ``year`` is None when their newest budgets differ in year.

    ``printed`` is how many of the sums are printed totals.
    """

    kronor: int
    year: int | None
    parts: tuple[Part, ...]
    printed: int
    budgets: int
    saved: int
    saved_known: int

    @property
    def how_many(self):
        """”Tre budgetar”."""
        word = NUMBERS[self.budgets] if self.budgets < len(NUMBERS) else str(self.budgets)
        return f"{word} {'budget' if self.budgets == 1 else 'budgetar'}"


@dataclass(frozen=True)
class EffectsShown:
    """The newest calculation of effects, what it leaves out, and what it is set against.

    ``left_out`` has each choice with what it alone changes; ``all_on`` is the total with all of
    them. ``paid`` and ``activities`` are None where they aren't known. All are kronor.
    """

    calculation: EffectCalculation
    effects: effects_of.Effects
    left_out: list
    all_on: object
    paid: object
    activities: object


def cards(associations):
    """Return the Card of each association."""
    money = overview.money_by_association(associations)
    places = overview.places_by_association(associations)
    results = overview.result_by_association(associations)
    states = overview.states_by_association()
    return [
        Card(
            association=each,
            money=money.get(each.pk),
            places=places.get(each.pk, ""),
            states=states.get(each.pk, States()),
            result=result_sentence(results[each.pk]) if each.pk in results else "",
        )
        for each in associations
    ]


def result_sentence(outcome):
    """Return ”FIA: 9 av 19 avslutade (47 %) gick till …, 2019.”, "" when it may not be shown."""
    sentence = outcome.sentence
    return f"{outcome.result.intervention.name}: {sentence}" if sentence else ""


def county(all_cards):
    """Return the County, or None when some association's money is unknown."""
    known = [card for card in all_cards if card.money is not None]
    if not known or len(known) < len(all_cards):
        return None
    years = {card.money.year for card in known}
    kronor = sum(card.money.kronor for card in known)
    printed = sum(card.money.printed for card in known)
    year = years.pop() if len(years) == 1 else None
    saved = [card.money.saved for card in known if card.money.saved is not None]
    parts = _parts(known)
    return County(kronor, year, parts, printed, len(known), sum(saved), len(saved))


def _parts(known):
    """Return the parts of the county's money, the largest first, at most four."""
    amounts = sorted(
        ((card.money.kronor, card.association.short_name, card.association.slug) for card in known),
        reverse=True,
    )
    if len(amounts) > LARGEST_SHOWN:
        rest = amounts[LARGEST_SHOWN - 1 :]
        others = (sum(amount for amount, *_ in rest), f"{len(rest)} andra", "")
        amounts = [*amounts[: LARGEST_SHOWN - 1], others]
    rounded = percents(amount for amount, *_ in amounts)
    return tuple(
        Part(name, amount, percent, "accent", slug)
        for (amount, name, slug), percent in zip(amounts, rounded, strict=True)
    )


def share_title(money):
    """Return the chart's title, a sentence, or "" without shares."""
    largest = money.largest if money is not None else None
    if largest is None:
        return ""
    percent = words.percent_of_100(largest.percent)
    label = f"{largest.label[:1].lower()}{largest.label[1:]}"
    return f"{percent} av {money.base or 'budgeten'} {money.year} går till {label}"


def effects(association=None):
    """Return the newest public calculation, of ``association`` or of any, when it can be computed.

    None when there is none, or it lacks assumptions.
    """
    if association is None:
        found = front_rows.CALCULATIONS()
    else:
        found = front_rows.OWN_CALCULATIONS(association.pk)
    newest = found[0] if found else None
    if newest is None:
        return None
    attach(
        [newest], "assumptions", EffectAssumption, {newest.pk: front_rows.ASSUMPTIONS(newest.pk)}
    )
    if newest.missing():
        return None
    left_out, all_on = effect_page.left_out(newest)
    values = newest.values()
    return EffectsShown(
        calculation=newest,
        effects=newest.effects(),
        left_out=left_out,
        all_on=all_on,
        paid=payback.together(values),
        activities=values.get("activities"),
    )
