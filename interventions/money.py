"""Gathers from the database who pays for an intervention; ``payers.py`` makes the table of it."""

from dataclasses import replace

from interventions import payers

# Which kinds of a budget's columns hold which kind of amount: in an adopted budget, and in a
# proposal that is printed or sent out where nothing is adopted.
ADOPTED = {"budget": "budgeted", "plan": "budgeted", "forecast": "forecast", "actual": "spent"}
PROPOSED = ADOPTED | {"budget": "proposed", "plan": "proposed"}


def payer_table(intervention):
    """Return the payers of every year: financing, and what budgets hold."""
    payments = {}
    for row in intervention.financing.select_related("association", "organisation"):
        payments[(row.payer.name, row.year)] = payers.Payment(
            payer=row.payer.name,
            year=row.year,
            slug=row.association.slug if row.association else "",
            applied=row.applied,
            granted=row.granted,
            stated=row.stated,
            spent=row.spent,
            about=row.about,
            note=row.note,
            difference=row.difference,
        )
    for (association, year, kind), (kronor, planned, url) in _in_budgets(intervention).items():
        key = (association.name, year)
        payment = payments.get(key, payers.Payment(association.name, year, slug=association.slug))
        if kind == "budgeted":
            payment = replace(payment, planned=planned)
        if kind != "spent" or payment.spent is None:
            payment = replace(payment, **{kind: kronor}, urls=(*payment.urls, (kind, url)))
        payments[key] = payment
    return payers.table(payments.values())


def _in_budgets(intervention):
    """Return {(association, year, kind): (kronor, only planned, the budget's address)}.

    A budget's own year goes before what an earlier budget planned for it. Several lines of one
    budget that refer to the same intervention are added.
    """
    found = {}
    rows = [(intervention.budget_lines.adopted(), ADOPTED)]
    rows.append((intervention.budget_lines.proposed(), PROPOSED))
    for lines, kinds in rows:
        for line in lines.with_amounts():
            for amount in line.amounts.all():
                _take(found, line.budget, amount, kinds[amount.column.kind])
    return {
        key: (kronor, not rank[0], budget.get_absolute_url())
        for key, (rank, kronor, budget) in found.items()
    }


def _take(found, budget, amount, kind):
    """Put an amount where it goes before what is found, or add it to its own budget's."""
    column = amount.column
    rank = (column.kind == "budget", column.year == budget.year, budget.year, budget.pk)
    key = (budget.association, column.year, kind)
    before = found.get(key)
    if before is None or rank > before[0]:
        found[key] = [rank, amount.kronor, budget]
    elif rank == before[0]:
        before[1] += amount.kronor
