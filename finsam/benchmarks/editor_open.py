"""The editor of a large budget opened in Chromium: the time until one can type, beside the most."""

from finsam.benchmarks.cell import large_budget
from finsam.browsing import at_the_editor
from finsam.timing import Times

TITLE = "Budgetens tabell öppnas: tiden tills man kan skriva, bredvid det längsta vi vill ha"
GOAL = 1
POINT = "p50"
ROUNDS = 10
LONGEST = 0.8  # seconds


def measure(rounds, small=False):
    """Open it ``rounds`` times, each in a browser context of its own that has seen another page."""

    def act(visit):
        taken = []
        for _ in range(rounds):
            with visit() as page:
                taken.append(page.evaluate("performance.now()") / 1000)
                size = page.evaluate(
                    "[performance.getEntriesByType('navigation')[0].encodedBodySize,"
                    " document.getElementsByTagName('*').length]"
                )
        return taken, size

    taken, (sent, elements) = at_the_editor(large_budget(5 if small else 300), act)
    about = f"{rounds} gånger, {sent} byte html på tråden, {elements} element"
    return Times(about, ("högst", [LONGEST] * len(taken)), ("tills man kan skriva", taken))
