"""Results read from a sheet: what each row would change, shown first, then done whole or not.

A row is a result of an intervention, known by what it counts, its period and what it is counted
of. A column that the sheet lacks leaves what stands; an empty cell takes the number away. Columns
about persons refuse the whole sheet, and so does an identity number anywhere in it.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from associations.import_formats import unescape
from associations.import_widgets import DecimalWidget, WholeNumberWidget, YesNoWidget
from associations.sheets import Refused
from interventions.hiding import FEW, WITHHELD
from interventions.intake.heads import columns_of, folded, refuse_persons
from interventions.models import Intervention, Result
from interventions.result_rows import HEADS, QUALIFIERS

NUMBERS = ("women", "men", "total", "base_count")
KEPT = [name for name in HEADS if name != "intervention"]
KNOWN_BY = ("measure", "period", "base")  # the same word in other letters is no change
NOTHING = ("", "-", "\N{EN DASH}")
MOST_ROWS, MOST_TEXT = 500, 300_000  # rows and characters; every row is held against every rule
WHY = "inläst ur en fil"  # in the history
NEW, CHANGED, SAME = "ny", "ändras", "oförändrad"


@dataclass(frozen=True)
class Fault:
    """A cell, or a row, that can't be read: its row in the sheet, its column and why."""

    row: int
    column: str
    why: str


@dataclass
class Line:
    """What a row of the sheet would do to a result."""

    row: int
    result: Result
    old: dict = field(default_factory=dict)

    @property
    def new(self):
        """The values as they would be."""
        return _values(self.result)

    @property
    def state(self):
        """Whether the result is new, changed or the same; no other answer once it is saved."""
        if not self.old:
            return NEW
        return CHANGED if self.changes else SAME

    @property
    def changes(self):
        """[(head, before, after)] of what differs; of a new result, what its row doesn't show."""
        if self.old:
            known, shown = self.old, ()
        else:
            known, shown = _values(Result()), ("measure", "period")
        return [
            (HEADS[name], said(known[name]), said(value))
            for name, value in self.new.items()
            if known[name] != value and name not in shown
        ]


@dataclass(frozen=True)
class Reading:
    """A sheet as it was read: its lines, its faults, and the heads that mean nothing here."""

    lines: list
    faults: list
    strange: list

    def count(self, state):
        """Return how many lines are new, changed or the same."""
        return sum(line.state == state for line in self.lines)

    @property
    def does_something(self):
        """True when all of it can be read, and some of it is new."""
        return not self.faults and any(line.state != SAME for line in self.lines)

    @property
    def mark(self):
        """The deed as plain values: the same as long as nobody has changed what it changes."""
        return [
            [line.result.pk, line.result.intervention_id, _plain(line.old), _plain(line.new)]
            for line in self.lines
        ]


def read(rows, user, intervention=None):
    """Return the Reading of a sheet's ``rows``, the first being heads; ``intervention`` is theirs
    when the sheet doesn't say. Raises Refused with a sentence.
    """
    _refuse_too_much(rows)
    heads, *body = [[unescape(cell) for cell in row] for row in rows]
    columns, strange = columns_of(heads)
    refuse_persons(heads, body)
    if "measure" not in columns or not {"year", "period"} & set(columns):
        raise Refused(
            "Bladet behöver en rad med rubriker: minst ”vad som räknas” och ”år” eller ”period”."
        )
    if "intervention" not in columns and intervention is None:
        raise Refused("Bladet saknar kolumnen ”insats”. Välj vilken insats det gäller.")
    reader = _Reader(columns, heads, user, intervention)
    for number, cells in enumerate(body, start=2):
        if any(cell.strip() for cell in cells):
            reader.take(number, cells)
    return Reading(reader.lines, reader.faults, strange)


def do(reading):
    """Save all of ``reading``, or nothing. One time in the history holds what it did together."""
    with transaction.atomic():
        _remember([line.result.pk for line in reading.lines if line.state == CHANGED])
        now = timezone.now()
        for line in reading.lines:
            if line.state != SAME:
                line.result._change_reason, line.result._history_date = WHY, now
                line.result.save()


def _remember(pks):
    """Let the history of results that have none begin with what stands, by nobody known."""
    known = Result.history.filter(id__in=pks).values("id")
    unknown = list(Result.objects.filter(pk__in=pks).exclude(pk__in=known))
    for result in unknown:
        result._history_user = None
    Result.history.bulk_history_create(unknown, default_change_reason="stod före inläsningen")


def _refuse_too_much(rows):
    if len(rows) > MOST_ROWS + 1:
        raise Refused(f"Bladet har fler än {MOST_ROWS} rader under rubrikerna. Dela upp det.")
    if sum(len(cell) for row in rows for cell in row) > MOST_TEXT:
        raise Refused("Bladet har mer text än vad resultat behöver. Ta bort det andra.")


