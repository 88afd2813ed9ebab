"""Everyday sheets of made-up associations, each in words and an order of its own.

``SHEETS`` maps a name to (text, unit, {column: (income, cost) in kronor}); ``TRAPS`` maps a name to
(text, unit): sheets that must not be read without a question. Figures are made up.
"""

SHEETS = {
    "intäkter först, resultat och kapital sist": (
        """\
Tusental kronor\tUtfall 2024\tBudget 2025
Intäkter
Medlemsavgifter\t7 000\t7 200
Summa intäkter\t7 000\t7 200
Kostnader
Insatser\t5 900\t6 400
Förbundsadministration
Kansli\t900\t950
Revision\t50\t55
Summa kostnader\t6 850\t7 405
Årets resultat\t150\t-205
Ingående eget kapital\t1 000\t1 150
Utgående eget kapital\t1 150\t945
Eget kapital i procent av avgifter\t16,4 %\t13,1 %
""",
        "tkr",
        {"Utfall 2024": (7_000_000, 6_850_000), "Budget 2025": (7_200_000, 7_405_000)},
    ),
    "kostnader först, S:a och Netto": (
        """\
Budget för samordningsförbundet

\tBudget 2024\tBudget 2025
Utgifter
Arbetslinjen\t1 250 000\t1 300 000
varav löner\t900 000\t930 000
Ungdomsspåret\t640 000\t655 000
Kansli\t410 000\t420 000
S:a utgifter\t2 300 000\t2 375 000
Inkomster
Staten\t1 200 000\t1 220 000
Regionen\t600 000\t610 000
Kommunerna\t600 000\t610 000
S:a inkomster\t2 400 000\t2 440 000
Netto\t100 000\t65 000
Antal deltagare\t45\t50
""",
        "",
        {"Budget 2024": (2_400_000, 2_300_000), "Budget 2025": (2_440_000, 2_375_000)},
    ),
    "finansiering och insatser, delsummor under": (
        """\
Finansiering\tBudget 2025\tPlan 2026
Statsbidrag från FK\t3 100 000\t3 150 000
Region Norrby\t1 550 000\t1 575 000
Kommun A kommun\t900 000\t910 000
Kommun B kommun\t650 000\t665 000
Finansiering totalt\t6 200 000\t6 300 000

Insatser
Individinriktade insatser
Språng\t2 200 000\t2 250 000
Hälsosteget\t1 450 000\t1 480 000
Delsumma\t3 650 000\t3 730 000
Strukturövergripande insatser
Samsyn\t700 000\t720 000
Processtöd\t350 000\t360 000
Delsumma\t1 050 000\t1 080 000
Administration
Kansli och styrelse\t1 200 000\t1 230 000
Revision\t60 000\t62 000
Delsumma\t1 260 000\t1 292 000
Totalsumma\t5 960 000\t6 102 000
Överskott/underskott\t240 000\t198 000
""",
        "",
        {"Budget 2025": (6_200_000, 5_960_000), "Plan 2026": (6_300_000, 6_102_000)},
    ),
    "summor ovanför sina rader": (
        """\
Kronor\tBudget 2025
Intäkter\t4 000 000
Statsbidrag\t2 000 000
Regionbidrag\t1 000 000
Kommunbidrag\t1 000 000
Kostnader\t3 900 000
Insatser\t3 100 000
Steget\t1 900 000
Kompassen\t1 200 000
Administration\t800 000
Kansli\t750 000
Revision\t50 000
Resultat\t100 000
""",
        "",
        {"Budget 2025": (4_000_000, 3_900_000)},
    ),
    "avvikelse och procent i kolumner": (
        """\
\tBudget 2024\tUtfall 2024\tAvvikelse\t%\tBudget 2025\tKommentar
Intäkter
Bidrag medlemmar\t5 000 000\t5 000 000\t0\t0 %\t5 100 000\toförändrat
Räntor\t10 000\t22 000\t12 000\t120 %\t15 000\t
Summa intäkter\t5 010 000\t5 022 000\t12 000\t0 %\t5 115 000\t
Kostnader
Projekt Vändpunkten\t3 300 000\t3 150 000\t-150 000\t-5 %\t3 400 000\tförlängt
Samverkansteam\t1 100 000\t1 080 000\t-20 000\t-2 %\t1 100 000\t
Kansli\t600 000\t611 000\t11 000\t2 %\t630 000\t
Summa kostnader\t5 000 000\t4 841 000\t-159 000\t-3 %\t5 130 000\t
Periodens resultat\t10 000\t181 000\t171 000\t\t-15 000\t
""",
        "",
        {
            "Budget 2024": (5_010_000, 5_000_000),
            "Utfall 2024": (5_022_000, 4_841_000),
            "Budget 2025": (5_115_000, 5_130_000),
        },
    ),
    "omslag först, rubriker på rad 8": (
        """\
Samordningsförbundet Ån
Verksamhetsplan och budget
Antagen av styrelsen
Bilaga 2

Alla belopp i tkr

\tBudget 2025\tPlan 2026\tPlan 2027
Intäkter
Försäkringskassan\t2 500\t2 500\t2 600
Region Ådalen\t1 250\t1 250\t1 300
Medlemskommunerna\t1 250\t1 250\t1 300
Överskott från 2024\t400\t300\t100
Totala intäkter\t5 400\t5 300\t5 300
Kostnader
Insats Vägen\t3 000\t3 100\t3 000
Insats Porten\t1 200\t1 200\t1 200
Förbundskansli
Löner kansli\t700\t700\t700
Lokaler\t200\t200\t200
Totala kostnader\t5 100\t5 200\t5 100
Differens\t300\t100\t200
""",
        "",
        {
            "Budget 2025": (5_400_000, 5_100_000),
            "Plan 2026": (5_300_000, 5_200_000),
            "Plan 2027": (5_300_000, 5_100_000),
        },
    ),
    "utan rubriker över delarna": (
        """\
Kr\tBudget 2025
Staten\t1 500 000
Regionen\t750 000
Kommunen\t750 000
Summa intäkter\t3 000 000
Insats Fyren\t1 800 000
Insats Kajen\t600 000
Kansli\t500 000
Summa kostnader\t2 900 000
Resultat\t100 000
""",
        "",
        {"Budget 2025": (3_000_000, 2_900_000)},
    ),
    "okända rubriker inom kostnaderna": (
        """\
Kronor\tBudget 2025\tBudget 2024
Intäkter
Medlemsbidrag\t4 400 000\t4 300 000
Summa intäkter\t4 400 000\t4 300 000
Kostnader
Insatser i egen regi
Arena 1\t1 700 000\t1 650 000
Arena 2\t900 000\t880 000
Köpt verksamhet
Konsult\t300 000\t310 000
Gemensamt
Styrelse\t90 000\t85 000
Ekonomitjänst\t120 000\t118 000
Kansli\t1 100 000\t1 050 000
Summa kostnader\t4 210 000\t4 093 000
Resultat\t190 000\t207 000
""",
        "",
        {"Budget 2025": (4_400_000, 4_210_000), "Budget 2024": (4_300_000, 4_093_000)},
    ),
    "två tabeller med egna rubriker": (
        """\
Intäkter\tBudget 2024\tBudget 2025
Staten\t2 000 000\t2 050 000
Regionen\t1 000 000\t1 025 000
Kommunerna\t1 000 000\t1 025 000
Summa intäkter\t4 000 000\t4 100 000

Kostnader\tBudget 2025\tPlan 2026
Klivet\t2 800 000\t2 900 000
Kansli\t900 000\t910 000
Summa kostnader\t3 700 000\t3 810 000
""",
        "",
        {
            "Budget 2024": (4_000_000, 0),
            "Budget 2025": (4_100_000, 3_700_000),
            "Plan 2026": (0, 3_810_000),
        },
    ),
    "avrundade tusental": (
        """\
Belopp i tkr\tBudget 2025
Intäkter
Staten\t2 334
Regionen\t1 167
Kommunerna\t1 167
Summa intäkter\t4 667
Kostnader
Spåret\t3 333
Kansli\t1 111
Revision\t57
Summa kostnader\t4 502
Resultat\t165
""",
        "",
        {"Budget 2025": (4_668_000, 4_501_000)},
    ),
    "miljoner kronor": (
        """\
mnkr\tBudget 2025\tPlan 2026
Intäkter
Bidrag från medlemmarna\t7,2\t7,3
Summa intäkter\t7,2\t7,3
Kostnader
Insatser för unga\t5,15\t5,2
Kansli\t1,9\t1,95
Summa kostnader\t7,05\t7,15
Årets resultat\t0,15\t0,15
""",
        "",
        {"Budget 2025": (7_200_000, 7_050_000), "Plan 2026": (7_300_000, 7_150_000)},
    ),
    "kommunerna som grupp med summa utan namn": (
        """\
Kronor\tBudget 2024\tBudget 2025
Intäkter
Aby kommun\t210 000\t215 000
Beby kommun\t340 000\t352 000
Ceby kommun\t150 000\t158 000
Kommunerna\t700 000\t725 000
Regionen\t700 000\t725 000
Staten\t1 400 000\t1 450 000
Summa intäkter\t2 800 000\t2 900 000
Kostnader
Trampolinen\t1 900 000\t2 000 000
Kansli\t800 000\t820 000
Summa kostnader\t2 700 000\t2 820 000
Resultat\t100 000\t80 000
""",
        "",
        {"Budget 2024": (2_800_000, 2_700_000), "Budget 2025": (2_900_000, 2_820_000)},
    ),
    "summeringen samlad sist": (
        """\
\tBudget 2025
INTÄKTER
Statsbidrag\t1 800 000
Regionbidrag\t900 000
Kommunbidrag\t900 000
KOSTNADER
Klara\t1 500 000
Lots\t1 000 000
Administration
Kansli\t800 000
SAMMANFATTNING
Intäkter totalt\t3 600 000
Kostnader totalt\t3 300 000
Årets resultat\t300 000
""",
        "",
        {"Budget 2025": (3_600_000, 3_300_000)},
    ),
    "balanserat resultat i båda ändar": (
        """\
Kronor\tPrognos 2024\tBudget 2025
Intäkter
Statens bidrag\t1 000 000\t1 100 000
Region\t500 000\t550 000
Kommuner\t500 000\t550 000
Balanserat resultat från föregående år\t300 000\t200 000
Summa intäkter\t2 300 000\t2 400 000
Kostnader
Insats Ny start\t1 600 000\t1 700 000
Kansli\t500 000\t520 000
Summa kostnader\t2 100 000\t2 220 000
Prel balanserat resultat\t200 000\t180 000
""",
        "",
        {"Prognos 2024": (2_300_000, 2_100_000), "Budget 2025": (2_400_000, 2_220_000)},
    ),
    "pengar från förra året, utan rubriker": (
        """\
Kronor\tBudget 2024\tBudget 2025
Habo kommun\t106 400\t118 400
Region Jönköpings län\t106 400\t118 400
Staten gm Försäkringskassan\t212 800\t236 800
Balanserat resultat (prel)\t55 000\t31 000
Summa intäkter\t480 600\t504 600
Entré\t350 000\t360 000
Styrelse\t99 600\t100 000
Summa kostnader\t449 600\t460 000
Prel balanserat resultat\t31 000\t44 600
""",
        "",
        {"Budget 2024": (480_600, 449_600), "Budget 2025": (504_600, 460_000)},
    ),
    "grupper med egna summor, ingen kostnadsrubrik": (
        """\
\tBudget 2024\tBudget 2025
Bidrag
Statens bidrag\t1 000 000\t1 050 000
Regionens bidrag\t500 000\t525 000
Kommunala bidrag\t500 000\t525 000
Summa bidrag\t2 000 000\t2 100 000
Beslutade insatser
Projekt A\t900 000\t950 000
Projekt B\t400 000\t420 000
Summa beslutade insatser\t1 300 000\t1 370 000
Gemensamt
Kansli\t500 000\t510 000
Styrelse\t80 000\t80 000
Summa gemensamt\t580 000\t590 000
Summa kostnader\t1 880 000\t1 960 000
Resultat\t120 000\t140 000
""",
        "",
        {"Budget 2024": (2_000_000, 1_880_000), "Budget 2025": (2_100_000, 1_960_000)},
    ),
    "kapital före och efter, intäkter på en rad": (
        """\
Kr\tPrognos 2024\tBudget 2025
IB eget kapital\t500 000\t450 000
Intäkter\t3 000 000\t3 100 000
Kostnader
Insatser\t2 400 000\t2 500 000
Administration\t650 000\t660 000
Summa kostnader\t3 050 000\t3 160 000
Årets resultat\t-50 000\t-60 000
UB eget kapital\t450 000\t390 000
""",
        "",
        {"Prognos 2024": (3_000_000, 3_050_000), "Budget 2025": (3_100_000, 3_160_000)},
    ),
    "konton i en egen kolumn": (
        """\
Konto\tBenämning\tBudget 2025\tUtfall 2024
\tIntäkter\t\t
3010\tBidrag FK\t2 000 000\t1 900 000
3020\tBidrag region\t1 000 000\t950 000
\tSumma intäkter\t3 000 000\t2 850 000
\tKostnader\t\t
4010\tInsats Alfa\t1 500 000\t1 400 000
5010\tHyra\t200 000\t190 000
7010\tLöner\t900 000\t880 000
\tSumma kostnader\t2 600 000\t2 470 000
\tResultat\t400 000\t380 000
""",
        "",
        {"Budget 2025": (3_000_000, 2_600_000), "Utfall 2024": (2_850_000, 2_470_000)},
    ),
    "rubriken i hörnet är en titel": (
        """\
Budget 2025\tBudget 2024\tBudget 2025
Kostnader
Enter\t2 750 000\t2 914 000
Kansli\t830 000\t860 000
Summa\t3 580 000\t3 774 000
""",
        "",
        {"Budget 2024": (0, 3_580_000), "Budget 2025": (0, 3_774_000)},
    ),
    "år under en sammanslagen rubrik": (
        """\
\tBudget\t\tPlan
\t2024\t2025\t2026
Inkomster
Medlemsinsats\t2 000 000\t2 100 000\t2 100 000
Summa inkomster\t2 000 000\t2 100 000\t2 100 000
Utgifter
Växthuset\t1 400 000\t1 500 000\t1 500 000
Kansli\t500 000\t510 000\t515 000
Summa utgifter\t1 900 000\t2 010 000\t2 015 000
Saldo\t100 000\t90 000\t85 000
""",
        "",
        {
            "Budget 2024": (2_000_000, 1_900_000),
            "Budget 2025": (2_100_000, 2_010_000),
            "Plan 2026": (2_100_000, 2_015_000),
        },
    ),
    "andelar, kassa och fotnoter under tabellen": (
        """\
Kronor\tBudget 2025
Intäkter
Stat\t900 000
Region\t450 000
Kommun\t450 000
Summa intäkter\t1 800 000
Kostnader
Bryggan *\t1 100 000
Kansli 1)\t600 000
Summa kostnader\t1 700 000
Resultat\t100 000
Andel administration\t35 %
Kassa\t640 000
Kostnad per invånare\t21
* Avser helår.
1) Kansliet delas med grannförbundet.
""",
        "",
        {"Budget 2025": (1_800_000, 1_700_000)},
    ),
    "summa per kolumn i egen kolumn": (
        """\
Kronor\tBudget 2025\tPlan 2026\tTotalt
Kostnader
Mötesplatsen\t700 000\t710 000\t1 410 000
Coacherna\t1 300 000\t1 330 000\t2 630 000
Kansli\t450 000\t455 000\t905 000
Kostnader totalt\t2 450 000\t2 495 000\t4 945 000
Intäkter
Bidrag\t2 500 000\t2 500 000\t5 000 000
Intäkter totalt\t2 500 000\t2 500 000\t5 000 000
""",
        "",
        {"Budget 2025": (2_500_000, 2_450_000), "Plan 2026": (2_500_000, 2_495_000)},
    ),
    "tre nivåer av summor": (
        """\
tkr\tBudget 2025\tPlan 2026
Intäkter
Medlemmarnas bidrag
Staten\t3 000\t3 050
Regionen\t1 500\t1 525
Kommunerna\t1 500\t1 525
Summa bidrag\t6 000\t6 100
Övriga intäkter
Ränta\t20\t20
Såld tjänst\t130\t135
Summa övrigt\t150\t155
Summa intäkter\t6 150\t6 255
Kostnader
Individinriktade insatser
Resan\t2 000\t2 100
Stegen\t1 500\t1 450
Summa individinriktat\t3 500\t3 550
Kompetensutveckling
Kurser\t200\t210
Summa kompetens\t200\t210
Summa insatser\t3 700\t3 760
Administration
Kansli\t1 800\t1 850
Revision\t60\t62
Summa administration\t1 860\t1 912
Summa kostnader\t5 560\t5 672
Årets resultat\t590\t583
""",
        "",
        {"Budget 2025": (6_150_000, 5_560_000), "Plan 2026": (6_255_000, 5_672_000)},
    ),
    "tomma celler, streck och nollor": (
        """\
Kronor\tUtfall 2023\tBudget 2024\tBudget 2025
Intäkter
Bidrag\t1 500 000\t1 500 000\t1 550 000
Projektmedel\t–\t200 000\t
Summa intäkter\t1 500 000\t1 700 000\t1 550 000
Kostnader
Start\t800 000\t900 000\t950 000
Nytt projekt\t\t200 000\t0
Avslutat projekt\t150 000\t-\t
Kansli\t500 000\t510 000\t520 000
Summa kostnader\t1 450 000\t1 610 000\t1 470 000
Resultat\t50 000\t90 000\t80 000
""",
        "",
        {
            "Utfall 2023": (1_500_000, 1_450_000),
            "Budget 2024": (1_700_000, 1_610_000),
            "Budget 2025": (1_550_000, 1_470_000),
        },
    ),
}

