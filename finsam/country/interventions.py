"""Made-up interventions of an association, with goals, results and financing."""

from finsam.country.writing import LAST_YEAR, MADE_UP, many, owned, sentence
from interventions.models import Financing, Goal, Intervention, Result


def interventions(own, number_of, chance, known):
    """Return interventions led by ``own``; ``known`` are all situations and referrers."""
    rows = many(
        Intervention,
        [
            Intervention(
                lead=own,
                name=f"{MADE_UP} insats {own.position - 100}-{turn}",
                slug=f"pahittad-insats-{turn}",
                form=chance.choice(list(Intervention.Form)),
                summary=sentence(chance),
                description="\n\n".join(sentence(chance, 40) for _ in range(3)),
                target_group=sentence(chance),
                individual_percent=chance.choice([0, 50, 100]),
                first_year=2008 + turn % 18,
                last_year=LAST_YEAR - 2 if turn % 5 == 0 else None,
                public=True,
            )
            for turn in range(1, number_of + 1)
        ],
    )
    owned(Intervention, rows, own)
    for field, choices in zip(("situations", "referrers"), known, strict=True):
        through = getattr(Intervention, field).through
        column = field.removesuffix("s")
        many(
            through,
            [
                through(intervention_id=row.pk, **{f"{column}_id": each.pk})
                for row in rows
                for each in chance.sample(choices, min(2, len(choices)))
            ],
        )
    _followed_up(own, rows, chance)
    return rows


def _followed_up(own, rows, chance):
    goals = many(
        Goal,
        [
            Goal(
                intervention=row,
                kind=Goal.Kind.PERCENT,
                text="Deltagare som går till arbete eller studier.",
                target=chance.randrange(20, 60),
                base="avslutade deltagare",
            )
            for row in rows
        ],
    )
    many(
        Result,
        [
            Result(
                intervention=goal.intervention,
                measure="Deltagare",
                year=year,
                period=str(year),
                women=chance.randrange(0, 60),
                men=chance.randrange(0, 60),
            )
            for goal in goals
            for year in (2024, 2025)
        ],
    )
    many(
        Financing,
        [
            Financing(
                intervention=row,
                association=own,
                year=year,
                granted=chance.randrange(100, 2_000) * 1_000,
            )
            for row in rows
            for year in (2024, 2025, 2026)
        ],
    )
