"""Whoever writes in a budget counts its version up: screens, files, the ORM and raw SQL alike."""

import pytest
from django.core import serializers
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from tablib import Dataset

from budgets import counting
from budgets.models import Amount, Budget, BudgetColumn, BudgetLine
from budgets.resources import AmountResource
from finsam import triggers
from tests.budgets.test_editing import cell_of, save
from tests.budgets.test_states import EARLIER, decision, post
from tests.budgets.test_undoing import DEEDS
from tests.roads import sql

pytestmark = pytest.mark.django_db


def amount_of(draft):
    return Amount.objects.get(line=draft.lines.get(label="Enter"), column__year=2020)


def by_the_admin(draft, admin_client):
    amount = amount_of(draft)
    sent = {"line": amount.line_id, "column": amount.column_id, "kronor": "2 999 000"}
    address = reverse("admin:budgets_amount_change", args=[amount.pk])
    assert admin_client.post(address, sent).status_code == 302


def by_the_admins_budget(draft, admin_client):
    page = admin_client.get(reverse("admin:budgets_budget_change", args=[draft.pk]))
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    shown = {each.add_prefix(n): each[n].value() for each in forms for n in each.fields}
    sent = {name: "" if value is None else value for name, value in shown.items()}
    sent["comment"] = "Ny"
    answer = admin_client.post(reverse("admin:budgets_budget_change", args=[draft.pk]), sent)
    assert answer.status_code == 302, answer.context["errors"]


def by_a_file(draft, admin_client):
    resource = AmountResource()
    resource.user = admin_client.user
    amount = amount_of(draft)
    rows = Dataset((str(amount.pk), "1"), headers=["id", "belopp (kronor)"])
    assert not resource.import_data(rows).has_errors()


def by_a_fixture(draft, admin_client):
    amount = amount_of(draft)
    amount.kronor = 3
    for loaded in serializers.deserialize("json", serializers.serialize("json", [amount])):
        loaded.save()


ROADS = {
    "the admin": by_the_admin,
    "the admin's budget": by_the_admins_budget,
    "a file in the admin": by_a_file,
    "a fixture": by_a_fixture,
    "an update of many": lambda d, c: Amount.objects.filter(line__budget=d).update(kronor=1),
    "a bulk update": lambda d, c: Amount.objects.bulk_update([amount_of(d)], ["kronor"]),
    "a bulk insert": lambda d, c: Amount.objects.bulk_create(
        [
            Amount(line=d.lines.get(label="Enter"), column=column, kronor=1)
            for column in [d.columns.create(position=9, year=2040, kind="plan")]
        ]
    ),
    "an amount gone": lambda d, c: Amount.objects.filter(pk=amount_of(d).pk).delete(),
    "raw SQL": lambda d, c: sql(
        "UPDATE budgets_amount SET kronor = kronor + 1 WHERE id = %s", amount_of(d).pk
    ),
    "raw SQL on a line": lambda d, c: sql(
        "UPDATE budgets_budgetline SET note = 'x' WHERE budget_id = %s", d.pk
    ),
    "raw SQL on a column": lambda d, c: sql(
        "UPDATE budgets_budgetcolumn SET position = position + 1 WHERE budget_id = %s", d.pk
    ),
    "raw SQL on the budget": lambda d, c: sql(
        "UPDATE budgets_budget SET comment = 'x' WHERE id = %s", d.pk
    ),
    "a version written back": lambda d, c: sql(
        "UPDATE budgets_budget SET version = 0 WHERE id = %s", d.pk
    ),
    "a budget read earlier": lambda d, c: Budget.objects.get(pk=d.pk).save(),
} | {f"the editor: {name}": lambda d, c, do=do: do(c, d) for name, do in DEEDS.items()}


@pytest.fixture
def admin_client(client_for, admin):
    client = client_for("admin")
    client.user = admin
    return client


