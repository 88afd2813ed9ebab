"""Next year's plan: last year's text with what to look at in it, and what has changed since."""

import pytest
from django.urls import reverse

from plans import changes, marking
from plans.models import Plan


@pytest.mark.parametrize(
    ("text", "years", "amounts"),
    [
        ("Under 2020 gör vi mer.", ("2020",), ()),
        ("Det kostar 1 200 000 kr.", (), ("1 200 000 kr",)),
        ("Det kostar 7,5 mnkr och 20 % mer.", (), ("7,5 mnkr", "20 %")),
        ("Plan 2021–2022.", ("2021", "2022"), ()),
        ("Summan är 2 019 000.", (), ("2 019 000",)),
        ("Femton procent, 15 procent.", (), ("15 procent",)),
    ],
)
def test_years_and_amounts_are_seen(text, years, amounts):
    (mark,) = marking.marks(text)
    assert (mark.years, mark.amounts) == (years, amounts)
    assert "".join(piece for piece, _ in mark.pieces) == mark.sentence
    held = [piece for piece, is_figure in mark.pieces if is_figure]
    assert sorted(held) == sorted(years + amounts)


@pytest.mark.parametrize(
    "text", ["Vi möts ofta.", "[[budget]]", "Se 2 § i lagen (2003:1210).", "14 personer kom.", ""]
)
def test_other_sentences_are_left_alone(text):
    assert marking.marks(text) == []


def test_sentences_are_whole_over_line_ends_and_apart_in_lists():
    text = "Första meningen är\nlång. Andra.\n\n- punkt ett\n- punkt två\n\n[[budget]]\n\n## Rubrik"
    assert marking.sentences(text) == [
        "Första meningen är lång.", "Andra.", "punkt ett", "punkt två", "Rubrik"
    ]  # fmt: skip


def test_a_sentence_that_was_rewritten_is_no_longer_marked():
    before = "Under 2020 gör vi mer. Det kostar 5 000 kr."
    left = marking.left_from("Under 2021 gör vi mer. Det kostar 5 000 kr.", before)
    assert [mark.sentence for mark in left] == ["Det kostar 5 000 kr."]


def test_changes_are_told_by_words():
    ((piece, *rest),) = changes.paragraphs("Vi är sju medlemmar.", "Vi är åtta medlemmar.")
    told = [(each.kind, each.text) for each in (piece, *rest)]
    assert told == [("same", "Vi är "), ("gone", "sju"), ("new", "åtta"), ("same", " medlemmar.")]


def test_changes_make_both_texts_whole():
    before = "Ett två tre.\n\nFyra fem sex.\n\nBort med detta stycke."
    after = "Ett två tre.\n\nFyra fem sju.\n\nHelt nya ord står här nu."
    found = changes.paragraphs(before, after)
    old = "".join(p.text for pieces in found for p in pieces if p.kind != "new")
    new = "".join(p.text for pieces in found for p in pieces if p.kind != "gone")
    assert old == "Fyra fem sex.Bort med detta stycke."
    assert new == "Fyra fem sju.Helt nya ord står här nu."


def test_chapters_are_paired_by_title_also_when_its_year_changes():
    before = [("Inledning", "A."), ("Budget 2020", "B."), ("Gammalt", "C.")]
    after = [("Inledning", "A."), ("Budget 2021", "B."), ("Nytt", "D.")]
    found = [
        (each.title, each.kind, bool(each.paragraphs)) for each in changes.chapters(before, after)
    ]
    assert found == [
        ("Inledning", "same", False), ("Budget 2021", "same", False),
        ("Nytt", "new", True), ("Gammalt", "gone", True),
    ]  # fmt: skip


def test_next_years_plan_begins_with_this_years_text(client_for, adopted):
    client = client_for("redaktor-sodra")
    address = reverse("plan_next_year", args=[adopted.pk])
    assert client.get(address).status_code == 405
    answer = client.post(address, follow=True)
    draft = Plan.objects.get(year=2021, association=adopted.association)
    html = answer.content.decode()
    assert draft.title == "Verksamhetsplan 2021" and draft.state == "draft" and not draft.dnr
    assert list(draft.chapters.values_list("body")) == list(adopted.chapters.values_list("body"))
    assert "Att se över" in html and "<mark>2020</mark>" in html
    marked = sum(len(marks) for _, marks in draft.to_look_at())
    assert marked > 5
    chapter = draft.to_look_at()[0][0]
    page = client.get(reverse("plan_chapter", args=[draft.pk, chapter.position])).content.decode()
    assert "Att se över" in page and "<mark>" in page
    chapter.body = "Inget kvar."
    chapter.save()
    assert sum(len(marks) for _, marks in draft.to_look_at()) < marked
    again = client.post(address, follow=True).content.decode()
    assert "har redan en plan för 2021" in again


def test_what_changed_is_shown_with_text_and_numbers(client_for, adopted):
    client = client_for("redaktor-sodra")
    draft = Plan.objects.filter(replaces=adopted).first()
    chapter = draft.chapters.get(position=1)
    chapter.body = chapter.body.replace("sju medlemmar", "åtta medlemmar")
    chapter.save()
    html = client.get(reverse("plan_changes", args=[draft.pk])).content.decode()
    assert "Borttaget: </span>sju</del>" in html and "Nytt: </span>åtta</ins>" in html
    assert "Oförändrat." in html and "7\u00a0328\u00a0800" in html
    assert (
        client_for("styrelse-sodra").get(reverse("plan_changes", args=[draft.pk])).status_code
        == 200
    )


@pytest.mark.parametrize(
    ("username", "status"),
    [("styrelse-sodra", 403), ("revisor-sodra", 403), ("chef-hoglandet", 404)],
)
def test_who_may_not_begin_next_years_plan(client_for, adopted, username, status):
    client = client_for(username)
    assert client.post(reverse("plan_next_year", args=[adopted.pk])).status_code == status
    if status == 404:
        assert client.get(reverse("plan_changes", args=[adopted.pk])).status_code == 404
