"""An adopted plan, its chapters and its file change by no road, on both databases."""

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from budgets.models import Amount, Budget
from plans.models import Chapter, Plan, SealedFile
from tests.roads import changed, sql

pytestmark = pytest.mark.django_db

PUBLIC = "/sodra-vatterbygden/verksamhetsplan/2020"


@pytest.fixture
def plan(portal_data):
    """Södra Vätterbygden's adopted plan for 2020, with its sealed file."""
    return Plan.objects.get(association__slug="sodra-vatterbygden", year=2020, edition=1)


@pytest.fixture
def draft(plan):
    """A draft beside it."""
    return Plan.objects.filter(replaces=plan).first() or plan.revise(plan.budget)


def snapshot(plan):
    """Return every value of the plan, its chapters and its file."""
    return [
        list(rows.order_by("pk").values())
        for rows in (
            Plan.objects.filter(pk=plan.pk),
            Chapter.objects.filter(plan=plan.pk),
            SealedFile.objects.filter(plan=plan.pk),
            Amount.objects.filter(line__budget=plan.budget_id),
        )
    ]


def first(plan):
    return plan.chapters.get(position=1)


def rows(row):
    return type(row).objects.filter(pk=row.pk)


# Each road ends in the database, which refuses it: (plan, draft beside it).
ROADS = {
    "plan.save": lambda p, d: changed(p, title="x").save(),
    "plan.save, no longer adopted": lambda p, d: changed(p, adopted_on=None).save(),
    "plan.save, another day": lambda p, d: changed(p, adopted_on="2019-11-20").save(),
    "plan.save, another budget": lambda p, d: changed(p, budget=d.budget, dnr="x").save(),
    "plan.delete": lambda p, d: p.delete(),
    "plans.update": lambda p, d: rows(p).update(vision="x"),
    "plans.update, unadopted": lambda p, d: rows(p).update(adopted_on=None),
    "plans.delete": lambda p, d: rows(p).delete(),
    "plans.bulk_update": lambda p, d: Plan.objects.bulk_update([changed(p, year=1999)], ["year"]),
    "plans.update_or_create": lambda p, d: Plan.objects.update_or_create(
        pk=p.pk, defaults={"dnr": "x"}
    ),
    "all plans.update": lambda p, d: Plan.objects.update(subtitle="x"),
    "chapter.save": lambda p, d: changed(first(p), body="x").save(),
    "chapter.save, heading": lambda p, d: changed(first(p), title="x").save(),
    "chapter.delete": lambda p, d: first(p).delete(),
    "chapters.update": lambda p, d: p.chapters.update(body="x"),
    "chapters.delete": lambda p, d: p.chapters.all().delete(),
    "chapters.create": lambda p, d: Chapter.objects.create(plan=p, position=99, title="x"),
    "chapters.bulk_create": lambda p, d: Chapter.objects.bulk_create(
        [Chapter(plan=p, position=98, title="x")]
    ),
    "chapters.bulk_update": lambda p, d: Chapter.objects.bulk_update(
        [changed(first(p), body="x")], ["body"]
    ),
    "chapters.update_or_create": lambda p, d: Chapter.objects.update_or_create(
        plan=p, position=1, defaults={"body": "x"}
    ),
    "chapter moved out": lambda p, d: rows(first(p)).update(plan=d, position=50),
    "chapter moved in": lambda p, d: rows(first(d)).update(plan=p, position=50),
    "chapter renumbered": lambda p, d: rows(first(p)).update(position=51),
    "file.save": lambda p, d: changed(p.sealed_file, data=b"%PDF-x").save(),
    "file.save, another hash": lambda p, d: changed(p.sealed_file, sha256="0" * 64).save(),
    "file.delete": lambda p, d: p.sealed_file.delete(),
    "files.update": lambda p, d: SealedFile.objects.update(data=b"%PDF-x"),
    "files.update, to another plan": lambda p, d: SealedFile.objects.update(plan=d),
    "files.delete": lambda p, d: SealedFile.objects.all().delete(),
    "files.bulk_update": lambda p, d: SealedFile.objects.bulk_update(
        [changed(p.sealed_file, size=1)], ["size"]
    ),
    "a second file": lambda p, d: SealedFile.of(p, b"%PDF-y", "y.pdf").save(),
    "the budget's amounts": lambda p, d: Amount.objects.filter(line__budget=p.budget).update(
        kronor=1
    ),
    "the budget": lambda p, d: Budget.objects.filter(pk=p.budget_id).update(comment="x"),
    "sql: plan": lambda p, d: sql("UPDATE plans_plan SET title = 'x' WHERE id = %s", p.pk),
    "sql: plan away": lambda p, d: sql("DELETE FROM plans_plan WHERE id = %s", p.pk),
    "sql: chapters": lambda p, d: sql(
        "UPDATE plans_chapter SET body = '' WHERE plan_id = %s", p.pk
    ),
    "sql: chapters away": lambda p, d: sql("DELETE FROM plans_chapter WHERE plan_id = %s", p.pk),
    "sql: a new chapter": lambda p, d: sql(
        "INSERT INTO plans_chapter (plan_id, position, title, body) VALUES (%s, 97, 'x', '')", p.pk
    ),
    "sql: file": lambda p, d: sql("UPDATE plans_sealedfile SET sha256 = 'x'"),
    "sql: file away": lambda p, d: sql("DELETE FROM plans_sealedfile"),
}


