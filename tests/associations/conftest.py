"""Södra Vätterbygden's director in the admin, with a budget of each kind."""

import pytest

from budgets.models import Budget


@pytest.fixture
def chef(client_for):
    """The director, logged in."""
    return client_for("chef-sodra")


@pytest.fixture
def draft(db):
    """The draft that revises the adopted budget."""
    return Budget.objects.get(association__slug="sodra-vatterbygden", adopted_on=None)


@pytest.fixture
def adopted(db):
    """The adopted budget."""
    return Budget.objects.get(association__slug="sodra-vatterbygden", adopted_on__isnull=False)
