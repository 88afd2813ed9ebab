"""What the browser does anew for a key and for an answer, however large the budget's table is."""

from playwright.sync_api import expect

from tests.browser.table import SAVED, cell, status

A_FEW = 80  # elements; the page has more than seven hundred


def traced(page, act):
    """Return Chromium's events (name → their arguments) of what ``act`` makes it do."""
    cdp = page.context.browser.new_browser_cdp_session()
    events, done = [], []
    cdp.on("Tracing.dataCollected", lambda found: events.extend(found["value"]))
    cdp.on("Tracing.tracingComplete", lambda found: done.append(found))
    cdp.send("Tracing.start", {"categories": "devtools.timeline", "transferMode": "ReportEvents"})
    act()
    cdp.send("Tracing.end")
    while not done:
        page.wait_for_timeout(20)
    cdp.detach()
    return events


def test_neither_a_key_nor_an_answer_styles_the_table_anew(editor):
    page = editor()
    assert page.evaluate("document.getElementsByTagName('*').length") > 8 * A_FEW
    cell(page, "Enter").focus()
    page.evaluate("new Promise(requestAnimationFrame)")

    def write():
        page.keyboard.type("2915000")
        page.keyboard.press("Enter")
        expect(status(page)).to_have_text(SAVED)
        page.keyboard.press("ArrowRight")
        page.evaluate("new Promise(requestAnimationFrame)")

    styled = [each for each in traced(page, write) if each["name"] == "UpdateLayoutTree"]
    counts = [each["args"]["elementCount"] for each in styled if "elementCount" in each["args"]]
    assert counts, "Chromium told of no styles"
    assert max(counts) <= A_FEW
