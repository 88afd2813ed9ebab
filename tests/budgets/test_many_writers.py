"""Twenty people in one budget at once, on PostgreSQL, also while the database drops them or dies.

A few seconds in the suite; ``FINSAM_WRITERS_SECONDS=60`` for a minute.
"""

import itertools
import os
import threading
import time
from dataclasses import dataclass, field

import pytest
from django.contrib.auth import get_user_model
from django.db import Error, connection
from django.test import Client
from django.urls import reverse

from budgets import grid
from budgets.models import Amount, Budget
from tests.factories import BudgetFactory
from tests.own_postgres import OwnServer

WRITERS = 20
SECONDS = float(os.environ.get("FINSAM_WRITERS_SECONDS", "8"))
PAUSE = 2.5  # seconds between the times that the database drops everyone
PATIENCE = 30  # seconds that a database may be away

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has one writer at a time by itself"
    ),
]


@dataclass
class Writer:
    """One person with a line of one's own, who also writes in the line that all share."""

    client: Client
    address: str
    own: str
    shared: str
    known: dict = field(default_factory=dict)
    saved: list = field(default_factory=list)
    conflicts: int = 0
    failures: int = 0
    faults: list = field(default_factory=list)

    def write(self, stop):
        """Save one cell after the other until ``stop``, remembering what was acknowledged."""
        number = 0
        try:
            while not stop.is_set():
                number += 1
                self.save(self.shared if number % 2 == 0 else self.own, 1000 * number)
        except Exception as fault:  # a thread's fault is the test's
            self.faults.append(repr(fault))
        finally:
            connection.close()

    def save(self, cell, kronor):
        """Send one save. After a failure, look at what stands there: either is right."""
        data = {"cell": cell, "typed": str(kronor), "was": self.known[cell]}
        answer = self.client.post(self.address, data)
        state = answer.get("Cell-State")
        if state == "saved":
            self.known[cell] = kronor
            self.saved.append((cell, kronor))
        elif state == "unchanged":
            self.known[cell] = kronor
        elif state == "conflict":
            self.conflicts += 1
            self.known[cell] = self.stored(cell)
        else:
            assert answer.status_code == 500, answer.status_code
            self.failures += 1
            found = self.stored(cell)
            if cell == self.own:
                assert found in (self.known[cell], kronor), "an acknowledged save was lost"
            self.known[cell] = found

    def stored(self, cell):
        """Return what stands in a cell, on a connection that works."""
        line, column = cell.removeprefix("cell-").split("-")
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                return Amount.objects.get(line=line, column=column).kronor
            except Error:
                connection.close()
                time.sleep(0.02)
        raise AssertionError("the database did not come back")


@pytest.fixture
def budget():
    return BudgetFactory(costs=[1] * (WRITERS + 1))


@pytest.fixture
def writers(budget):
    user = get_user_model().objects.get(username="chef-sodra")
    user.associations.add(budget.association)
    column = budget.columns.get()
    cells = [grid.line_cell(line.pk, column.pk) for line in budget.lines.filter(section="cost")]
    shared, *own = cells
    address = reverse("budget_cell", args=[budget.pk])
    made = []
    for cell in own:
        client = Client(raise_request_exception=False)
        client.force_login(user)
        made.append(Writer(client, address, cell, shared, {cell: 1, shared: 1}))
    return made


def run(writers, seconds, meanwhile=None, pause=PAUSE):
    """Let all write at once; ``meanwhile`` is done every ``pause`` seconds, twice at least."""
    until, stop, times = time.monotonic() + seconds, threading.Event(), 0
    threads = [threading.Thread(target=writer.write, args=[stop]) for writer in writers]
    for thread in threads:
        thread.start()
    try:
        while meanwhile and (times < 2 or time.monotonic() < until - pause):
            time.sleep(pause)
            meanwhile()
            times += 1
        time.sleep(max(0, until - time.monotonic()))
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert [writer.faults for writer in writers if writer.faults] == []


def drop_everyone():
    """End every other connection to this database, in the middle of whatever it does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND datname = current_database() AND backend_type = 'client backend'"
        )


@pytest.fixture
def own_server(writers):
    """A server of this test's own with the same data, which all the writers write to."""
    connection.close()
    settings = connection.settings_dict  # the same for all threads
    known = {name: settings[name] for name in ("HOST", "PORT", "USER", "PASSWORD")}
    server = OwnServer()
    try:
        server.start()
        server.copy(settings)
        own = {"HOST": "127.0.0.1", "PORT": server.port, "USER": "finsam", "PASSWORD": ""}
        settings.update(own)
        yield server
    finally:
        connection.close()
        settings.update(known)
        server.remove()


def check(budget, writers, begun):
    """Every acknowledged save is there, each in its own version, and the sums are the rows'."""
    saved = sum(len(writer.saved) for writer in writers)
    failures = sum(writer.failures for writer in writers)
    assert saved > 0
    budget = Budget.objects.with_table().get(pk=budget.pk)
    assert begun + saved <= budget.version <= begun + saved + failures
    for writer in writers:
        assert writer.stored(writer.own) == writer.known[writer.own]
        written = set(
            Amount.history.filter(line_id=writer.own.split("-")[1]).values_list("kronor", flat=True)
        )
        assert {kronor for cell, kronor in writer.saved if cell == writer.own} <= written
    amounts = Amount.objects.filter(line__budget=budget, line__section="cost")
    assert budget.table().columns[0].cost == sum(amounts.values_list("kronor", flat=True))


def test_twenty_writers_lose_nothing_that_was_acknowledged(budget, writers):
    begun = Budget.objects.get(pk=budget.pk).version
    run(writers, SECONDS)
    assert sum(writer.failures for writer in writers) == 0
    assert sum(writer.conflicts for writer in writers) > 0
    check(budget, writers, begun)


def test_nothing_acknowledged_is_lost_when_the_database_drops_everyone(budget, writers):
    begun = Budget.objects.get(pk=budget.pk).version
    run(writers, SECONDS, drop_everyone)
    assert sum(writer.failures for writer in writers) > 0
    check(budget, writers, begun)


def test_nothing_acknowledged_is_lost_when_the_database_is_killed(budget, writers, own_server):
    begun = Budget.objects.get(pk=budget.pk).version
    ways = itertools.cycle([own_server.kill, own_server.stop])
    ended = []

    def end_it():
        way = next(ways)
        way()
        own_server.start()
        ended.append(way)

    run(writers, SECONDS, end_it, pause=1)
    connection.close()
    assert len(ended) >= 2
    assert sum(writer.failures for writer in writers) >= len(ended)
    check(budget, writers, begun)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
        assert cursor.fetchone() == ("on", "on")