@pytest.mark.parametrize("road", ROADS)
def test_what_changed_while_the_form_stood_open_is_not_adopted(admin_client, draft, road):
    draft.propose(EARLIER)
    sent = decision(draft)
    stored = Budget.objects.get(pk=draft.pk).version
    ROADS[road](draft, admin_client)
    draft.refresh_from_db()
    assert draft.version > stored and not draft.is_adopted
    answer = post(admin_client, "budget_adopt", draft, **sent)
    assert answer.status_code == 422
    assert "Någon ändrade budgeten" in answer.text or answer.context["missing"]
    draft.refresh_from_db()
    assert not draft.is_adopted


def test_what_changed_after_the_form_was_checked_is_not_adopted_either(draft):
    draft.propose(EARLIER)
    seen = Budget.objects.get(pk=draft.pk).version
    sql("UPDATE budgets_amount SET kronor = 1 WHERE id = %s", amount_of(draft).pk)
    with pytest.raises(ValueError, match="Någon ändrade budgeten"):
        draft.adopt(EARLIER, "62", None, "dnr 1", seen=seen)
    draft.adopt(EARLIER, "62", None, "dnr 1", seen=Budget.objects.get(pk=draft.pk).version)
    assert draft.is_adopted


def test_a_whole_save_records_the_version_that_it_made(draft):
    old = Budget.objects.get(pk=draft.pk)
    sql("UPDATE budgets_amount SET kronor = 1 WHERE id = %s", amount_of(draft).pk)
    old.comment = "x"
    old.save()
    draft.refresh_from_db()
    assert old.version == draft.version == draft.history.first().version


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_of_the_editor_counts_once_however_many_rows_it_writes(client_for, draft, deed):
    version = Budget.objects.get(pk=draft.pk).version
    DEEDS[deed](client_for("chef-sodra"), draft)
    assert Budget.objects.get(pk=draft.pk).version == version + 1
    sql("UPDATE budgets_amount SET kronor = 1 WHERE id = %s", Amount.objects.filter(
        line__budget=draft).first().pk)  # fmt: skip
    assert Budget.objects.get(pk=draft.pk).version == version + 2  # and then others count again


def test_what_is_refused_or_unchanged_counts_nothing(client_for, draft):
    client, cell = client_for("chef-sodra"), cell_of(draft)[0]
    version = Budget.objects.get(pk=draft.pk).version
    save(client, draft, cell, "2 914 000", 2_914_000)
    save(client, draft, cell, "1.000", 2_914_000)
    client.post(reverse("budget_undo", args=[draft.pk]))
    assert Budget.objects.get(pk=draft.pk).version == version


def test_a_colleague_sees_what_left_no_record(client_for, draft):
    client = client_for("chef-sodra")
    version = Budget.objects.get(pk=draft.pk).version
    sql("UPDATE budgets_amount SET kronor = 1 WHERE id = %s", amount_of(draft).pk)
    answer = client.get(reverse("budget_since", args=[draft.pk, version]))
    assert answer["Budget-Shape"] == ""  # the page is to be read again


def test_the_admins_version_is_the_newest_in_the_list(admin_client, draft):
    by_the_admin(draft, admin_client)
    draft.refresh_from_db()
    page = admin_client.get(reverse("budget_versions", args=[draft.pk]), {"b": draft.version})
    assert str(draft.version) in str(page.context["form"].fields["b"].choices)


def test_every_trigger_stands(db):
    tables = [BudgetColumn, BudgetLine, Amount]
    events = ["insert", "update", "delete"]
    events += ["truncate"] if connection.vendor == "postgresql" else []
    wanted = {f"counted_{each._meta.db_table}_{event}" for each in tables for event in events}
    standing = triggers.standing(connection, counting)
    assert set(standing) == wanted | {"counted_budgets_budget_update"}


def test_nothing_is_counted_of_what_was_refused(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        sql("UPDATE budgets_amount SET kronor = 9999999999999 WHERE id = %s", amount_of(draft).pk)
    assert Budget.objects.get(pk=draft.pk).version == draft.version
