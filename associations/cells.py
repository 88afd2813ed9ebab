"""What a sheet is once it is read: text in rows, and what its cells say beside their text.

Plain values that travel as JSON in a hidden field. ``sheets.py`` makes them; nothing here knows of
budgets or results.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

KRONOR, THOUSANDS, MILLIONS = "kr", "tkr", "mnkr"
DAY, MONTH, YEAR = "day", "month", "year"


class Refused(ValueError):
    """The file or text is not read; the message is a Swedish sentence for the person."""


@dataclass(frozen=True)
class CellFormat:
    """What a cell says beside its text.

    ``percent``: the number is a per cent; its text is then as shown, ``25 %``. ``unit``: the
    number's own unit, KRONOR, THOUSANDS or MILLIONS, where its format says one; "" is the sheet's.
    ``date``: how much of a date is shown, DAY, MONTH or YEAR; its text is then ``2019-03-31``,
    ``mars 2019`` or ``2019``. ``refused``: a Swedish sentence why the cell can't be read as one
    number, whatever its text looks like. ``stale``: a formula that nobody has reckoned yet.
    ``scaled``: how many times three digits are left out of what is shown, by no named unit.
    """

    percent: bool = False
    unit: str = ""
    date: str = ""
    refused: str = ""
    stale: bool = False
    scaled: int = 0


PLAIN = CellFormat()


def left_out(what):
    """Return the sentence of a sheet's ``told`` that ``what`` is hidden, and is not read."""
    return f"{what}. Det läses inte in." if what else ""


def read_too(sentence):
    """Return what is told once the hidden is read."""
    return sentence.replace("Det läses inte in.", "Det läses också in.")


@dataclass(frozen=True)
class SheetName:
    """One sheet of a workbook: its name, whether it is hidden, and how much it holds.

    ``why_not`` is a Swedish sentence when the sheet can't be chosen (too large, empty).
    """

    name: str
    hidden: bool = False
    rows: int = 0
    columns: int = 0
    why_not: str = ""


@dataclass(frozen=True)
class Sheet:
    """Rows of text cells, all rows equally long, with how they were read in words.

    Places are (row, column), both counted from 0. ``rows`` leave out what stands in hidden rows
    and columns: those cells are "", and their texts are in ``hidden``; ``revealed()`` puts them
    back. ``cells`` has a CellFormat only where a cell says something. ``units`` are those that the
    sheet's name, head and foot name, and its formats' where they say another than its words.
    ``recalculate``: the file asks to be reckoned anew. ``told`` are Swedish sentences that whoever
    reads the sheet in is to see. ``sheets`` are all the workbook's; those that ``others`` holds
    can be turned to without the file.
    """

    rows: tuple[tuple[str, ...], ...]
    described: str
    name: str = ""
    cells: Mapping[tuple[int, int], CellFormat] = field(default_factory=dict)
    hidden: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    units: frozenset[str] = frozenset()
    recalculate: bool = False
    told: tuple[str, ...] = ()
    sheets: tuple[SheetName, ...] = ()
    others: Mapping[str, "Sheet"] = field(default_factory=dict)

    def format_at(self, row, column):
        """Return the CellFormat at a place; PLAIN where the cell says nothing beside its text."""
        return self.cells.get((row, column), PLAIN)

    def revealed(self):
        """Return the sheet with what its hidden rows and columns hold, and a word that it has."""
        rows = [list(row) for row in self.rows]
        for (row, column), text in self.hidden.items():
            rows[row][column] = text
        told = (read_too(each) for each in self.told)
        return replace(self, rows=tuple(map(tuple, rows)), hidden={}, told=tuple(told))

    def turned_to(self, name):
        """Return the workbook's sheet ``name`` (itself, or one of ``others``)."""
        if name == self.name or name not in self.others:
            return self
        mine = {self.name: replace(self, sheets=(), others={})}
        others = {**mine, **self.others}
        chosen = others.pop(name)
        return replace(chosen, sheets=self.sheets, others=others)

    def plain(self):
        """Return the sheet as plain values that JSON keeps; ``from_plain`` reads them back."""
        formats = list({id(each): each for each in self.cells.values()}.values())
        number = {id(each): at for at, each in enumerate(formats)}  # many cells share one
        return {
            **{name: getattr(self, name) for name in ("rows", "described", "name")},
            "formats": [asdict(each) for each in formats],
            "cells": [[*place, number[id(each)]] for place, each in self.cells.items()],
            "hidden": [[*place, text] for place, text in self.hidden.items()],
            "hidden_rows": sorted(self.hidden_rows),
            "hidden_columns": sorted(self.hidden_columns),
            "units": sorted(self.units),
            "recalculate": self.recalculate,
            "told": self.told,
            "sheets": [asdict(each) for each in self.sheets],
            "others": {name: sheet.plain() for name, sheet in self.others.items()},
        }

    @classmethod
    def from_plain(cls, kept):
        """Return the Sheet that ``plain`` wrote."""
        formats = [CellFormat(**each) for each in kept["formats"]]
        return cls(
            rows=tuple(map(tuple, kept["rows"])),
            cells={(row, column): formats[at] for row, column, at in kept["cells"]},
            hidden={(row, column): text for row, column, text in kept["hidden"]},
            hidden_rows=frozenset(kept["hidden_rows"]),
            hidden_columns=frozenset(kept["hidden_columns"]),
            units=frozenset(kept["units"]),
            told=tuple(kept["told"]),
            sheets=tuple(SheetName(**each) for each in kept["sheets"]),
            others={name: cls.from_plain(each) for name, each in kept["others"].items()},
            **{name: kept[name] for name in ("described", "name", "recalculate")},
        )
