"""A made-up country: as many associations as Sweden has, to see how the portal grows.

Everything is invented and says so. The same ``seed`` gives the same country. It is written in bulk,
with the database's own triggers down, and they are put up over the finished rows; all in one
transaction. Nobody reads a made-up country beside real associations.
"""

import datetime
import random
from dataclasses import dataclass

from django.db import connection, transaction

from associations.models import Association, Document, Membership, News, Organisation, Seat
from associations.recording import histories
from budgets.models import Amount, Budget, BudgetColumn, BudgetLine
from finsam import triggers
from interventions.models import Financing, Goal, Intervention, Referrer, Result, Situation
from meetings.models import ActionPoint, AgendaItem, Decision, Meeting

MADE_UP = "Påhittat"
COUNTIES = 21
BATCH = 2_000  # rows a statement
LAST_YEAR = 2027
COLUMNS = 5
PAYERS = 6  # the state, the region and four municipalities
WORDS = [
    *("arbete", "studier", "hälsa", "rehabilitering", "samverkan", "ungdomar", "språk", "praktik"),
    *("coachning", "stöd", "kommun", "region", "försäkring", "vägledning", "motivation"),
    *("kartläggning", "handledare", "arbetsgivare", "utvärdering"),
]


@dataclass(frozen=True)
class Size:
    """How much each association has."""

    associations: int = 80
    interventions: int = 30
    budgets: int = 20
    lines: int = 30
    meetings: int = 12
    documents: int = 60


@transaction.atomic
def make(size, seed=1, tell=lambda done: None):
    """Write a country of ``size``; ``tell`` is told each step in words."""
    triggers.take_down()
    chance = random.Random(seed)
    places = _places(size)
    known = list(Situation.objects.all()), list(Referrer.objects.all())
    for number in range(1, size.associations + 1):
        county = (number - 1) % COUNTIES + 1
        own = _association(number, county, places)
        interventions = _interventions(own, size, chance, known)
        _meetings(own, size, chance)
        _documents(own, size, chance)
        _budgets(own, size, chance, places[county], interventions)
        tell(f"{number} av {size.associations} förbund")
    tell("historiken")
    _begin_histories()
    tell("sökregistret")
    connection.check_constraints()  # PostgreSQL changes no table that has checks waiting
    triggers.put_up()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # it would do so by itself, but later


def _many(model, rows):
    return model.objects.bulk_create(rows, batch_size=BATCH)


def _sentence(chance, words=12):
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def _places(size):
    """Return the payers of each county: the state, its region and four municipalities."""
    kinds = Organisation.Kind
    state = Organisation.objects.filter(kind=kinds.STATE_AGENCY).order_by("pk").first()
    if state is None:
        state = Organisation.objects.create(
            name=f"{MADE_UP} myndighet", short_name="Staten", kind=kinds.STATE_AGENCY
        )
    found = {}
    for county in range(1, min(COUNTIES, size.associations) + 1):
        region = Organisation(name=f"{MADE_UP} region {county}", kind=kinds.REGION)
        region.short_name = region.name
        towns = [
            Organisation(
                name=f"{MADE_UP} kommun {county}-{town}",
                short_name=f"Kommun {county}-{town}",
                kind=kinds.MUNICIPALITY,
            )
            for town in range(1, PAYERS - 1)
        ]
        found[county] = [state, *_many(Organisation, [region, *towns])]
    return found


def _association(number, county, places):
    own = Association.objects.create(
        name=f"{MADE_UP} samordningsförbund {number} i län {county}",
        short_name=f"Påhittade {number}",
        slug=f"pahittat-{number}",
        position=100 + number,
        vision="Ett påhittat förbund, för att se hur portalen växer.",
    )
    members = [Membership(association=own, organisation=each) for each in places[county]]
    _many(Membership, members)
    roles = [Seat.Role.CHAIR, Seat.Role.VICE_CHAIR, *[Seat.Role.MEMBER] * 4]
    _many(
        Seat,
        [
            Seat(association=own, person=f"Påhittad Ledamot {place}", role=role)
            for place, role in enumerate(roles, 1)
        ],
    )
    news = _many(
        News,
        [
            News(
                title=f"{MADE_UP} nyhet {each} från förbund {number}",
                slug=f"pahittat-{number}-{each}",
                lead="En påhittad nyhet.",
                published_on=datetime.date(2026, each, 1),
            )
            for each in range(1, 7)
        ],
    )
    _owned(News, news, own)
    return own


def _owned(model, rows, own):
    """Let the association own rows that several may own together."""
    through = model.associations.through
    name = model._meta.model_name
    _many(through, [through(**{f"{name}_id": row.pk, "association_id": own.pk}) for row in rows])


