"""Next year's draft: the columns a year on, the forecast chained, amounts from the same year."""

import pytest

from budgets import rolling, sums
from budgets.models import Budget
from budgets.rolling import NewColumn
from tests.factories import BudgetFactory


def table(columns, amounts=()):
    """Return a table of (key, year, kind, opens_from, opening) with one income line."""
    return sums.table(
        [
            sums.Column(key, year, kind, f"{kind} {year}", *rest)
            for key, year, kind, *rest in columns
        ],
        [sums.Line(1, "income", "Staten", "state_agency")],
        {(1, key): kronor for key, kronor in amounts},
    )


SODRA = [
    (1, 2019, "budget", None, 1_855_011),
    (2, 2019, "forecast", None, 2_122_970),
    (3, 2020, "budget", 2, None),
    (4, 2021, "plan", 3, None),
    (5, 2022, "plan", 4, None),
]
HOGLANDET = [
    (6, 2017, "forecast", None, None),
    (7, 2018, "budget", None, None),
    (8, 2019, "plan", None, None),
    (9, 2020, "plan", None, None),
]


def test_sodra_vatterbygden_2020_becomes_2021():
    opened = 2_122_970 + 500
    assert rolling.next_year(table(SODRA, [(2, 500)])) == [
        NewColumn(2020, "budget", None, opened, 3),
        NewColumn(2020, "forecast", None, opened, 3),
        NewColumn(2021, "budget", 1, None, 4),
        NewColumn(2022, "plan", 2, None, 5),
        NewColumn(2023, "plan", 3, None, 5),
    ]


def test_hoglandet_2018_becomes_2019_without_openings():
    assert rolling.next_year(table(HOGLANDET)) == [
        NewColumn(2018, "forecast", None, None, 7),
        NewColumn(2019, "budget", None, None, 8),
        NewColumn(2020, "plan", None, None, 9),
        NewColumn(2021, "plan", None, None, 9),
    ]


def test_an_outcome_is_not_filled_with_a_forecast():
    moved = rolling.next_year(table([(1, 2018, "actual", None, 7), (2, 2019, "forecast", 1, None)]))
    assert [column.amounts_from for column in moved] == [None, None]
    assert [column.opening for column in moved] == [7, None]


def test_a_single_year_is_copied_from_the_year_before():
    moved = rolling.next_year(table([(1, 2020, "budget", None, 5)], [(1, 9)]))
    assert moved == [NewColumn(2021, "budget", None, None, 1)]


def test_a_revision_has_the_same_columns():
    same = rolling.same(table(SODRA))
    assert [(c.opens_from, c.opening, c.amounts_from) for c in same] == [
        (None, 1_855_011, 1), (None, 2_122_970, 2), (1, None, 3), (2, None, 4), (3, None, 5)
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_fixtures_budget_rolls_to_2021():
    budget = Budget.objects.get(association__slug="sodra-vatterbygden", year=2020, edition=1)
    old, draft = budget.table(), budget.roll_forward()
    new = Budget.objects.with_table().get(pk=draft.pk).table()
    assert [each.column.label for each in new.columns] == [
        "Budget 2020", "Prognos 2020", "Budget 2021", "Plan 2022", "Plan 2023"
    ]  # fmt: skip
    assert [each.opening for each in new.columns] == [785_670, 785_670, 136_870, 98_570, 63_570]
    assert [each.cost for each in new.columns] == [
        7_328_800, 7_328_800, 6_718_300, 6_715_000, 6_715_000
    ]  # fmt: skip
    assert new.notes == old.notes
    assert [r.line.label for r in new.cost] == [r.line.label for r in old.cost]
    assert [r.line.split for r in new.cost] == [r.line.split for r in old.cost]
    assert draft.state == "draft" and draft.replaces is None and draft.comment == ""
    # a zero stays a zero, and an empty cell stays empty
    fia = next(row for row in new.cost if row.line.label.startswith("Funktionsnedsatta"))
    assert fia.amounts == (571_000, 571_000, 585_000, 0, 0)


@pytest.mark.django_db
def test_hoglandet_rolls_too():
    budget = Budget.objects.get(association__slug="hoglandet", year=2018)
    draft = budget.roll_forward()
    assert [column.label for column in draft.columns.all()] == [
        "Prognos 2018", "Budget 2019", "Plan 2020", "Plan 2021"
    ]  # fmt: skip
    assert {each.opening for each in draft.table().columns} == {None}


@pytest.mark.django_db
def test_next_year_is_made_once_and_only_by_those_who_may(client_for, chef_sodra):
    budget = BudgetFactory()
    chef_sodra.associations.add(budget.association)
    address = f"/arbeta/budget/{budget.pk}/nasta-ar/"
    assert client_for("chef-hoglandet").post(address).status_code == 404
    board = client_for("styrelse-sodra")
    own = Budget.objects.get(association__slug="sodra-vatterbygden", year=2020, edition=1)
    assert board.post(f"/arbeta/budget/{own.pk}/nasta-ar/").status_code == 403
    chef = client_for("chef-sodra")
    assert chef.get(address).status_code == 405
    answer = chef.post(address)
    draft = Budget.objects.get(association=budget.association, year=2021)
    assert answer.url == f"/arbeta/budget/{draft.pk}/"
    again = chef.post(address, follow=True)
    assert "har redan en budget för 2021" in again.text
    assert Budget.objects.filter(association=budget.association).count() == 2
