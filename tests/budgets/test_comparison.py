"""Two columns compared: lines find each other, differences add up, no per cent without a base."""

import datetime
from fractions import Fraction

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from associations.models import Association, Population
from budgets import comparison, sums
from budgets.comparison import Difference, Entry, Side
from budgets.models import Budget
from budgets.public import inhabitants
from tests.counting import queries_of
from tests.factories import AssociationFactory, BudgetFactory, MembershipFactory


def side(name, *rows):
    """Return a Side of costs: (words, amount, intervention)."""
    lines = [
        sums.Line(number, "cost", words, split=(("individual", 100),))
        for number, (words, *_) in enumerate(rows)
    ]
    amounts = {(number, 1): row[1] for number, row in enumerate(rows) if row[1] is not None}
    table = sums.table([sums.Column(1, 2020, "budget", name)], lines, amounts)
    entries = (
        Entry("cost", words, amount, (of, comparison.words_of(words))) for words, amount, of in rows
    )
    return Side(name, tuple(entries), table.columns[0])


def rows_of(found):
    return [(each.label, each.a, each.b, each.kronor) for each in found.cost]


def test_lines_find_each_other_by_intervention_before_words():
    a = side("a", ("Kansli", 5, None), ("Enter 2019", 10, "enter"), ("FIA", 3, "fia"))
    b = side("b", ("Enter", 12, "enter"), ("enter 2019:", 1, None), ("KANSLI a)", 6, None))
    found = comparison.compare(a, b)
    assert rows_of(found) == [
        ("Kansli", 5, 6, 1),
        ("Enter 2019", 10, 12, 2),
        ("FIA", 3, None, -3),
        ("enter 2019:", None, 1, 1),
    ]
    assert found.cost[1].other_label == "Enter"
    assert found.cost[0].other_label == ""


def test_lines_of_the_same_words_are_paired_in_order():
    a = side("a", ("Övrigt", 1, None), ("Övrigt", 2, None))
    b = side("b", ("Övrigt", 10, None), ("Övrigt", 20, None), ("Övrigt", 30, None))
    assert [(a, b) for _, a, b, _ in rows_of(comparison.compare(a, b))] == [
        (1, 10), (2, 20), (None, 30)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b", "kronor", "share"),
    [
        (100, 125, 25, Fraction(1, 4)),
        (100, 0, -100, -1),
        (0, 100, 100, None),
        (None, 100, 100, None),
        (100, None, -100, None),
        (None, None, None, None),
        (-100, 50, 150, None),
        (3, 4, 1, Fraction(1, 3)),
        (100, 1000, 900, 9),
        (100, 1001, 901, None),
        (100, -1, -101, None),
        (1_861, 785_670, 783_809, None),  # Södra Vätterbygden's result 2019: +42 117,6 %
    ],
)
def test_no_per_cent_without_a_base(a, b, kronor, share):
    difference = Difference("rad", a, b)
    assert (difference.kronor, difference.share) == (kronor, share)
    result = Difference("resultat", a, b, is_result=True)
    assert (result.kronor, result.share) == (kronor, None)


AMOUNTS = st.integers(-(10**9), 10**9)


@given(AMOUNTS, AMOUNTS)
def test_a_per_cent_that_is_shown_leads_from_the_base_to_the_amount(a, b):
    share = Difference("rad", a, b).share
    assert (share is not None) == (a > 0 and 0 <= b <= 10 * a)
    assert share is None or (a * (1 + share) == b and -1 <= share <= 9)


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Enter", "FIA", "Övrigt", "övrigt:", "Kansli"]),
        st.none() | st.integers(-(10**9), 10**9),
        st.none() | st.sampled_from(["enter", "fia"]),
    ),
    max_size=8,
)


@given(ROWS, ROWS)
def test_each_line_stands_once_and_the_differences_add_up(left, right):
    a, b = side("a", *left), side("b", *right)
    found = comparison.compare(a, b)
    assert sum(each.kronor or 0 for each in found.cost) == found.sums["cost"].kronor
    assert sum(each.a or 0 for each in found.cost) == a.sums.cost
    assert sum(each.b or 0 for each in found.cost) == b.sums.cost
    assert max(len(left), len(right)) <= len(found.cost) <= len(left) + len(right)


@pytest.mark.django_db
def test_columns_of_one_budget_deviate_as_the_source_prints():
    budget = Budget.objects.published().with_table().get(
        association__slug="sodra-vatterbygden", year=2020
    )  # fmt: skip
    table = budget.table()
    forecast, own = (table.column_of(*at) for at in ((2019, ("forecast",)), (2020, ("budget",))))
    found = comparison.deviation(table, forecast.column.key, own.column.key)
    assert found.sums["contributions"].kronor == 6_680_000 - 6_072_000
    assert found.sums["cost"].b == 7_328_800
    assert found.sums["result"].kronor == 136_870 - 785_670
    assert [name for name, each in found.sums.items() if each.share is None] == [
        "other_income", "result", "result_of_year"
    ]  # fmt: skip
    assert found.sums["result_of_year"].b == -648_800
    assert len(found.income) + len(found.cost) == budget.lines.count()
    habo = next(each for each in found.income if each.label == "Habo kommun")
    assert habo.share == Fraction(118_400 - 106_400, 106_400)


@pytest.fixture
def address():
    return reverse("budget_comparison", args=["sodra-vatterbygden"])


