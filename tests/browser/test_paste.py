"""Paste in the editor as a person does it: preview, one button, one Ctrl+Z; and without script."""

from playwright.sync_api import expect

from associations.decimals import write
from budgets.models import Amount
from tests.browser.conftest import PHONE
from tests.browser.table import cell, status

PASTE = """([id, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  return document.getElementById(id).dispatchEvent(event);
}"""


def paste(page, field, text):
    """Paste as the browser does; return whether the field would have taken the text itself."""
    return page.evaluate(PASTE, [field.get_attribute("id"), text])


def stored(budget):
    amounts = Amount.objects.filter(line__budget=budget).values_list("line", "column", "kronor")
    return sorted(amounts)


def test_a_block_is_shown_done_with_one_button_and_undone_with_one_press(editor, budget, axe):
    before = stored(budget)
    page = editor()
    field = cell(page, "Enter")
    field.focus()
    paste(page, field, "1 000\t2 000\r\n3 000\t\r\n")
    expect(page.get_by_role("heading", level=1)).to_have_text("Det här skulle ändras")
    expect(page.get_by_role("row", name="Enter")).to_contain_text("2 914 000 → 1 000")
    axe(page)
    assert stored(budget) == before
    page.get_by_role("button", name="Läs in allt som visas här").click()
    expect(cell(page, "Enter")).to_have_value(write(1_000))
    expect(cell(page, "Enter", "Plan 2021")).to_have_value(write(2_000))
    expect(cell(page, "Funktionsnedsatta i arbete (FIA)")).to_have_value(write(3_000))
    expect(cell(page, "Enter")).to_be_focused()
    axe(page)
    page.keyboard.press("Control+z")
    expect(status(page)).to_have_text("Ångrat. 4 belopp står som förut.")
    expect(cell(page, "Enter")).to_have_value(write(2_914_000))
    assert stored(budget) == before
    page.keyboard.press("Control+y")
    expect(status(page)).to_have_text("Gjort om. 4 belopp står som förut.")
    expect(cell(page, "Enter")).to_have_value(write(1_000))
    page.keyboard.press("Control+z")
    expect(cell(page, "Enter")).to_have_value(write(2_914_000))
    page.keyboard.press("Control+Shift+Z")
    expect(cell(page, "Enter")).to_have_value(write(1_000))


def test_one_bad_cell_names_itself_and_nothing_can_be_done(editor, budget, axe):
    before = stored(budget)
    page = editor()
    field = cell(page, "Enter")
    paste(page, field, "1 000\t2 000\r\n3 000\t12,5\r\n")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Rad 2, Funktionsnedsatta i arbete (FIA), Plan 2021: ”12,5”")
    expect(page.get_by_role("button", name="Läs in allt som visas här")).to_have_count(0)
    axe(page)
    assert stored(budget) == before


def test_a_single_amount_is_the_fields_own(editor):
    page = editor()
    field = cell(page, "Enter")
    field.focus()
    assert paste(page, field, "950 000\r\n")
    assert "/las-in/" not in page.url


def test_a_changed_choice_must_be_shown_first(editor, budget):
    page = editor()
    paste(page, cell(page, "Enter"), "\tBudget 2020\nEnter\t1\nNy insats\t5\n")
    button = page.get_by_role("button", name="Läs in allt som visas här")
    expect(button).to_be_visible()
    page.get_by_label("Ny insats").select_option("+cost:structural")
    expect(button).to_be_hidden()
    page.get_by_role("button", name="Uppdatera förhandsvisningen").click()
    expect(page.get_by_text("1 rad läggs till")).to_be_visible()
    page.get_by_role("button", name="Läs in allt som visas här").click()
    expect(cell(page, "Ny insats")).to_have_value(write(5))
    page.get_by_role("button", name="Ångra min senaste ändring").click()
    expect(status(page)).to_contain_text("Raden Ny insats är borttagen.")
    expect(cell(page, "Enter")).to_have_value(write(2_914_000))
    assert not budget.lines.filter(label="Ny insats").exists()


def test_it_works_without_script_and_on_a_small_telephone(editor, budget, axe):
    page = editor(java_script_enabled=False, viewport=PHONE)
    page.get_by_role("link", name="Klistra in eller läs in en fil").click()
    page.get_by_label("Klistra in", exact=True).fill("\tBudget 2020\nEnter\t1\nOkänd\t5\n")
    page.get_by_role("button", name="Visa vad som ändras").click()
    page.get_by_label("Okänd").select_option("-")
    page.get_by_role("button", name="Uppdatera förhandsvisningen").click()
    page.get_by_role("button", name="Läs in allt som visas här").click()
    expect(cell(page, "Enter")).to_have_value(write(1))
    page.get_by_role("button", name="Ångra min senaste ändring").click()
    expect(cell(page, "Enter")).to_have_value(write(2_914_000))
    page.get_by_role("button", name="Gör om").click()
    expect(cell(page, "Enter")).to_have_value(write(1))


def test_the_pages_are_accessible_on_a_small_telephone_in_the_dark(editor, budget, axe):
    page = editor(viewport=PHONE, color_scheme="dark")
    page.get_by_role("link", name="Klistra in eller läs in en fil").click()
    axe(page)
    page.get_by_label("Klistra in", exact=True).fill("\tBudget 2020\nEnter\t1\nOkänd\t5\n")
    page.get_by_role("button", name="Visa vad som ändras").click()
    axe(page)
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide
    page.goto("/arbeta/budget/ny/")
    axe(page)


COPY_TABLE = """() => {
  const table = document.querySelector("[data-copy-table]");
  const range = document.createRange();
  range.setStart(table.rows[0], 0);
  range.setEnd(table.rows[table.rows.length - 1].lastElementChild, 0);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def copied(page):
    """Select the whole budget table, copy it by keyboard and return what came."""
    page.evaluate(COPY_TABLE)
    page.keyboard.press("Control+c")
    return page.evaluate("navigator.clipboard.readText()")


def test_our_own_tables_copied_and_pasted_change_nothing(editor, new_page, budget):
    clipboard = {"permissions": ["clipboard-read", "clipboard-write"]}
    page = editor(**clipboard)
    from_editor = copied(page)
    public = new_page(**clipboard)
    public.goto("/sodra-vatterbygden/budget/2020/")
    from_public = copied(public)
    for text in (from_editor, from_public):
        lines = text.split("\r\n")
        assert lines[0] == "Kronor\tBudget 2019\tPrognos 2019\tBudget 2020\tPlan 2021\tPlan 2022"
        assert "Habo kommun\t106400\t106400\t118400\t118400\t118400" in lines
        assert "Enter\t2750000\t2602800\t2914000\t2991000\t3086000" in lines
        page.goto(f"/arbeta/budget/{budget.pk}/las-in/")
        page.get_by_label("Klistra in", exact=True).fill(text)
        page.get_by_role("button", name="Visa vad som ändras").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Inget skulle ändras")
        expect(page.get_by_text("Bladets summor stämmer.")).to_be_visible()
