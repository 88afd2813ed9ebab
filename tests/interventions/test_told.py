"""What else the page tells: words explained once, history by year, stories and films."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from associations.models import Term
from interventions import glossary, payers, timeline
from interventions.models import Film, Milestone, Story
from tests.counting import queries_of
from tests.factories import (
    AssociationFactory,
    DocumentFactory,
    FinancingFactory,
    GoalFactory,
    InterventionFactory,
    OrganisationFactory,
    ResultFactory,
)

WORDS = [
    Term(word="Samordningsförbund", other_forms="samordningsförbundet"),
    Term(word="SUS"),
    Term(word="IPS", other_forms="IPS-coach"),
]


def test_a_word_is_explained_once_where_it_first_stands():
    texts = [
        ("summary", "Hjälp till sus och dus, med tips."),
        ("where", "Höglandets samordningsförbund"),
        ("method", "Samordningsförbundet följer upp i SUS. En IPS-coach hjälper. SUS igen."),
    ]
    found = glossary.first_places(texts, WORDS)
    assert [[term.word for term in terms] for terms in found.values()] == [
        [], ["Samordningsförbund"], ["SUS", "IPS"]
    ]  # fmt: skip


@given(st.lists(st.sampled_from(["SUS", "samordningsförbund", "sus", "annat", ""])))
def test_no_word_is_explained_twice(parts):
    texts = [(number, part) for number, part in enumerate(parts)]
    found = [term.word for terms in glossary.first_places(texts, WORDS).values() for term in terms]
    assert len(found) == len(set(found))
    assert ("SUS" in found) == ("SUS" in parts)


def test_the_years_tell_what_is_known_and_no_more():
    table = payers.table(
        [
            payers.Payment("A", 2020, budgeted=5),
            payers.Payment("A", 2021, budgeted=6, planned=True),
            payers.Payment("A", 2022),
        ]
    )
    milestones = [Milestone(year=2020, kind="decision", text="Beslut")]
    years = timeline.of(2018, 2021, milestones, [], table, [(2020, "9 av 19."), (2019, "")])
    told = {
        year.year: [(each.kind, each.text or each.label) for each in year.events] for year in years
    }
    assert told == {
        2018: [("start", "Alla belopp tillsammans")],
        2020: [("decision", "Beslut"), ("money", "Budgeterat"), ("result", "9 av 19.")],
        2021: [("money", "Planerat"), ("end", "Alla belopp tillsammans")],
    }


@pytest.mark.django_db
def test_stories_and_films_are_absent_until_they_are_public(visitor):
    page = InterventionFactory()
    story = Story.objects.create(
        intervention=page, title="Ett år senare", text="En deltagare fick **hjälp**."
    )
    film = Film.objects.create(
        intervention=page, title="Utbildningen", url="https://film.example/1", seconds=260
    )
    text = visitor.get(page.get_absolute_url()).content.decode()
    assert "Ett år senare" not in text and "film.example" not in text and "Filmer" not in text
    film.public = True
    with pytest.raises(ValidationError, match="Skriv filmens text"):
        film.full_clean()
    film.transcript = "En röst berättar."
    story.public = True
    for told in (film, story):
        told.full_clean()
        told.save()
    text = visitor.get(page.get_absolute_url()).content.decode()
    assert "<strong>hjälp</strong>" in text and "En röst berättar." in text
    assert '<a href="https://film.example/1" rel="external noopener">' in text
    assert "4 minuter 20 sekunder" in text and "ligger på en annan webbplats, film.example" in text
    assert "<iframe" not in text and "<video" not in text
    story.text = "Numret var 19121212-1212."
    with pytest.raises(ValidationError, match="personnummer"):
        story.full_clean()


@pytest.mark.django_db
def test_before_after_and_where_one_asks(visitor):
    one = AssociationFactory(members=2)
    old = InterventionFactory(lead=one, last_year=2015, responsible=OrganisationFactory())
    new = InterventionFactory(lead=one, how_to_refer="Ring coachen.")
    hidden = InterventionFactory(lead=one, public=False)
    old.succeeded_by.add(new, hidden)
    text = visitor.get(old.get_absolute_url()).content.decode()
    assert "Därefter kom" in text and new.get_absolute_url() in text
    assert hidden.name not in text
    assert "Källorna säger inte hur man får plats" in text and "tar inte emot någon" in text
    assert old.responsible.name in text and "Kansliet i" in text
    text = visitor.get(new.get_absolute_url()).content.decode()
    assert "Före den fanns" in text and "Ring coachen." in text
    for municipality in one.members.all():
        assert municipality.short_name in text


@pytest.mark.django_db
def test_why_the_budgeted_is_another_than_the_granted(visitor):
    page = InterventionFactory()
    FinancingFactory(intervention=page, association=page.lead, granted=400_000)
    other = FinancingFactory(intervention=page, granted=100_000, difference="Hyran är lägre.")
    text = visitor.get(page.get_absolute_url()).content.decode()
    assert "Därför står ett annat belopp" in text and "Hyran är lägre." in text
    assert other.association.name in text and "80 %" in text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.django_db
def test_the_page_holds_its_queries_with_much_to_tell(visitor):
    one = AssociationFactory(members=1)
    page = InterventionFactory(lead=one)

    def more():
        Milestone.objects.create(intervention=page, year=2020, text="x", source=DocumentFactory())
        Story.objects.create(intervention=page, title="x", text="x", public=True)
        Film.objects.create(
            intervention=page, title="x", url="https://x.example/", seconds=9, public=True,
            transcript="x",
        )  # fmt: skip
        ResultFactory(intervention=page, goal=GoalFactory(intervention=page), year=2019)
        page.succeeded_by.add(InterventionFactory(lead=one))
        page.associations.add(AssociationFactory(members=2))

    more()
    before = queries_of(visitor, page.get_absolute_url())
    for _ in range(7):
        more()
    assert queries_of(visitor, page.get_absolute_url()) == before
