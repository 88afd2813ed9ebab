"""Small counts in the words that people use, and in tables of made-up groups: the attacker of
``tests/attacker.py`` knows none of the words, and is left with three numbers for all that is
hidden.
"""

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from interventions import relations, suppression
from interventions.suppression import WITHHELD, Row, publish
from tests.attacker import Attacker

TABLES = 120

# What is counted (and its period, when it isn't all 2019) with its number; women and men as a pair;
# a rate as a text with its per cent. What is 1–4 is what nobody may work out.
WORDINGS = {
    "sexes": {"Deltagare": 20, "Kvinnor": 17, "Män": 3},
    "sexes inflected": {"Antal deltagare": 20, "varav kvinnor": 17, "varav män": 3},
    "boys and girls": {"Ungdomar": 31, "Flickor": 29, "Pojkar": 2},
    "another gender": {"Inskrivna": 41, "Kvinnor": 20, "Män": 18, "Annan könsidentitet": 3},
    "ages": {"Deltagare": 24, "16–29 år": 9, "30–49 år": 11, "50 år och äldre": 4},
    "ages in words": {"Totalt": 18, "Under 25": 2, "25 och uppåt": 16},
    "passed": {"Deltagare": 20, "Klarade": 16, "Klarade inte": 4},
    "ended": {"Deltagare": 32, "Avslutade": 29, "Pågående": 3},
    "to work or studies": {"Avslutade": 19, "Till arbete": 15, "Till studier": 4},
    "three ways out": {"Utskrivna": 30, "Arbete": 18, "Studier": 9, "Sjukskrivning": 3},
    "new and known": {"Inskrivna": 22, "Nya": 19, "Från tidigare år": 3},
    "referrers": {"Remitterade": 27, "AF": 14, "FK": 10, "Vården": 1, "Kommunen": 2},
    "places": {"Personer": 40, "Habo": 12, "Mullsjö": 3, "Vaggeryd": 25},
    "associations": {"Deltagare i länet": 36, "Höglandet": 21, "Finnveden": 12, "Södra": 3},
    "languages": {"Personer": 21, "Svenska som modersmål": 17, "Annat modersmål": 4},
    "education": {"Alla": 26, "Grundskola": 8, "Gymnasium": 15, "Högskola": 3},
    "yes and no": {"Svarade": 25, "Ja": 22, "Nej": 3},
    "no whole": {"Kvinnor": 17, "Män": 3, "Nya": 12, "Från tidigare år": 8},
    "no whole, three and two": {"16–24": 7, "25–44": 8, "45–": 5, "Kvinnor": 17, "Män": 3},
    "in and out": {"Vid årets början": 8, "Tillkom": 12, "Slutade": 17, "Vid årets slut": 3},
    "halves": {("Deltagare", "2019"): 20, ("Deltagare", "våren 2019"): 17,
               ("Började senare", "hösten 2019"): 3},
    "quarters": {("Samtal", "2019"): 40, ("Samtalat", "kvartal 1 2019"): 12,
                 ("Samtalade", "kvartal 2 2019"): 15, ("I samtal", "kvartal 3–4 2019"): 13,
                 ("Avbröt", "2019"): 2, ("Fullföljde", "2019"): 38},
    "years": {("Sedan start", "sedan starten"): 45, ("År ett", "2017"): 23, ("År två", "2018"): 19,
              ("År tre", "2019"): 3},
    "cumulated": {("Fått arbete", "2017–2019"): 31, ("I arbete", "2017–2018"): 29,
                  ("Arbete", "2019"): 2},
    "women and men": {"Deltagare": (17, 3), "Nya": (9, 3), "Från tidigare år": (8, 0)},
    "women, and a row": {"Deltagare": (17, 8), "Kvinnor till arbete": 14, "Kvinnor, annat": 3},
    "women twice": {"Alla": 25, "Kvinnor": 22, "Deltagare": (22, 3)},
    "nested": {"Alla": 50, "Avslutade": 30, "Kvar": 20, "Arbete": 17, "Studier": 10, "Annat": 3},
    "chained": {"Alla": 20, "Kvinnor": 17, "Män": 3, "Kvinnor i arbete": 9, "Kvinnor i studier": 8},
    "base inflected": {"Deltagare": 20, ("Arbete", "av deltagarna"): "15"},
    "base of those ended": {"Avslutade": 19, ("Studier", "av dem som avslutades"): "16"},
    "all but a few": {"Deltagare": 20, ("Nöjda", "av alla som var med"): "85"},
    "rates only": {"Deltagare": 20, ("Arbete", "av deltagarna"): "45",
                   ("Studier", "av deltagare"): "40", ("Annat", "bland deltagarna"): "15"},
    "rate and counts": {"Deltagare": 20, ("Arbete", "av gruppen"): "45", "Studier": 8, "Annat": 3},
    "rate of what is hidden": {"Deltagare": 20, ("Andel kvinnor", "hela gruppen"): "85", "Män": 3},
    "base in numbers": {"Avslutade": 20, ("Arbete", "avslutade", 20): 17, "Inte i arbete": 3},
    "base in the words": {"Nöjda": 17, ("Deltog i allt", "av 20 deltagare"): "85"},
    "left of a base in words": {("Nöjda", "av 20 deltagare"): 17, "Personer": 20},
    "two bases": {"Deltagare": 20, ("Arbete", "deltagarna", 20): 9, ("Studier", "av dem", 20): 8,
                  "Ingetdera": 3},
}  # fmt: skip


