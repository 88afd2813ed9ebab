"""The finder as a handläggare uses it: from the start page, a click a choice, no JavaScript."""

import re

import pytest
from playwright.sync_api import expect

RIGHT = "Supported Employment på Höglandet"


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_start_page_in_three_choices(new_page, axe, scripts):
    """24 years, Nässjö, activity compensation, referred by Försäkringskassan."""
    page = new_page(java_script_enabled=scripts)
    page.goto("/")
    choices = 0
    for choice in ("Nässjö", "Aktivitetsersättning"):
        page.get_by_role("main").get_by_role("link", name=choice, exact=True).click()
        choices += 1
    expect(page.get_by_role("heading", name="1 insats passar det du valt")).to_be_visible()
    first = page.locator(".entries h3 a").first
    expect(first).to_have_text(RIGHT)
    first.click()
    choices += 1
    expect(page.get_by_role("heading", level=1)).to_contain_text(RIGHT)
    assert choices <= 3
    assert not page.context.cookies()


def test_the_rest_that_is_known_keeps_it_first_and_can_be_shared(page, new_page, axe):
    page.goto("/insatser/hitta/")
    page.get_by_label("Ålder").fill("24")
    page.get_by_role("button", name="Välj ålder").click()
    for choice in ("Nässjö", "Försäkringskassan", "Aktivitetsersättning"):
        page.get_by_role("main").get_by_role("link", name=choice, exact=True).click()
    expect(page.locator(".entries h3 a").first).to_have_text(RIGHT)
    axe(page)
    other = new_page(java_script_enabled=False)
    other.goto(page.url)
    expect(other.locator(".entries h3 a").first).to_have_text(RIGHT)
    expect(other.locator(".chosen li")).to_have_count(5)
    other.get_by_role("link", name=re.compile("^24 år")).click()
    expect(other.locator(".chosen li")).to_have_count(4)


def test_the_box_in_the_head_finds(page):
    page.goto("/finnveden/")
    page.get_by_role("searchbox", name="Sök på webbplatsen").fill("SE-projektet")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/sok/?q=SE-projektet")
    expect(page.locator(".hits h2 a").first).to_contain_text(RIGHT)
