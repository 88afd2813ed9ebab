"""axe and width on every kind of page: light, dark, and 320 pixels wide."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from budgets.models import Budget
from interventions.intake.importing import WHY
from interventions.models import Intervention, Result
from plans.models import Plan
from tests.browser.conftest import DESK, PHONE

LOOKS = {
    "light": {"viewport": DESK},
    "dark": {"viewport": DESK, "color_scheme": "dark"},
    "phone": {"viewport": PHONE},
}

PUBLIC = [
    "/",
    "/om/finsam/",
    "/om/sa-laser-du-budgeten/",
    "/insatser/",
    "/insatser/?lage=avslutad",
    "/insatser/hitta/",
    "/insatser/hitta/?kommun=Nässjö&forsorjning=aktivitetsersattning",
    "/insatser/hitta/?kommun=Habo&vem=nyanland",
    "/sok/",
    "/sok/?q=rehabiliteringen",
    "/sok/?q=rehabilitring",
    "/insatser/sus/",
    "/effekter/",
    "/effekter/effekter-2019/",
    "/effekter/effekter-2019/?med-studier=on&anda=10&spridning=20",
    "/effekter/effekter-2019/?heltider=1.000&spridning=hundra",
    "/moten/",
    "/moten/agarmote-2015/",
    "/sodra-vatterbygden/",
    "/hoglandet/om/",
    "/hoglandet/insatser/",
    "/hoglandet/insatser/it-sparet/",
    "/hoglandet/insatser/it-sparet/fel/",
    "/hoglandet/insatser/it-sparet/fel/?skickat=ja",
    "/sodra-vatterbygden/insatser/fia/",
    "/hoglandet/insatser/it-sparet/kort/",
    "/sodra-vatterbygden/budget/",
    "/sodra-vatterbygden/budget/2020/",
    "/hoglandet/budget/2018/",
    "/finnveden/budget/2020/",
    "/sodra-vatterbygden/budget/jamfor/",
    "/sodra-vatterbygden/verksamhetsplan/",
    "/sodra-vatterbygden/verksamhetsplan/2020/",
    "/finnveden/verksamhetsplan/",
    "/finnveden/delarsrapport/",
    "/hoglandet/moten/",
    "/hoglandet/dokument/",
    "/hoglandet/nyheter/",
    "/komponenter/",
    "/konto/login/",
    "/finns-inte/",
]


def read_in():
    """Return the key of a reading in of results that the demo's director has done."""
    result = Result.objects.filter(intervention__slug="fia").first()
    result._history_user = get_user_model().objects.get(username="chef-sodra")
    result._change_reason = WHY
    result.save()
    return result.history.latest().pk


def staff_pages():
    """Return the addresses of the staff's pages, on the demo's drafts."""
    budget = Budget.objects.get(adopted_on=None, association__slug="sodra-vatterbygden").pk
    plan = Plan.objects.get(adopted_on=None, association__slug="sodra-vatterbygden", kind="plan").pk
    report = Plan.objects.get(association__slug="sodra-vatterbygden", kind="annual").pk
    fia = Intervention.objects.get(slug="fia").pk
    lists = ["budgets", "plans", "interventions", "meetings", "documents", "news"]
    return [
        reverse("work"),
        *(reverse(f"work_{name}") for name in lists),
        *(reverse(name, args=[budget]) for name in BUDGET_PAGES),
        reverse("contributions", args=["sodra-vatterbygden", 2020]),
        reverse("plan_edit", args=[plan]),
        reverse("plan_propose", args=[plan]),
        reverse("plan_chapter", args=[plan, 9]),
        reverse("plan_edit", args=[report]),
        reverse("plan_chapter_remove", args=[report, 2]),
        reverse("plan_start"),
        reverse("results_import"),
        reverse("results_import_undo", args=[read_in()]),
        reverse("work_results", args=[fia]),
        reverse("work_all_results"),
        reverse("work_faults"),
        "/konto/2fa/",
        "/konto/password/change/",
    ]


BUDGET_PAGES = [
    "budget_edit", "budget_comment", "budget_import", "budget_history", "budget_versions",
    "budget_state",
]  # fmt: skip


def look_at(page, address, axe):
    """Open one page, and fail on any violation or sideways scroll."""
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    axe(page)


@pytest.mark.parametrize("look", LOOKS)
def test_public_pages(new_page, axe, look):
    page = new_page(**LOOKS[look])
    for address in PUBLIC:
        look_at(page, address, axe)


@pytest.mark.parametrize("look", LOOKS)
def test_staff_pages(new_page, axe, look):
    page = new_page("chef-sodra", **LOOKS[look])
    for address in staff_pages():
        look_at(page, address, axe)
