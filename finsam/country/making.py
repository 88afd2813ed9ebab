"""Writes the whole country, in one transaction, with the database's own triggers down.

They are put up over the finished rows. Everything is invented and says so; the same ``seed`` gives
the same country. Nobody reads one beside real associations.
"""

import random
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Max

from associations.recording import histories
from finsam import triggers
from finsam.country import associations, budgets, interventions
from interventions.models import Referrer, Situation

LEAST = {"lines": associations.PAYERS + 1}  # of what must be more than one


@dataclass(frozen=True)
class Size:
    """How much each association has. A budget has a line for each payer and one cost at least."""

    associations: int = 80
    interventions: int = 30
    budgets: int = 20
    lines: int = 30
    meetings: int = 12
    documents: int = 60


@transaction.atomic
def make(size, seed=1, tell=lambda done: None):
    """Write a country of ``size``; ``tell`` is told each step in words."""
    triggers.take_down()
    before = {history: _last_key(history) for history in histories()}
    chance = random.Random(seed)
    counties = min(associations.COUNTIES, size.associations)
    payers = associations.payers_by_county(counties)
    known = list(Situation.objects.all()), list(Referrer.objects.all())
    for number in range(1, size.associations + 1):
        county = (number - 1) % counties + 1
        own = associations.association(number, county, payers[county])
        rows = interventions.interventions(own, size.interventions, chance, known)
        associations.meetings(own, size.meetings, chance)
        associations.documents(own, size.documents, chance)
        budgets.budgets(own, size, chance, payers[county], rows)
        tell(f"{number} av {size.associations} förbund")
    tell("historiken")
    for history, last in before.items():
        _begin_history(history, last)
    tell("sökregistret")
    connection.check_constraints()  # PostgreSQL changes no table that has checks waiting
    triggers.put_up()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # it would do so by itself, but later


def _last_key(history):
    return history.instance_type._base_manager.aggregate(last=Max("pk"))["last"] or 0


def _begin_history(history, last):
    """Write the first record of each row that is younger than the key ``last``, in one statement.

    Those that were written one by one have theirs already.
    """
    quote, own = connection.ops.quote_name, history.instance_type._meta
    kept = {field.column for field in history._meta.concrete_fields}
    names = [field.column for field in own.concrete_fields if field.column in kept]
    columns, key = ", ".join(map(quote, names)), quote(own.pk.column)
    records = quote(history._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {records} ({columns}, history_date, history_type) "
            f"SELECT {columns}, CURRENT_TIMESTAMP, '+' FROM {quote(own.db_table)} t "
            f"WHERE t.{key} > %s "
            f"AND NOT EXISTS (SELECT 1 FROM {records} h WHERE h.{key} = t.{key})",
            [last],
        )
