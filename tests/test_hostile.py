"""Every address of the site asked with what no page expects: none of them may fall over.

The values go in under every name that a page was seen to read, so that a new page or parameter is
attacked without anybody thinking of it.
"""

import logging
import re
from itertools import cycle, islice

import pytest
from django.contrib import admin
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.utils.datastructures import MultiValueDict

from tests.addresses import every_address, of_a_row

pytestmark = pytest.mark.django_db

ENDLESS = str(2**63)
MIXED = ["-1", "²", "2020-99-99", "1e999", "9" * 400, "[1]", '{"a": 1}', "null"]
ROUNDS = [["x"], [ENDLESS], ["a\0b"], MIXED]  # each name gets the next of a round's values
FEW = [["x", ENDLESS]]  # what the admin's many pages are asked: one code serves them all
LEFT_OUT = ("logout", "jsi18n", "(?P")  # what ends the session, a script, and allauth's patterns
LOOKUPS = ("", "__exact", "__id__exact", "__in", "__isnull", "__gte", "__year")


@pytest.fixture
def read(monkeypatch):
    """Return the set of the names that pages ask of what is sent to them."""
    names = set()

    def noting(name):
        asked = getattr(MultiValueDict, name)

        def ask(self, key, *rest):
            names.add(key)
            return asked(self, key, *rest)

        monkeypatch.setattr(QueryDict, name, ask)

    for name in ("__getitem__", "__contains__", "get", "getlist"):
        noting(name)
    return names


@pytest.fixture
def asked(client_for):
    """Return a function that asks as somebody, changes nothing and notes what falls over."""
    logging.disable(logging.CRITICAL)
    clients = {None: Client()} | {name: client_for(name) for name in ("chef-sodra", "admin")}
    faults, count = set(), [0]
    for client in clients.values():
        client.raise_request_exception = False

    def ask(who, url, sent, method="get"):
        count[0] += 1
        with transaction.atomic():
            answer = getattr(clients[who], method)(url, sent)
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            faults.add(
                (method, who, url, str(sent)[:200], repr(getattr(answer, "exc_info", 0))[:300])
            )
        return answer.status_code

    ask.faults, ask.count = faults, count
    yield ask
    logging.disable(logging.NOTSET)


def addresses():
    return sorted(
        {route for route, _view in every_address() if not any(each in route for each in LEFT_OUT)}
    )


def given(names, values, route):
    """Return each name with one of the values in turn, which one depends on the address."""
    turn = islice(cycle(values), len(route), None)
    return {name: next(turn) for name in sorted(names, key=str)}


long_walk = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="minutes of walking; PostgreSQL refuses more"
)


@long_walk
def test_no_page_falls_over_what_is_asked_of_it(asked, read):
    routes = addresses()
    for route in routes:
        url = of_a_row(route)
        who = "admin" if route.startswith("admin/") else "chef-sodra"
        read.clear()
        asked(who, url, {})
        for values in FEW if who == "admin" else ROUNDS:
            asked(who, url, given(read, values, route))
        for place in re.finditer("[0-9]+", url):
            asked(who, url[: place.start()] + ENDLESS + url[place.end() :], {})
    assert not asked.faults, "\n".join(map(str, sorted(asked.faults)))
    assert len(routes) > 300 and asked.count[0] > 1000


@long_walk
def test_no_form_falls_over_what_is_sent_to_it(asked, read):
    took = 0
    for route in addresses():
        url = of_a_row(route)
        who = "admin" if route.startswith("admin/") else "chef-sodra"
        read.clear()
        if asked(who, url, {}, "post") in (404, 405):
            continue
        took += 1
        for values in FEW if who == "admin" else ROUNDS:
            asked(who, url, given(read, values, route), "post")
    assert not asked.faults, "\n".join(map(str, sorted(asked.faults)))
    assert took > 100


def test_no_list_of_the_admin_falls_over_a_lookup(asked):
    for model, model_admin in admin.site._registry.items():
        url = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        named = [each if isinstance(each, str) else each[0] for each in model_admin.list_filter]
        names = {f"{name}{lookup}" for name in named for lookup in LOOKUPS}
        names |= {field.name for field in model._meta.concrete_fields}
        for name in sorted(names | {"p", "o", "_to_field", "_popup", "_facets"}):
            asked("admin", url, {name: ENDLESS})
    assert not asked.faults, "\n".join(map(str, sorted(asked.faults)))
    assert asked.count[0] > 600
