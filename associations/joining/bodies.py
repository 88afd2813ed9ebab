"""Sweden's 290 municipalities and 21 regions by their official codes, and the two state agencies.

``public_bodies.csv`` holds Statistics Sweden's codes ("Län och kommuner i kodnummerordning") as of
1 January 2025, read from swedish-geodata (CC0, January 2025). Names are those that the bodies use
themselves: Falu kommun, Västra Götalandsregionen. A region's code is its county's, which its
municipalities' codes begin with. The state agencies have no such code; FK and AF stand for them.
"""

import csv
import functools
from dataclasses import dataclass
from pathlib import Path

from associations.models import Organisation

TABLE = Path(__file__).with_name("public_bodies.csv")
KINDS = Organisation.Kind
STATE = "Staten"


@dataclass(frozen=True)
class Body:
    """A body that can be a member, by its code."""

    code: str
    kind: str
    name: str
    short_name: str


@functools.cache
def known():
    """Return code → Body, in the order of the codes."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: Body(**row) for row in csv.DictReader(file)}


def grouped():
    """Return [(head, [Body])]: the state first, then each region before its municipalities."""
    groups = {"": []}
    for body in known().values():
        if body.kind == KINDS.STATE_AGENCY:
            groups[""].append(body)
        else:
            groups.setdefault(body.code[:2], []).append(body)
    heads = {code: rows[0].name for code, rows in groups.items() if code} | {"": STATE}
    return [
        (heads[code], [rows[0], *sorted(rows[1:], key=lambda body: body.name)])
        for code, rows in groups.items()
    ]


def organisation_of(body):
    """Return the Organisation that ``body`` is: the stored one, by code or else name, or a new."""
    stored = Organisation.objects.filter(code=body.code).first()
    if stored is not None:
        return stored
    named = Organisation.objects.filter(name__iexact=body.name, code=None).first()
    found = named or Organisation(name=body.name, short_name=body.short_name, kind=body.kind)
    found.code = body.code
    found.full_clean()
    found.save()
    return found
