"""The plan's pages: public, staff's, and what is refused. Another association's plan is 404."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from budgets.models import Amount, BudgetLine
from finsam import pdf
from plans.models import Chapter, Plan
from tests.counting import queries_of
from tests.factories import InterventionFactory
from tests.plans.fetching import fetch

PUBLIC = "/sodra-vatterbygden/verksamhetsplan/2020/"


@pytest.fixture
def draft(adopted):
    """The draft that revises it."""
    return Plan.objects.filter(replaces=adopted).first() or adopted.revise(adopted.budget)


def _addresses(plan):
    return [
        reverse("plan_edit", args=[plan.pk]),
        reverse("plan_draft_pdf", args=[plan.pk]),
        reverse("plan_chapter", args=[plan.pk, 1]),
        reverse("plan_cover", args=[plan.pk]),
    ]


def _posted(chapter, **changed):
    fields = {"title": chapter.title, "body": chapter.body, "loaded": chapter.fingerprint}
    return {**fields, **changed}


def test_the_public_page_holds_the_whole_plan(visitor, adopted):
    answer = visitor.get(PUBLIC)
    html = answer.content.decode()
    assert answer.status_code == 200
    for chapter in adopted.chapters.all():
        assert f'href="#kapitel-{chapter.position}"' in html
        assert f'id="kapitel-{chapter.position}"' in html
        assert chapter.title in html
    for words in (adopted.dnr, "19\u00a0november 2019", adopted.vision, "7\u00a0328\u00a0800"):
        assert words in html
    assert reverse("plan_pdf", args=["sodra-vatterbygden", "verksamhetsplan", 2020]) in html
    assert "block-error" not in html and "/arbeta/plan" not in html


def test_the_public_pdf_is_a_pdf(visitor, adopted):
    answer = fetch(visitor, PUBLIC.rstrip("/") + ".pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert 'filename="verksamhetsplan-2020-sodra-vatterbygden.pdf"' in answer["Content-Disposition"]
    assert answer.content.startswith(b"%PDF-1.7")
    assert fetch(visitor, f"{PUBLIC}utgava/1.pdf").content == answer.content


def test_a_draft_is_not_public(visitor, draft):
    assert visitor.get(f"{PUBLIC}utgava/{draft.edition}/").status_code == 404
    assert visitor.get(f"{PUBLIC}utgava/{draft.edition}.pdf").status_code == 404
    assert "Utkast" not in visitor.get(PUBLIC).content.decode()
    Plan.objects.create(association=draft.association, year=2031, title="Verksamhetsplan 2031")
    assert visitor.get("/sodra-vatterbygden/verksamhetsplan/2031/").status_code == 404
    assert visitor.get("/sodra-vatterbygden/verksamhetsplan/2031.pdf").status_code == 404


def test_both_editions_stay_readable(visitor, adopted, draft):
    Plan.objects.filter(pk=draft.pk).update(adopted_on="2020-03-01")
    assert f"{PUBLIC}utgava/1/" in visitor.get(PUBLIC).content.decode()
    old = visitor.get(f"{PUBLIC}utgava/1/").content.decode()
    assert "Det finns en nyare utgåva" in old and "utgava/1.pdf" in old


@pytest.mark.parametrize("username", ["chef-hoglandet", "redaktor-sodra", "styrelse-sodra"])
def test_a_foreign_plan_is_not_found(client_for, adopted, draft, username):
    client = client_for(username)
    if username != "chef-hoglandet":
        foreign = adopted.association.__class__.objects.get(slug="hoglandet")
        draft = adopted = Plan.objects.create(association=foreign, year=2031, title="Plan 2031")
    for plan in (adopted, draft):
        found = {address: client.get(address).status_code for address in _addresses(plan)}
        assert set(found.values()) == {404}, found
    if username == "chef-hoglandet":
        posts = [
            reverse("plan_chapter", args=[draft.pk, 1]),
            reverse("plan_revise", args=[adopted.pk]),
        ]
        assert [client.post(address).status_code for address in posts] == [404, 404]


def test_without_login_every_staff_address_asks_for_one(visitor, draft):
    for address in _addresses(draft):
        answer = visitor.get(address)
        assert answer.status_code == 302 and answer["Location"].startswith("/konto/login/")


@pytest.mark.parametrize("username", ["styrelse-sodra", "revisor-sodra"])
def test_the_board_and_the_auditor_read_drafts_and_change_nothing(client_for, draft, username):
    client = client_for(username)
    page, data, chapter, cover = _addresses(draft)
    html = client.get(page).content.decode()
    assert "Ändra kapitel" not in html and "Ladda ned som PDF" in html
    answer = fetch(client, data)
    assert answer.content.startswith(b"%PDF") and "-utkast-" in answer["Content-Disposition"]
    assert client.get(chapter).status_code == client.get(cover).status_code == 403
    assert client.post(chapter, {"title": "x"}).status_code == 403
    assert client.post(reverse("plan_revise", args=[draft.replaces.pk])).status_code == 403


def test_a_chapter_is_written(client_for, draft):
    client = client_for("redaktor-sodra")
    address = reverse("plan_chapter", args=[draft.pk, 1])
    chapter = draft.chapters.get(position=1)
    assert chapter.fingerprint in client.get(address).content.decode()
    answer = client.post(address, _posted(chapter, body="Ny text.\r\n\r\nMer text."), follow=True)
    assert "Kapitel 1 är sparat." in answer.content.decode()
    chapter.refresh_from_db()
    assert chapter.body == "Ny text.\n\nMer text."
    assert chapter.history.first().history_user.username == "redaktor-sodra"


def test_two_writers_never_overwrite_each_other_unseen(client_for, draft):
    address = reverse("plan_chapter", args=[draft.pk, 1])
    chapter = draft.chapters.get(position=1)
    loaded = _posted(chapter)
    client_for("chef-sodra").post(address, {**loaded, "body": "Chefens text."})
    editor = client_for("redaktor-sodra")
    answer = editor.post(address, {**loaded, "body": "Redaktörens text."})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Chefens text." in html and "Redaktörens text." in html
    chapter.refresh_from_db()
    assert chapter.body == "Chefens text."
    again = {**loaded, "body": "Bådas text.", "loaded": answer.context["form"]["loaded"].value()}
    assert editor.post(address, again).status_code == 302
    chapter.refresh_from_db()
    assert chapter.body == "Bådas text."


def test_a_refused_chapter_keeps_what_was_typed(client_for, draft):
    chapter = draft.chapters.get(position=1)
    address = reverse("plan_chapter", args=[draft.pk, 1])
    answer = client_for("chef-sodra").post(address, _posted(chapter, title="", body="Kvar."))
    assert answer.status_code == 422
    assert "Kvar." in answer.content.decode()
    assert Chapter.objects.get(pk=chapter.pk).body == chapter.body


def test_the_cover_is_written(client_for, draft):
    address = reverse("plan_cover", args=[draft.pk])
    texts = {
        "title": draft.title,
        "subtitle": "Ny undertitel",
        "vision": "En\r\nvision",
        "dnr": "7",
    }
    client = client_for("redaktor-sodra")
    refused = client.post(address, {**texts, "loaded": "något annat"})
    assert refused.status_code == 409 and "Ny undertitel" in refused.content.decode()
    assert client.post(address, {**texts, "loaded": draft.fingerprint}).status_code == 302
    draft.refresh_from_db()
    assert (draft.subtitle, draft.vision, draft.dnr) == ("Ny undertitel", "En\nvision", "7")
    assert "Planen saknar diarienummer." not in draft.problems()


def test_an_adopted_plan_is_read_only(client_for, adopted):
    client = client_for("chef-sodra")
    chapter = adopted.chapters.first()
    assert "Ändra kapitel" not in client.get(_addresses(adopted)[0]).content.decode()
    address = reverse("plan_chapter", args=[adopted.pk, 1])
    assert client.post(address, _posted(chapter, body="Nytt")).status_code == 403
    for change in (
        lambda: adopted.chapters.update(body="Nytt"),
        lambda: Plan.objects.filter(pk=adopted.pk).update(title="Nytt"),
        lambda: Chapter.objects.create(plan=adopted, position=99, title="Nytt"),
        lambda: Chapter.objects.filter(pk=chapter.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_revising_names_the_plan_and_takes_the_newest_budget(client_for, adopted):
    Plan.objects.filter(replaces=adopted).delete()
    client = client_for("chef-sodra")
    address = reverse("plan_revise", args=[adopted.pk])
    assert client.get(address).status_code == 405
    answer = client.post(address)
    revision = Plan.objects.get(replaces=adopted)
    assert answer["Location"] == reverse("plan_edit", args=[revision.pk])
    assert revision.state == "draft" and revision.chapters.count() == 9
    newest = getattr(adopted.budget, "replaced_by", adopted.budget)
    assert revision.budget == newest
    again = client.post(address, follow=True)
    assert "Planen har redan en revidering" in again.content.decode()


def test_problems_are_listed_on_the_staff_page(client_for, draft):
    draft.chapters.filter(position=9).update(body="[[budgett]]")
    html = client_for("chef-sodra").get(_addresses(draft)[0]).content.decode()
    assert "Kapitel 9, Budget 2020: [[budgett]]: Det finns inget block" in html
    assert "block-error" in html


def test_a_chapter_is_previewed_and_nothing_saved(client_for, draft):
    client, chapter = client_for("redaktor-sodra"), draft.chapters.get(position=1)
    address = reverse("plan_chapter_preview", args=[draft.pk, 1])
    typed = _posted(chapter, title="", body="Ny *text*.\n\n[[kostnadsandelar]]\n\n[[budgett]]")
    part = client.post(address, typed, headers={"HX-Request": "true"}).content.decode()
    assert "<em>text</em>" in part and "<svg" in part and "Det finns inget block" in part
    assert "<h1" not in part
    whole = client.post(address, typed).content.decode()
    assert "<em>text</em>" in whole and "Ny *text*." in whole and "<h1" in whole
    assert Chapter.objects.get(pk=chapter.pk).body == chapter.body
    assert client.get(address).status_code == 405
    assert client_for("styrelse-sodra").post(address, typed).status_code == 403
    assert client_for("chef-hoglandet").post(address, typed).status_code == 404
    sealed = reverse("plan_chapter_preview", args=[draft.replaces.pk, 1])
    assert client.post(sealed, typed).status_code == 403


def test_a_drafts_pdf_asks_as_much_however_long_its_budget_is(
    client_for, draft, monkeypatch, tmp_path
):
    pages, made = [], tmp_path / "a.pdf"
    made.write_bytes(b"%PDF")
    monkeypatch.setattr(pdf, "ask", lambda page: pages.append(page) or made)
    client, address = client_for("chef-sodra"), reverse("plan_draft_pdf", args=[draft.pk])
    client.get(address)
    before = queries_of(client, address)
    column = draft.budget.columns.first()
    for number in range(20):
        intervention = InterventionFactory(name=f"Insats {number}", lead=draft.association)
        line = BudgetLine.objects.create(
            budget=draft.budget, section="cost", position=100 + number, label=f"Insats {number}",
            intervention=intervention, individual=100,
        )  # fmt: skip
        Amount.objects.create(line=line, column=column, kronor=1000)
    assert queries_of(client, address) == before
    assert "Insats 19" in pages[-1].html
