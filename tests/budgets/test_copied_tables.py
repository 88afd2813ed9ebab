"""Our own tables, copied and pasted, are read as what they are."""

from pathlib import Path

import pytest

from tests.budgets.test_import_page import budget, show

__all__ = ["budget"]  # a fixture

pytestmark = pytest.mark.django_db

COPIED = Path(__file__).with_name("copied_public_table.txt").read_text()


def test_the_public_table_pasted_as_a_browser_copies_it_changes_nothing(chef, budget):
    """With the hidden words of notes and decisions, shares of what it goes to and who pays."""
    for text in (COPIED, COPIED.replace("\n", "\r\n")):
        answer = show(chef, budget, text, unit="", add_missing="on")
        found = answer.context["preview"]
        assert not found.problems and not found.asked
        assert not found.changes and not found.new_rows and not found.new_columns
        assert found.unchanged == 112  # 22 lines in five columns, and two openings that are typed
        assert not found.sums.differences and found.sums.sums >= 5
        assert "Bladets summor stämmer" in answer.text and "Inget skulle ändras" in answer.text
