"""The admin and the staff's pages in a browser: policy kept, axe content."""

import pytest
from django.urls import reverse

from budgets.models import Budget
from interventions.models import Intervention
from meetings.models import Meeting

PAGES = [
    "/arbeta/",
    "/arbeta/budgetar/",
    "/arbeta/insatser/?q=spår",
    "/admin/",
    "/admin/interventions/",
    "/admin/interventions/intervention/",
    "/admin/interventions/intervention/add/",
    "/admin/interventions/intervention/import/",
    "/admin/interventions/intervention/export/",
    "/admin/associations/document/",
    "/admin/associations/document/add/",
    "/admin/associations/news/add/",
    "/admin/associations/association/",
    "/admin/meetings/meeting/add/",
    "/admin/meetings/decision/add/",
    "/admin/budgets/budget/",
    "/admin/budgets/amount/",
    "/admin/plans/plan/",
]


@pytest.mark.parametrize("username", ["chef-sodra", "revisor-sodra"])
def test_staff_pages_keep_the_policy(new_page, username):
    page = new_page(username=username)
    seen = 0
    for address in PAGES:
        answer = page.goto(address)
        refused = username == "revisor-sodra" and address.endswith(("add/", "import/"))
        assert answer.status == (403 if refused else 200), address
        seen += not refused
    for row in (
        Budget.objects.get(association__slug="sodra-vatterbygden", adopted_on=None),
        Budget.objects.get(association__slug="sodra-vatterbygden", edition=1),
        Intervention.objects.get(slug="it-sparet"),
        Meeting.objects.first(),
    ):
        meta = row._meta
        for what in ("change", "history"):
            url = reverse(f"admin:{meta.app_label}_{meta.model_name}_{what}", args=[row.pk])
            assert page.goto(url).status == 200
            seen += 1
    assert seen > 15


def test_staff_pages_are_accessible(new_page, axe):
    # axe itself writes inline style; the policy is looked at above, without it.
    page = new_page(username="chef-sodra", bypass_csp=True)
    for address in PAGES:
        page.goto(address)
        axe(page)
    for row in (
        *Budget.objects.filter(association__slug="sodra-vatterbygden"),
        Intervention.objects.get(slug="it-sparet"),
        Meeting.objects.first(),
    ):
        meta = row._meta
        for what in ("change", "history", "delete"):
            if what != "delete" or not row.is_sealed:
                page.goto(
                    reverse(f"admin:{meta.app_label}_{meta.model_name}_{what}", args=[row.pk])
                )
                axe(page)


def test_the_interventions_form_fits_the_window(new_page):
    page = new_page(username="chef-sodra")
    fia = Intervention.objects.get(slug="fia")
    assert fia.contacts.exists()
    for width in (1440, 1100):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(reverse("admin:interventions_intervention_change", args=[fia.pk]))
        assert page.locator("#contacts-group").is_visible()
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_an_autocomplete_finds_and_a_date_is_picked(new_page):
    page = new_page(username="chef-sodra")
    page.goto("/admin/meetings/meeting/add/")
    page.locator(".field-host .select2-selection").click()
    page.locator(".select2-search__field").fill("Habo")
    page.locator(".select2-results__option", has_text="Habo").first.click()
    assert "Habo" in page.locator(".field-host .select2-selection__rendered").inner_text()
    page.locator(".field-date .datetimeshortcuts a").first.click()
    assert page.locator("#id_date").input_value()


def test_a_file_is_shown_before_it_is_read_in(new_page, tmp_path):
    file = tmp_path / "uppdrag.csv"
    file.write_text("förbund;namn;uppdrag\nsodra-vatterbygden;Prov Provsson;ordförande\n")
    page = new_page(username="chef-sodra")
    page.goto("/admin/associations/seat/import/")
    page.set_input_files("#id_import_file", file)
    page.locator("input[type=submit]").click()
    page.get_by_text("Inget är sparat ännu").wait_for()
    assert "Prov Provsson" in page.locator("table.import-preview").inner_text()
    page.get_by_role("button", name="Läs in").click()
    page.get_by_text("Inläsningen är klar").wait_for()