@pytest.mark.parametrize("road", ROADS)
def test_the_database_refuses(plan, draft, road):
    before = snapshot(plan)
    stored = Plan.objects.get(pk=plan.pk)
    with pytest.raises((IntegrityError, ProtectedError)), transaction.atomic():
        ROADS[road](stored, draft)
    assert snapshot(plan) == before


def test_there_are_many_roads_and_the_hash_holds(visitor, plan):
    assert len(ROADS) >= 25
    data = visitor.get(f"{PUBLIC}.pdf").content
    file = SealedFile.objects.get(plan=plan)
    assert sha256(data).hexdigest() == file.sha256 and len(data) == file.size
    assert file.sha256 in visitor.get(f"{PUBLIC}/").content.decode().replace("<wbr>", "")


def test_no_page_changes_it(plan, client_for):
    before = snapshot(plan)
    chapter = plan.chapters.get(position=1)
    for username in ("chef-sodra", "admin"):
        client = client_for(username)
        posts = {
            reverse("plan_chapter", args=[plan.pk, 1]): {"title": "x", "body": "x", "loaded": "x"},
            reverse("plan_cover", args=[plan.pk]): {"title": "x", "loaded": plan.fingerprint},
            reverse("plan_adopt", args=[plan.pk]): {"on": "2020-01-01", "paragraph": "1"},
            reverse("plan_seal", args=[plan.pk]): {},
            reverse("admin:plans_plan_change", args=[plan.pk]): {"title": "x"},
            reverse("admin:plans_plan_delete", args=[plan.pk]): {"post": "yes"},
            reverse("admin:plans_chapter_change", args=[chapter.pk]): {"title": "x"},
            reverse("admin:plans_chapter_delete", args=[chapter.pk]): {"post": "yes"},
            reverse("admin:plans_plan_changelist"): {
                "action": "delete_selected", "_selected_action": [plan.pk], "post": "yes"
            },
        }  # fmt: skip
        for address, fields in posts.items():
            client.post(address, fields)
            assert snapshot(plan) == before, address


def test_no_import_changes_it(plan, client_for):
    before = snapshot(plan)
    client = client_for("chef-sodra")
    chapter = plan.chapters.get(position=1)
    for model, text in (
        ("plan", f"id;titel\n{plan.pk};x\n"),
        ("chapter", f"id;rubrik\n{chapter.pk};x\n"),
        ("chapter", f"plan;kapitel;rubrik\n{plan.pk};77;x\n"),
    ):
        file = SimpleUploadedFile("rader.csv", text.encode(), "text/csv")
        answer = client.post(
            reverse(f"admin:plans_{model}_import"),
            {"import_file": file, "format": "0", "resource": "0"},
        )
        assert "confirm_form" not in answer.context
    assert snapshot(plan) == before
