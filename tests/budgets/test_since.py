"""What others changed since a version, findings at a save, and the table's other views."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgets import grid
from budgets.editor import desk
from budgets.models import Budget
from interventions.models import Financing, Intervention
from tests.budgets.test_editing import cell_of, large_budget, save, sums_in
from tests.budgets.test_undoing import redo, undo

pytestmark = pytest.mark.django_db


def since(client, draft, version):
    return client.get(reverse("budget_since", args=[draft.pk, version]))


def test_nothing_new_is_nothing_said(client_for, draft):
    version = Budget.objects.get(pk=draft.pk).version
    client = client_for("chef-sodra")
    with CaptureQueriesContext(connection) as queries:
        answer = since(client, draft, version)
    assert (answer.status_code, answer.content) == (204, b"")
    assert len(queries) == 3  # the session, the user, the budget


def test_what_another_wrote_comes_with_name_and_sums(client_for, draft):
    version = Budget.objects.get(pk=draft.pk).version
    cell, line, column = cell_of(draft)
    save(client_for("redaktor-sodra"), draft, cell, "2 900 000", 2_914_000)
    answer = since(client_for("chef-sodra"), draft, version)
    assert int(answer["Budget-Version"]) == version + 1
    assert f'id="after-{cell}"' in answer.text
    assert answer.text.count('data-state="theirs"') == 1
    assert 'data-was="2900000"' in answer.text
    assert "redaktor-sodra kl." in answer.text
    assert sums_in(answer)[f"sum-cost-{column.pk}"] == "7 314 800"


def test_a_changed_line_gives_the_table_another_shape(client_for, draft):
    client = client_for("chef-sodra")
    page = client.get(reverse("budget_edit", args=[draft.pk]))
    shape = re.search(r'data-shape="(\w+)"', page.text)[1]
    save(client, draft, cell_of(draft)[0], "1", 2_914_000)
    assert since(client, draft, 0)["Budget-Shape"] == ""
    version = Budget.objects.get(pk=draft.pk).version
    assert since(client, draft, version - 1)["Budget-Shape"] == shape
    client.post(reverse("budget_line", args=[draft.pk, cell_of(draft)[1].pk]), {"move": "down"})
    assert since(client, draft, version)["Budget-Shape"] not in ("", shape)


@pytest.mark.parametrize("username", ["chef-hoglandet", "visitor", "styrelse-sodra"])
def test_others_may_not(client_for, visitor, draft, username):
    save(client_for("chef-sodra"), draft, cell_of(draft)[0], "1", 2_914_000)
    client = visitor if username == "visitor" else client_for(username)
    expected = {"chef-hoglandet": 404, "visitor": 401, "styrelse-sodra": 302}[username]
    for deed in (undo, redo):
        assert deed(client, draft).status_code == expected
    assert cell_of(draft)[1].amounts.get(column__kind="budget", column__year=2020).kronor == 1
    seen = {"chef-hoglandet": 404, "visitor": 302, "styrelse-sodra": 200}[username]
    assert since(client, draft, 1).status_code == seen


def test_a_finding_comes_with_the_save_and_goes_when_the_cell_is_right(client_for, draft):
    client = client_for("chef-sodra")
    cell = cell_of(draft)[0]
    found = f'data-place="{cell}"'
    assert found in save(client, draft, cell, "-5", 2_914_000).text
    page = client.get(reverse("budget_edit", args=[draft.pk])).text
    number = re.search(rf'id="(fynd-\d+)" data-place="{cell}"', page)[1]
    assert f'aria-describedby="{number}"' in page
    assert found not in save(client, draft, cell, "2914000", -5).text


def test_a_save_with_shared_interventions_asks_at_most_twelve_queries(client_for, chef_sodra):
    budget = large_budget(60)
    chef_sodra.associations.add(budget.association)
    column = budget.columns.first()
    lines, interventions = budget.lines.filter(section="cost"), Intervention.objects.all()
    for line, intervention in zip(lines, interventions, strict=False):
        line.intervention = intervention
        line.save()
        Financing.objects.filter(intervention=intervention, year=column.year).delete()
        for payer in (budget.association, chef_sodra.associations.first()):
            Financing.objects.get_or_create(
                intervention=intervention,
                association=payer,
                year=column.year,
                defaults={"granted": 1},
            )
    cell = cell_of(budget, "Rad 7")[0]
    client = client_for("chef-sodra")
    save(client, budget, cell, "8", 7)
    with CaptureQueriesContext(connection) as queries:
        answer = save(client, budget, cell, "9", 8)
    assert answer["Cell-State"] == "saved"
    assert len(queries) <= 12, "\n".join(query["sql"][:120] for query in queries)


@pytest.mark.parametrize(
    "username", ["chef-sodra", "redaktor-sodra", "styrelse-sodra", "revisor-sodra", "admin"]
)
def test_the_lock_asks_for_the_same_permission_as_the_rest(client_for, draft, username):
    user = client_for(username).get("/arbeta/").wsgi_request.user
    _, refusal = desk.lock(draft.pk, user)
    assert (refusal is None) == user.has_perm("budgets.change_budget")


def view(client, draft, **choice):
    return client.get(reverse("budget_edit", args=[draft.pk]), choice)


def test_any_two_columns_are_compared_and_a_save_answers_with_the_deviation(client_for, draft):
    client = client_for("chef-sodra")
    a, b = draft.columns.get(year=2019, kind="budget"), draft.columns.get(year=2020)
    page = view(client, draft, mot=a.pk, avvikelse=b.pk)
    line = draft.lines.get(label="IPS i psykosvården")
    text = page.text.replace("\u00a0", " ")
    assert f'id="avvikelse-kr-{line.pk}">−480 000' in text
    assert f'id="avvikelse-procent-{line.pk}">−100,0 %' in text
    new = draft.lines.get(label="Tillgängligt nya projekt")  # 0 the year before: no per cent
    assert re.search(rf'id="avvikelse-procent-{new.pk}"><span[^>]*>–|>–', text)
    address = reverse("budget_cell", args=[draft.pk])
    cell = grid.line_cell(line.pk, b.pk)
    data = {"cell": cell, "typed": "120000", "was": "0"}
    answer = client.post(f"{address}?mot={a.pk}&avvikelse={b.pk}", data)
    answered = answer.text.replace("\u00a0", " ")
    assert f'id="avvikelse-kr-{line.pk}">−360 000' in answered


def test_granted_stands_beside_budgeted(client_for, draft):
    page = view(client_for("chef-sodra"), draft, beviljat="on")
    line = draft.lines.get(label="IT-spåret")
    text = page.text.replace("\u00a0", " ")
    assert f'id="beviljat-{line.pk}">400 000' in text
    assert f'id="avdrag-kr-{line.pk}">−44 000' in text
    assert f'id="avdrag-procent-{line.pk}">−11,0 %' in text


def test_costs_are_grouped_and_the_groups_make_the_whole(client_for, draft):
    page = view(client_for("chef-sodra"), draft, grupp="on")
    column = draft.columns.get(year=2020)
    kinds = "individual|structural|competence|administration"
    found = re.findall(rf'id="sum-(?:{kinds})-{column.pk}">([^<]*)', page.text)
    numbers = [int(re.sub(r"\D", "", text)) for text in found]
    assert len(numbers) >= 3
    assert sum(numbers) == 7_328_800


def test_thousands_are_for_reading_only(client_for, draft):
    page = view(client_for("chef-sodra"), draft, enhet="tkr")
    assert "data-cell" not in page.text
    assert "2 914<" in page.text.replace("\u00a0", " ")


def test_a_choice_that_says_nothing_is_refused_in_words(client_for, draft):
    column = draft.columns.first()
    page = view(client_for("chef-sodra"), draft, mot=column.pk, avvikelse=column.pk)
    assert "Välj två olika kolumner." in page.text
    assert "Tabellen kan inte visas så." in page.text and "Inget är sparat" not in page.text


def test_a_shared_view_of_a_column_that_is_gone_says_so(client_for, draft):
    page = view(client_for("chef-sodra"), draft, mot=draft.columns.first().pk, avvikelse=0)
    assert "Den kolumnen finns inte längre. Välj en i listan." in page.text