class _Reader:
    """Reads one row after another into lines and faults."""

    def __init__(self, columns, heads, user, intervention):
        self.columns, self.heads, self.chosen = columns, heads, intervention
        self.lines, self.faults, self.met = [], [], {}
        own = Intervention.objects.for_user(user)
        self.own = {}
        for each in own:
            for name in (each.slug, each.name):
                self.own.setdefault(folded(name), set()).add(each)
        self.stored = {}
        for result in Result.objects.filter(intervention__in=own).select_related("intervention"):
            self.stored.setdefault(_known_by(result), []).append(result)

    def take(self, number, cells):
        """Read a row."""
        before = len(self.faults)
        values = {name: self._value(number, cells, name) for name in self.columns}
        intervention = self._intervention(number, values.pop("intervention", None))
        if len(self.faults) > before:
            return
        if not values.get("period"):
            values["period"] = str(values.get("year") or "")
        found = self._stored(number, intervention, values)
        if found is None:
            return
        self._sexes(number, values, found)
        old = _values(found) if found.pk else {}
        for name, value in values.items():
            if not (found.pk and name in KNOWN_BY and folded(old[name]) == folded(value)):
                setattr(found, name, value)
        line = Line(number, found, old)
        if line.state != SAME:
            self._check(number, found)
        if len(self.faults) == before:
            self.lines.append(line)

    def _check(self, number, result):
        try:
            result.full_clean()
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                for sentence in sentences:
                    self._fault(number, name, sentence)

    def _fault(self, number, name, why):
        head = self.heads[self.columns[name]] if name in self.columns else ""
        self.faults.append(Fault(number, head, why))

    def _value(self, number, cells, name):
        cell = cells[self.columns[name]].strip()
        try:
            return _read_cell(name, cell)
        except ValueError as error:
            self._fault(number, name, str(error))
            return None

    def _intervention(self, number, name):
        if not name and self.chosen is not None:
            return self.chosen
        found = self.own.get(folded(name or ""), set())
        if len(found) == 1:
            return next(iter(found))
        self._fault(
            number,
            "intervention",
            f"Flera insatser heter ”{name}”. Välj insats, och ta bort kolumnen."
            if found
            else f"Ingen av dina insatser heter ”{name}”.",
        )
        return None

    def _stored(self, number, intervention, values):
        """Return the stored result that the row is about, or a new one; None with a fault."""
        measure, base = values.get("measure", ""), values.get("base", "")
        key = (intervention.pk, folded(measure), folded(values["period"]))
        same = [each for each in self.stored.get(key, []) if folded(each.base) == folded(base)]
        found = same or ([] if "base" in self.columns else self.stored.get(key, []))
        at = (*key, folded(base))
        if at in self.met:
            self._fault(number, "measure", f"Samma resultat står redan på rad {self.met[at]}.")
            return None
        self.met[at] = number
        if len(found) > 1:
            self._fault(number, "measure", "Det finns flera resultat med samma mått och period.")
            return None
        return found[0] if found else Result(intervention=intervention)

    def _sexes(self, number, values, found):
        """A total beside women and men is held against them, and is no value of its own."""
        women = values.get("women", found.women)
        men, total = values.get("men", found.men), values.get("total")
        if women is None or men is None:
            return
        if total not in (None, women + men):
            self._fault(
                number, "total", f"Kvinnor och män blir {women + men}, men totalt står {total}."
            )
        values["total"] = None


def _known_by(result):
    return (result.intervention_id, folded(result.measure), folded(result.period))


def _read_cell(name, cell):
    """Return the value of a cell. Raises ValueError with a sentence."""
    if name in (*NUMBERS, "year", "percent") and cell in NOTHING:
        return None
    if cell in (FEW, WITHHELD):
        raise ValueError(
            f"”{cell}” är ett dolt antal ur den publika filen. Läs in kansliets egen fil."
        )
    if name in NUMBERS or name == "year":
        number = WholeNumberWidget().clean(cell)
        if number < 0:
            raise ValueError(f"”{cell}” är mindre än noll.")
        return number
    if name == "percent":
        return DecimalWidget().clean(cell.removesuffix("%").rstrip())
    if name == "counts_persons":
        return YesNoWidget().clean(cell) is not False
    if name == "qualifier":
        return _qualifier(cell)
    return cell


def _qualifier(cell):
    known = {label: value for value, label in QUALIFIERS.items()}
    if cell and cell not in known:
        raise ValueError(f"”{cell}” går inte att välja. Välj {', '.join(known)}.")
    return known.get(cell, "")


def _values(result):
    return {name: getattr(result, name) for name in KEPT}


def said(value):
    """Return a value as one reads it."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return "tomt" if value in (None, "") else QUALIFIERS.get(value, value)


def _plain(values):
    return [None if value is None else str(value) for value in values.values()]
