"""What was changed in a budget: each cell, the list, the file, and any two versions."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgets import grid
from budgets.history import history, versions
from budgets.history.history import ADDED, AMOUNT, CHANGED, LINE, REMOVED, Record
from budgets.models import Budget
from tests.budgets.test_editing import cell_of, save

START = datetime(2020, 1, 1, tzinfo=UTC)


def at(hours):
    return START + timedelta(hours=hours)


def amount(hour, deed, kronor, line=1, column=2, key=7, by=5):
    return Record(
        AMOUNT, key, at(hour), deed, by, {"line": line, "column": column, "kronor": kronor}
    )


def told(changes):
    return [(change.before, change.after) for change in changes]


def test_a_cell_tells_from_what_to_what_newest_first():
    records = [
        amount(1, ADDED, 10),
        amount(2, CHANGED, 20),
        amount(3, REMOVED, 20),
        amount(4, ADDED, 0, key=8),
        amount(5, CHANGED, 99, line=3, key=9),
    ]
    cell = history.of_cell(reversed(records), 1, 2)
    assert told(cell) == [(None, 0), (20, None), (10, 20), (None, 10)]
    assert {change.by for change in cell} == {5}


def test_an_amount_that_moved_left_one_cell_and_came_to_another():
    records = [amount(1, ADDED, 10), amount(2, CHANGED, 10, line=3)]
    assert told(history.of_cell(records, 1, 2)) == [(10, None), (None, 10)]
    assert told(history.of_cell(records, 3, 2)) == [(None, 10)]


def test_the_rows_stand_again_as_they_did():
    line = {"label": "Enter"}
    records = [
        Record(LINE, 1, at(1), ADDED, 5, line),
        amount(1, ADDED, 10),
        amount(2, CHANGED, 20),
        Record(LINE, 1, at(3), CHANGED, 5, {"label": "Enter 2"}),
        amount(4, REMOVED, 20),
        Record(LINE, 1, at(4), REMOVED, 5, {"label": "Enter 2"}),
        Record(LINE, 6, at(3), CHANGED, 5, {"label": "Före historiken"}),
    ]
    early = history.as_of(records, at(2))
    assert early[LINE] == {1: line, 6: {"label": "Före historiken"}}
    assert early[AMOUNT][7]["kronor"] == 20
    assert history.as_of(records, at(0))[AMOUNT] == {}
    now = history.as_of(records)
    assert now[AMOUNT] == {} and list(now[LINE]) == [6]
    labels = [c for c in history.changes(records) if c.field == "label"]
    assert told(labels) == [("Enter", "Enter 2")]


@pytest.fixture
def edited(draft, client_for):
    """The draft after three saves by two people, and with a line that is gone."""
    cell, line, column = cell_of(draft)
    save(client_for("chef-sodra"), draft, cell, "2 915 000", 2_914_000)
    save(client_for("redaktor-sodra"), draft, cell, "", 2_915_000)
    typed = draft.columns.get(kind="forecast")
    save(client_for("chef-sodra"), draft, grid.opening_cell(typed.pk), "5", 2_122_970)
    draft.lines.get(label="Hälsoskola").delete()
    draft.refresh_from_db()
    return draft


def test_what_was_loaded_is_where_the_history_begins(db):
    for budget in Budget.objects.with_table():
        known = versions.History(budget)
        assert known.at(known.versions[-1])[0] == budget.table()


def test_a_cell_s_page_and_its_part(client_for, edited):
    cell, line, column = cell_of(edited)
    address = f"/arbeta/budget/{edited.pk}/historik/{cell}/"
    for name in ("chef-sodra", "redaktor-sodra", "revisor-sodra"):
        page = client_for(name).get(address)
        assert page.status_code == 200
    rows = [(each.who, each.before, each.after) for each in page.context["changes"]]
    assert [(who, b.replace("\xa0", " "), a.replace("\xa0", " ")) for who, b, a in rows] == [
        ("redaktor-sodra", "2 915 000", "inget"),
        ("chef-sodra", "2 914 000", "2 915 000"),
        ("", "inget", "2 914 000"),
    ]
    part = client_for("chef-sodra").get(address, headers={"HX-Request": "true"})
    assert "<html" not in part.text and "Enter, Budget 2020" in part.text
    opening = grid.opening_cell(edited.columns.get(kind="forecast").pk)
    page = client_for("chef-sodra").get(f"/arbeta/budget/{edited.pk}/historik/{opening}/")
    assert page.context["changes"][0].after == "5"


def test_the_list_is_narrowed_and_shows_lines_that_are_gone(client_for, edited, redaktor_sodra):
    client = client_for("revisor-sodra")
    address = reverse("budget_history", args=[edited.pk])
    page = client.get(address)
    assert "raden borttagen" in page.text and "Hälsoskola, Budget 2020" in page.text
    assert [c.at for c in page.context["changes"]] == sorted(
        (c.at for c in page.context["changes"]), reverse=True
    )
    mine = client.get(address, {"vem": redaktor_sodra.pk})
    assert mine.context["number"] == 1
    line = edited.lines.get(label="Enter")
    assert client.get(address, {"rad": line.pk}).context["number"] == 2
    whole = client.get(address, {"rad": line.pk, "start": "on"}).context["number"]
    assert whole == 2 + 1 + 5  # the line itself and its five amounts
    odd = client.get(address, {"vem": "999999"})
    assert odd.context["number"] == 0 and "Välj i listan." in odd.text


def test_the_file_holds_the_same_and_no_formula(client_for, edited):
    edited.lines.filter(label="Kansli").first().delete()
    line = edited.lines.get(label="Styrelse")
    line.label = "=1+1"
    line.save()
    answer = client_for("chef-sodra").get(reverse("budget_history_file", args=[edited.pk]))
    text = answer.content.decode("utf-8-sig")
    assert text.splitlines()[0] == '"Tid";"Vem";"Rad";"Kolumn";"Vad";"Från";"Till"'
    assert '"chef-sodra";"Enter";"Budget 2020";"belopp";2914000;2915000' in text
    assert '"\'=1+1"' in text and '"=1+1"' not in text
    assert "Kansli" in text


def test_two_versions_side_by_side(client_for, edited):
    client = client_for("revisor-sodra")
    page = client.get(reverse("budget_versions", args=[edited.pk]), {"a": 1, "b": 2})
    found = page.context["found"]
    enter = next(each for each in found.cost if each.label == "Enter")
    assert (enter.a, enter.b, enter.kronor) == (2_914_000, 2_915_000, 1_000)
    assert (found.sums["cost"].a, found.sums["cost"].b) == (7_328_800, 7_329_800)
    assert page.context["chosen"].label == "Budget 2020"
    assert page.text.count("1 ändrad cell<") == 1
    assert page.text.count("bara uträknade belopp ändrade") == 2  # the plans open with its result
    # the last one has lost a line and an opening
    last = client.get(reverse("budget_versions", args=[edited.pk]), {"a": 1, "b": edited.version})
    gone = next(each for each in last.context["found"].cost if each.label == "Hälsoskola")
    assert (gone.a, gone.b) == (160_000, None)
    changed = {column.label: column.changed for column, _ in last.context["columns"]}
    assert changed["Prognos 2019"] == 2  # the opening and Hälsoskola
    odd = client.get(reverse("budget_versions", args=[edited.pk]), {"a": 77, "b": 1})
    assert odd.context["chosen"] is None and "Välj i listan." in odd.text


def test_a_draft_is_compared_with_the_adopted_edition_by_an_address(client_for, edited):
    client = client_for("chef-sodra")
    address = reverse("budget_versions", args=[edited.pk])
    page = client.get(address)
    assert page.context["form"].data["a"] == "utgava-1"
    changed = {column.label: column.changed for column, _ in page.context["columns"]}
    assert changed == {
        "Budget 2019": 1, "Prognos 2019": 2, "Budget 2020": 2, "Plan 2021": 1, "Plan 2022": 1,
    }  # fmt: skip
    sent = {"a": "utgava-1", "b": edited.version, "andrade": "on", "kolumn": "budget.2020"}
    found = client.get(address, sent).context["found"]
    assert (found.a.name, found.b.name) == ("Utgåva 1", f"Version {edited.version}")
    rows = [(each.label, each.a, each.b) for each in (*found.income, *found.cost)]
    assert rows == [("Enter", 2_914_000, None), ("Hälsoskola", 0, None)]
    assert found.sums["cost"].kronor == -2_914_000
    link = next(link for column, link in page.context["columns"] if column.label == "Plan 2021")
    there = client.get(f"{address}?{link}")
    assert there.context["chosen"].label == "Plan 2021" and f"?{link}" not in there.text
    unchanged = client.get(address, {"a": 1, "b": 1, "andrade": "on"})
    assert "Ingen rad är ändrad" in unchanged.text


def test_versions_are_grouped_by_day_and_person(client_for, edited):
    page = client_for("chef-sodra").get(reverse("budget_versions", args=[edited.pk]))
    editions, *groups = page.context["form"].fields["b"].choices
    assert editions == ("Andra utgåvor", [("utgava-1", "Utgåva 1, fastställd 2019-11-19")])
    people = [head.split(", ", 1)[1] for head, _ in groups if ", " in head]
    assert people == ["chef-sodra", "redaktor-sodra", "chef-sodra"]
    numbers = [int(number) for _, group in groups for number, _ in group]
    assert numbers == [edited.version, 4, 3, 2, 1]  # the line went with its amounts, row by row


def test_another_association_s_history_is_not_found(client_for, edited):
    cell, line, column = cell_of(edited)
    client = client_for("chef-hoglandet")
    for name in ("budget_history", "budget_history_file", "budget_versions", "budget_state"):
        assert client.get(reverse(name, args=[edited.pk])).status_code == 404
    place = reverse("budget_cell_history", args=[edited.pk, line.pk, column.pk])
    assert client.get(place).status_code == 404
    foreign = Budget.objects.get(association__slug="hoglandet").lines.first()
    other = reverse("budget_cell_history", args=[edited.pk, foreign.pk, column.pk])
    assert client_for("chef-sodra").get(other).status_code == 404


def test_the_board_reads_the_draft_but_not_its_history(client_for, edited):
    cell = cell_of(edited)[0]
    column = edited.columns.get(kind="forecast")
    pages = [reverse(name, args=[edited.pk]) for name in ("budget_edit", "budget_state")]
    past = [
        reverse(name, args=[edited.pk])
        for name in ("budget_history", "budget_history_file", "budget_versions")
    ]
    cells = [f"{past[0]}{each}/" for each in (cell, grid.opening_cell(column.pk))]
    board, auditor = client_for("styrelse-sodra"), client_for("revisor-sodra")
    assert [board.get(page).status_code for page in past + cells] == [403] * 5
    assert [auditor.get(page).status_code for page in past + cells] == [200] * 5
    for page in pages:
        shown, audited = board.get(page), auditor.get(page)
        assert shown.status_code == audited.status_code == 200
        for address in (past[0], past[2]):
            assert f'"{address}"' not in shown.text and f'"{address}"' in audited.text


def test_a_long_history_asks_no_more_queries(client_for, edited):
    client, counts = client_for("chef-sodra"), []
    cell = cell_of(edited, "Kansli")[0]
    for rounds in (1, 15):
        stood = 860_000
        for number in range(rounds):
            save(client, edited, cell, str(number + rounds), stood)
            stood = number + rounds
        save(client, edited, cell, "860 000", stood)
        for name in ("budget_history", "budget_versions"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse(name, args=[edited.pk])).status_code == 200
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
