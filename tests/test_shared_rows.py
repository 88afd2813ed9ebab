"""What several associations have in common: nobody takes it from, or changes it for, the others."""

import pytest

from associations import foreign
from associations.models import (
    Association,
    Membership,
    Organisation,
    Population,
)
from budgets.models import Budget
from interventions.models import Intervention
from tests.admin_pages import address, refusals, upload
from tests.factories import ADOPTED_ON, BudgetFactory


@pytest.fixture
def attacker(client_for):
    return client_for("chef-sodra")


def test_what_another_association_pays_to_a_shared_row_is_not_the_attackers(attacker):
    shared = Intervention.objects.get(slug="it-sparet")
    theirs = shared.financing.get(association__slug="hoglandet", year=2020)
    own = shared.financing.get(association__slug="sodra-vatterbygden", year=2020)
    assert attacker.get(address(own, "change", own.pk)).status_code == 200
    assert attacker.get(address(theirs, "change", theirs.pk)).status_code == 404
    shown = attacker.get(address(shared, "change", shared.pk)).content.decode()
    assert 'value="400000"' in shown
    assert 'value="1200000"' not in shown


def test_a_shared_row_is_not_taken_from_its_other_owner(attacker, chef_sodra):
    shared = Intervention.objects.get(slug="it-sparet")
    assert foreign.has_foreign_owner(shared, chef_sodra)
    assert attacker.get(address(shared, "change", shared.pk)).status_code == 200
    assert attacker.post(address(shared, "delete", shared.pk), {"post": "yes"}).status_code == 403
    head = Intervention._meta.get_field("associations").verbose_name
    answer = upload(attacker, Intervention, f"id;{head}\n{shared.pk};sodra-vatterbygden\n")
    assert any("måste stå kvar" in said for said in refusals(answer))
    shared.refresh_from_db()
    assert shared.associations.filter(slug="hoglandet").exists()


@pytest.fixture
def region(db):
    """The region: a member of all three associations, and a payer in their adopted budgets."""
    return Organisation.objects.get(kind="region")


def organisation(client, row, **values):
    """Send the organisation's page with other values."""
    parts = {"populations-TOTAL_FORMS": 0, "populations-INITIAL_FORMS": 0}
    stored = {"name": row.name, "short_name": row.short_name, "kind": row.kind, "url": row.url}
    return client.post(address(row, "change", row.pk), parts | stored | values)


def test_a_payer_of_all_is_not_one_associations_to_change(attacker, region):
    published = {b.pk: b.table().columns for b in Budget.objects.with_table().adopted()}
    page = attacker.get(address(region, "change", region.pk))
    assert page.status_code == 200 and 'name="_save"' not in page.content.decode()
    assert organisation(attacker, region, kind="other", name="X").status_code == 403
    said = refusals(upload(attacker, Organisation, f"id;slag\n{region.pk};annan\n"))
    assert any("medlem även i andra förbund" in sentence for sentence in said)
    assert attacker.post(address(region, "delete", region.pk), {"post": "yes"}).status_code == 403
    region.refresh_from_db()
    assert (region.kind, region.name) == ("region", "Region Jönköpings län")
    assert {b.pk: b.table().columns for b in Budget.objects.with_table().adopted()} == published


def test_not_even_an_administrator_changes_the_kind_of_an_adopted_payer(client_for, region):
    admin_client = client_for("admin")
    answer = organisation(admin_client, region, kind="other")
    assert "kind" in answer.context["adminform"].form.errors
    said = refusals(upload(admin_client, Organisation, f"id;slag\n{region.pk};annan\n"))
    assert any("efter slaget" in sentence for sentence in said)
    assert organisation(admin_client, region, short_name="Regionen").status_code == 302


def test_a_body_without_members_is_changed_until_an_adopted_budget_names_it(attacker):
    body = Organisation.objects.create(name="Ny fond", short_name="Fonden", kind="other")
    assert organisation(attacker, body, kind="state_agency").status_code == 302
    other = BudgetFactory(association=Association.objects.get(slug="hoglandet"), year=1999)
    other.lines.filter(section="income").update(organisation=body)
    other.adopted_on = ADOPTED_ON
    other.save()
    assert organisation(attacker, body, name="Vår fond").status_code == 403
    said = refusals(upload(attacker, Organisation, f"id;namn\n{body.pk};Vår fond\n"))
    assert any("fastställd budget" in sentence for sentence in said)


def test_inhabitants_of_a_shared_member_are_not_one_associations(attacker):
    shared = Organisation.objects.create(name="Delad", short_name="Delad", kind="municipality")
    for slug in ("hoglandet", "sodra-vatterbygden"):
        own = Association.objects.get(slug=slug)
        Membership.objects.create(association=own, organisation=shared)
    fields = {"organisation": shared.pk, "date": "2020-01-01", "inhabitants": 5}
    answer = attacker.post(address(Population, "add"), fields)
    assert "medlem även i andra" in str(answer.context["adminform"].form.errors)
    heads = "kommun;datum;invånare"
    said = refusals(upload(attacker, Population, f"{heads}\nDelad;2020-01-01;5\n"))
    assert any("medlem även i andra" in sentence for sentence in said)
    row = Population.objects.create(organisation=shared, date="2019-01-01", inhabitants=5)
    assert attacker.post(address(row, "change", row.pk), fields).status_code == 403
    assert attacker.post(address(row, "delete", row.pk), {"post": "yes"}).status_code == 403
    Membership.objects.filter(organisation=shared, association__slug="hoglandet").delete()
    assert attacker.post(address(row, "change", row.pk), fields).status_code == 302
