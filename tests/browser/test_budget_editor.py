"""The budget editor as a person meets it: by keyboard, without JavaScript, and two at a time."""

import re

import pytest
from playwright.sync_api import expect

from associations.models import Association
from budgets.editor import starting
from budgets.models import Budget
from tests.browser.conftest import PHONE
from tests.browser.table import SAVED, box, cell, computed, focused, status, stored


def test_one_cell_by_keyboard_alone_changes_every_sum_and_the_years_after(editor, budget):
    page = editor()
    page.keyboard.press("Tab")
    for _ in range(200):
        if focused(page) == "Enter, Budget 2020, kronor":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("2 915 000")
    page.keyboard.press("Enter")
    assert focused(page) == "Funktionsnedsatta i arbete (FIA), Budget 2020, kronor"
    expect(status(page)).to_have_text(SAVED)
    expect(computed(page, budget, "sum-cost", 2020)).to_have_text("7 329 800")
    expect(computed(page, budget, "sum-result", 2020)).to_have_text("135 870")
    expect(computed(page, budget, "opening", 2021)).to_have_text("135 870")
    expect(computed(page, budget, "sum-result", 2022)).to_have_text("62 570")
    expect(box(page, "Enter")).to_have_attribute("data-state", "saved")
    assert focused(page) == "Funktionsnedsatta i arbete (FIA), Budget 2020, kronor"
    assert stored(budget, "Enter") == 2_915_000
    budget.refresh_from_db()
    expect(page.locator("[data-version-shown]")).to_have_text(str(budget.version))


def test_arrows_walk_and_escape_brings_the_old_value_back(editor, budget):
    page = editor()
    cell(page, "Enter").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert focused(page) == "Enter, Budget 2020, kronor"
    page.keyboard.press("ArrowRight")
    assert focused(page) == "Enter, Plan 2021, kronor"
    page.keyboard.press("Home")
    assert focused(page) == "Enter, Budget 2019, kronor"
    page.keyboard.press("End")
    assert focused(page) == "Enter, Plan 2022, kronor"
    page.keyboard.press("F2")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "Enter, Plan 2022, kronor"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "Enter, Budget 2020, kronor"
    page.keyboard.type("17")
    page.keyboard.press("Escape")
    expect(cell(page, "Enter")).to_have_value(re.compile(r"^2\s914\s000$"))
    page.keyboard.press("Tab")
    expect(box(page, "Enter")).to_have_attribute("data-state", "idle")
    assert stored(budget, "Enter") == 2_914_000


def test_typing_goes_on_while_the_answers_are_slow(editor, budget):
    page = editor()
    waiting, slow = [], True
    page.route("**/cell/", lambda route: waiting.append(route) if slow else route.continue_())
    cell(page, "Enter").focus()
    page.keyboard.type("1000")
    page.keyboard.press("Enter")
    page.keyboard.type("2000")
    page.keyboard.press("Enter")
    page.keyboard.type("3000")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.type("4000")  # Enter once more, while its first save is still on its way
    expect(box(page, "Enter")).to_have_attribute("data-state", "saving")
    page.keyboard.press("Tab")
    slow = False
    waiting[0].continue_()
    for label in ("Enter", "Funktionsnedsatta i arbete (FIA)", "IT-spåret"):
        expect(box(page, label)).to_have_attribute("data-state", "saved")
    assert focused(page) == "Enter, Plan 2021, kronor"
    assert stored(budget, "Enter") == 4000
    assert stored(budget, "Funktionsnedsatta i arbete (FIA)") == 2000
    assert stored(budget, "IT-spåret") == 3000


# True when a refused cell's words lie above everything, over the whole of their width.
NOTE_ON_TOP = """() => {
  const note = document.querySelector('[data-state="refused"] .cell-note');
  const { left, right, top, height } = note.getBoundingClientRect();
  return [0.05, 0.35, 0.65, 0.95].every((part) => {
    const found = document.elementFromPoint(left + (right - left) * part, top + height / 2);
    return note.contains(found);
  });
}"""