@pytest.mark.django_db
def test_the_page_opens_with_the_newest_budget_beside_the_column_before(visitor, address):
    answer = visitor.get(address)
    assert (answer.context["found"].a.name, answer.context["found"].b.name) == (
        "Prognos 2019", "Budget 2020"
    )  # fmt: skip
    assert "80\xa0500 kr mindre" in answer.content.decode()


@pytest.mark.django_db
def test_two_associations_share_their_state_region_and_interventions(visitor, address):
    asked = {"a": "hoglandet.2018.1.budget.2018", "b": "sodra-vatterbygden.2020.1.budget.2020"}
    found = visitor.get(address, asked).context["found"]
    both = {
        each.label: (each.a, each.b) for each in (*found.income, *found.cost) if each.a and each.b
    }
    assert both["IT-spåret"] == (1_200_000, 356_000)
    assert both["Region Jönköpings län"][1] == 1_670_000
    assert found.a.name == "Höglandet: Budget 2018"


@pytest.mark.django_db
def test_a_choice_that_is_not_there_is_said_and_a_draft_is_not_there(visitor, address):
    draft = BudgetFactory(year=2033)
    name = f"{draft.association.slug}.2033.1.budget.2033"
    for value in (name, "x"):
        answer = visitor.get(address, {"a": value})
        assert answer.status_code == 200
        assert answer.context["found"] is None
        assert "Den kolumnen finns inte" in answer.content.decode()
    assert name not in visitor.get(address).content.decode()


@pytest.mark.django_db
def test_an_association_without_a_budget_may_compare_the_others(visitor):
    own = AssociationFactory()
    answer = visitor.get(reverse("budget_comparison", args=[own.slug]))
    assert answer.status_code == 200
    assert answer.context["found"] is not None


@pytest.mark.django_db
def test_the_page_asks_as_much_with_many_budgets(visitor, address):
    few = queries_of(visitor, address)
    for year in range(2021, 2027):
        BudgetFactory(year=year, adopted=True)
    assert queries_of(visitor, address) == few


JULY, YEAR_END = datetime.date(2019, 7, 1), datetime.date(2019, 12, 31)


@pytest.mark.parametrize(
    ("populations", "date", "missing"),
    [
        ({"A": {JULY: 100, YEAR_END: 110}, "B": {JULY: 300, YEAR_END: 290}}, YEAR_END, ()),
        ({"A": {JULY: 100, YEAR_END: 110}, "B": {JULY: 300}}, JULY, ()),
        ({"A": {JULY: 100}, "B": {YEAR_END: 300}}, None, ()),
        ({"A": {JULY: 100}}, None, ("B",)),
        ({"A": {JULY: 100}, "B": {datetime.date(2021, 1, 1): 5}}, None, ("B",)),
        ({}, None, ("A", "B")),
    ],
)
def test_inhabitants_are_those_of_one_date_or_none(populations, date, missing):
    found = inhabitants.per_inhabitant(
        ["A", "B"], populations, year=2020, contributions=4_000, cost=2_000
    )
    assert (found.date, found.missing, found.is_known) == (date, missing, date is not None)
    if date:
        assert (found.inhabitants, found.contributions, found.cost) == (400, 10, 5)


def test_no_municipality_no_figure():
    assert not inhabitants.per_inhabitant([], {}, year=2020, contributions=1, cost=1).is_known


@pytest.mark.django_db
def test_the_budget_page_says_what_is_known_of_inhabitants(visitor):
    own = AssociationFactory()
    budget = BudgetFactory(association=own, year=2020, adopted=True)
    address = budget.get_absolute_url()
    first, second, gone = (MembershipFactory(association=own).organisation for _ in range(3))
    own.memberships.filter(organisation=gone).update(valid_to=datetime.date(2018, 12, 31))
    Population.objects.create(organisation=first, date=JULY, inhabitants=400)
    assert f"inte inlagt för {second.name}." in visitor.get(address).content.decode()
    Population.objects.create(organisation=second, date=JULY, inhabitants=600)
    page = visitor.get(address).content.decode()
    assert "1\xa0000\xa0kr</strong>" in page and "900\xa0kr</strong>" in page
    assert "1 juli 2019" in page.replace("\xa0", " ")


@pytest.mark.django_db
def test_two_associations_are_compared_per_inhabitant_where_it_is_known(visitor, address):
    asked = {"a": "hoglandet.2018.1.budget.2018", "b": "sodra-vatterbygden.2020.1.budget.2020"}
    page = visitor.get(address, asked)
    assert "per invånare visas inte, för antalet invånare är inte inlagt för Habo" in page.text
    assert "Kronor per invånare" not in page.text
    for each in Association.objects.get(slug="sodra-vatterbygden").memberships.filter(
        organisation__kind="municipality"
    ):
        Population.objects.create(organisation=each.organisation, date=JULY, inhabitants=50_000)
    page = visitor.get(address, asked)
    (left, nobody), (right, found) = page.context["inhabitants"]
    assert (left, nobody.is_known) == ("Höglandet: Budget 2018", False)
    assert (right, found.inhabitants) == ("Södra Vätterbygden: Budget 2020", 200_000)
    assert page.text.count(">33</td>") == page.text.count(">37</td>") == 1
    assert "1 juli 2019" in page.text.replace("\xa0", " ")
    assert "Skillnaden är Södra Vätterbygden: Budget 2020 minus Höglandet: Budget 2018" in page.text
    assert "inte inlagt för Aneby" in page.text
