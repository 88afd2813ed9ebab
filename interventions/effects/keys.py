"""The assumptions that a calculation of effects may hold: names, units and what they may be."""

from dataclasses import dataclass

PERSONS, EQUIVALENTS = "personer", "heltider"
A_MONTH, SHARE, TAX, KRONOR = "kronor i månaden", "andel", "procent av inkomsten", "kronor"
# Lowest and highest that a number in the unit may be, and the sentence that says so.
LIMITS = {
    PERSONS: (-1_000_000, 1_000_000, "Skriv högst en miljon personer."),
    EQUIVALENTS: (-1_000_000, 1_000_000, "Skriv högst en miljon heltider."),
    A_MONTH: (0, 1_000_000, "Skriv kronor i månaden, från 0 till 1 000 000."),
    SHARE: (0, 1, "En andel är från 0 till 1: tre fjärdedelar skrivs 0,75."),
    TAX: (0, 100, "En skattesats är från 0 till 100 procent."),
    KRONOR: (0, 999_999_999_999, "Skriv kronor, från 0 till 999 999 999 999."),
}


@dataclass(frozen=True)
class Key:
    """One kind of assumption. ``name`` is what it is called in an address."""

    label: str
    name: str
    unit: str


KEYS = {
    "fte_unsubsidised": Key("ökning av arbete utan stöd", "heltider", EQUIVALENTS),
    "fte_unsubsidised_women": Key(
        "ökning av arbete utan stöd, kvinnor", "heltider-kvinnor", EQUIVALENTS
    ),
    "fte_unsubsidised_men": Key("ökning av arbete utan stöd, män", "heltider-man", EQUIVALENTS),
    "fte_subsidised": Key("ökning av arbete med stöd", "heltider-stod", EQUIVALENTS),
    "fte_subsidised_women": Key(
        "ökning av arbete med stöd, kvinnor", "heltider-stod-kvinnor", EQUIVALENTS
    ),
    "fte_subsidised_men": Key("ökning av arbete med stöd, män", "heltider-stod-man", EQUIVALENTS),
    "studies": Key("förändring av studier", "studier", PERSONS),
    "studies_women": Key("förändring av studier, kvinnor", "studier-kvinnor", PERSONS),
    "studies_men": Key("förändring av studier, män", "studier-man", PERSONS),
    "value_full_time": Key("värdet av en heltid", "varde", A_MONTH),
    "factor_subsidised": Key("del av värdet vid stöd till arbetsgivaren", "andel-stod", SHARE),
    "factor_studies": Key("del av värdet vid studier", "andel-studier", SHARE),
    "taxed_income": Key("inkomst som beskattas", "inkomst", A_MONTH),
    "tax_region": Key("skatt till regionen", "skatt-region", TAX),
    "tax_municipality": Key("skatt till kommunen", "skatt-kommun", TAX),
    "paid_region": Key("regionens bidrag", "bidrag-region", KRONOR),
    "paid_municipalities": Key("kommunernas bidrag", "bidrag-kommuner", KRONOR),
    "paid_region_municipalities": Key(
        "regionens och kommunernas bidrag tillsammans", "bidrag-region-kommuner", KRONOR
    ),
    "paid_state": Key("statens bidrag", "bidrag-stat", KRONOR),
    "activities": Key("kostnad för verksamheterna, allas pengar", "verksamheter", KRONOR),
}
CHOICES = [(key, kind.label) for key, kind in KEYS.items()]


def refusal(key, value):
    """Return in a Swedish sentence why ``value`` can't be the assumption ``key``, or None."""
    low, high, sentence = LIMITS[KEYS[key].unit]
    return None if low <= value <= high else sentence


def named(keys):
    """Return ”värdet av en heltid, skatt till kommunen” of several keys."""
    return ", ".join(KEYS[key].label for key in keys)