def test_a_refused_number_says_why_and_keeps_what_was_typed(editor, budget, axe):
    page = editor()
    cell(page, "Enter").fill("1.000")
    cell(page, "Enter").press("Enter")
    expect(box(page, "Enter")).to_have_attribute("data-state", "refused")
    expect(cell(page, "Enter")).to_have_value("1.000")
    expect(cell(page, "Enter")).to_have_attribute("aria-invalid", "true")
    expect(cell(page, "Enter")).to_have_accessible_description(
        re.compile(r"Skriv 1000 eller 1\s000.*Det gamla beloppet, 2\s914\s000\skr, står kvar\.")
    )
    expect(status(page)).to_have_text(re.compile(r"Inte sparat: Enter, Budget 2020\. .*Skriv 1000"))
    assert stored(budget, "Enter") == 2_914_000
    axe(page)
    assert page.evaluate(NOTE_ON_TOP)
    page.reload()
    expect(box(page, "Enter")).to_have_attribute("data-state", "refused")
    expect(cell(page, "Enter")).to_have_value("1.000")
    cell(page, "Enter").press("Escape")
    expect(box(page, "Enter")).to_have_attribute("data-state", "idle")
    expect(status(page)).to_have_text(re.compile("Cellen står som förut"))
    page.reload()
    expect(cell(page, "Enter")).to_have_value(re.compile(r"2\s914\s000"))


def test_the_status_line_names_a_new_finding_and_leads_to_all(editor):
    page = editor()
    count = page.locator("#findings-count")
    before = int(count.text_content().split()[0])
    cell(page, "Enter").fill("-5")
    cell(page, "Enter").press("Enter")
    said = "Sparat. Varning. Enter, budget 2020: beloppet är negativt."
    expect(status(page)).to_contain_text(said)
    expect(count).not_to_have_text(f"{before} att se över")
    cell(page, "Enter").fill("-6")
    cell(page, "Enter").press("Enter")
    expect(status(page)).to_have_text(SAVED)


@pytest.mark.parametrize(
    ("button", "kronor"), [("Behåll deras", 2_900_000), ("Skriv mitt", 3_000_000)]
)
def test_two_in_the_same_cell_choose(editor, budget, axe, button, kronor):
    mine, theirs = editor(), editor("redaktor-sodra")
    cell(theirs, "Enter").fill("2900000")
    cell(theirs, "Enter").press("Enter")
    expect(status(theirs)).to_have_text(SAVED)
    cell(mine, "Enter").fill("3000000")
    cell(mine, "Enter").press("Enter")
    expect(box(mine, "Enter")).to_have_attribute("data-state", "conflict")
    expect(box(mine, "Enter")).to_contain_text("redaktor-sodra skrev 2 900 000 kr")
    expect(cell(mine, "Enter")).to_have_value("3000000")
    axe(mine)
    mine.get_by_role("button", name=button).click()
    assert focused(mine) == "Enter, Budget 2020, kronor"
    expect(mine.get_by_role("button", name=button)).to_have_count(0)
    state = "saved" if kronor == 3_000_000 else "idle"
    expect(box(mine, "Enter")).to_have_attribute("data-state", state)
    assert stored(budget, "Enter") == kronor


def test_two_in_different_cells_merge(editor, budget):
    mine, theirs = editor(), editor("redaktor-sodra")
    cell(theirs, "Kansli").fill("860001")
    cell(theirs, "Kansli").press("Enter")
    expect(status(theirs)).to_have_text(SAVED)
    cell(mine, "Enter").fill("2914001")
    cell(mine, "Enter").press("Enter")
    expect(computed(mine, budget, "sum-cost", 2020)).to_have_text("7 328 802")


def test_what_could_not_be_sent_is_kept_and_sent_later(editor, budget):
    page = editor()
    page.context.set_offline(True)
    cell(page, "Enter").fill("2915000")
    cell(page, "Enter").press("Enter")
    expect(status(page)).to_contain_text("Servern svarar inte. Det du skrev står kvar")
    expect(cell(page, "Enter")).to_have_value("2915000")
    page.context.set_offline(False)
    expect(status(page)).to_have_text(SAVED)
    assert stored(budget, "Enter") == 2_915_000


def test_a_budget_adopted_meanwhile_refuses_in_words(editor, budget):
    page = editor()
    budget.adopted_on = "2020-01-15"
    budget.save()
    cell(page, "Enter").fill("1")
    cell(page, "Enter").press("Enter")
    expect(box(page, "Enter")).to_have_attribute("data-state", "refused")
    expect(box(page, "Enter")).to_contain_text("Budgeten är fastställd och kan inte ändras.")
    assert stored(budget, "Enter") == 2_914_000


def test_without_javascript_the_form_posts_whole(editor, budget, axe):
    page = editor(java_script_enabled=False)
    cell(page, "Enter").fill("2 915 000")
    cell(page, "Kansli").fill("1.000")
    page.get_by_role("button", name="Spara hela tabellen").click()
    expect(page.get_by_role("alert")).to_contain_text("Inget är sparat ännu.")
    expect(cell(page, "Kansli")).to_have_value("1.000")
    expect(cell(page, "Enter")).to_have_value("2 915 000")
    assert stored(budget, "Enter") == 2_914_000
    page.get_by_role("link", name="Kansli, Budget 2020, kronor").click()
    cell(page, "Kansli").fill("860 000")
    page.get_by_role("button", name="Spara hela tabellen").click()
    expect(page.get_by_text("Sparat. 1 belopp ändrades.")).to_be_visible()
    expect(computed(page, budget, "sum-cost", 2020)).to_have_text("7 329 800")
    assert stored(budget, "Enter") == 2_915_000


