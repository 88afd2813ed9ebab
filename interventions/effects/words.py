"""How each figure of a calculation of effects was reckoned, in words and in numbers. Pure."""

from dataclasses import dataclass
from fractions import Fraction

from associations.decimals import NO_BREAK_SPACE, half_up, write_decimal
from interventions.effects import MONTHS

TIMES = f"{NO_BREAK_SPACE}× "
LABELS = {
    "growth": "Värdet av mer arbete",
    "studies": "Förändringen av studier",
    "region_tax": "Skatt till regionen",
    "municipal_tax": "Skatt till kommunerna",
}
PAYERS = {
    "region": "Regionen",
    "municipalities": "Kommunerna",
    "region_municipalities": "Regionen och kommunerna tillsammans",
    "state": "Staten",
    "all": "Alla tillsammans, värdet av arbetet inräknat",
}
IF = {
    "studies": "Räknas det med hur studierna ändrades",
    "tax_weighted": "Vägs arbete med stöd likadant i skatten som i värdet",
    "tax_within": "Läggs skatten inte ovanpå värdet av samma arbete",
}
STEPS = {
    "changed": "Dina ändrade antaganden",
    "studies": "Studierna räknas med",
    "tax_weighted": "Stöd vägs lika i skatten",
    "tax_within": "Skatten inte ovanpå värdet",
    "deadweight": "Det som hade hänt ändå",
}


@dataclass(frozen=True)
class Row:
    """One figure: kronor a year, how it was reckoned, and whether it lies within another."""

    name: str
    kronor: Fraction
    words: str
    numbers: str
    within: bool = False

    @property
    def label(self):
        """What the figure is."""
        return f"varav {LABELS[self.name].lower()}" if self.within else LABELS[self.name]


def rows(assumptions, choices, effects):
    """Return the Row of each figure in ``effects``, computed from ``assumptions``."""
    names = ["growth"] + ["studies"] * choices.studies + ["region_tax", "municipal_tax"]
    told = _told(assumptions, choices)
    return [
        Row(
            name,
            getattr(effects, name),
            *told[name],
            within=effects.tax_within and name in ("region_tax", "municipal_tax"),
        )
        for name in names
    ]


def months_in_words(months):
    """Return ”7 månader” or ”1 år och 3 månader” of months, to the nearest; never 0."""
    years, rest = divmod(max(1, half_up(months)), MONTHS)
    parts = [f"{years}{NO_BREAK_SPACE}år"] if years else []
    if rest:
        parts.append(f"{rest} {'månad' if rest == 1 else 'månader'}")
    return " och ".join(parts)


def _told(of, choices):
    """Return name → (words, numbers)."""
    weighted = (
        f"({_n(of.fte_unsubsidised)} + {_n(of.fte_subsidised)}{TIMES}{_n(of.factor_subsidised)})"
    )
    worked = f"({_n(of.fte_unsubsidised)} + {_n(of.fte_subsidised)})"
    year = f"{TIMES}{MONTHS}"
    value = f"{_n(of.value_full_time)}{NO_BREAK_SPACE}kr{year}"
    kept = f"{TIMES}{_n(100 - choices.deadweight)}{NO_BREAK_SPACE}%" if choices.deadweight else ""
    less = " Därifrån dras det som hade hänt ändå." if choices.deadweight else ""
    taxed = weighted if choices.tax_weighted else worked
    whose = "Heltiderna, vägda som i värdet," if choices.tax_weighted else "Alla heltider"
    income = f"{taxed}{TIMES}{_n(of.taxed_income)}{NO_BREAK_SPACE}kr{year}{TIMES}"
    told = {
        "growth": (
            "Heltiderna utan stöd, och av heltiderna med stöd den del som räknas, gånger värdet av "
            f"en heltid i {MONTHS} månader.{less}",
            f"{weighted}{TIMES}{value}{kept}",
        ),
        "region_tax": (
            f"{whose} gånger inkomsten i {MONTHS} månader, gånger regionens skattesats.{less}",
            f"{income}{_n(of.tax_region)}{NO_BREAK_SPACE}%{kept}",
        ),
        "municipal_tax": (
            f"{whose} gånger inkomsten i {MONTHS} månader, gånger kommunens skattesats.{less}",
            f"{income}{_n(of.tax_municipality)}{NO_BREAK_SPACE}%{kept}",
        ),
    }
    if choices.studies:
        told["studies"] = (
            "Så många fler som studerar, gånger den del av värdet som räknas vid studier, gånger "
            f"värdet av en heltid i {MONTHS} månader. Färre ger ett minus.{less}",
            f"{_n(of.studies)}{TIMES}{_n(of.factor_studies)}{TIMES}{value}{kept}",
        )
    return told


def _n(number):
    return write_decimal(number)
