"""On PostgreSQL the site's role reads and writes rows, and owns nothing."""

import os
import subprocess
import sys
import uuid

import psycopg2
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from budgets.models import Amount, Budget
from finsam import database_roles, environment
from tests.budgets.test_counting import amount_of, by_the_admin
from tests.budgets.test_editing import cell_of, save
from tests.budgets.test_undoing import said, undo
from tests.roads import sql

on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles")

FORBIDDEN = [
    "UPDATE budgets_historicalamount SET kronor = 1",
    "DELETE FROM budgets_historicalamount",
    "DELETE FROM django_admin_log",
    "UPDATE plans_sealedfile SET size = 1",
    "DELETE FROM django_migrations",
    "TRUNCATE budgets_amount CASCADE",
    "ALTER TABLE budgets_amount DISABLE TRIGGER ALL",
    "DROP TRIGGER budgets_amount_sealed_update ON budgets_amount",
    "DROP FUNCTION budgets_amount_sealed_update() CASCADE",
    "CREATE OR REPLACE FUNCTION public.budgets_amount_sealed_update() RETURNS trigger "
    "LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
    "CREATE TABLE budgets_other (id int)",
    "SET session_replication_role = replica",
]


@pytest.fixture
def draft(db):
    return Budget.objects.get(association__slug="sodra-vatterbygden", year=2020, edition=2)


@pytest.fixture
def web(db):
    """A role of the site's own, whose rights the connection then has."""
    name = f"web_{uuid.uuid4().hex[:8]}"
    sql(f"CREATE ROLE {name}")
    database_roles.grant(name)
    return name


@on_postgres
def test_the_site_works_by_a_role_that_owns_nothing(client_for, visitor, admin, draft, web):
    client, staff = client_for("chef-sodra"), client_for("admin")
    staff.user = admin
    sql(f"SET LOCAL ROLE {web}")
    assert visitor.get("/").status_code == 200
    assert visitor.get(reverse("search"), {"q": "budget"}).status_code == 200
    assert client.get(reverse("budget_edit", args=[draft.pk])).status_code == 200
    cell = cell_of(draft)[0]
    assert save(client, draft, cell, "5", 2_914_000)["Cell-State"] == "saved"
    assert said(undo(client, draft)) == "Ångrat. 1 belopp står som förut: 2 914 000."
    by_the_admin(draft, staff)
    assert amount_of(draft).kronor == 2_999_000
    sealed = Amount.objects.filter(line__budget__adopted_on__isnull=False).first()
    for statement in [*FORBIDDEN, f"UPDATE budgets_amount SET kronor = 1 WHERE id = {sealed.pk}"]:
        with pytest.raises(DatabaseError), transaction.atomic():
            sql(statement)


@on_postgres
def test_a_table_of_the_same_name_elsewhere_unseals_nothing(draft, web):
    sealed = Amount.objects.filter(line__budget__adopted_on__isnull=False).first()
    sql(f"SET LOCAL ROLE {web}")
    for table in ("budgets_budget", "budgets_budgetline", "budgets_budgetcolumn"):
        sql(f"CREATE TEMP TABLE {table} ON COMMIT DROP AS SELECT * FROM public.{table} LIMIT 0")
    sql("SET LOCAL search_path = pg_temp, public")
    with pytest.raises(DatabaseError, match="fastställt"), transaction.atomic():
        sql("UPDATE public.budgets_amount SET kronor = 1 WHERE id = %s", sealed.pk)


@on_postgres
def test_every_trigger_looks_where_its_tables_are(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname, p.proconfig FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE NOT t.tgisinternal"
        )
        found = cursor.fetchall()
    assert len(found) > 60
    assert {str(config) for _, config in found} == {"['search_path=pg_catalog, public, pg_temp']"}


@on_postgres
def test_a_role_that_may_more_is_refused(db, web):
    sql(f"GRANT {connection.settings_dict['USER']} TO {web}")
    with pytest.raises(CommandError, match="hör till rollen som äger tabellerna"):
        database_roles.grant(web)


@on_postgres
def test_migrate_is_the_owners_and_the_site_has_the_tables(tmp_path):
    """Two roles and two variables, from an empty database."""
    name, there = f"roles_{uuid.uuid4().hex[:8]}", connection.settings_dict
    server = psycopg2.connect(
        host=there["HOST"], port=there["PORT"], user=there["USER"], dbname="postgres"
    )
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {name}_owner LOGIN; CREATE ROLE {name}_web LOGIN")
        cursor.execute(f"CREATE DATABASE {name} OWNER {name}_owner TEMPLATE template0")
    place = f"{there['HOST']}:{there['PORT']}/{name}"
    env = os.environ | {
        "DATABASE_URL": f"postgresql://{name}_web@{place}",
        "DATABASE_OWNER_URL": f"postgresql://{name}_owner@{place}",
        "DJANGO_SUPERUSER_PASSWORD": "ett långt lösenord",
    }
    manage = [sys.executable, settings.BASE_DIR / "manage.py"]
    try:
        for command in (
            ["migrate", "--verbosity", "0"],
            ["createsuperuser", "--noinput", "--username", "a", "--email", "a@example.org"],
        ):
            subprocess.run([*manage, *command], env=env, check=True, cwd=tmp_path)
        with psycopg2.connect(env["DATABASE_URL"]) as own, own.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM associations_user")
            assert cursor.fetchone() == (1,)
            cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
            assert cursor.fetchone() == (0,)
        own.close()
    finally:
        with server.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
            cursor.execute(f"DROP ROLE {name}_owner, {name}_web")
        server.close()


def test_the_owner_is_another_role_of_the_same_database():
    def read(owner, site):
        return environment.owner_database(
            {"DATABASE_OWNER_URL": owner}, environment.database(site, "")
        )

    site = "postgresql://web@db/finsam"
    assert read("", site) is None
    assert read("postgresql://owner:x@db/finsam", site)["USER"] == "owner"
    for owner in (site, "postgresql://owner@db/other", "postgresql://owner@elsewhere/finsam"):
        with pytest.raises(ImproperlyConfigured, match="samma databas"):
            read(owner, site)
    with pytest.raises(ImproperlyConfigured, match="samma databas"):
        read("postgresql://owner@db/finsam", "")
