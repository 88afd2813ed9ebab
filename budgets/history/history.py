"""What was changed in a budget, and how it stood at a point of time. Pure: records in, values out.

A record is what the history kept of one row at one time. Amounts are whole kronor, None is no
amount. Nothing is ever taken away from the history; a removed line's records stay.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

BUDGET, COLUMN, LINE, AMOUNT = "budget", "column", "line", "amount"
ADDED, CHANGED, REMOVED = "+", "~", "-"

# What is told of each kind of row, in this order; the rest of a row is not the reader's business.
FIELDS = {
    BUDGET: {
        "opening_label": "rad för ingående pengar",
        "opening_note": "not till ingående pengar",
        "result_label": "rad för resultat",
        "comment": "kommentar",
        "proposed_on": "föreslagen",
        "adopted_on": "fastställd",
        "dnr": "diarienummer",
    },
    COLUMN: {
        "year": "år",
        "kind": "slag",
        "position": "ordning",
        "opens_from": "öppnar med resultatet i",
        "opening": "ingående belopp",
    },
    LINE: {
        "label": "text",
        "section": "intäkt eller kostnad",
        "position": "ordning",
        "organisation": "medlem",
        "intervention": "insats",
        "individual": "individinriktat (procent)",
        "structural": "strukturövergripande (procent)",
        "competence": "kompetensutveckling (procent)",
        "administration": "administration (procent)",
        "note": "not",
    },
    AMOUNT: {"kronor": "belopp"},
}


@dataclass(frozen=True)
class Record:
    """One row as it was from ``at`` on. ``deed`` is +, ~ or -; ``by`` a user's key, or None."""

    kind: str
    key: int
    at: datetime
    deed: str
    by: int | None
    values: Mapping[str, Hashable]


@dataclass(frozen=True)
class Change:
    """One thing that somebody changed. ``line`` and ``column`` are keys, None where not about one.

    ``field`` is None when the whole row was added or removed.
    """

    at: datetime
    by: int | None
    kind: str
    deed: str
    field: str | None
    before: Hashable | None
    after: Hashable | None
    line: int | None = None
    column: int | None = None


def changes(records: Iterable[Record]):
    """Return every Change, newest first."""
    found, last = [], {}
    for record in sorted(records, key=lambda each: each.at):
        before = last.get((record.kind, record.key))
        last[record.kind, record.key] = record
        found += _differences(before, record)
    return sorted(found, key=lambda change: change.at, reverse=True)


def of_cell(records: Iterable[Record], line, column):
    """Return the Changes of the amount where ``line`` meets ``column``, newest first.

    ``line`` None is the column's opening balance.
    """
    wanted = (COLUMN, "opening") if line is None else (AMOUNT, "kronor")
    return [
        change
        for change in changes(records)
        if (change.kind, change.field) == wanted
        and (change.line, change.column) == (line, column)
        and change.before != change.after
    ]


def as_of(records: Iterable[Record], at: datetime | None = None):
    """Return kind → key → values of the rows as they stood ``at`` a time; None is after them all.

    A row whose beginning was not recorded is taken as its first record knows it.
    """
    state = {kind: {} for kind in FIELDS}
    began = set()
    for record in sorted(records, key=lambda each: each.at):
        unknown = (record.kind, record.key) not in began and record.deed != ADDED
        began.add((record.kind, record.key))
        if at is not None and record.at > at and not unknown:
            continue
        if record.deed == REMOVED and not (unknown and at is not None and record.at > at):
            state[record.kind].pop(record.key, None)
        else:
            state[record.kind][record.key] = record.values
    return state


def _differences(before, record):
    """Return the Changes that one record tells, compared with the one before of the same row."""
    old = before.values if before and before.deed != REMOVED else {}
    if record.kind == AMOUNT:
        return _of_amount(old, record)
    if record.deed == REMOVED:
        return [_change(record, None, None, None)]
    if record.deed == ADDED:
        opening = record.values.get("opening") if record.kind == COLUMN else None
        typed = [] if opening is None else [_change(record, "opening", None, opening)]
        return [_change(record, None, None, None), *typed]
    return [
        _change(record, name, old.get(name), record.values.get(name))
        for name in FIELDS[record.kind]
        if old and old.get(name) != record.values.get(name)
    ]


def _of_amount(old, record):
    """An amount is told as a cell's: one that was moved left one cell and came to another."""
    new = {} if record.deed == REMOVED else record.values
    if not old and record.deed == REMOVED:
        old = record.values
    places = [(each.get("line"), each.get("column")) for each in (old, new) if each]
    if len(places) == 2 and places[0] != places[1]:
        return [
            _change(record, "kronor", old["kronor"], None, old),
            _change(record, "kronor", None, new["kronor"], new),
        ]
    return [_change(record, "kronor", old.get("kronor"), new.get("kronor"), record.values)]


def _change(record, field, before, after, place=None):
    place = place or record.values
    lines = {LINE: record.key, AMOUNT: place.get("line")}
    columns = {COLUMN: record.key, AMOUNT: place.get("column")}
    return Change(
        record.at,
        record.by,
        record.kind,
        record.deed,
        field,
        before,
        after,
        lines.get(record.kind),
        columns.get(record.kind),
    )
