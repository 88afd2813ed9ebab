"""The editor's findings, dialogs, undo, and what others do, as a person meets them."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.table import SAVED, box, cell, computed, focused, status, stored


def type_in(page, label, text):
    cell(page, label).fill(text)
    cell(page, label).press("Enter")


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, {"viewport": PHONE}])
def test_a_finding_shows_at_once_marks_its_cell_and_goes(editor, budget, axe, options):
    page = editor(**options)
    type_in(page, "Kansli", "-5")
    link = page.get_by_role("link", name="Kansli, budget 2020: beloppet är negativt.")
    expect(link).to_be_visible()
    expect(box(page, "Kansli")).to_have_attribute("data-finding", "warning")
    expect(cell(page, "Kansli")).to_have_accessible_description(re.compile("beloppet är negativt"))
    type_in(page, "Enter", "1.000")
    expect(box(page, "Enter")).to_have_attribute("data-state", "refused")
    axe(page)
    link.click()
    expect(cell(page, "Kansli")).to_be_in_viewport()
    type_in(page, "Kansli", "860000")
    expect(link).to_have_count(0)
    expect(box(page, "Kansli")).not_to_have_attribute("data-finding", "warning")


def test_a_line_is_changed_in_a_dialog_by_keyboard(editor, budget, axe):
    page = editor()
    cell(page, "Enter", "Budget 2019").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Raden Enter")
    expect(dialog).to_be_visible()
    axe(page)
    dialog.get_by_label("Individinriktade insatser, procent").fill("90")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Delarna blir 90 procent tillsammans.")
    axe(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert page.evaluate("document.activeElement.textContent") == "Enter"
    page.keyboard.press("Enter")
    dialog.get_by_label("Radens namn").fill("Enter i ny form")
    page.keyboard.press("Enter")
    expect(cell(page, "Enter i ny form")).to_be_visible()
    assert budget.lines.filter(label="Enter i ny form").exists()


@pytest.mark.parametrize("script", [True, False])
def test_a_column_is_added_and_a_line_removed(editor, budget, axe, script):
    page = editor(java_script_enabled=script)
    page.get_by_role("link", name="Lägg till kolumn").click()
    page.get_by_label("Kopiera beloppen från").select_option(label="Budget 2020")
    page.get_by_label("Höj beloppen med, procent").fill("10")
    page.get_by_label("Avrunda till").select_option(label="tusen kronor")
    if not script:
        page.get_by_label("År").fill("2031")
    page.get_by_role("button", name="Spara", exact=True).click()
    year = 2023 if script else 2031
    expect(cell(page, "Enter", f"Plan {year}")).to_have_value(re.compile(r"^3\s206\s000$"))
    page.get_by_role("link", name="Hälsoskola", exact=True).click()
    page.get_by_role("link", name="Ta bort …").click()
    expect(page.get_by_text("6 belopp försvinner ur budgeten.")).to_be_visible()
    page.get_by_role("button", name="Ta bort", exact=True).click()
    expect(page.get_by_text("Raden Hälsoskola är borttagen.")).to_be_visible()
    expect(cell(page, "Hälsoskola")).to_have_count(0)


def test_ctrl_z_takes_one_change_after_the_other_back(editor, budget):
    page = editor()
    type_in(page, "Enter", "1000")
    expect(status(page)).to_have_text(SAVED)
    type_in(page, "Kansli", "2000")
    expect(box(page, "Kansli")).to_have_attribute("data-state", "saved")
    page.keyboard.press("Control+z")
    expect(status(page)).to_have_text(re.compile("^Ångrat. 1 belopp står som förut"))
    expect(cell(page, "Kansli")).to_have_value(re.compile(r"^860\s000$"))
    page.keyboard.press("Control+z")
    expect(cell(page, "Enter")).to_have_value(re.compile(r"^2\s914\s000$"))
    expect(computed(page, budget, "sum-cost", 2020)).to_have_text("7 328 800")
    assert stored(budget, "Enter") == 2_914_000
    assert stored(budget, "Kansli") == 860_000


def test_others_changes_show_within_five_seconds_but_not_over_what_one_types(editor, budget):
    mine, theirs = editor(), editor("redaktor-sodra")
    cell(mine, "Kansli").focus()
    mine.keyboard.type("12")
    type_in(theirs, "Enter", "2915000")
    expect(status(theirs)).to_have_text(SAVED)
    expect(cell(mine, "Enter")).to_have_value(re.compile(r"^2\s915\s000$"), timeout=5000)
    expect(box(mine, "Enter")).to_contain_text("redaktor-sodra")
    expect(computed(mine, budget, "sum-cost", 2020)).to_have_text("7 329 800")
    type_in(theirs, "Kansli", "3")
    expect(box(mine, "Kansli")).to_have_attribute("data-state", "theirs", timeout=6000)
    expect(cell(mine, "Kansli")).to_have_value("12")
    assert focused(mine) == "Kansli, Budget 2020, kronor"
    mine.keyboard.press("Enter")
    expect(box(mine, "Kansli")).to_have_attribute("data-state", "conflict")
    expect(box(mine, "Kansli")).to_contain_text("Du skrev 12.")
    assert stored(budget, "Kansli") == 3


def test_what_was_typed_without_contact_survives_the_page_and_is_sent_later(editor, budget):
    page = editor()
    page.route("**/cell/", lambda route: route.abort())
    type_in(page, "Enter", "2916000")
    expect(status(page)).to_contain_text("Servern svarar inte.")
    page.once("dialog", lambda dialog: dialog.accept())
    page.unroute("**/cell/")
    page.reload()
    expect(box(page, "Enter")).to_have_attribute("data-state", "saved")
    assert stored(budget, "Enter") == 2_916_000


def test_an_ended_session_keeps_what_was_typed_until_one_is_back(editor, budget):
    page = editor()
    cookies = page.context.cookies()
    page.context.clear_cookies()
    type_in(page, "Enter", "2917000")
    expect(status(page)).to_contain_text("Du är utloggad. Det du skrev står kvar här.")
    page.context.add_cookies(cookies)
    expect(status(page)).to_have_text(SAVED)
    assert stored(budget, "Enter") == 2_917_000


def test_deviation_follows_what_is_typed(editor, budget, axe):
    page = editor()
    page.get_by_text("Välj vad tabellen visar").click()
    page.get_by_label("Visa avvikelse i").select_option(label="Budget 2020")
    page.get_by_label("jämfört med").select_option(label="Budget 2019")
    page.get_by_role("button", name="Visa så").click()
    line = budget.lines.get(label="Enter")
    shown = page.locator(f"#avvikelse-kr-{line.pk}")
    expect(shown).to_have_text("+164 000")
    type_in(page, "Enter", "2750000")
    expect(shown).to_have_text("0")
    axe(page)


def test_one_line_after_another_is_added_in_the_dialog(editor, budget):
    page = editor()
    page.get_by_role("link", name="Lägg till rad").click()
    for label in ("Första nya", "Andra nya"):
        dialog = page.get_by_role("dialog", name="Ny rad")
        dialog.get_by_label("Intäkt eller kostnad").select_option("cost")
        dialog.get_by_label("Radens namn").fill(label)
        dialog.get_by_label("Administration, procent").fill("100")
        dialog.get_by_role("button", name="Spara och lägg till en till").click()
        expect(dialog.get_by_text(f"Raden {label} är sparad.")).to_be_visible()
        expect(dialog.get_by_label("Radens namn")).to_have_value("")
    page.get_by_role("dialog").get_by_role("link", name="Tillbaka till tabellen").click()
    expect(cell(page, "Andra nya")).to_be_visible()
    assert budget.lines.filter(label__in=["Första nya", "Andra nya"]).count() == 2
