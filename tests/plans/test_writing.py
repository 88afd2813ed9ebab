"""What a chapter's writer is told: in the preview, on the plan's page, and before adoption."""

import pytest
from django.urls import reverse

from plans import marking
from plans.models import Chapter, Plan
from tests import every_pdf

pytestmark = pytest.mark.django_db
TOLD = {
    "14. mars 2020 beslutade styrelsen.": "skriv 14\\.",
    "- 500 000 kr är underskottet.": "skriv \\-",
    "Budgeten är klar.\n-----": "Strecken under",
}
REFUSED = {
    "Se noten[^9].": "Noten [^9] saknas",
    "![Karta](https://a.se/k.png)": "Bilden ”Karta” kan inte visas",
    "En rad med 中.": "Tecknet 中 (cjk unified ideograph-4e2d, U+4E2D)",
}


@pytest.fixture
def draft(portal_data):
    """A draft to write in."""
    return every_pdf.draft_of_2020()


@pytest.mark.parametrize("body", [*TOLD, *REFUSED])
def test_the_preview_tells_what_the_plans_page_tells(client_for, draft, body):
    client, chapter = client_for("redaktor-sodra"), draft.chapters.get(position=1)
    said = {**TOLD, **REFUSED}[body]
    typed = {"title": chapter.title, "body": body, "loaded": chapter.fingerprint}
    preview = client.post(reverse("plan_chapter_preview", args=[draft.pk, 1]), typed)
    assert said in preview.content.decode()
    chapter.body = body
    chapter.save()
    assert said in client.get(reverse("plan_edit", args=[draft.pk])).content.decode()
    missing = [sentence for sentence in draft.missing_to_adopt() if said in sentence]
    assert bool(missing) == (body in REFUSED)
    assert all(sentence.startswith("Kapitel 1, ") for sentence in missing)


@pytest.mark.parametrize(
    ("place", "named"),
    [("cover", "Omslaget: "), ("title", "Kapitel 2, "), ("line", "Kapitel 9, Budget 2020: ")],
)
def test_a_sign_that_the_font_lacks_stops_adoption_wherever_it_stands(draft, place, named):
    sign = "\N{SLIGHTLY SMILING FACE}"
    if place == "cover":
        draft.vision += sign
    elif place == "title":
        draft.chapters.filter(position=2).update(title=f"Mål {sign}")
    else:
        draft.budget.lines.filter(label="Enter").update(label=f"Enter {sign}")
    found = [each for each in draft.missing_to_adopt() if "U+1F642" in each]
    assert any(each.startswith(named) for each in found), found


def test_a_title_pasted_with_its_number_is_numbered_once(client_for, draft):
    draft.chapters.filter(position=1).update(title="1. Inledning")
    draft.chapters.filter(position=2).update(title="5. Vision")
    html = client_for("redaktor-sodra").get(reverse("plan_edit", args=[draft.pk])).content.decode()
    assert '<span class="number">1</span> Inledning</h2>' in html
    assert "Rubriken börjar med 5. men kapitlet är nummer 2" in html


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Budget 2020", "Budget 2021"),
        ("Plan 2020–2022", "Plan 2021–2023"),
        ("Mål 2020-2022", "Mål 2021-2023"),
        ("Resultat 2019", "Resultat 2019"),
        ("Läsåret 2020/21", "Läsåret 2020/21"),
        ("Beslut dnr 2020:12", "Beslut dnr 2020:12"),
        ("Inledning", "Inledning"),
    ],
)
def test_a_title_gets_the_next_year(before, after):
    assert marking.renewed(before, 2020) == after


def test_next_years_draft_renews_titles_and_marks_those_that_are_left(client_for, adopted):
    before = Plan.objects.create(
        association=adopted.association, kind="plan", year=2030, title="Plan 2030–2032",
        vision="Alla i arbete 2035.",
    )  # fmt: skip
    for number, title in enumerate(["Budget 2030", "Resultat 2029", "Inledning"], 1):
        Chapter.objects.create(plan=before, position=number, title=title, body="Text.")
    draft = before.roll_forward()
    titles = list(draft.chapters.values_list("title", flat=True))
    assert draft.title == "Plan 2031–2033"
    assert titles == ["Budget 2031", "Resultat 2029", "Inledning"]
    marked = [(chapter.position, marks[0].sentence) for chapter, marks in draft.to_look_at()]
    assert marked == [(2, "Resultat 2029")]
    page = client_for("redaktor-sodra").get(reverse("plan_edit", args=[draft.pk]))
    html = page.content.decode()
    assert "Resultat <mark>2029</mark>" in html and "Alla i arbete <mark>2035</mark>." in html