def _interventions(own, size, chance, known):
    rows = _many(
        Intervention,
        [
            Intervention(
                lead=own,
                name=f"{MADE_UP} insats {own.position - 100}-{turn}",
                slug=f"pahittad-insats-{turn}",
                form=chance.choice(list(Intervention.Form)),
                summary=_sentence(chance),
                description="\n\n".join(_sentence(chance, 40) for _ in range(3)),
                target_group=_sentence(chance),
                individual_percent=chance.choice([0, 50, 100]),
                first_year=2008 + turn % 18,
                last_year=LAST_YEAR - 2 if turn % 5 == 0 else None,
                public=True,
            )
            for turn in range(1, size.interventions + 1)
        ],
    )
    _owned(Intervention, rows, own)
    for field, choices in zip(("situations", "referrers"), known, strict=True):
        through = getattr(Intervention, field).through
        column = field.removesuffix("s")
        _many(
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
    goals = _many(
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
    _many(
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
    _many(
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


def _meetings(own, size, chance):
    number = own.position - 100
    rows = _many(
        Meeting,
        [
            Meeting(
                kind=Meeting.Kind.OWNER,
                title=f"{MADE_UP} möte {turn} i förbund {number}",
                slug=f"pahittat-{number}-{turn}",
                year=LAST_YEAR - turn,
                date=datetime.date(LAST_YEAR - turn, 1 + turn % 12, 15),
                place="Påhittad plats",
                summary=_sentence(chance, 20),
                public=True,
            )
            for turn in range(1, size.meetings + 1)
        ],
    )
    _owned(Meeting, rows, own)
    items = [
        AgendaItem(meeting=row, position=turn, title=f"Punkt {turn}", text=_sentence(chance))
        for row in rows
        for turn in range(1, 7)
    ]
    _many(AgendaItem, items)
    _many(Decision, [Decision(meeting=row, text=_sentence(chance)) for row in rows])
    points = [ActionPoint(meeting=row, text=_sentence(chance), owner="Kansliet") for row in rows]
    _many(ActionPoint, points)


def _documents(own, size, chance):
    number = own.position - 100
    rows = _many(
        Document,
        [
            Document(
                title=f"{MADE_UP} handling {turn} i förbund {number}",
                slug=f"pahittat-{number}-{turn}",
                kind=chance.choice(list(Document.Kind)),
                year=LAST_YEAR - turn % 15,
                description=_sentence(chance),
                public=True,
            )
            for turn in range(1, size.documents + 1)
        ],
    )
    _owned(Document, rows, own)


def _budgets(own, size, chance, payers, interventions):
    """Write the last year as a draft, the year before as a proposal, and the others adopted."""
    first = LAST_YEAR - size.budgets + 1
    budgets = _many(Budget, [Budget(association=own, year=first + n) for n in range(size.budgets)])
    columns = _columns(budgets)
    lines = [
        line for budget in budgets for line in _lines(budget, size, chance, payers, interventions)
    ]
    _many(BudgetLine, lines)
    amounts = [
        Amount(line=line, column=column, kronor=chance.randrange(50, 900) * 1_000)
        for line in lines
        for column in columns[line.budget_id]
    ]
    _many(Amount, amounts)
    for budget in budgets[:-1]:
        budget.proposed_on = datetime.date(budget.year - 1, 10, 1)
    for budget in budgets[:-2]:
        budget.adopted_on = datetime.date(budget.year - 1, 11, 20)
    Budget.objects.bulk_update(budgets, ["proposed_on", "adopted_on"], batch_size=BATCH)


def _columns(budgets):
    """Return the columns of each budget, by its key; each opens with the result of the one before.

    Written one position at a time, since a column must exist before another opens from it.
    """
    columns = {budget.pk: [] for budget in budgets}
    for position in range(COLUMNS):
        rows = [
            BudgetColumn(
                budget=budget,
                position=position,
                year=budget.year + position,
                kind=BudgetColumn.Kind.PLAN if position else BudgetColumn.Kind.BUDGET,
                opens_from=columns[budget.pk][-1] if position else None,
                opening=None if position else 500_000,
            )
            for budget in budgets
        ]
        for row in _many(BudgetColumn, rows):
            columns[row.budget_id].append(row)
    return columns


def _lines(budget, size, chance, payers, interventions):
    sections = BudgetLine.Section
    for position, payer in enumerate(payers):
        yield BudgetLine(
            budget=budget,
            section=sections.INCOME,
            position=position,
            label=payer.short_name,
            organisation=payer,
        )
    for position in range(size.lines - len(payers)):
        individual = chance.choice([0, 50, 100])
        yield BudgetLine(
            budget=budget,
            section=sections.COST,
            position=position,
            label=f"{MADE_UP} kostnad {position + 1}",
            intervention=interventions[position] if position < len(interventions) else None,
            individual=individual,
            structural=100 - individual,
        )


def _begin_histories():
    """Write a first record of each row that has none, in one statement a table."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for history in histories():
            own = history.instance_type._meta
            kept = {field.column for field in history._meta.concrete_fields}
            names = [field.column for field in own.concrete_fields if field.column in kept]
            columns = ", ".join(map(quote, names))
            key = quote(own.pk.column)
            cursor.execute(
                f"INSERT INTO {quote(history._meta.db_table)} "
                f"({columns}, history_date, history_type) "
                f"SELECT {columns}, CURRENT_TIMESTAMP, '+' FROM {quote(own.db_table)} t "
                f"WHERE NOT EXISTS (SELECT 1 FROM {quote(history._meta.db_table)} h "
                f"WHERE h.{key} = t.{key})"
            )
