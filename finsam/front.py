"""What the front pages say: cards, sentences and pictures of money from what overview found."""

from dataclasses import dataclass

from associations.models import Association, Figure
from finsam import overview, words
from finsam.charts import Part
from interventions import effects as effects_of
from interventions.models import EffectCalculation
from interventions.page import States, outcome
from interventions.payers import NUMBERS

EFFECT_BASE = {"effect-contribution": "contribution", "effect-activities": "activities"}
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
        return self.states.ongoing + self.states.ended + self.states.unknown


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
    """The newest calculation of effects, with each of its assumptions and what it is set against.

    ``base`` is the printed figures of the same year by key, ``subsidised`` in per cent.
    """

    calculation: EffectCalculation
    effects: effects_of.Effects
    assumptions: tuple
    base: dict
    subsidised: str


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
            states=States(each.ongoing or 0, each.ended or 0, each.unknown or 0),
            result=result_sentence(results[each.pk]) if each.pk in results else "",
        )
        for each in associations
    ]


def result_sentence(result):
    """Return ”FIA: 9 av 19 avslutade (47 %) gick till …, 2019.”, "" when it may not be shown."""
    sentence = outcome(result).sentence
    return f"{result.intervention.name}: {sentence}" if sentence else ""


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
    parts = _parts(known, kronor)
    return County(kronor, year, parts, printed, len(known), sum(saved), len(saved))


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
    calculations = EffectCalculation.objects.select_related("source")
    calculations = calculations.prefetch_related("assumptions", "source__associations")
    newest = calculations.order_by("-year").first()
    if newest is None:
        return None
    try:
        computed = newest.effects()
    except ValueError:
        return None
    assumptions = {each.key: each for each in newest.assumptions.all()}
    figures = Figure.objects.filter(key__in=EFFECT_BASE, year=newest.year, value__isnull=False)
    return EffectsShown(
        newest,
        computed,
        _assumptions(assumptions),
        {EFFECT_BASE[each.key]: each for each in figures},
        words.percent(assumptions["factor_subsidised"].value),
    )


def _assumptions(assumptions):
    """Return [(meaning, value, unit)]; women and men who study stand as one row of persons."""
    women, men = assumptions.get("studies_women"), assumptions.get("studies_men")
    rows = []
    for each in assumptions.values():
        if women is None or men is None or each not in (women, men):
            rows.append((each.meaning, _plain(each.value), each.unit))
        elif each == women:
            parts = f"{_plain(women.value)} kvinnor och {_plain(men.value)} män"
            meaning = f"Förändring av antalet som studerar: {parts}"
            rows.append((meaning, _plain(women.value + men.value), "personer"))
    return rows


def _plain(value):
    """Return a number as text without idle zeros."""
    digits = f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return words.number(value, len(digits.partition(".")[2]))
