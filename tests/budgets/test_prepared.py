"""What is kept between two saves is how to ask and what the same rows gave, never what stands."""

import pytest
from django.db import connection

from budgets import grid
from budgets.models import Budget
from finsam.templatetags.cells import SHOWN
from tests.budgets.test_editing import cell_of, save, sums_in

CHANGES = {
    "an amount": "UPDATE budgets_amount SET kronor = kronor + 1000 WHERE line_id = {line}",
    "no amount": "DELETE FROM budgets_amount WHERE line_id = {line}",
    "a split": (
        "UPDATE budgets_budgetline SET individual = 7, structural = 93, competence = 0, "
        "administration = 0 WHERE id = {line}"
    ),
    "a payer's kind": "UPDATE associations_organisation SET kind = 'region' WHERE id = {payer}",
    "a payer": "UPDATE budgets_budgetline SET organisation_id = NULL WHERE id = {income}",
    "an opening": (
        "UPDATE budgets_budgetcolumn SET opening = 12345 "
        "WHERE budget_id = {budget} AND opens_from_id IS NULL"
    ),
}


def computed(budget):
    """Return the id and text of every computed cell, read anew by the road of the full page."""
    fresh = Budget.objects.with_table().get(pk=budget.pk)
    cells = grid.of_budget(fresh, editing=True).computed
    return {cell.ident: SHOWN[cell.unit](cell.value).replace("\u00a0", " ") for cell in cells}


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
def test_what_raw_sql_changed_between_two_saves_stands_in_the_second(client_for, draft, change):
    client = client_for("chef-sodra")
    cell, line, column = cell_of(draft)
    save(client, draft, cell, "1", 2_914_000)
    before = computed(draft)
    other = draft.lines.filter(section="cost").exclude(pk=line.pk).last()
    income = draft.lines.filter(organisation__kind="municipality").first()
    keys = {"line": other.pk, "income": income.pk, "payer": income.organisation_id}
    with connection.cursor() as cursor:
        cursor.execute(CHANGES[change].format(budget=draft.pk, **keys))
        assert cursor.rowcount
    answered = sums_in(save(client, draft, cell, "2", 1))
    after = computed(draft)
    assert answered and answered == {ident: after[ident] for ident in answered}
    assert {i: t for i, t in after.items() if t != before.get(i)}
