"""What one types is never lost: the login ends, another logs in, the window closes."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from associations.models import News
from plans.models import Plan
from tests.browser.conftest import _session_cookie
from tests.browser.table import cell, focused, status

TEXT = "Vi har följt upp planen tre gånger, och skrivit ned varje gång."
KEPT = re.compile("hann inte sparas")


@pytest.fixture
def chapter(live_server):
    plan = Plan.objects.filter(
        association__slug="sodra-vatterbygden", adopted_on=None, kind="plan"
    ).first()
    return f"/arbeta/plan/{plan.pk}/kapitel/1/"


def end_sessions():
    Session.objects.all().delete()


def log_in(page, username="chef-sodra"):
    page.get_by_label("Användarnamn").fill(username)
    page.get_by_label("Lösenord", exact=True).fill("finsam-demo")
    page.get_by_role("button", name="Logga in").click()


def test_a_chapter_comes_back_after_the_login(new_page, chapter):
    page = new_page("chef-sodra")
    page.goto(chapter)
    text = page.get_by_label("Text", exact=True)
    before = text.input_value()
    text.fill(f"{before}\n\n{TEXT}")
    expect(page.locator("#forhandsvisning")).to_contain_text(TEXT)
    end_sessions()
    text.press("End")
    text.type(" Så gjorde vi.")
    expect(page.locator("#forhandsvisning")).to_contain_text("Du är utloggad")
    assert not page.locator("#forhandsvisning input").count()
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du är utloggad")
    expect(page.get_by_role("textbox", name="Det du skrev, text 1")).to_have_value(re.compile(TEXT))
    page.get_by_role("link", name="Logga in").first.click()
    log_in(page)
    expect(page.get_by_text(KEPT)).to_be_visible()
    expect(text).to_have_value(re.compile(f"{TEXT} Så gjorde vi."))
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.locator("main")).to_contain_text(f"{TEXT} Så gjorde vi.")
    page.goto(chapter)
    expect(page.get_by_text(KEPT)).to_have_count(0)


def test_a_closed_window_leaves_the_text_and_one_may_throw_it_away(new_page, chapter):
    page = new_page("chef-sodra")
    page.goto(chapter)
    text = page.get_by_label("Text", exact=True)
    before = text.input_value()
    text.fill(TEXT)
    page.goto("/arbeta/")
    expect(page.get_by_text("Det finns text som inte hann sparas")).to_be_visible()
    page.locator(f'a[href="{chapter}"]').first.click()
    expect(text).to_have_value(TEXT)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Släng det").click()
    expect(text).to_have_value(TEXT)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Släng det").click()
    expect(text).to_have_value(before)
    expect(page.get_by_text(KEPT)).to_have_count(0)


def test_another_persons_text_is_not_shown(new_page, chapter, live_server):
    page = new_page("chef-sodra")
    page.goto(chapter)
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.context.clear_cookies()
    page.context.add_cookies([_session_cookie("redaktor-sodra", live_server.url)])
    page.goto(chapter)
    expect(page.get_by_label("Text", exact=True)).not_to_have_value(TEXT)


def test_what_another_saved_meanwhile_is_not_written_over(new_page, chapter):
    page, other = new_page("chef-sodra"), new_page("redaktor-sodra")
    page.goto(chapter)
    page.get_by_label("Text", exact=True).fill(TEXT)
    other.goto(chapter)
    other.get_by_label("Text", exact=True).fill("Redaktörens text.")
    other.get_by_role("button", name="Spara", exact=True).click()
    expect(other.locator("main")).to_contain_text("Redaktörens text.")
    page.goto(chapter)
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("Någon annan har ändrat texten")
    expect(page.get_by_label("Text", exact=True)).to_have_value(TEXT)


def test_a_lines_note_in_the_dialog_waits_for_the_login(editor, budget, live_server):
    page = editor()
    page.get_by_role("link", name="Enter", exact=True).click()
    note = page.get_by_role("dialog").get_by_label("Not")
    note.fill(TEXT)
    end_sessions()
    save = page.get_by_role("dialog").get_by_role("button", name="Spara", exact=True)
    save.click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("Du är utloggad")
    expect(note).to_have_value(TEXT)
    page.context.add_cookies([_session_cookie("chef-sodra", live_server.url)])
    save.click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_text("Det finns text som inte")).to_have_count(0)
    assert budget.lines.get(label="Enter").note == TEXT


def test_the_admin_keeps_a_long_text_too(new_page):
    page = new_page("admin")
    page.goto("/admin/associations/news/add/")
    page.get_by_label("Text", exact=False).last.fill(TEXT)
    end_sessions()
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du är utloggad")
    page.get_by_role("link", name="Logga in").first.click()
    log_in(page, "admin")
    expect(page.get_by_text(KEPT)).to_be_visible()
    expect(
        page.locator(f"textarea:text-is('{TEXT}')").or_(page.locator("textarea"))
    ).not_to_have_count(0)
    assert TEXT in [each.input_value() for each in page.locator("textarea").all()]
    assert not News.objects.filter(body=TEXT).exists()


def test_tab_goes_from_a_rows_last_cell_to_the_next_rows_first(editor):
    page = editor()
    cell(page, "Enter", "Plan 2022").focus()
    page.keyboard.press("Tab")
    after = focused(page)
    assert after.endswith("kronor") and "Enter" not in after and "2019" in after
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.className") == "row-name"
    page.keyboard.press("ArrowRight")
    assert focused(page) == after


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda user, budget: user.groups.clear(), "inte ändra den"),
        (lambda user, budget: user.associations.clear(), "Budgeten finns inte"),
    ],
)
def test_a_closed_door_is_told_and_not_knocked_at_for_ever(editor, budget, change, words):
    page = editor()
    asked = []
    change(get_user_model().objects.get(username="chef-sodra"), budget)
    page.on("request", lambda request: "/cell/" in request.url and asked.append(request.url))
    field = cell(page, "Enter")
    field.fill("2915000")
    field.press("Enter")
    expect(status(page)).to_contain_text(words)
    number = len(asked)
    page.wait_for_timeout(6_000)
    assert len(asked) == number == 1


def test_another_login_in_another_tab_is_noticed(editor, budget, live_server):
    page = editor()
    page.context.add_cookies([_session_cookie("redaktor-sodra", live_server.url)])
    field = cell(page, "Enter")
    field.fill("2915000")
    field.press("Enter")
    expect(status(page)).to_contain_text("Någon annan är inloggad")
    assert not budget.lines.get(label="Enter").amounts.filter(kronor=2915000).exists()
    page.context.add_cookies([_session_cookie("chef-sodra", live_server.url)])
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(status(page)).to_contain_text("Sparat")
    assert budget.lines.get(label="Enter").amounts.filter(kronor=2915000).exists()
