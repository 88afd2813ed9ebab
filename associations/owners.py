"""The associations that own rows read already, by one query that is made once for each model."""

from collections import defaultdict
from functools import cache

from django.db.models import F

from associations.models import Association
from associations.prepared import Prepared, attach


def attach_owners(rows):
    """Return ``rows`` (of one model, owned by ``associations``), which then know their owners."""
    rows = list(rows)
    if rows:
        owners = defaultdict(list)
        for association in _owners(type(rows[0]))([row.pk for row in rows]):
            owners[association.owner].append(association)
        attach(rows, "associations", Association, owners)
    return rows


@cache
def _owners(model):
    name = model._meta.get_field("associations").related_query_name()
    return Prepared(
        lambda keys: (
            Association.objects.filter(**{f"{name}__in": keys})
            .annotate(owner=F(name))
            .order_by("position", "name", "pk")
        )
    )
