"""How many rows a page has, and which page: nobody breaks or bloats a list by its address."""

import pytest
from django.urls import reverse

NUMBERS = ["-1", "0", "x", "1000000", "9" * 5000]


@pytest.mark.parametrize("number", NUMBERS)
def test_the_address_does_not_say_how_many_rows(client_for, visitor, number):
    chef = client_for("chef-sodra")
    for client, name in [(visitor, "components"), (chef, "work_documents"), (chef, "work_budgets")]:
        answers = [client.get(reverse(name), asked) for asked in ({}, {"per_page": number})]
        assert [answer.status_code for answer in answers] == [200, 200], name
        assert len({len(answer.context["table"].page.object_list) for answer in answers}) == 1


@pytest.mark.parametrize("number", [*NUMBERS[:4], "2"])
def test_a_page_that_is_not_there_is_one_that_is(client_for, number):
    assert client_for("chef-sodra").get("/arbeta/dokument/", {"page": number}).status_code == 200


def test_what_staff_are_shown_is_kept_by_nobody(client_for, visitor):
    chef = client_for("chef-sodra")
    looked = 0
    for address in ("/arbeta/", "/arbeta/budgetar/", "/admin/", "/", "/konto/2fa/", "/finns-inte/"):
        assert chef.get(address)["Cache-Control"] == "private, no-store", address
        looked += 1
    assert looked == 6
    assert chef.get("/farger.css")["Cache-Control"].startswith("public")
    assert "no-store" not in visitor.get("/").get("Cache-Control", "")
