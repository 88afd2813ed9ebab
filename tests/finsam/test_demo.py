"""``manage.py demo``: what it makes, that it makes it once, and never in production."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from associations import roles
from associations.models import Access, User
from budgets.models import Budget
from finsam import demo
from plans.models import Plan


def test_the_logins_work_for_their_associations(db, client):
    served = {
        user.username: set(user.associations.values_list("slug", flat=True))
        for user in User.objects.all()
    }
    assert served["chef-sodra"] == {"sodra-vatterbygden", "finnveden"}
    assert served["chef-hoglandet"] == {"hoglandet"}
    assert all(served[name] == {"sodra-vatterbygden"} for name in served if name in READERS)
    assert served["admin"] == set()
    for login in demo.LOGINS:
        assert client.login(username=login.username, password=demo.PASSWORD), login.username


READERS = {"redaktor-sodra", "styrelse-sodra", "revisor-sodra"}


def test_a_second_time_changes_nothing(db, capsys):
    before = [model.objects.count() for model in (User, Access, Group, Budget, Plan)]
    passwords = set(User.objects.values_list("password", flat=True))
    with CaptureQueriesContext(connection) as queries:
        call_command("demo")
    written = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []
    assert [model.objects.count() for model in (User, Access, Group, Budget, Plan)] == before
    assert set(User.objects.values_list("password", flat=True)) == passwords
    printed = capsys.readouterr().out
    assert demo.PASSWORD in printed
    assert [login.username for login in demo.LOGINS if login.username not in printed] == []


def test_a_draft_waits_for_practice(db):
    draft = Budget.objects.get(association__slug=demo.PRACTICE, adopted_on=None)
    assert draft.replaces.is_adopted and draft.edition == draft.replaces.edition + 1
    plan = Plan.objects.get(association__slug=demo.PRACTICE, kind="plan", adopted_on=None)
    assert plan.budget == draft and plan.chapters.count() == plan.replaces.chapters.count() > 0


def test_it_refuses_outside_the_demo(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="FINSAM_DEMO"):
        call_command("demo")


def test_roles_have_exactly_their_permissions(db):
    groups = roles.ensure_roles()
    everything = {
        role: {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.all()}
        for role, group in groups.items()
    }
    director, editor = everything[roles.DIRECTOR], everything[roles.EDITOR]
    board, auditor = everything[roles.BOARD], everything[roles.AUDITOR]
    adopt = {"budgets.adopt_budget", "plans.adopt_plan"}
    assert board & director >= adopt and not editor & adopt
    assert board - adopt < auditor < editor < director
    assert {p.split(".")[1].split("_")[0] for p in auditor} == {"view"}
    assert "budgets.view_historicalbudget" in auditor - board
    assert {"associations.change_seat", "budgets.change_stateallocation"} <= director - editor
    assert "associations.change_association" in editor
    for forbidden in ("add_association", "delete_association", "change_user", "view_access"):
        assert f"associations.{forbidden}" not in director
    assert not [p for p in director if "historical" in p and ".view_" not in p]


def test_roles_are_mended(db):
    groups = roles.ensure_roles()
    groups[roles.BOARD].permissions.clear()
    assert roles.ensure_roles()[roles.BOARD].permissions.count() > 20
