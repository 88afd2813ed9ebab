"""Södra Vätterbygden's adopted plan for 2020."""

import pytest

from plans.models import Plan


@pytest.fixture
def adopted(portal_data):
    """The plan, with its budget and its sealed file."""
    return Plan.objects.get(association__slug="sodra-vatterbygden", year=2020, edition=1)
