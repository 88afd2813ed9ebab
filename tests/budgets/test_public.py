"""The public budget pages: the figures as printed in the sources, and what is said about them."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from associations.models import Document, Figure
from budgets.models import BudgetLine
from tests.factories import AssociationFactory, BudgetFactory, FigureFactory

pytestmark = pytest.mark.django_db


def words(response):
    """Return a page's text on one line, with ordinary spaces."""
    assert response.status_code == 200
    text = strip_tags(response.text).replace("\u00a0", " ")
    return re.sub(r"\s+", " ", text)


def test_the_2020_budget_tells_its_sums_shares_and_both_readings(visitor):
    text = words(visitor.get("/sodra-vatterbygden/budget/2020/"))
    assert "7 465 670 kr intäkter, varav 785 670 kr från tidigare år" in text
    assert "7 328 800 kr kostnader" in text
    assert "136 870 kr kvar att föra vidare" in text
    assert "Av kostnaderna, 7 328 800 kr, går 67 procent till individinriktade insatser" in text
    assert "Av medlemmarnas bidrag, 6 680 000 kr, betalar staten 50 procent" in text
    assert "blir −648 800 kr" in text
    assert "till blir det +136 870 kr" in text
    assert "Fastställd av styrelsen 19 november 2019" in text


def test_notes_are_linked_both_ways(visitor):
    page = visitor.get("/sodra-vatterbygden/budget/2020/").text
    for letter in "abcde":
        assert f'href="#not-{letter}"' in page
        assert f'id="not-{letter}"' in page
        assert f'id="rad-{letter}"' in page
        assert f'href="#rad-{letter}"' in page


def test_a_line_links_to_its_intervention(visitor):
    line = BudgetLine.objects.adopted().get(label="IT-spåret")
    page = visitor.get("/sodra-vatterbygden/budget/2020/").text
    assert f'<a href="{line.intervention.get_absolute_url()}">IT-spåret</a>' in page


def test_a_line_links_to_its_own_associations_newest_public_decision(visitor):
    line = BudgetLine.objects.adopted().get(label="IT-spåret")
    page = visitor.get("/sodra-vatterbygden/budget/2020/")
    assert f'href="#beslut-{line.pk}"' in page.text and f'id="beslut-{line.pk}"' in page.text
    told = page.context["decisions"][line.pk].decision
    assert (told.date, told.source.associations.get()) == (
        datetime.date(2019, 11, 19),
        line.budget.association,
    )
    assert f'<a href="{told.source.get_absolute_url()}">' in page.text
    other = visitor.get("/hoglandet/budget/2018/").context["decisions"]
    assert {each.label: each.decision.year for each in other.values()}["IT-spåret"] == 2017
    Document.objects.filter(pk=told.source_id).update(public=False)
    page = visitor.get("/sodra-vatterbygden/budget/2020/").text
    assert "Besluten bakom raderna" not in page and "#beslut-" not in page


def test_a_proposal_is_marked_and_its_deficit_is_told(visitor):
    text = words(visitor.get("/hoglandet/budget/2018/"))
    assert "Förslag" in text
    assert "Tryckt i" in text
    assert "−992 000" in text
    assert "säger inte hur mycket som är sparat från tidigare år" in text


def test_a_printed_sum_that_disagrees_stands_beside_the_computed(visitor):
    text = words(visitor.get("/hoglandet/budget/2018/"))
    assert re.search(r"Summa.{0,40} 6 411 000 6 410 000 Skiljer sig", text)


@pytest.mark.parametrize(
    ("address", "said"),
    [("/finnveden/budget/2020/", "6 562 000 kr"), ("/hoglandet/budget/2020/", "7 992 000 kr")],
)
def test_a_year_known_only_in_print_says_so(visitor, address, said):
    text = words(visitor.get(address))
    assert said in text
    assert "Själva budgettabellen finns inte i portalen" in text
    assert "Procent av" in text or "Källan säger inte vad andelarna är procent av" in text


@pytest.mark.parametrize(
    ("year", "column", "difference"),
    [
        (2017, "Prognos 2017. Där är intäkterna 5 127 000 kr", "är lika stor som intäkterna där"),
        (2020, "Plan 2020. Där är intäkterna 6 410 000 kr", "är 1 582 000 kr större än"),
    ],
)
def test_a_printed_year_leads_to_the_table_that_has_it(visitor, year, column, difference):
    response = visitor.get(f"/hoglandet/budget/{year}/")
    assert 'href="/hoglandet/budget/2018/"' in response.text
    assert column in words(response)
    assert difference in words(response)


def test_a_draft_is_not_public(visitor):
    draft = BudgetFactory()
    own = f"/{draft.association.slug}/budget/"
    assert visitor.get(f"{own}2020/").status_code == 404
    assert visitor.get(f"{own}2020/utgava/1/").status_code == 404
    assert "Här finns ingen budget ännu" in words(visitor.get(own))


def test_editions_keep_their_addresses(visitor):
    assert visitor.get("/sodra-vatterbygden/budget/2020/utgava/1/").status_code == 200
    assert visitor.get("/sodra-vatterbygden/budget/2020/utgava/2/").status_code == 404
    assert visitor.get("/sodra-vatterbygden/budget/1999/").status_code == 404


def test_the_list_sets_the_years_beside(visitor):
    text = words(visitor.get("/hoglandet/budget/"))
    nothing = "–uppgift saknas " * 3
    assert f"Budget 2020 {nothing}7 992 000 Bara tryckt summa" in text
    assert "Budget 2018 6 410 000 7 402 000 −992 000 6 411 000 Förslag" in text
    assert Figure.objects.filter(key="budget-total").exists()


def queries_of(visitor, *addresses):
    counts = []
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(address).status_code == 200
        counts.append(len(queries))
    return counts


def test_the_pages_ask_as_much_with_thirty_associations_as_with_three(visitor):
    addresses = ["/sodra-vatterbygden/budget/2020/", "/hoglandet/budget/2018/"]
    addresses += ["/hoglandet/budget/", "/finnveden/budget/2020/"]
    before = queries_of(visitor, *addresses)
    for _ in range(27):
        association = AssociationFactory(members=3)
        BudgetFactory(association=association, adopted=True)
        FigureFactory(associations=[association])
    assert queries_of(visitor, *addresses) == before


def test_the_page_asks_as_much_with_a_hundred_lines_as_with_twenty(visitor):
    counts = []
    for lines in (20, 100):
        budget = BudgetFactory(costs=list(range(lines)), adopted=True)
        counts += queries_of(visitor, budget.get_absolute_url())
    assert counts[0] == counts[1]


def test_the_list_asks_as_much_with_ten_years_as_with_one(visitor):
    association = AssociationFactory()
    own = f"/{association.slug}/budget/"
    BudgetFactory(association=association, year=2010, adopted=True)
    before = queries_of(visitor, own)
    for year in range(2011, 2020):
        BudgetFactory(association=association, year=year, adopted=True)
    assert queries_of(visitor, own) == before
