"""What the front pages say: cards, sentences and pictures of money from what overview found."""

from dataclasses import dataclass

from associations.models import Association
from finsam import overview, words
from finsam.charts import Part
from interventions import effects as effects_of
from interventions.models import EffectCalculation
from interventions.page import QUALIFIERS, outcome

LARGEST_SHOWN = 4  # associations in the start page's chart, the last of them "the others"


@dataclass(frozen=True)
class Card:
    """One association on the start page."""

    association: Association
    money: overview.Money | None
    places: str
    number: int
    ended: int
    result: str


@dataclass(frozen=True)
class County:
    """All associations together; ``year`` is None when their newest budgets differ in year.

    ``printed`` is how many of the sums are printed totals.
    """

    kronor: int
    year: int | None
    parts: tuple[Part, ...]
    printed: int


@dataclass(frozen=True)
class EffectsShown:
    """The newest calculation of effects, with each of its assumptions."""

    calculation: EffectCalculation
    effects: effects_of.Effects
    assumptions: tuple


def cards(associations):
    """Return the Card of each association."""
    money = overview.money_by_association(associations)
    places = overview.places_by_association(associations)
    results = overview.result_by_association(associations)
    return [
        Card(
            association=each,
            money=money.get(each.pk),
            places=places.get(each.pk, ""),
            number=each.number or 0,
            ended=each.ended or 0,
            result=result_sentence(results[each.pk]) if each.pk in results else "",
        )
        for each in associations
    ]


def result_sentence(result):
    """Return ”Enter: 55 % gick till …, av dem som …”, or "" when the rate may not be shown."""
    shown = outcome(result)
    if shown.public.rate is None:
        return ""
    rate = words.percent_of_100(shown.public.rate)
    about = f"{QUALIFIERS[result.qualifier]} " if result.qualifier else ""
    return f"{result.intervention.name}: {about}{rate} {shown.in_words}."


def county(all_cards):
    """Return the County, or None when some association's money is unknown."""
    known = [card for card in all_cards if card.money is not None]
    if not known or len(known) < len(all_cards):
        return None
    years = {card.money.year for card in known}
    kronor = sum(card.money.kronor for card in known)
    printed = sum(card.money.printed for card in known)
    year = years.pop() if len(years) == 1 else None
    return County(kronor, year, _parts(known, kronor), printed)


def _parts(known, kronor):
    """Return the parts of the county's money, the largest first, at most four."""
    amounts = sorted(
        ((card.money.kronor, card.association.short_name, card.association.slug) for card in known),
        reverse=True,
    )
    if len(amounts) > LARGEST_SHOWN:
        rest = amounts[LARGEST_SHOWN - 1 :]
        others = (sum(amount for amount, *_ in rest), f"{len(rest)} andra", "")
        amounts = [*amounts[: LARGEST_SHOWN - 1], others]
    return tuple(
        Part(name, amount, 100 * amount / kronor if kronor else None, "accent", slug)
        for amount, name, slug in amounts
    )


def share_title(money):
    """Return the chart's title, a sentence, or "" without shares."""
    largest = money.largest if money is not None else None
    if largest is None:
        return ""
    percent = words.percent_of_100(largest.percent)
    label = f"{largest.label[:1].lower()}{largest.label[1:]}"
    return f"{percent} av {money.base or 'budgeten'} {money.year} går till {label}"


def effects():
    """Return the newest calculation whose assumptions suffice, or None."""
    newest = EffectCalculation.objects.prefetch_related("assumptions").order_by("-year").first()
    if newest is None:
        return None
    try:
        computed = newest.effects()
    except ValueError:
        return None
    return EffectsShown(newest, computed, tuple(map(_assumption, newest.assumptions.all())))


def _assumption(assumption):
    """Return (meaning, value as text without idle zeros, unit)."""
    digits = f"{assumption.value:f}".rstrip("0").rstrip(".")
    places = len(digits.partition(".")[2])
    return assumption.meaning, words.number(assumption.value, places), assumption.unit
