"""Search: what is found by which words, who finds what, and that the index is never behind."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from associations.models import Association, Document, News
from finsam import triggers
from finsam.models import SearchEntry
from finsam.search import alike, asking, index, swedish
from finsam.search.results import meant, search
from finsam.search.sources import SOURCES
from interventions.models import AlternativeName, Intervention, Situation
from meetings.models import Meeting
from plans.models import Plan
from tests.counting import queries_of
from tests.factories import (
    AgendaItemFactory,
    AssociationFactory,
    BudgetFactory,
    DecisionFactory,
    DocumentFactory,
    InterventionFactory,
    MeetingFactory,
    NewsFactory,
    PageFactory,
)

pytestmark = pytest.mark.django_db

VISITOR = AnonymousUser()


def titles(text, user=VISITOR, **asked):
    """Return the titles found for ``text``, as they are written."""
    hits = search(text, user, **asked).hits
    return ["".join(part for part, _ in hit.title).split(" (")[0] for hit in hits]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("SE-projektet", "Supported Employment på Höglandet"),
        ("Krami", "KrAmi"),
        ("jobb i stället för aktivitetsersättning", "Supported Employment på Höglandet"),
        ("it-spåret", "IT-spåret"),
        ("ITSPÅRET", "IT-spåret"),
        ("gron rehabilitering", "Grön rehabilitering"),
        ("it-sparet", "IT-spåret"),
        ("sodra vatterbygden", "Samordningsförbundet Södra Vätterbygden"),
        ("dnr 2019:12", "Verksamhetsplan 2020 med budget 2020 och plan 2021–2022"),
        ("diarienummer 2019:12", "Verksamhetsplan 2020 med budget 2020 och plan 2021–2022"),
        ("aspergers", "IT-spåret"),
        ("200 i praktiken", "200 i praktiken"),
        ("psykiatriveckans", "Psykiatriveckan"),
    ],
)
def test_old_names_and_other_words_find_the_page(words, title):
    found = titles(words)
    assert found[0] == title


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("rehabilitering", "rehabiliteringen"),
        ("rehabiliteringen", "rehabilitering"),
        ("förskolan", "förskola"),
        ("förskola", "förskolan"),
        ("förskolor", "förskolan"),
        ("Höglandet", "Hoglandet"),
        ("Höglandets", "hoglandet"),
        ("projektet", "projekt"),
        ("projekt", "projektet"),
        ("samverkansgrupper", "samverkan"),
        ("Müllers metod", "muller"),
        ("AF/FK", "fk"),
        ("kansli@forbundet.se", "förbundet"),
        ("ÅÄÖ-dagen", "åäö"),
        ("”Förskolan”", "förskola"),
        ("2018–2020", "2020"),
        ("2\u00a0914\u00a0000 kr", "2914000"),
        ("2 914 000 kr", "2 914 000"),
        ("2914000", "2\u202f914\u202f000"),
        ("Se § 5 och", "paragraf 5"),
        ("enligt paragraf 5", "§ 5"),
    ],
)
def test_every_form_of_a_word_is_found(written, asked):
    page = PageFactory(title="Zebra", body=f"Här står {written} mitt i en text.")
    found = search(asked, VISITOR, kind="page").hits
    marked = next(hit for hit in found if hit.url == page.get_absolute_url())
    assert any(
        is_marked and part in " ".join(written.split()) for part, is_marked in marked.excerpt
    )


def test_what_is_written_and_not_read_finds_nothing():
    told = "[Läs](https://a.se/kvittenblom/ 'kvittenblom') [[kvittenblom]] ](x\nkvastskaft) [["
    for page in (PageFactory(title="Zebra", lead=told, body=f"{told} sopborste"),):
        assert not search("kvittenblom", VISITOR).number
        for words in ("läs", "kvastskaft", "sopborste"):
            assert page.title in titles(words), words


def test_young_people_are_found_by_their_other_words():
    assert {"Navigatorcentrum", "Jobbcenter Unga"} <= set(titles("ungdomar"))


@pytest.mark.parametrize(
    "asked", ["2914000", "2 914 000", "2\u00a0914\u00a0000 kronor", "2.914.000"]
)
def test_an_amount_finds_the_line_of_a_public_budget(visitor, asked):
    found = visitor.get("/sok/", {"q": asked})
    assert [
        (each.line.label, each.column.year) for each in found.context["found"].amounts.rows
    ] == [("Enter", 2020)]
    assert "/sodra-vatterbygden/budget/2020/" in found.content.decode()


def test_an_amount_of_a_draft_is_found_by_nobody(visitor, client_for):
    BudgetFactory(costs=[7654321])
    for client in (visitor, client_for("admin")):
        found = client.get("/sok/", {"q": "7654321"}).context["found"]
        assert not found.amounts.number and not found.number


def test_some_of_the_words_are_better_than_none(visitor):
    PageFactory(title="Kvittenblom", body="")
    page = visitor.get("/sok/", {"q": "kvittenblom zxqwy"})
    assert page.context["found"].partly and titles("kvittenblom zxqwy") == ["Kvittenblom"]
    assert "Inget har alla ord" in page.content.decode()
    assert not search("zxqwy", VISITOR).partly


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("budjet", "budget"),
        ("bugdet", "budget"),
        ("rehabilitring", "rehabilitering"),
        ("bygglov", None),
        ("tandläkare", None),
        ("pizza", None),
        ("mellann", None),
    ],
)
def test_only_what_is_nearly_the_same_word_is_proposed(typed, proposed):
    NewsFactory(title="Mellan oss", lead="Bygga och läkare")
    assert meant(typed, VISITOR) == proposed


def test_the_surest_comes_first():
    PageFactory(title="Utan prickar", body="zonkola zonkola zonkola")
    PageFactory(title="Längre ord", body="zönkolafabrik")
    PageFactory(title="Ordet självt", body="zönkola")
    PageFactory(title="Zönkola", body="")
    assert titles("zönkola") == ["Zönkola", "Ordet självt", "Längre ord", "Utan prickar"]


def test_minutes_are_found_by_their_items_and_decisions():
    meeting = MeetingFactory()
    AgendaItemFactory(meeting=meeting, title="Kvastskaft", text="Mötet talade om sopborstar.")
    DecisionFactory(meeting=meeting, text="Mötet valde dammvippa.")
    for words in ("kvastskaften", "sopborste", "dammvippor", "dammvippa sopborstar"):
        assert titles(words) == [meeting.title], words


def test_what_is_not_public_is_found_by_its_own_staff_alone(chef_sodra, chef_hoglandet, admin):
    own = Association.objects.get(slug="sodra-vatterbygden")
    hidden = {"associations": [own]}
    InterventionFactory(name="Kvittenblom", lead=own, public=False)
    MeetingFactory(title="Kvittenblom", public=False, **hidden)
    DocumentFactory(title="Kvittenblom", public=False, **hidden)
    NewsFactory(title="Kvittenblom", published_on=None, **hidden)
    draft = Plan.objects.get(association=own, adopted_on=None, kind="plan")
    draft.chapters.create(position=77, title="Kvittenblom")
    for user in (VISITOR, chef_hoglandet):
        assert search("kvittenblom", user).number == 0
        assert meant("kvitenblomm", user) is None
    for user in (chef_sodra, admin):
        found = search("kvittenblom", user)
        assert [(key, number) for key, _, number in found.counts] == [
            ("intervention", 1), ("meeting", 1), ("chapter", 1), ("document", 1), ("news", 1),
        ]  # fmt: skip
        assert all(hit.is_draft for hit in found.hits)
        assert meant("kvitenblomm", user) == "kvittenblom"


def test_a_drafts_link_leads_to_where_it_is_worked_on(client_for, chef_sodra):
    own = Association.objects.get(slug="sodra-vatterbygden")
    InterventionFactory(name="Kvittenblom", lead=own, public=False)
    NewsFactory(title="Kvittenblom", published_on=None, associations=[own])
    Plan.objects.get(association=own, adopted_on=None, kind="plan").chapters.create(
        position=77, title="Kvittenblom"
    )
    client = client_for("chef-sodra")
    hits = search("kvittenblom", chef_sodra).hits
    assert len(hits) == 3
    for hit in hits:
        assert client.get(hit.url).status_code == 200, hit.url


def test_a_replaced_plan_is_not_found_twice():
    one = Plan.objects.adopted().get(association__slug="sodra-vatterbygden", kind="plan")
    before = search("Målgrupper", VISITOR, kind="chapter").number
    assert before > 0 and one.replaced_by.adopted_on is None
    assert search("Målgrupper", VISITOR, kind="chapter").number == before


CHANGES = {
    "a row saved": lambda each: (setattr(each, "summary", "kvittenblom"), each.save()),
    "many rows at once": lambda each: Intervention.objects.filter(pk=each.pk).update(
        summary="kvittenblom"
    ),
    "a name added": lambda each: each.alternative_names.create(name="Kvittenblom"),
    "many names added": lambda each: AlternativeName.objects.bulk_create(
        [AlternativeName(intervention=each, name="Kvittenblom")]
    ),
    "a situation chosen": lambda each: each.situations.add(
        Situation.objects.create(name="Kvittenblom", slug="k", kind="person")
    ),
    "raw SQL": lambda each: connection.cursor().execute(
        "UPDATE interventions_intervention SET method = 'kvittenblom' WHERE id = %s", [each.pk]
    ),
    "an owner renamed": lambda each: Association.objects.filter(pk=each.lead_id).update(
        short_name="Kvittenblom"
    ),
}


@pytest.mark.parametrize("kind", ["story", "film"])
def test_a_public_story_or_films_text_finds_its_interventions_page(visitor, admin, kind):
    each = InterventionFactory()
    if kind == "story":
        told = each.stories.create(title="Prov", text="Hon odlar kvittenblom.")
    else:
        told = each.films.create(
            title="Prov", url="https://a.se", seconds=9, transcript="Kvittenblom"
        )
    assert not titles("kvittenblom") and not titles("kvittenblom", admin)
    type(told).objects.update(public=True)
    assert titles("kvittenblom") == [each.name]
    assert search("kvittenblom", VISITOR).hits[0].url == each.get_absolute_url()
    assert "vittenblom" in visitor.get(each.get_absolute_url()).content.decode()
    Intervention.objects.filter(pk=each.pk).update(public=False)
    assert not titles("kvittenblom")
    told.delete()
    assert not titles("kvittenblom", admin)


@pytest.mark.parametrize("change", CHANGES)
def test_every_road_of_change_is_reflected_at_once(change):
    each = InterventionFactory()
    CHANGES[change](each)
    assert each.name in titles("kvittenblom")
    key = each.pk
    each.delete()
    assert not SearchEntry.objects.filter(kind="intervention", object_id=key).exists()
    assert each.name not in titles("kvittenblom")


def test_a_name_that_moves_leaves_the_one_and_reaches_the_other():
    first, second = InterventionFactory.create_batch(2)
    name = AlternativeName.objects.create(intervention=first, name="Kvittenblom")
    AlternativeName.objects.filter(pk=name.pk).update(intervention=second)
    assert titles("kvittenblom") == [second.name]


def test_what_is_undone_is_not_found():
    with pytest.raises(RuntimeError), transaction.atomic():
        InterventionFactory(name="Kvittenblom")
        raise RuntimeError
    assert not titles("kvittenblom")


def test_every_thing_has_its_entry_as_if_made_anew():
    """The entries that the triggers kept are those that one makes of everything now."""
    kept = list(SearchEntry.objects.order_by("kind", "object_id").values_list())
    with connection.cursor() as cursor:
        for kind, source in SOURCES.items():
            for statement in index.refresh(
                connection.vendor, kind, f"SELECT id FROM {source.table}"
            ):
                cursor.execute(statement)
    assert len(kept) > 80
    assert list(SearchEntry.objects.order_by("kind", "object_id").values_list()) == kept
    models = {"association": Association, "intervention": Intervention, "meeting": Meeting}
    models |= {"document": Document, "news": News}
    for kind, model in models.items():
        assert SearchEntry.objects.filter(kind=kind).count() == model.objects.count() > 0


def test_every_trigger_stands():
    wanted = {
        f"{index.PREFIX}_{kind}_{table}"[:63]
        for kind, source in SOURCES.items()
        for table in source.tables
    }
    names = set(triggers.standing(connection, index))
    if connection.vendor == "sqlite":
        events = ("insert", "update", "delete")
        whole = {
            f"{index.PREFIX}_{kind}_{table}_{event}"
            for kind, source in SOURCES.items()
            for table in source.tables
            for event in events
        }
        assert names == whole | {f"{index.PREFIX}_words_{event}" for event in events}
    else:
        assert names == wanted | {f"{index.PREFIX}_words"}
    assert len(names) > 25


def test_the_page_marks_and_escapes(visitor):
    PageFactory(
        title="<script>alert(1)</script> kvittenblom", body="**Fet** [länk](/x) kvittenblom & <b>"
    )
    told = visitor.get("/sok/", {"q": "kvittenblom <script>"}).content.decode()
    assert "&lt;script&gt;" in told and "<script>alert" not in told
    assert "<mark>kvittenblom</mark>" in told and "**Fet**" not in told and "](/x)" not in told


def test_kinds_have_counts_and_pages(visitor):
    PageFactory.create_batch(45, body="kvittenblom")
    NewsFactory(title="kvittenblom")
    found = visitor.get("/sok/", {"q": "kvittenblom"}).context["found"]
    assert [(key, number) for key, _, number in found.counts] == [("news", 1), ("page", 45)]
    third = visitor.get("/sok/", {"q": "kvittenblom", "slag": "page", "page": 3}).context["found"]
    assert len(third.hits) == 5 and third.number == 46
    assert (
        len(visitor.get("/sok/", {"q": "kvittenblom", "slag": "news"}).context["found"].hits) == 1
    )


def test_an_empty_answer_proposes_words_that_lead_somewhere(visitor):
    response = visitor.get("/sok/", {"q": "suported emploiment"})
    assert response.context["meant"] == "supported employment"
    assert "Menade du" in response.content.decode()
    assert search(response.context["meant"], VISITOR).number > 0
    assert visitor.get("/sok/", {"q": "xqzw"}).context["meant"] is None


LETTERS = st.text("abcdeåö", min_size=1, max_size=9)


@settings(max_examples=200)
@given(st.lists(LETTERS, max_size=30), LETTERS)
def test_what_is_offered_is_what_one_finds_by_looking_at_every_word(known, word):
    asked = swedish.asked(word)[0]
    known = {each for each in known if len(each) >= alike.SHORTEST}
    found = sorted(each for each in known if swedish.answers(each, [asked]))
    plain = swedish.bare(asked.word)
    likeness = {}
    for each in known - swedish.EVERYWHERE:
        first, second = alike.trigrams(plain), alike.trigrams(swedish.bare(each))
        if len(first & second) >= alike.NEAR * len(first | second):
            likeness[each] = alike.likeness(plain, swedish.bare(each))
    near = [each for each in likeness if likeness[each] >= alike.ALIKE]
    near.sort(key=lambda each: (-likeness[each], each))
    assert alike.Vocabulary(" ".join(sorted(known))).offers(asked) == (found or near)


def test_the_database_keeps_every_word_of_titles_names_and_leads():
    NewsFactory(title="”Zäta”–Åker", lead="AF/FK\x1fÖr_ö, 12,5 <b>1e5</b>")
    parts = SearchEntry.objects.values_list("title", "names", "lead")
    wanted = {word for row in parts for part in row for word in swedish.words(part)}
    assert {"zäta", "åker", "fk", "ör", "ö", "1e5"} < wanted
    assert set(asking.vocabulary().split()) >= wanted
    assert asking.said(wanted, SearchEntry.objects.all()) == wanted
    News.objects.filter(title__contains="Zäta").update(title="Kort")
    assert not asking.said({"zäta"}, SearchEntry.objects.all())
    assert asking.said({"kort", "ör"}, SearchEntry.objects.filter(kind="news")) == {"kort", "ör"}


def test_words_of_others_drafts_hide_no_public_word(visitor):
    for number in range(30):
        NewsFactory(title=f"kvittenblo{chr(97 + number % 26)}{number // 26}", published_on=None)
    NewsFactory(title="kvittenblom")
    assert visitor.get("/sok/", {"q": "kvitenblo"}).context["meant"] == "kvittenblom"


@pytest.mark.parametrize(
    "text", ["'", '"', "a:*b", "(", "&|!", "NEAR(", "-", "%_", "'; --", "\x01", " "]
)
def test_no_sign_breaks_the_search(visitor, text):
    assert visitor.get("/sok/", {"q": text}).status_code == 200


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_no_text_at_all_breaks_it(text):
    found = search(text, VISITOR)
    assert found.number >= len(found.hits)


@given(st.text(max_size=80), st.text(max_size=20))
def test_marking_loses_no_letter(text, words):
    wanted = swedish.asked(words)
    assert "".join(part for part, _ in swedish.marked(text, wanted)) == text


def test_the_search_holds_its_query_count(visitor, client_for):
    asked = ["/sok/?q=kvittenblom", "/sok/?q=kvittenblom&slag=intervention"]
    asked += ["/sok/?q=kvitenblm", "/sok/?q=kvitenblm+kvitenbloms"]
    clients = [visitor, client_for("chef-sodra")]

    def more(number):
        InterventionFactory.create_batch(number, summary="kvittenblom")
        MeetingFactory.create_batch(number, summary="kvittenblom")
        DocumentFactory.create_batch(number, description="kvittenblom")
        NewsFactory.create_batch(number, lead="kvittenblom")
        PageFactory.create_batch(number, lead="kvittenblom")

    more(1)
    before = [queries_of(client, address) for client in clients for address in asked]
    more(12)
    after = [queries_of(client, address) for client in clients for address in asked]
    assert all(now <= then for now, then in zip(after, before, strict=True))


def test_the_box_is_on_every_page_and_leaves_no_cookie(visitor):
    for address in ("/", "/hoglandet/", "/insatser/", "/finns-inte/"):
        assert 'action="/sok/"' in visitor.get(address).content.decode(), address
    assert not visitor.get("/sok/", {"q": "krami"}).cookies


def test_an_association_is_found_by_its_places():
    one = AssociationFactory(members=1)
    assert one.name in titles(one.members.get().short_name)
