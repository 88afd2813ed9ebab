"""Blocks about money beside the budget's table: contributions, own capital and effects."""

from associations.decimals import half_up
from budgets import known
from interventions.effects import PRESET
from interventions.effects import page as effect_page
from interventions.effects import words as effect_words
from interventions.models import EffectCalculation
from plans.blocks import BlockError, block
from plans.blocks.budget import year_column

STATE = "state_agency"


@block("bidrag", help="vad varje medlem betalar under året")
def contributions(plan, argument):
    """Each member's contribution in the plan's year, and the payers' shares of them all."""
    table, column = year_column(plan)
    at = table.columns.index(column)
    paid = [row for row in table.income if row.line.payer]
    if not paid:
        raise BlockError("Budgeten har ingen rad som är en medlems bidrag.")
    lacking = _lacking(paid, at)
    if lacking:
        raise BlockError(f"Bidrag {plan.year} saknas för {', '.join(lacking)}.")
    return "plans/blocks/_contributions.html", {
        "column": column,
        "rows": [(row.line.label, row.amounts[at]) for row in paid if row.amounts[at] is not None],
        "shares": [share for share in column.payers if share.rounded is not None],
    }


def _lacking(paid, at):
    """Return who has no amount in the column ``at``; the state pays through one of its agencies."""
    empty = [row for row in paid if row.amounts[at] is None]
    state = [row.line.label for row in paid if row.line.payer == STATE]
    unpaid = [row.line.label for row in empty if row.line.payer == STATE]
    others = [row.line.label for row in empty if row.line.payer != STATE]
    if not unpaid or len(unpaid) < len(state):
        return others
    return [f"staten ({' eller '.join(state)})" if len(state) > 1 else state[0], *others]


@block("kapital", help="sparade pengar bredvid vad som rekommenderas")
def own_capital(plan, argument):
    """What is saved at the end of the plan's year, beside the recommended largest capital."""
    _, column = year_column(plan)
    cap = known.known_of(plan.budget).capital_cap_percent
    if cap is None:
        raise BlockError(
            "Det finns ingen uppgift om hur stort sparat kapital som rekommenderas. Lägg till den "
            f"i Admin under Uppgifter ur källor: nyckel {known.CAP}, enhet procent, och värdet i "
            "procent av bidragen."
        )
    if not column.contributions:
        raise BlockError(f"{column.column.label} har inga bidrag att räkna gränsen av.")
    return "plans/blocks/_capital.html", {
        "column": column,
        "cap": cap,
        "limit": half_up(column.contributions * cap / 100),
    }


@block("effekter", help="den senaste beräkningen av vad insatserna gav tillbaka")
def effects(plan, argument):
    """The newest public calculation not later than the plan's year, with every assumption."""
    name = plan.association.short_name
    public = EffectCalculation.objects.published().with_assumptions()
    own = public.filter(associations=plan.association, year__lte=plan.year)
    newest = own.order_by("-year", "title", "pk").first()
    if newest is None:
        raise BlockError(f"{name} har ingen effektberäkning för {plan.year} eller tidigare.")
    if missing := newest.missing():
        raise BlockError(missing)
    computed = newest.effects()
    left_out, all_on = effect_page.left_out(newest)
    return "plans/blocks/_effects.html", {
        "calculation": newest,
        "computed": computed,
        "rows": effect_words.rows(newest.resting_on(), PRESET, computed),
        "left_out": left_out,
        "all_on": all_on,
        "assumptions": newest.assumptions.all(),
    }
