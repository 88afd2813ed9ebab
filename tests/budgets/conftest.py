"""Södra Vätterbygden's budget of 2020, adopted and in revision, and who works with it."""

import pytest

from budgets.models import Budget


@pytest.fixture
def adopted(db):
    """The adopted budget for 2020."""
    return Budget.objects.get(association__slug="sodra-vatterbygden", year=2020, edition=1)


@pytest.fixture
def draft(adopted):
    """The draft that revises it."""
    return getattr(adopted, "replaced_by", None) or adopted.revise()


@pytest.fixture
def chef(client_for):
    """Their director, logged in."""
    return client_for("chef-sodra")
