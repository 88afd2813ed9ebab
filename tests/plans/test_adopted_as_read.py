"""What was changed while the form of the adoption stood open is not sealed, by whatever road."""

import threading

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse

from plans.models import Chapter, Plan
from tests.plans.test_adopting import DAY, DECISION, _file
from tests.roads import sql

pytestmark = pytest.mark.django_db


def by_the_admin(plan, client):
    chapter = plan.chapters.first()
    sent = {"plan": plan.pk, "position": chapter.position, "title": chapter.title, "body": "Ny."}
    address = reverse("admin:plans_chapter_change", args=[chapter.pk])
    assert client.post(address, sent).status_code == 302


def moved(plan, client):
    first, second = plan.chapters.all()[:2]
    sql("UPDATE plans_chapter SET position = 99 WHERE id = %s", first.pk)
    sql("UPDATE plans_chapter SET position = %s WHERE id = %s", first.position, second.pk)


ROADS = {
    "the admin": by_the_admin,
    "an update of many": lambda p, c: p.chapters.update(body="Ny."),
    "raw SQL": lambda p, c: sql("UPDATE plans_chapter SET title = 'x' WHERE plan_id = %s", p.pk),
    "chapters moved": moved,
    "a chapter gone": lambda p, c: p.chapters.last().delete(),
    "a new chapter": lambda p, c: p.chapters.create(position=98, title="Ny", body="Ny."),
    "the cover": lambda p, c: sql("UPDATE plans_plan SET vision = 'x' WHERE id = %s", p.pk),
}


@pytest.fixture
def ready(adopted):
    """The adopted plan's revision, ready to be adopted."""
    draft = Plan.objects.filter(replaces=adopted).first()
    draft.budget.propose(DAY.replace(month=2, day=1))
    draft.budget.adopt(DAY.replace(day=1), paragraph="13", dnr="2020:2")
    draft.propose(DAY.replace(month=2, day=1))
    return Plan.objects.get(pk=draft.pk)


@pytest.mark.parametrize("road", ROADS)
def test_what_changed_while_the_form_stood_open_is_not_adopted(client_for, ready, road):
    client, address = client_for("admin"), reverse("plan_adopt", args=[ready.pk])
    loaded = client.get(address).context["form"]["loaded"].value()
    ROADS[road](ready, client)
    answer = client.post(address, DECISION | {"loaded": loaded})
    assert answer.status_code == 422 and "Någon ändrade texten" in answer.text
    with pytest.raises(ValueError, match="Någon ändrade texten"):  # after the form was checked
        Plan.objects.get(pk=ready.pk).adopt(DAY, "14", dnr="1", pdf_of=_file, seen=loaded)
    assert not Plan.objects.get(pk=ready.pk).is_adopted


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_a_new_chapter_and_an_adoption_wait_for_each_other(ready):
    told = []

    def write():
        try:
            Chapter.objects.create(plan=ready, position=97, title="Ny", body="Ny.")
        except IntegrityError as error:
            told.append(str(error))
        finally:
            connection.close()

    writer, read = threading.Thread(target=write), Plan._decided

    def slow(self, *decision):
        found = read(self, *decision)
        if connection.in_atomic_block and not writer.ident:  # what is sealed is read
            writer.start()
            writer.join(0.3)  # until it waits
        return found

    Plan._decided = slow
    try:
        Plan.objects.get(pk=ready.pk).adopt(DAY, "14", dnr="1", pdf_of=_file)
    finally:
        Plan._decided = read
    writer.join()
    assert len(told) == 1 and "fastställt" in told[0]
    assert not Chapter.objects.filter(plan=ready, position=97).exists()
