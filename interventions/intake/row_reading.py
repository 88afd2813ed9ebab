"""Reads the rows of a sheet with results into lines and faults.

A row is a result of an intervention, known by what it counts, its period and what it is counted
of. A column that the sheet lacks leaves what stands; an empty cell takes the number away. A row
that only sums the others is held against them (``sum_rows.py``).
"""

from django.core.exceptions import ValidationError

from associations.import_formats import unescape
from associations.labels import folded
from associations.sheets import Refused
from interventions.intake import heads, sum_rows, values
from interventions.intake.importing import SAME, Fault, Line, Reading, values_of
from interventions.models import Intervention, Result

KNOWN_BY = ("measure", "period", "base")  # the same word in other letters is no change
MOST_ROWS, MOST_TEXT = 500, 300_000  # rows and characters; every row is held against every rule


def read(sheet, user, intervention=None, chosen=None, remembered=None):
    """Return the Reading of a Sheet; ``intervention`` is its results' when it doesn't say whose.

    ``chosen`` and ``remembered`` are as in ``heads.find``. Raises Refused with a sentence.
    """
    _refuse_too_much(sheet.rows)
    found = heads.find(sheet, chosen, remembered)
    problems = found.problems
    if "intervention" not in found.fields and intervention is None:
        problems = [*problems, "Bladet saknar kolumnen ”insats”. Välj vilken insats det gäller."]
    if problems:
        return Reading([], [], found, problems, [])
    reader = _Reader(found, sheet, user, intervention)
    for at in range(found.row + 1, len(sheet.rows)):
        if any(sheet.rows[at]):
            reader.take(at)
    reader.end()
    return Reading(reader.lines, reader.faults, found, [], reader.all_told)


def _refuse_too_much(rows):
    if sum(map(any, rows)) > MOST_ROWS + heads.WITHIN:
        raise Refused(f"Bladet har fler än {MOST_ROWS} rader under rubrikerna. Dela upp det.")
    if sum(len(cell) for row in rows for cell in row) > MOST_TEXT:
        raise Refused("Bladet har mer text än vad resultat behöver. Ta bort det andra.")


class _Reader:
    """Reads one row after another into lines and faults."""

    def __init__(self, found, sheet, user, intervention):
        self.columns, self.sheet, self.chosen = found.fields, sheet, intervention
        self.lines, self.faults, self.met, self.told, self.rounded = [], [], {}, [], []
        own = Intervention.objects.for_user(user)
        self.own = {}
        for each in own:
            for name in (each.slug, each.name):
                self.own.setdefault(folded(name), set()).add(each)
        self.stored = {}
        for result in Result.objects.filter(intervention__in=own).select_related("intervention"):
            self.stored.setdefault(_known_by(result), []).append(result)
        self.measures = {folded(r.measure) for each in self.stored.values() for r in each}
        self.sums, self.waiting = sum_rows.Sums(), []

    @property
    def all_told(self):
        """Sentences on what was read otherwise than as it stands."""
        if not self.rounded:
            return self.told
        rows = ", ".join(map(str, self.rounded[:8]))
        return [*self.told, f"Procenttal med fler decimaler är avrundade till en: rad {rows}."]

    def take(self, at):
        """Read the row ``at``, counted from 0."""
        number, row = at + 1, self.sheet.rows[at]
        if heads.is_again(row, self.columns):
            self._fault(number, "", "Här börjar en ny tabell. Läs in den för sig.")
            return
        before = len(self.faults)
        read = {name: self._value(at, name) for name in self.columns}
        if sum_rows.is_sum(read["measure"]) and folded(read["measure"]) not in self.measures:
            self._sum(number, read)
            return
        intervention = self._intervention(number, read.pop("intervention", None))
        if len(self.faults) > before:
            return
        if not read.get("period"):
            read["period"] = str(read.get("year") or "")
        found = self._stored(number, intervention, read)
        if found is not None:
            self._line(at, found, read)

    def _line(self, at, found, read):
        """Add what the values ``read`` in a row would do to the result ``found``."""
        number, before = at + 1, len(self.faults)
        self._sexes(number, read, found)
        old = values_of(found) if found.pk else {}
        self._doubt(at, read, old)
        for name, value in read.items():
            if not (found.pk and name in KNOWN_BY and folded(old[name]) == folded(value)):
                setattr(found, name, value)
        line = Line(number, found, old)
        if line.state != SAME:
            self._check(number, found)
        if len(self.faults) == before:
            self.lines.append(line)
            self.sums.add(found)

    def _sum(self, number, read):
        """Hold a row that sums the others against them; it is no result of its own.

        What can't be read has no sum: where anything is at fault, that comes first.
        """
        if self.faults:
            return
        if self.sums.are_below(read):
            self.waiting.append((number, read))
        else:
            self._held(number, read, self.sums.why_not(read))

    def end(self):
        """Hold the rows of sums that stand over their rows against these."""
        for number, read in self.waiting if not self.faults else ():
            self._held(number, read, self.sums.why_not_below(read))

    def _held(self, number, read, why):
        if why:
            self._fault(number, "measure", f"{why} {sum_rows.ADVICE}")
        else:
            self.told.append(f"Rad {number}, ”{read['measure']}”, är en summa. Den stämmer.")

    def _doubt(self, at, read, old):
        """Ask about a rate that may be a share of one, and tell of one that is rounded."""
        if read.get("percent") is None:
            return
        cell = self._cell(at, "percent")
        if values.is_rounded(cell):
            self.rounded.append(at + 1)
        if values.is_doubtful(cell) and read["percent"] != old.get("percent"):
            why = f"”{cell}” kan vara en andel av 1 eller procent. Skriv procenttecken efter talet."
            self._fault(at + 1, "percent", why)

    def _check(self, number, result):
        try:
            result.full_clean()
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                for sentence in sentences:
                    self._fault(number, name, sentence)

    def _fault(self, number, name, why):
        head = self.columns[name].name if name in self.columns else ""
        self.faults.append(Fault(number, head, why))

    def _cell(self, at, name):
        return unescape(self.sheet.rows[at][self.columns[name].at])

    def _value(self, at, name):
        said = self.sheet.format_at(at, self.columns[name].at)
        try:
            return values.read_cell(name, self._cell(at, name), said)
        except ValueError as error:
            self._fault(at + 1, name, str(error))
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
            else f"Ingen av dina insatser heter ”{name}”. Lägg in den först, eller ta bort raden.",
        )
        return None

    def _stored(self, number, intervention, read):
        """Return the stored result that the row is about, or a new one; None with a fault."""
        measure, base = read.get("measure") or "", read.get("base") or ""
        key = (intervention.pk, folded(measure), folded(read["period"]))
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

    def _sexes(self, number, read, found):
        """A total beside women and men is held against them, and is no value of its own."""
        women = read.get("women", found.women)
        men, total = read.get("men", found.men), read.get("total")
        if women is None or men is None:
            return
        if total not in (None, women + men):
            self._fault(
                number, "total", f"Kvinnor och män blir {women + men}, men totalt står {total}."
            )
        read["total"] = None


def _known_by(result):
    return (result.intervention_id, folded(result.measure), folded(result.period))
