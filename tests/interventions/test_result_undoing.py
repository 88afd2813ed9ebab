"""A reading in of results is taken back whole by who did it, while nobody has touched it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.intake.undoing import TAKEN_BACK, done_by
from interventions.models import Result
from tests.factories import InterventionFactory, ResultFactory
from tests.interventions.test_result_import import HEADS, save, send

pytestmark = pytest.mark.django_db

ROWS = "provet;deltagare;2019;37;34;;\nprovet;Fick arbete;2019;9;10;25;avslutade\n"


@pytest.fixture
def stored(chef_sodra):
    own = chef_sodra.associations.first()
    intervention = InterventionFactory(lead=own, slug="provet", name="Provet")
    return ResultFactory(intervention=intervention, measure="Deltagare", women=36, men=34)


@pytest.fixture
def chef(client_for):
    return client_for("chef-sodra")


def read_in(client, rows=ROWS):
    """Read a sheet in, and return the address where it is taken back."""
    before = save(client, send(client, f"{HEADS}\n{rows}"))
    page = client.get(before["Location"]).content.decode()
    start = page.index('<a href="/arbeta/insatser/resultat/las-in/') + len('<a href="')
    return page[start : page.index('"', start)]


def numbers():
    return sorted(Result.objects.values_list("pk", "measure", "women", "men", "base", "base_count"))


def test_all_of_it_goes_and_what_stood_before_stands_again(chef, chef_sodra, stored):
    before = numbers()
    address = read_in(chef)
    assert len(numbers()) == len(before) + 1
    assert address in chef.get(reverse("results_import")).content.decode()
    page = chef.get(address).content.decode()
    assert "37 → <strong>36</strong>" in page and "Tas bort" in page
    told = chef.post(address, follow=True).content.decode()
    assert "Borttagna resultat: 1. Återställda: 1." in told and "Borttagen." in told
    assert numbers() == before
    reasons = Result.history.filter(history_change_reason=TAKEN_BACK)
    assert sorted(reasons.values_list("history_type", "history_user__username")) == [
        ("-", "chef-sodra"), ("~", "chef-sodra"),
    ]  # fmt: skip
    again = chef.post(address, follow=True).content.decode()
    assert "Inget är ändrat. Inläsningen är redan borttagen." in again and numbers() == before
    second = read_in(chef)  # the same sheet once more is a reading of its own
    assert second != address and chef.post(second).status_code == 302 and numbers() == before


def without_history(stored):
    """Return a result like ``stored`` in its stead that no history knows, as one loaded."""
    stored.delete()
    (loaded,) = Result.objects.bulk_create([stored])
    return loaded


def test_what_was_loaded_without_a_history_stands_again_too(chef, stored):
    loaded = without_history(Result.objects.get(pk=stored.pk))
    before = numbers()
    address = read_in(chef)
    first = loaded.history.earliest()
    assert (first.women, first.history_user, first.history_type) == (36, None, "+")
    chef.post(address)
    assert numbers() == before


def test_two_readings_at_the_same_time_are_two(chef, chef_sodra, stored, monkeypatch):
    at = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: at)
    before = numbers()
    first = read_in(chef)
    after = numbers()
    second = read_in(chef, "provet;Fick studier;2019;12;10;;\n")
    assert [each.new + each.changed for each in done_by(chef_sodra)] == [1, 2]
    chef.post(second)
    assert numbers() == after
    chef.post(first)
    assert numbers() == before


def _changed(stored):
    stored.refresh_from_db()
    stored.men = 35
    stored.save()


def _changed_unseen(stored):
    Result.objects.filter(pk=stored.pk).update(men=35)


def _made_a_whole(stored):
    new = Result.objects.get(measure="Fick arbete")
    ResultFactory(intervention=stored.intervention, measure="Del", women=5, men=5, part_of=new)


def _deleted(stored):
    Result.objects.get(measure="Fick arbete").delete()


@pytest.mark.parametrize("deed", [_changed, _changed_unseen, _made_a_whole, _deleted])
def test_nothing_goes_when_anything_was_touched_since(chef, stored, deed):
    address = read_in(chef)
    deed(stored)
    after = numbers()
    page = chef.get(address).content.decode()
    assert "går inte att ta bort" in page and "Ändrat eller använt sedan dess" in page
    assert '<button type="submit">Ta bort' not in page
    told = chef.post(address, follow=True).content.decode()
    assert "Inget är ändrat. Ändrat eller använt" in told and numbers() == after


def test_a_later_reading_is_taken_back_before_an_earlier(chef, stored):
    before = numbers()
    first = read_in(chef)
    second = read_in(chef, "provet;deltagare;2019;38;34;;\n")
    assert "går inte att ta bort" in chef.get(first).content.decode()
    assert chef.post(second)["Location"] == reverse("results_import")
    assert Result.objects.get(pk=stored.pk).women == 37 and len(numbers()) == len(before) + 1
    assert chef.post(first)["Location"] == reverse("results_import") and numbers() == before


def test_only_who_read_it_in_takes_it_back_and_while_it_is_theirs(
    chef, client_for, chef_sodra, stored
):
    address = read_in(chef)
    for username, status in (
        ("redaktor-sodra", 404), ("chef-hoglandet", 404), ("styrelse-sodra", 403),
    ):  # fmt: skip
        client = client_for(username)
        assert client.get(address).status_code == client.post(address).status_code == status
    chef_sodra.associations.clear()
    after = numbers()
    assert "inte längre din" in chef.post(address, follow=True).content.decode()
    assert numbers() == after


def test_the_list_asks_as_much_of_one_row_as_of_many(
    chef, chef_sodra, stored, django_assert_max_num_queries
):
    rows = "".join(f"provet;Mått {n};2019;{n};9;;\n" for n in range(40))
    read_in(chef, rows)
    read_in(chef)
    with django_assert_max_num_queries(12):
        assert [each.new + each.changed for each in done_by(chef_sodra)] == [2, 40]
        assert not done_by(chef_sodra)[0].is_taken_back