TRAPS = {
    "alla kostnader med minus": (
        """\
Kronor\tBudget 2025
Intäkter
Bidrag\t2 000 000
Summa intäkter\t2 000 000
Kostnader
Fyren\t-1 200 000
Kansli\t-600 000
Summa kostnader\t-1 800 000
Resultat\t200 000
""",
        "",
    ),
    "en summa är fel": (
        """\
Kronor\tBudget 2025
Kostnader
Fyren\t1 200 000
Kansli\t600 000
Summa kostnader\t1 900 000
""",
        "",
    ),
    "enheterna säger emot": (
        """\
Belopp i tkr\tBudget 2025
Kostnader
Fyren\t1 200
Kansli\t600
""",
        "kr",
    ),
    "en rubrik som inte är känd, utan summor": (
        """\
Kronor\tBudget 2025
Insatser
Fyren\t1 200 000
Periodiseringar
Kvar från hösten\t600 000
""",
        "",
    ),
    "grupper med egna summor efter intäkterna": (
        """\
\tBudget 2025
Finansiering
Bidrag från medlemmarna\t2 000 000
Det vi gör
Projekt A\t900 000
Projekt B\t400 000
Summa det vi gör\t1 300 000
""",
        "",
    ),
    "två tabeller bredvid varandra": (
        """\
Intäkter\tBudget 2025\t\tKostnader\tBudget 2025
Staten\t1 000 000\t\tFyren\t900 000
Regionen\t500 000\t\tKansli\t500 000
Summa intäkter\t1 500 000\t\tSumma kostnader\t1 400 000
""",
        "",
    ),
    "en rad är redan summan av andra": (
        """\
Kronor\tBudget 2025
Kostnader
Coach\t400 000
Handledare\t500 000
Team Norr\t900 000
Kansli\t300 000
""",
        "",
    ),
}