def test_without_javascript_a_conflict_is_chosen(editor, budget):
    mine, theirs = editor(java_script_enabled=False), editor("redaktor-sodra")
    cell(theirs, "Enter").fill("2900000")
    cell(theirs, "Enter").press("Enter")
    expect(status(theirs)).to_have_text(SAVED)
    cell(mine, "Enter").fill("3000000")
    mine.get_by_role("button", name="Spara hela tabellen").click()
    expect(box(mine, "Enter")).to_contain_text("redaktor-sodra skrev 2 900 000 kr")
    mine.get_by_label("Skriv mitt").check()
    mine.get_by_role("button", name="Spara hela tabellen").click()
    expect(mine.get_by_text("Sparat. 1 belopp ändrades.")).to_be_visible()
    assert stored(budget, "Enter") == 3_000_000


def test_an_adopted_budget_is_read_and_revised(new_page, axe):
    page = new_page("chef-sodra")
    adopted = Budget.objects.get(association__slug="sodra-vatterbygden", year=2020, edition=1)
    if hasattr(adopted, "replaced_by"):
        adopted.replaced_by.plans.all().delete()
        adopted.replaced_by.delete()
    page.goto(f"/arbeta/budget/{adopted.pk}/")
    expect(page.locator("[data-cell]")).to_have_count(0)
    axe(page)
    page.get_by_role("button", name="Revidera").click()
    expect(cell(page, "Enter")).to_have_value(re.compile(r"^2\s914\s000$"))
    expect(page.get_by_text("Den fastställda budgeten ligger kvar som den är.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_editor_is_accessible_with_every_state_showing(editor, budget, axe, scheme):
    page = editor(color_scheme=scheme)
    cell(page, "Enter").fill("2915000")
    cell(page, "Enter").press("Enter")
    cell(page, "Kansli").fill("femtio")
    cell(page, "Kansli").press("Enter")
    expect(box(page, "Enter")).to_have_attribute("data-state", "saved")
    expect(box(page, "Kansli")).to_have_attribute("data-state", "refused")
    axe(page)


def test_at_320_pixels_the_field_in_hand_is_seen_and_the_page_does_not_scroll_sideways(
    editor, budget, axe
):
    page = editor(viewport=PHONE)
    for column in ("Budget 2019", "Budget 2020", "Plan 2022"):
        cell(page, "Enter", column).focus()
        page.wait_for_function(
            "() => { const field = document.activeElement;"
            " const r = field.getBoundingClientRect();"
            " return [0.1, 0.9].every(at => document.elementFromPoint("
            "r.left + r.width * at, r.top + r.height / 2) === field); }"
        )
        assert focused(page) == f"Enter, {column}, kronor"
    cell(page, "Enter").fill("1.000")
    cell(page, "Enter").press("Enter")
    expect(box(page, "Enter")).to_have_attribute("data-state", "refused")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    axe(page)


def test_the_cell_in_hand_is_never_under_the_status_line(editor):
    page = editor(viewport={"width": 320, "height": 700})
    cell(page, "Enter").focus()
    for _ in range(6):
        page.keyboard.press("Enter")
        page.wait_for_function(
            "() => document.activeElement.getBoundingClientRect().bottom"
            " <= document.querySelector('.status-line').getBoundingClientRect().top"
        )


def test_an_empty_budget_is_filled_from_its_first_cell_by_keyboard(new_page):
    association = Association.objects.get(slug="finnveden")
    budget = starting.start(association, 2033, [("budget", 0), ("plan", 1)])
    page = new_page("chef-sodra")
    page.goto(f"/arbeta/budget/{budget.pk}/")
    width = page.evaluate("document.documentElement.scrollWidth")
    first, second = [line.label for line in budget.lines.order_by("position")[:2]]
    cell(page, first, "Budget 2033").focus()
    page.keyboard.type("1 000")
    page.keyboard.press("Enter")
    page.keyboard.type("500")
    page.keyboard.press("Enter")
    expect(computed(page, budget, "sum-income", 2033)).to_have_text("1 500")
    expect(computed(page, budget, "sum-result", 2033)).to_have_text("1 500")
    assert [stored(budget, label, 2033) for label in (first, second)] == [1000, 500]
    assert "<span" not in page.locator("main").inner_text()
    assert page.locator("[id^=share-] .missing").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth") == width
