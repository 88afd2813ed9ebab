"""Everyday sheets of made-up associations, each in words and an order of its own (``everyday/``).

``SHEETS`` maps a file to (unit, {column: (income, cost) in kronor}); ``TRAPS`` maps a file to its
unit: sheets that must not be read without a question. Figures are made up.
"""

from pathlib import Path

FOLDER = Path(__file__).with_name("everyday")

SHEETS = {
    "intakter-forst-resultat-och-kapital-sist": (
        "tkr",
        {"Utfall 2024": (7000000, 6850000), "Budget 2025": (7200000, 7405000)},
    ),
    "kostnader-forst-s-a-och-netto": (
        "",
        {"Budget 2024": (2400000, 2300000), "Budget 2025": (2440000, 2375000)},
    ),
    "finansiering-och-insatser-delsummor-under": (
        "",
        {"Budget 2025": (6200000, 5960000), "Plan 2026": (6300000, 6102000)},
    ),
    "summor-ovanfor-sina-rader": ("", {"Budget 2025": (4000000, 3900000)}),
    "avvikelse-och-procent-i-kolumner": (
        "",
        {
            "Budget 2024": (5010000, 5000000),
            "Utfall 2024": (5022000, 4841000),
            "Budget 2025": (5115000, 5130000),
        },
    ),
    "omslag-forst-rubriker-pa-rad-8": (
        "",
        {
            "Budget 2025": (5400000, 5100000),
            "Plan 2026": (5300000, 5200000),
            "Plan 2027": (5300000, 5100000),
        },
    ),
    "utan-rubriker-over-delarna": ("", {"Budget 2025": (3000000, 2900000)}),
    "okanda-rubriker-inom-kostnaderna": (
        "",
        {"Budget 2025": (4400000, 4210000), "Budget 2024": (4300000, 4093000)},
    ),
    "tva-tabeller-med-egna-rubriker": (
        "",
        {"Budget 2024": (4000000, 0), "Budget 2025": (4100000, 3700000), "Plan 2026": (0, 3810000)},
    ),
    "avrundade-tusental": ("", {"Budget 2025": (4668000, 4501000)}),
    "miljoner-kronor": ("", {"Budget 2025": (7200000, 7050000), "Plan 2026": (7300000, 7150000)}),
    "kommunerna-som-grupp-med-summa-utan-namn": (
        "",
        {"Budget 2024": (2800000, 2700000), "Budget 2025": (2900000, 2820000)},
    ),
    "summeringen-samlad-sist": ("", {"Budget 2025": (3600000, 3300000)}),
    "balanserat-resultat-i-bada-andar": (
        "",
        {"Prognos 2024": (2300000, 2100000), "Budget 2025": (2400000, 2220000)},
    ),
    "pengar-fran-forra-aret-utan-rubriker": (
        "",
        {"Budget 2024": (480600, 449600), "Budget 2025": (504600, 460000)},
    ),
    "grupper-med-egna-summor-ingen-kostnadsrubrik": (
        "",
        {"Budget 2024": (2000000, 1880000), "Budget 2025": (2100000, 1960000)},
    ),
    "kapital-fore-och-efter-intakter-pa-en-rad": (
        "",
        {"Prognos 2024": (3000000, 3050000), "Budget 2025": (3100000, 3160000)},
    ),
    "konton-i-en-egen-kolumn": (
        "",
        {"Budget 2025": (3000000, 2600000), "Utfall 2024": (2850000, 2470000)},
    ),
    "delsumma-av-de-sista-raderna-och-en-grupp-med-rubriksumma": (
        "",
        {"Budget 2025": (1010000, 1000000)},
    ),
    "rubriken-i-hornet-ar-en-titel": (
        "",
        {"Budget 2024": (0, 3580000), "Budget 2025": (0, 3774000)},
    ),
    "ar-under-en-sammanslagen-rubrik": (
        "",
        {
            "Budget 2024": (2000000, 1900000),
            "Budget 2025": (2100000, 2010000),
            "Plan 2026": (2100000, 2015000),
        },
    ),
    "andelar-kassa-och-fotnoter-under-tabellen": ("", {"Budget 2025": (1800000, 1700000)}),
    "summa-per-kolumn-i-egen-kolumn": (
        "",
        {"Budget 2025": (2500000, 2450000), "Plan 2026": (2500000, 2495000)},
    ),
    "tre-nivaer-av-summor": (
        "",
        {"Budget 2025": (6150000, 5560000), "Plan 2026": (6255000, 5672000)},
    ),
    "tomma-celler-streck-och-nollor": (
        "",
        {
            "Utfall 2023": (1500000, 1450000),
            "Budget 2024": (1700000, 1610000),
            "Budget 2025": (1550000, 1470000),
        },
    ),
    "enheten-sags-i-en-mening-langst-ned": (
        "",
        {"Utfall 2024": (4100000, 3350000), "Budget 2025": (4300000, 3550000)},
    ),
    "sammansatta-ord-for-kostnaderna": (
        "",
        {"Utfall 2024": (4000000, 2800000), "Budget 2025": (4200000, 2950000)},
    ),
    "grupper-med-en-enda-rad": ("", {"Budget 2025": (3000000, 1535000)}),
    "grupperna-i-en-egen-kolumn": (
        "",
        {"Budget 2024": (3000000, 2700000), "Budget 2025": (3200000, 2950000)},
    ),
    "slaget-pa-varje-rad": ("", {"Budget 2025": (3200000, 2250000)}),
    "forslag-och-orter": (
        "",
        {
            "Prognos 2024": (3000000, 2100000),
            "Budget 2025": (3200000, 2250000),
            "Plan 2026": (3300000, 2310000),
        },
    ),
    "ord-som-liknar-andelar-och-kapital": (
        "",
        {"Budget 2024": (3000000, 2650000), "Budget 2025": (3200000, 2910000)},
    ),
    "beskrivning-bredvid-namnet": ("", {"Budget 2025": (3200000, 2250000)}),
    "verksamhetens-intakter-och-kostnader-avrundade": (
        "",
        {"Budget 2025": (3240000, 2901000), "Utfall 2024": (3032000, 2702000)},
    ),
    "totalt-forst-och-strukturinsatser": ("", {"Budget 2025": (3200000, 2650000)}),
    "varje-kolumn-har-sin-enhet": (
        "",
        {"Utfall 2024": (3000000, 2101250), "Budget 2025": (3200000, 2250000)},
    ),
    "korta-ar": ("", {"Utfall 2024": (3000000, 2100000), "Budget 2025": (3200000, 2250000)}),
}
TRAPS = {
    "en-enda-intakt-med-minus": "",
    "det-som-blir-kvar-utan-summor": "",
    "alla-kostnader-med-minus": "",
    "en-summa-ar-fel": "",
    "enheterna-sager-emot": "kr",
    "en-rubrik-som-inte-ar-kand-utan-summor": "",
    "grupper-med-egna-summor-efter-intakterna": "",
    "tva-tabeller-bredvid-varandra": "",
    "en-rad-ar-redan-summan-av-andra": "",
}


def text_of(name):
    """Return a sheet as it is pasted."""
    return (FOLDER / f"{name}.tsv").read_text()
