"""A made-up country is whole: pages, search, history and the triggers are as if typed by hand."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from associations.models import Association
from associations.recording import histories
from budgets.models import Amount, Budget
from finsam import triggers
from finsam.country import making
from interventions.models import Intervention

PARTS = ("budget", "insatser", "moten", "dokument", "nyheter", "om", "verksamhetsplan")
SIZE = making.Size(associations=2, interventions=3, budgets=3, lines=8, meetings=2, documents=2)


def test_every_page_of_a_small_country_answers_and_nothing_is_skipped(db, capsys):
    before = {model: model.objects.count() for model in (Association, Budget, Intervention)}
    making.make(SIZE)
    assert {model: model.objects.count() - before[model] for model in before} == {
        Association: 2, Budget: 6, Intervention: 6,
    }  # fmt: skip
    visitor = Client()
    for own in Association.objects.filter(slug__startswith="pahittat-"):
        pages = [
            own.get_absolute_url(),
            *(f"{own.get_absolute_url()}{each}/" for each in PARTS),
            *(each.get_absolute_url() for each in own.interventions.all()),
            *(each.get_absolute_url() for each in own.meetings.all()),
            *(
                each.get_absolute_url()
                for each in Budget.objects.exclude(proposed_on=None).filter(association=own)
            ),
        ]
        for page in pages:
            assert visitor.get(page).status_code == 200, page
    found = visitor.get("/sok/?q=Påhittat insats 1-2").content.decode()
    assert "/pahittat-1/insatser/pahittad-insats-2/" in found


def test_its_rows_have_a_history_and_what_is_adopted_is_sealed(db):
    old = {history: set(history.instance_type.objects.values_list("pk")) for history in histories()}
    records = {history: history.objects.count() for history in old}
    making.make(SIZE)
    for history, before in old.items():
        rows = history.instance_type.objects.exclude(pk__in=[pk for (pk,) in before])
        assert history.objects.count() - records[history] == rows.count()  # one each, no other's
        rows = rows.values_list("pk")
        assert not rows.exclude(pk__in=history.objects.values_list("id")).exists(), history
    assert all(triggers.stands(connection, kind) for kind in triggers.KINDS)
    adopted = Amount.objects.filter(line__budget__adopted_on__isnull=False).first()
    with pytest.raises(DatabaseError), transaction.atomic():
        Amount.objects.filter(pk=adopted.pk).update(kronor=1)


def test_the_same_seed_gives_the_same_country(db):
    told = []
    for _ in range(2):
        with pytest.raises(RuntimeError), transaction.atomic():
            making.make(SIZE, seed=7)
            told.append(list(Amount.objects.order_by("pk").values_list("kronor", flat=True)))
            told.append(list(Intervention.objects.order_by("pk").values_list("summary")))
            raise RuntimeError
    assert told[:2] == told[2:]


def test_it_is_never_made_among_real_associations_unasked(db):
    with pytest.raises(CommandError, match="har redan förbund"):
        call_command("make_country", associations=1)
    with pytest.raises(CommandError, match="--lines ska vara minst 7"):
        call_command("make_country", lines=6, beside=True)
