"""The editor of a large budget: what goes over the wire, and what the browser has to hold."""

from collections import Counter
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from finsam.benchmarks.cell import large_budget

pytestmark = pytest.mark.django_db

ON_THE_WIRE = 60_000  # bytes at most, 300 lines × 5 columns
IN_A_CELL = 2  # elements: the cell and its field


class Elements(HTMLParser):
    """Counts the elements of a page."""

    def __init__(self, page):
        super().__init__()
        self.found = Counter()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found[tag] += 1


def test_a_large_table_is_small_on_the_wire_and_lean_in_the_browser(client_for):
    client = client_for("chef-sodra")
    address = reverse("budget_edit", args=[large_budget(300).pk])
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert answer["Cache-Control"] == "private, no-store"
    assert len(answer.content) <= ON_THE_WIRE
    found = Elements(client.get(address).text).found
    assert found["input"] >= 1500
    rest = found.total() - IN_A_CELL * found["input"]
    assert rest <= 3 * 300 + 600  # a row, its head and its link; and all the rest of the page
