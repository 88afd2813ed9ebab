"""A deed is known by its save, not by the clock: what undo takes back is one deed of the editor."""

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from associations.recording import current_save, histories, one_save
from budgets.models import Amount, Budget
from tests.budgets.test_counting import amount_of, by_the_admin, by_the_admins_budget
from tests.budgets.test_editing import cell_of, save
from tests.budgets.test_undoing import DEEDS, said, undo, whole

pytestmark = pytest.mark.django_db
NOTHING = "Det finns ingen egen ändring att ångra."


@pytest.fixture
def same_time(monkeypatch):
    """All that is written has one and the same time."""
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)


def a_new_one(client, draft):
    codes = list(client.get(reverse("budget_start")).context["form"].fields["columns"].choices)
    sent = {"association": draft.association_id, "year": 2033, "members": "on"}
    sent["columns"] = [code for code, _ in codes]
    assert client.post(reverse("budget_start"), sent).status_code == 302
    return Budget.objects.get(association=draft.association, year=2033)


def next_years(client, draft):
    client.post(reverse("budget_roll_forward", args=[draft.pk]))
    return Budget.objects.get(association=draft.association, year=draft.year + 1)


@pytest.mark.parametrize("made", [a_new_one, next_years])
def test_the_making_of_a_budget_is_never_taken_back(client_for, draft, same_time, made):
    client = client_for("chef-sodra")
    budget = made(client, draft)
    assert said(undo(client, budget)).startswith(NOTHING)
    before = whole(budget)
    line, column = budget.lines.first(), budget.columns.last()
    stored = Amount.objects.filter(line=line, column=column).first()
    cell = f"cell-{line.pk}-{column.pk}"
    save(client, budget, cell, "1 234", stored and stored.kronor)
    assert whole(budget) != before
    assert "Ångrat. 1 belopp står som förut" in said(undo(client, budget))
    assert whole(budget) == before
    assert said(undo(client, budget)).startswith(NOTHING)
    assert whole(budget) == before


@pytest.mark.parametrize("change", [by_the_admin, by_the_admins_budget])
def test_what_the_admin_wrote_is_not_taken_back_by_the_editor(
    client_for, admin, draft, same_time, change
):
    client = client_for("admin")
    client.user = admin
    kansli = cell_of(draft, "Kansli")[0]
    save(client, draft, kansli, "5", 860_000)
    change(draft, client)
    after = amount_of(draft).kronor, Budget.objects.get(pk=draft.pk).comment
    assert said(undo(client, draft)) == "Ångrat. 1 belopp står som förut: 860 000."
    assert (amount_of(draft).kronor, Budget.objects.get(pk=draft.pk).comment) == after
    assert said(undo(client, draft)).startswith(NOTHING)


def test_an_amount_that_the_admin_changed_after_the_editor_is_in_the_way(client_for, admin, draft):
    client = client_for("admin")
    client.user = admin
    save(client, draft, cell_of(draft)[0], "5", 2_914_000)
    by_the_admin(draft, client)
    assert said(undo(client, draft)) == "admin har skrivit där sedan dess. Inget ångrades."
    assert amount_of(draft).kronor == 2_999_000


@pytest.mark.parametrize("deed", DEEDS)
def test_all_that_a_deed_wrote_has_one_save_and_nothing_else_has_it(client_for, draft, deed):
    client = client_for("chef-sodra")
    save(client, draft, cell_of(draft, "Kansli")[0], "5", 860_000)
    last = {m: newest(m) for m in histories()}
    DEEDS[deed](client, draft)
    written = [each for m in histories() for each in m.objects.filter(history_id__gt=last[m])]
    assert len({each.save_id for each in written}) == 1
    own = written[0].save_id
    assert own and sum(m.objects.filter(save_id=own).count() for m in histories()) == len(written)


def newest(model):
    return model.objects.order_by("-history_id").values_list("history_id", flat=True).first() or 0


def test_a_save_within_another_joins_it_and_alone_has_an_id_of_its_own():
    with one_save():
        first = current_save()
        with one_save():
            assert current_save() == first
    assert len({first, current_save(), current_save()}) == 3


def test_every_history_knows_its_saves():
    kept = [model for model in apps.get_models() if hasattr(model, "history_id")]
    assert len(kept) > 30 and kept == histories()
