"""The heads of a sheet with results: where they stand, which columns they name. Pure."""

from dataclasses import dataclass

from associations.labels import folded
from associations.laying import letter
from interventions.result_rows import HEADS

# How sheets call the columns, folded. The first of each is what our own files say.
CALLED = {
    "intervention": {"insats", "insatsens adress", "insatsens namn", "aktivitet", "projekt"},
    "measure": {"vad som räknas", "mått", "resultat", "indikator", "utfall"},
    "year": {"år"},
    "period": {"period", "tidsperiod"},
    "women": {"kvinnor", "antal kvinnor"},
    "men": {"män", "antal män"},
    "total": {"totalt", "antal", "antal totalt", "summa", "total", "samtliga"},
    "base_count": {"av antal", "bas", "antal i basen"},
    "base": {"av vilka", "basen"},
    "percent": {"procent", "andel", "andel (procent)", "%", "andel i procent", "andel %"},
    "qualifier": {"noggrannhet"},
    "counts_persons": {"räknar deltagare"},
    "source_note": {"plats i källan"},
}
FIELD_OF = {word: name for name, words in CALLED.items() for word in words}
WITHIN = 30  # rows from the top that may hold the heads
NOT_READ = "-"


@dataclass(frozen=True)
class Column:
    """A column of the sheet: its number from 0, its head, and the field that it is, or ""."""

    at: int
    head: str
    field: str

    @property
    def name(self):
        """What the column is called to a person."""
        return self.head or f"kolumn {letter(self.at)}"


@dataclass(frozen=True)
class Heads:
    """The row of heads (from 0) and each column that holds anything."""

    row: int
    columns: tuple[Column, ...]

    @property
    def fields(self):
        """The first column of each field: {field: Column}."""
        return {column.field: column for column in reversed(self.columns) if column.field}

    @property
    def strange(self):
        """The heads of the columns that are not read."""
        return [column.name for column in self.columns if not column.field]

    @property
    def problems(self):
        """Sentences on what the heads lack; [] when the sheet can be read."""
        fields, found = [column.field for column in self.columns], []
        for name in HEADS:
            if fields.count(name) > 1:
                found.append(f"Två kolumner betyder ”{HEADS[name]}”. Välj vilken som läses.")
        if "measure" not in fields or not {"year", "period"} & set(fields):
            found.append(
                "Bladet behöver en rad med rubriker: minst ”vad som räknas” och ”år” eller "
                "”period”. Välj nedan vad bladets kolumner betyder."
            )
        return found


def find(sheet, chosen=None, remembered=None):
    """Return the Heads of a Sheet.

    ``chosen`` maps a column's number to a field or NOT_READ, ``remembered`` a folded head.
    """
    known = FIELD_OF | (remembered or {})
    row = max(
        range(min(len(sheet.rows), WITHIN)), key=lambda at: (_score(sheet.rows, at, known), -at)
    )
    columns = []
    for at, head in enumerate(sheet.rows[row]):
        if head or any(below[at] for below in sheet.rows[row + 1 :]):
            field = (chosen or {}).get(at) or known.get(folded(head), "")
            columns.append(Column(at, head, "" if field == NOT_READ else field))
    return Heads(row, tuple(columns))


def _score(rows, at, known):
    """Return how much a row looks like heads: the fields that it names, else texts over others."""
    named = {known[word] for word in map(folded, rows[at]) if word in known}
    texts = sum(any(map(str.isalpha, cell)) for cell in rows[at])
    return len(named) if len(named) > 1 else (0.5 if texts > 1 and at + 1 < len(rows) else 0)


def score(sheet):
    """Return how much a workbook's sheet looks like one with results."""
    top = range(min(len(sheet.rows), WITHIN))
    return max(_score(sheet.rows, at, FIELD_OF) for at in top)


def is_again(row, heads):
    """True for a row of heads further down: the same again, or another table's own."""
    return sum(folded(cell) in FIELD_OF for cell in row) > 1 and not any(
        cell.isdigit() for cell in row
    )
