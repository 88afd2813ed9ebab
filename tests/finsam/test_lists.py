"""Every list of rows: pages that hold each row once, words found whatever their letters."""

import pytest

from associations.models import Association
from finsam.work import views
from interventions.models import Intervention
from tests import factories
from tests.admin_pages import address

TIED = 60
LISTS = {
    "budgetar": views.BUDGETS,
    "planer": views.PLANS,
    "insatser": views.INTERVENTIONS,
    "moten": views.MEETINGS,
    "dokument": views.DOCUMENTS,
    "nyheter": views.NEWS,
    "resultat": views.RESULTS,
    "fel": views.REPORTS,
}


@pytest.fixture
def tied(chef_hoglandet):
    """An association with 60 rows of every list that few of its columns tell apart."""
    association = factories.AssociationFactory(slug="lika", name="Lika", short_name="Lika")
    chef_hoglandet.associations.add(association)
    for number in range(TIED):
        association.budgets.create(year=2000 + number // 2, edition=number % 2 + 1)
        association.plans.create(year=2000 + number // 2, edition=number % 2 + 1, title="Lika")
        whole = {"associations": [association]}
        factories.MeetingFactory(title="Lika", slug=f"lika-{number}", **whole)
        factories.DocumentFactory(title="Lika", slug=f"lika-{number}", **whole)
        factories.NewsFactory(title="Lika", slug=f"lika-{number}", **whole)
        intervention = factories.InterventionFactory(name="Lika", slug=f"lika-{number}", **whole)
        intervention.results.create(measure="lika", period="2019", year=2019, total=10)
        intervention.reports.create(text="Lika")
    return association


def walked(client, page, rows_of):
    """Return the keys of the rows on every page of a list, in order."""
    keys, number, last = [], 1, 1
    while number <= last:
        context = client.get(f"{page}&page={number}").context
        rows, last = rows_of(context)
        keys += [row.pk for row in rows]
        number += 1
    return keys


def of_table(context):
    table = context["table"]
    return [row.record for row in table.page.object_list], table.paginator.num_pages


def test_each_tied_row_stands_on_one_page_of_the_staffs_lists(client_for, tied):
    client, looked = client_for("chef-hoglandet"), 0
    for name, listing in LISTS.items():
        columns = [
            key for key, each in listing.table.base_columns.items() if each.orderable is not False
        ]
        for column in columns:
            keys = walked(client, f"/arbeta/{name}/?association={tied.pk}&sort={column}", of_table)
            assert len(keys) == len(set(keys)) == TIED, (name, column)
            looked += 1
    assert looked > 30


@pytest.mark.parametrize("page", ["insatser", "moten", "dokument", "nyheter"])
def test_each_tied_row_stands_on_one_page_of_the_publics_lists(visitor, tied, page):
    for order in ("", "namn", "aldst"):
        keys = walked(
            visitor,
            f"/lika/{page}/?ordning={order}",
            lambda context: (_public(context), context["page_obj"].paginator.num_pages),
        )
        assert len(keys) == len(set(keys)) == TIED, order


def _public(context):
    if "groups" in context:
        return [each for group in context["groups"] for each in group["interventions"]]
    return list(context["page_obj"])


def test_search_shows_each_tied_row_once(visitor, tied):
    keys = walked(
        visitor,
        "/sok/?q=lika&slag=document",
        lambda context: (list(context["found"].page), context["found"].page.paginator.num_pages),
    )
    assert len(keys) == len(set(keys)) == TIED


@pytest.mark.parametrize("typed", ["ägarmöte", "ÄGARMÖTE", "agarmote", "gemensamt ägarmöte"])
def test_words_are_found_whatever_their_letters(client_for, visitor, chef_hoglandet, typed):
    own = Association.objects.for_user(chef_hoglandet).first()
    for title in ("Ägarmöte 2014, gemensamt", "ägarmöte, GEMENSAMT", "Gemensamt AGARMOTE"):
        factories.MeetingFactory(
            title=title, slug=f"m{hash(title)}".replace("-", ""), associations=[own]
        )
    staff = client_for("chef-hoglandet")
    lists = [
        staff.get("/arbeta/moten/", {"q": typed}).context["table"].rows,
        visitor.get("/hoglandet/moten/", {"sok": typed}).context["page_obj"].paginator.object_list,
    ]
    for rows in lists:
        titles = [getattr(row, "record", row).title for row in rows]
        assert sum("GEMENSAMT" in title.upper() for title in titles) == 3, typed


def test_the_admins_search_folds_letters_too(client_for):
    client = client_for("chef-hoglandet")
    own = Association.objects.get(slug="hoglandet")
    signs = {"100*": "100* nöjda", "[a": "[a]", "a]b": "a]b", "^": "x^2", "%": "5 %", "_": "a_b"}
    for number, name in enumerate(signs.values()):
        factories.InterventionFactory(name=name, slug=f"tecken-{number}", associations=[own])
    typed = {"HÖGLANDET SUPPORTED": "Supported Employment på Höglandet"} | signs
    for words, name in typed.items():
        answer = client.get(address(Intervention, "changelist"), {"q": words})
        assert [row.name for row in answer.context["cl"].result_list] == [name], words


def test_each_word_may_stand_in_another_name(client_for):
    intervention = Intervention.objects.get(slug="it-sparet")
    for name in ("Äldre namn", "Öppna dörren"):
        intervention.alternative_names.create(name=name)
    rows = client_for("chef-sodra").get("/arbeta/insatser/?q=oppna+ALDRE").context["table"].rows
    assert [row.record.slug for row in rows] == ["it-sparet"]


@pytest.mark.parametrize("number", ["0", "-3", "x", ""])
def test_a_page_before_the_first_is_the_first(client_for, visitor, tied, number):
    table = client_for("chef-hoglandet").get("/arbeta/moten/", {"page": number}).context["table"]
    assert table.page.number == 1
    assert visitor.get("/lika/moten/", {"page": number}).context["page_obj"].number == 1
    beyond = visitor.get("/lika/moten/", {"page": "99"}).context["page_obj"]
    assert beyond.number == beyond.paginator.num_pages > 1


def test_what_a_list_can_not_do_is_told(client_for):
    client = client_for("chef-sodra")
    refused = client.get("/arbeta/moten/?public=kanske")
    assert len(refused.context["table"].rows) == 0
    assert refused.context["filter"].form.errors["public"]
    for sort in ("finns-inte", "-associations"):
        page = client.get("/arbeta/moten/", {"sort": sort}).content.decode()
        assert "Listan kan inte ordnas efter" in page, sort
    assert "kan inte ordnas" not in client.get("/arbeta/moten/?sort=-title").content.decode()
