"""How the page about an association groups its members and seats: rows in, groups out."""

from associations.models import Organisation, Seat

MEMBER_HEADS = {
    Organisation.Kind.MUNICIPALITY: "Kommuner",
    Organisation.Kind.REGION: "Region",
    Organisation.Kind.STATE_AGENCY: "Staten",
    Organisation.Kind.OTHER: "Övriga",
}
SEAT_GROUPS = [
    ("Styrelse", [Seat.Role.CHAIR, Seat.Role.VICE_CHAIR, Seat.Role.MEMBER, Seat.Role.DEPUTY]),
    ("Beredningsgrupp", [Seat.Role.PREPARATORY]),
    ("Kansli", [Seat.Role.DIRECTOR, Seat.Role.SECRETARY, Seat.Role.OFFICIAL]),
    ("Revisorer", [Seat.Role.AUDITOR]),
]


def members_by_kind(memberships):
    """Return [(head, memberships)] in the order of ``MEMBER_HEADS``, without empty groups."""
    groups = {kind: [] for kind in MEMBER_HEADS}
    for membership in memberships:
        groups[membership.organisation.kind].append(membership)
    return [(MEMBER_HEADS[kind], rows) for kind, rows in groups.items() if rows]


def board_groups(seats):
    """Return [(head, seats)], the seats by role and name, without empty groups."""
    seats = list(seats)
    groups = []
    for head, roles in SEAT_GROUPS:
        rows = [seat for seat in seats if seat.role in roles]
        rows.sort(key=lambda seat: (roles.index(seat.role), seat.person))
        if rows:
            groups.append((head, rows))
    return groups
