"""What the editor writes by its own SQL is what the model and its history would have written."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from budgets import audited
from budgets.models import Amount, Budget, BudgetColumn
from tests.factories import BudgetFactory

pytestmark = pytest.mark.django_db

APART = ("history_id", "history_date", "save_id")


def last_record(row):
    """Return the values of the latest record of ``row``, but its number and its second."""
    record = row.history.first()
    return {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if field.name not in APART
    }


@pytest.mark.parametrize(
    ("model", "name", "value", "back"),
    [(Amount, "kronor", -5, 7), (Budget, "comment", "a", "b"), (BudgetColumn, "opening", None, 3)],
)
def test_the_record_is_the_one_that_the_history_makes(client_for, model, name, value, back):
    budget = BudgetFactory()
    line = budget.lines.create(section="income", position=1, label="Rad")
    column = budget.columns.create(position=9, year=2031, kind="plan", opening=1)
    rows = {Amount: line.amounts.create(column=column, kronor=1), Budget: budget}
    row = rows.get(model, column)
    row._change_reason = "Därför"
    records = []
    for save in (lambda: audited.save(row, name), lambda: row.save(update_fields=[name])):
        setattr(row, name, back)
        row.save(update_fields=[name])
        before = row.history.count()
        setattr(row, name, value)
        save()
        assert getattr(model.objects.get(pk=row.pk), name) == value
        assert row.history.count() == before + 1
        records.append(last_record(row))
    assert records[0] == records[1]
    assert records[0][name] == value and records[0]["history_change_reason"] == "Därför"
    assert row.history.first().history_date >= row.history.all()[1].history_date


def test_a_saved_cell_and_its_version_are_recorded_by_name(client_for, chef_sodra):
    amount = Amount.objects.filter(line__budget__adopted_on=None).first()
    budget = amount.line.budget
    data = {"cell": f"cell-{amount.line_id}-{amount.column_id}", "typed": "77"}
    data["was"] = amount.kronor
    client = client_for("chef-sodra")
    assert client.post(reverse("budget_cell", args=[budget.pk]), data)["Cell-State"] == "saved"
    budget.refresh_from_db()
    record, version = amount.history.first(), budget.history.first()
    assert record.kronor == 77 and version.version == budget.version
    assert record.history_user == version.history_user == chef_sodra


def test_a_row_that_is_gone_or_sealed_is_not_recorded(portal_data):
    adopted = Amount.objects.filter(line__budget__adopted_on__isnull=False).first()
    before = Amount.history.count()
    with pytest.raises(DatabaseError), transaction.atomic():
        adopted.kronor += 1
        audited.save(adopted, "kronor")
    with pytest.raises(Amount.DoesNotExist):
        audited.save(Amount(pk=adopted.pk + 10**6, kronor=1), "kronor")
    assert Amount.history.count() == before
