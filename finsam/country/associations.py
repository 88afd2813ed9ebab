"""Made-up associations with members, seats and news, their meetings and documents."""

import datetime

from associations.models import Association, Document, Membership, News, Organisation, Seat
from finsam.country.writing import LAST_YEAR, MADE_UP, many, owned, sentence
from meetings.models import ActionPoint, AgendaItem, Decision, Meeting

COUNTIES = 21
TOWNS = 4  # municipalities in a county
PAYERS = 2 + TOWNS  # the state and the region


def payers_by_county(counties):
    """Return the payers of each county: the state, its region and four municipalities."""
    kinds = Organisation.Kind
    state = Organisation.objects.filter(kind=kinds.STATE_AGENCY).order_by("pk").first()
    if state is None:
        state = Organisation.objects.create(
            name=f"{MADE_UP} myndighet", short_name="Staten", kind=kinds.STATE_AGENCY
        )
    found = {}
    for county in range(1, counties + 1):
        region = Organisation(name=f"{MADE_UP} region {county}", kind=kinds.REGION)
        region.short_name = region.name
        towns = [
            Organisation(
                name=f"{MADE_UP} kommun {county}-{town}",
                short_name=f"Kommun {county}-{town}",
                kind=kinds.MUNICIPALITY,
            )
            for town in range(1, TOWNS + 1)
        ]
        found[county] = [state, *many(Organisation, [region, *towns])]
    return found


def association(number, county, payers):
    """Write one association, whose members are the ``payers``."""
    own = Association.objects.create(
        name=f"{MADE_UP} samordningsförbund {number} i län {county}",
        short_name=f"Påhittade {number}",
        slug=f"pahittat-{number}",
        position=100 + number,
        vision="Ett påhittat förbund, för att se hur portalen växer.",
    )
    members = [Membership(association=own, organisation=each) for each in payers]
    many(Membership, members)
    roles = [Seat.Role.CHAIR, Seat.Role.VICE_CHAIR, *[Seat.Role.MEMBER] * 4]
    many(
        Seat,
        [
            Seat(association=own, person=f"Påhittad Ledamot {place}", role=role)
            for place, role in enumerate(roles, 1)
        ],
    )
    news = many(
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
    owned(News, news, own)
    return own


def meetings(own, number_of, chance):
    """Write meetings with agenda, decision and action point."""
    number = own.position - 100
    rows = many(
        Meeting,
        [
            Meeting(
                kind=Meeting.Kind.OWNER,
                title=f"{MADE_UP} möte {turn} i förbund {number}",
                slug=f"pahittat-{number}-{turn}",
                year=LAST_YEAR - turn,
                date=datetime.date(LAST_YEAR - turn, 1 + turn % 12, 15),
                place="Påhittad plats",
                summary=sentence(chance, 20),
                public=True,
            )
            for turn in range(1, number_of + 1)
        ],
    )
    owned(Meeting, rows, own)
    items = [
        AgendaItem(meeting=row, position=turn, title=f"Punkt {turn}", text=sentence(chance))
        for row in rows
        for turn in range(1, 7)
    ]
    many(AgendaItem, items)
    many(Decision, [Decision(meeting=row, text=sentence(chance)) for row in rows])
    points = [ActionPoint(meeting=row, text=sentence(chance), owner="Kansliet") for row in rows]
    many(ActionPoint, points)


def documents(own, number_of, chance):
    """Write documents without files."""
    number = own.position - 100
    rows = many(
        Document,
        [
            Document(
                title=f"{MADE_UP} handling {turn} i förbund {number}",
                slug=f"pahittat-{number}-{turn}",
                kind=chance.choice(list(Document.Kind)),
                year=LAST_YEAR - turn % 15,
                description=sentence(chance),
                public=True,
            )
            for turn in range(1, number_of + 1)
        ],
    )
    owned(Document, rows, own)
