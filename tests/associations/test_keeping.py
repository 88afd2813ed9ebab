"""What has happened stays: records take inserts only, and those who made them are closed."""

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from associations import keeping
from associations.models import Access, User
from associations.recording import histories
from budgets.models import Amount
from finsam import triggers
from interventions.models import AlternativeName, Attachment, Contact, Link
from tests.budgets.test_counting import amount_of, by_the_admin
from tests.budgets.test_editing import cell_of, save
from tests.factories import InterventionFactory
from tests.roads import sql

pytestmark = pytest.mark.django_db

WITHOUT_HISTORY = {
    "associations.User",  # whose rows stay, once they have made a record
    "budgets.ImportMemory",  # a convenience, which no fact follows from
    "finsam.FormSent",  # a mark that a form was sent, kept for a time
    "finsam.SearchEntry",  # follows from other rows
    "interventions.HeadMemory",
    "plans.SealedFile",  # never changes
}


def refused(statement, *values):
    with pytest.raises(IntegrityError, match="Historiken ändras aldrig"), transaction.atomic():
        sql(statement, *values)


def test_every_table_of_the_history_takes_inserts_only(client_for, admin, draft):
    client = client_for("admin")
    save(client, draft, cell_of(draft)[0], "5", 2_914_000)
    by_the_admin(draft, client)
    tables = keeping.tables()
    assert len(tables) > 35 and LogEntry._meta.db_table in tables
    assert len(triggers.standing(connection, keeping)) == 2 * len(tables)
    table = Amount.history.model._meta.db_table
    pk = amount_of(draft).history.first().history_id
    for changed in (
        "history_user_id = NULL",
        "kronor = 1",
        "save_id = NULL",
        "history_date = NULL",
    ):
        refused(f"UPDATE {table} SET {changed} WHERE history_id = %s", pk)
    refused(f"DELETE FROM {table} WHERE history_id = %s", pk)
    refused("DELETE FROM django_admin_log")
    if connection.vendor == "postgresql":
        refused("TRUNCATE plans_historicalchapter")
    else:
        columns = f"SELECT * FROM {table} WHERE history_id = %s"
        refused(f"INSERT OR REPLACE INTO {table} {columns}", pk)
    for way in (lambda rows: rows.delete(), lambda rows: rows.update(kronor=1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            way(Amount.history.filter(history_id=pk))


def test_an_account_with_a_history_is_closed_and_its_name_stays(client_for, draft, chef_sodra):
    chef_sodra.first_name, chef_sodra.last_name = "Anna", "Ek"
    chef_sodra.save()
    client, admin = client_for("chef-sodra"), client_for("admin")
    save(client, draft, cell_of(draft)[0], "5", 2_914_000)
    address = reverse("admin:associations_user_delete", args=[chef_sodra.pk])
    for answer in (
        admin.get(address, follow=True),
        admin.post(address, {"post": "yes"}, follow=True),
    ):
        assert "Anna Ek har gjort något som står i historiken" in answer.text
        assert "Stäng det i stället" in answer.text
    chosen = {"action": "delete_selected", "_selected_action": [chef_sodra.pk], "post": "yes"}
    answer = admin.post(reverse("admin:associations_user_changelist"), chosen)
    assert "Stäng det i stället" in answer.text
    for road in (chef_sodra.delete, User.objects.filter(pk=chef_sodra.pk).delete):
        with pytest.raises(ProtectedError), transaction.atomic():
            road()
    chef_sodra.is_active = False
    chef_sodra.save()
    assert client.get(reverse("work")).status_code == 302  # logged out at once
    page = admin.get(reverse("budget_history", args=[draft.pk])).text
    assert "Anna Ek" in page


def test_an_account_whose_only_trace_is_in_the_admins_log_stays(client_for, admin):
    LogEntry.objects.log_actions(admin.pk, [admin], 2, "x", single_object=True)
    other = User.objects.create_user("ny", password=None)
    LogEntry.objects.log_actions(other.pk, [admin], 2, "x", single_object=True)
    assert other.missing_to_delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        other.delete()


def test_an_account_without_a_history_is_deleted(client_for):
    new = User.objects.create_user("ny", password=None)
    address = reverse("admin:associations_user_delete", args=[new.pk])
    assert client_for("admin").post(address, {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=new.pk).exists()


def test_names_contacts_links_files_and_access_leave_a_record_when_they_go(chef_sodra):
    own = {"intervention": InterventionFactory(lead=chef_sodra.associations.first())}
    parts = [
        AlternativeName.objects.create(**own, name="Gamla namnet"),
        Contact.objects.create(**own, function="Samordnare"),
        Link.objects.create(**own, title="Film", url="https://example.org/"),
        Attachment.objects.create(**own, title="Folder", file="insatser/folder.pdf"),
        Access.objects.filter(user=chef_sodra).first(),
    ]
    for part in parts:
        key, name = part.pk, str(part)
        part.delete()
        gone = type(part).history.filter(id=key).latest()
        assert gone.history_type == "-" and str(gone.instance) == name


def test_every_row_of_ours_has_a_history_or_a_reason():
    rooms = {"associations", "meetings", "interventions", "budgets", "plans", "finsam"}
    own = [each for each in apps.get_models() if each._meta.app_label in rooms]
    bare = {
        each._meta.label for each in own if not hasattr(each, "history") and each not in histories()
    }
    assert bare <= WITHOUT_HISTORY
