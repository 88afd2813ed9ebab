"""The measurements of bin/bench run, and tell both times side by side. No time decides a test."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from finsam import benchmarks, page_times, timing
from finsam.benchmarks import cell

pytestmark = pytest.mark.django_db(transaction=True)  # the site is asked as a server asks it


@pytest.fixture(autouse=True)
def _own_addresses(settings):
    """Lay the site's addresses back after a measurement."""
    settings.ROOT_URLCONF = settings.ROOT_URLCONF


@pytest.mark.parametrize("name", benchmarks.found())
def test_every_measurement_can_be_taken(name):
    told = StringIO()
    call_command("bench", name, rounds=2, small=True, stdout=told)
    measurement = benchmarks.found()[name]
    assert measurement.TITLE in told.getvalue()
    assert f"mål: {measurement.POINT} ≤ {measurement.GOAL}" in told.getvalue() or (
        "inte mätt." in told.getvalue()
    )


def test_measurements_share_a_database():
    first, second = cell.large_budget(lines=1), cell.large_budget(lines=1)
    assert first.year != second.year


def test_an_unknown_measurement_is_refused_with_the_names_of_the_others():
    with pytest.raises(CommandError, match="cell"):
        call_command("bench", "nothing")


def test_a_ratio_is_of_the_same_point_of_both():
    times = timing.Times("", ("a", [1.0] * 20), ("b", [2.0] * 19 + [9.0]))
    assert timing.ratios(times)["p50"] == 2
    assert 2 < timing.ratios(times)["p95"] < 9


def test_a_page_that_fails_is_no_measurement():
    site = timing.Site()
    with pytest.raises(AssertionError, match="404"):
        site.ask("/finns-inte/")


def test_the_table_of_pages_has_each_kind_and_leaves_the_settings(settings):
    told, keep = StringIO(), settings.KEEP_PAGES
    call_command("bench_pages", rounds=2, stdout=told)
    rows = [line.split("|")[1].strip() for line in told.getvalue().splitlines() if "×" in line]
    assert rows == list(page_times.pages()) and len(rows) == 14
    assert settings.KEEP_PAGES is keep