def row_of(key, name, number, base=""):
    """Return a Row of a wording."""
    period, base_count = "2019", None
    if isinstance(name, tuple):
        name, second, *more = name
        if any(each.isdigit() for each in second) or second.startswith("sedan"):
            period = second
        else:
            base, base_count = second, more[0] if more else None
    row = Row(key, 1, name, period, 2019, base=base, base_count=base_count)
    if isinstance(number, tuple):
        return replace(row, women=number[0], men=number[1])
    if isinstance(number, str):
        return replace(row, percent=Decimal(number))
    return replace(row, total=number)


def attacked(rows):
    """Return an Attacker on ``rows`` as they are published."""
    found = publish(rows)
    true, public = [], []
    for row in rows:
        shown = found[row.key]
        when = {"period": row.period, "year": row.year, "percent": shown.rate}
        own = {"women": row.women, "men": row.men, "total": row.count}
        true.append(when | own | {"base_count": row.base_count})
        counts = shown.counts
        own = {"women": counts.women, "men": counts.men, "total": counts.total}
        public.append(when | own | {"base_count": shown.base_count})
    return Attacker(public, true)


@pytest.mark.parametrize("name", WORDINGS)
def test_a_few_can_not_be_worked_out_however_they_are_worded(name):
    rows = [row_of(key, *each) for key, each in enumerate(WORDINGS[name].items())]
    attacker = attacked(rows)
    assert not attacker.worked_out()
    assert all(
        each.value > 4 or not each.value for each in attacker.seen if each.key in attacker.shown
    )
    rates = [row.percent for row in rows if row.percent is not None]
    assert attacker.hidden or None in [row["percent"] for row in attacker.public] and rates
    assert any(isinstance(number, int) for number in attacker.shown.values())


def test_the_attacker_is_able():
    def seen(public, *true):
        rows = [{"women": None, "men": None, "base_count": None, "percent": None, "period": "2019",
                 "year": 2019, "total": each} for each in true]  # fmt: skip
        shown = [row | {"total": each} for row, each in zip(rows, public, strict=True)]
        return [each.value for each in Attacker(shown, rows).worked_out()]

    assert seen([20, 17, WITHHELD], 20, 17, 3) == [3]
    assert seen([20, WITHHELD, WITHHELD], 20, 17, 3) == []
    assert seen([20, WITHHELD, WITHHELD, 9, 8], 20, 17, 3, 9, 8) == [17, 3]


def made_up(seed):
    """Return Rows on made-up people: some breakdowns of all of them, some with their whole."""
    chance = random.Random(seed)
    people = chance.choice([14, 20, 35, 60])
    rows = []

    def put(name, number, **facts):
        known = {"total": number, "period": "2019", "year": 2019} | facts
        rows.append(Row(len(rows), 1, name, **known))

    if chance.random() < 0.8:
        put("alla", people)
    for name in chance.sample("abcd", chance.choice([1, 1, 2])):
        shares = [chance.random() ** 2 for _ in range(chance.choice([2, 2, 3, 4]))]
        groups = chance.choices(range(len(shares)), shares, k=people)
        women = [each for each in groups if chance.random() < 0.6]
        by_sex = chance.random() < 0.3
        for group in range(len(shares)):
            number = groups.count(group)
            sexes = {"women": women.count(group), "men": number - women.count(group)}
            facts = {"total": None} | sexes if by_sex else {}
            if chance.random() < 0.15:
                facts = {"total": None, "base": "grupp", "percent": rounded(number, people)}
            put(f"{name}{group}", number, **facts)
    if chance.random() < 0.3:  # and some of it with the year after
        for row in [each for each in rows if each.total is not None][:4]:
            number = row.total + chance.choice([0, 1, 3, 8, 20])
            put(f"{row.measure}, båda åren", number, period="2019–2020", year=2020)
    return rows


def rounded(count, base):
    """Return the per cent rounded half up, as a source prints it."""
    return Decimal((200 * count + base) // (2 * base))


def test_a_few_can_not_be_worked_out_of_made_up_groups():
    hidden = shown = 0
    for seed in range(TABLES):
        attacker = attacked(made_up(seed))
        assert not attacker.worked_out(), seed
        assert not any(0 < each.value < 5 for each in attacker.seen if each.key in attacker.shown)
        hidden += len(attacker.hidden)
        shown += len(attacker.seen) - len(attacker.hidden)
    assert hidden > TABLES and shown > TABLES  # both a half or so of all numbers


def test_many_rows_are_weighed_in_bounded_time_towards_hiding(monkeypatch):
    steps = []
    search = relations._Sets.of

    def counted(self, whole):
        yield from search(self, whole)
        steps.append(self.steps)

    monkeypatch.setattr(relations._Sets, "of", counted)
    chance = random.Random(1)
    rows = [
        Row(n, 1, f"rad {n}", "2019", 2019, women=chance.randrange(90), men=chance.randrange(90))
        for n in range(60)
    ]
    rows += [Row("few", 1, "få", "2019", 2019, total=3), Row("old", 1, "förr", "2018", total=80)]
    found = publish(rows)
    assert 0 < sum(steps) <= relations.MOST_IN_ALL + (relations.LEAST_STEPS + 1) * 3 * len(rows) * 3
    assert found["few"].counts.total == WITHHELD and found["old"].counts.total == 80
    assert sum(isinstance(each.counts.total, int) for each in found.values()) < 10
    suppression._published.cache_clear()
    assert publish(rows) == found
