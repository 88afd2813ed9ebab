"""The plan in the browser: read on any screen, written without JavaScript, one click to the PDF."""

import uuid

import pytest
from playwright.sync_api import expect

from plans.models import Plan, SealedFile

PUBLIC = "/sodra-vatterbygden/verksamhetsplan/2020/"
PHONE = {"width": 320, "height": 640}


@pytest.fixture
def draft(live_server):
    """A draft that revises Södra Vätterbygden's adopted plan."""
    adopted = Plan.objects.get(association__slug="sodra-vatterbygden", year=2020, edition=1)
    return Plan.objects.filter(replaces=adopted).first() or adopted.revise(adopted.budget)


@pytest.mark.parametrize(
    "options", [{}, {"color_scheme": "dark"}, {"viewport": PHONE}], ids=["light", "dark", "phone"]
)
def test_the_plan_is_read_on_any_screen(new_page, axe, options):
    page = new_page(**options)
    page.goto(PUBLIC)
    page.get_by_role("navigation", name="Innehåll").get_by_role("link", name="Budget 2020").click()
    expect(page).to_have_url(f"{page.url.split('#')[0]}#kapitel-9")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(page)


def test_a_note_leads_down_and_back_up(page):
    page.goto(PUBLIC)
    table = page.get_by_role("region", name="Budget 2020", exact=True)
    table.get_by_role("link", name="Not a", exact=True).click()
    note = page.locator("li:target")
    expect(note).to_contain_text("kommun")
    note.get_by_role("link").click()
    expect(page.locator("a:target")).to_have_text("Not a")


def test_a_board_member_gets_the_draft_as_pdf_with_one_click(new_page, draft):
    page = new_page(username="styrelse-sodra")
    page.goto(f"/arbeta/plan/{draft.pk}/")
    link = page.get_by_role("link", name="Ladda ned som PDF")
    address = link.get_attribute("href")
    page.route(f"**{address}", _open_in_place_of_the_viewer)
    link.click()
    expect(page.get_by_text("Filen öppnades.")).to_be_visible(timeout=60_000)
    assert page.request.get(address).body().startswith(b"%PDF")


def _open_in_place_of_the_viewer(route):
    """Let questions through to the server, and show a word where Chromium would show the PDF."""
    if route.request.method == "HEAD":
        route.continue_()
    else:
        route.fulfill(body="Filen öppnades.", content_type="text/plain; charset=utf-8")


def test_without_javascript_a_page_waits_for_the_pdf(new_page, draft):
    page = new_page(username="styrelse-sodra", java_script_enabled=False)
    chapter = draft.chapters.get(position=2)
    chapter.body = f"Text som ingen PDF har visat förut: {uuid.uuid4()}"
    chapter.save()
    page.goto(f"/arbeta/plan/{draft.pk}/")
    link = page.get_by_role("link", name="Ladda ned som PDF")
    asked = []

    def once_and_then_a_word(route):
        asked.append(route.request.url)
        if len(asked) == 1:
            route.continue_()
        else:
            route.fulfill(body="Filen öppnades.", content_type="text/plain; charset=utf-8")

    page.route(f"**{link.get_attribute('href')}*", once_and_then_a_word)
    link.click()
    expect(page.get_by_role("heading", name="PDF:en görs")).to_be_visible()
    expect(page.get_by_text("Filen öppnades.")).to_be_visible()


def test_a_chapter_is_written_without_javascript(new_page, axe, draft):
    page = new_page(username="redaktor-sodra", java_script_enabled=False)
    page.goto(f"/arbeta/plan/{draft.pk}/")
    page.get_by_role("link", name="Ändra kapitel 3").click()
    page.get_by_label("Text").fill("Förbundets uppgifter, skrivna om.")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Kapitel 3 är sparat.")).to_be_visible()
    expect(page.get_by_text("Förbundets uppgifter, skrivna om.")).to_be_visible()
    assert page.url.endswith(f"/arbeta/plan/{draft.pk}/#kapitel-3")


def test_staff_pages_are_accessible_also_in_a_conflict(new_page, axe, draft):
    page = new_page(username="redaktor-sodra")
    page.goto(f"/arbeta/plan/{draft.pk}/")
    axe(page)
    page.goto(f"/arbeta/plan/{draft.pk}/kapitel/3/")
    axe(page)
    chapter = draft.chapters.get(position=3)
    chapter.body = "Någon annans text."
    chapter.save()
    page.get_by_label("Text").fill("Min text.")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("alert")).to_contain_text("Inget är sparat")
    expect(page.get_by_label("Text", exact=False).first).to_have_value("Min text.")
    expect(page.get_by_text("Någon annans text.")).to_be_visible()
    axe(page)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_file_is_checked_and_with_javascript_it_is_not_sent(new_page, axe, script):
    page = new_page(java_script_enabled=script)
    sent = []
    page.on("request", lambda asked: sent.append(asked.method))
    file = SealedFile.objects.get(plan__year=2020, plan__edition=1)
    page.goto("/kontrollera/")
    if script:
        axe(page)
    data = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": bytes(file.data)}
    page.get_by_label("Fil").set_input_files(data)
    page.get_by_role("button", name="Kontrollera").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ja, det är den låsta filen")
    assert ("POST" in sent) is not script
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") or not script
    if script:
        axe(page)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_chapter_is_seen_as_it_will_read(new_page, axe, draft, script):
    page = new_page(username="redaktor-sodra", java_script_enabled=script)
    page.goto(f"/arbeta/plan/{draft.pk}/kapitel/3/")
    field = page.get_by_label("Text", exact=False).first
    field.fill("Så här blir *det*.\n\n[[kostnadsandelar]]")
    if not script:
        page.get_by_role("button", name="Förhandsgranska").click()
    shown = page.locator("#forhandsvisning")
    expect(shown.locator("em")).to_have_text("det")
    expect(shown.locator("figure.chart")).to_be_visible()
    expect(page.get_by_label("Text", exact=False).first).to_have_value(
        "Så här blir *det*.\n\n[[kostnadsandelar]]"
    )
    if script:
        axe(page)
    assert "Så här blir" not in draft.chapters.get(position=3).body
