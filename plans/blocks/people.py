"""Blocks about people: the board, and whom the interventions are for."""

from django.db.models import Q

from associations.models import Seat
from plans.blocks import BlockError, block
from plans.blocks.budget import year_column

BOARD = [Seat.Role.CHAIR, Seat.Role.VICE_CHAIR, Seat.Role.MEMBER, Seat.Role.DEPUTY]
HEADS = {
    Seat.Role.CHAIR: "Ordförande",
    Seat.Role.VICE_CHAIR: "Vice ordförande",
    Seat.Role.MEMBER: "Ledamöter",
    Seat.Role.DEPUTY: "Ersättare",
}


@block("styrelse", help="styrelsens ledamöter och ersättare under året")
def board(plan, argument):
    """Those who sit in the board at some time in the plan's year, by role."""
    dated = Q(valid_from__isnull=False) | Q(valid_to__isnull=False)
    during = (
        dated
        & (Q(valid_from__isnull=True) | Q(valid_from__year__lte=plan.year))
        & (Q(valid_to__isnull=True) | Q(valid_to__year__gte=plan.year))
    )
    seats = plan.association.seats.filter(during | Q(known_year=plan.year), role__in=BOARD)
    by_role = {role: [] for role in BOARD}
    for seat in seats.select_related("appointed_by").order_by("person", "pk"):
        by_role[seat.role].append(seat)
    if not any(by_role.values()):
        raise BlockError(f"Det finns ingen uppgift om vilka som sitter i styrelsen {plan.year}.")
    groups = [(HEADS[role], found) for role, found in by_role.items() if found]
    return "plans/blocks/_board.html", {"groups": groups}


@block("målgrupper", help="för vem var och en av årets insatser är")
def target_groups(plan, argument):
    """The interventions that the plan's year pays for, each with whom it is for."""
    table, column = year_column(plan)
    paid = {row.line.key for row in table.cost if row.amounts[table.columns.index(column)]}
    lines = plan.budget.lines.filter(pk__in=paid, intervention__isnull=False)
    found = {
        line.intervention_id: line.intervention for line in lines.select_related("intervention")
    }
    if not found:
        raise BlockError(
            f"Ingen rad i budgeten hör till en insats {plan.year}. Öppna raden i budgetens tabell "
            "och välj insatsen där."
        )
    lacking = sorted(each.name for each in found.values() if not each.target_group.strip())
    if lacking:
        raise BlockError(f"Skriv för vem insatsen är: {', '.join(lacking)}.")
    return "plans/blocks/_target_groups.html", {"interventions": list(found.values())}


@block("medlemmar", help="förbundets medlemmar under planens år")
def members(plan, argument):
    """Those who are members at some time in the plan's year, by kind."""
    rows = plan.association.memberships.filter(
        Q(valid_from__isnull=True) | Q(valid_from__year__lte=plan.year),
        Q(valid_to__isnull=True) | Q(valid_to__year__gte=plan.year),
    ).select_related("organisation")
    by_kind = {}
    for row in rows:
        by_kind.setdefault(row.organisation.kind, []).append(row.organisation)
    if not by_kind:
        raise BlockError(f"{plan.association.short_name} har inga medlemmar {plan.year}.")
    heads = {"municipality": "Kommuner", "region": "Region", "state_agency": "Staten"}
    groups = [
        (heads.get(kind, "Andra"), by_kind[kind])
        for kind in sorted(by_kind, key=[*heads, "other"].index)
    ]
    return "plans/blocks/_members.html", {"groups": groups}
