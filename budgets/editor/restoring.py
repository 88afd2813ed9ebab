"""Brings back what stood before one save: looked at first, then written wholly.

Amounts, the budget's texts, lines and columns. A line or a column that comes back has its old key,
so that its history goes on. Nothing is brought back where something else stands by now.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from associations.decimals import write as written
from budgets.editor import editing
from budgets.editor.desk import Desk
from budgets.editor.past import AMOUNT, BUDGET, COLUMN, FIELDS, LINE, changed_by

NO_LONGER = "Raden eller kolumnen finns inte längre."
NOUNS = {LINE: ("Raden", "rader"), COLUMN: ("Kolumnen", "kolumner")}


class InTheWay(Exception):
    """Something else stands there by now, in a Swedish sentence."""


@dataclass
class Change:
    """What is to be written: place → kronor, and the lines and columns (past.Was) and texts."""

    amounts: dict = field(default_factory=dict)
    rows: list = field(default_factory=list)
    texts: dict = field(default_factory=dict)

    @property
    def has_reshaped(self):
        """True when it is about more than amounts."""
        return bool(self.rows or self.texts)

    def of(self, model, *, coming=None, going=None):
        """Return the rows of ``model``; of those, only the ones that come back, or that go."""
        return [
            was
            for was in self.rows
            if was.model is model
            and coming in (None, was.after is None)
            and going in (None, was.before is None)
        ]


def look_at(desk, step):
    """Return the Change that takes ``step`` back. Raises InTheWay, and LookupError."""
    change = Change()
    found = changed_by(desk.budget, step)
    rows = _standing(desk, [was.key for was in found if was.model is LINE])
    for was in found:
        if was.model is AMOUNT:
            change.amounts[was.key] = (_kronor(was.before), _kronor(was.after))
        elif was.model is COLUMN and was.fields == {"opening"}:
            change.amounts[None, was.key] = was.before["opening"], was.after["opening"]
        elif was.model is BUDGET:
            _see_texts(desk, was, change)
        else:
            _see_row(rows[was.model].get(was.key), was)
            change.rows.append(was)
    _see_amounts(desk, change)
    _see_what_goes(desk, change)
    _see_chain(desk, change)
    change.amounts = {place: before for place, (before, _) in change.amounts.items()}
    return change


def write(desk, change):
    """Write the Change; return the Desk as it stands then. What comes is first, what goes last.

    The budget's own texts are only set: they are to be saved with its version.
    """
    for model in (COLUMN, LINE):
        for was in change.of(model, coming=True):
            chained = {"opens_from_id": None} if model is COLUMN else {}
            model(pk=was.key, budget=desk.budget, **was.before | chained).save(force_insert=True)
    for was in change.rows:
        if was.before is not None:
            names = was.fields or ({"opens_from_id"} if was.model is COLUMN else set())
            _update(was, {name: was.before[name] for name in names})
    for name, text in change.texts.items():
        setattr(desk.budget, name, text)
    desk = Desk(desk.budget) if change.has_reshaped else desk
    for place, kronor in change.amounts.items():
        desk.write(place, kronor)
    for was in change.of(COLUMN, going=True):
        _update(was, {"opens_from_id": None})
    for model in (LINE, COLUMN):
        for was in change.of(model, going=True):
            model.objects.get(pk=was.key).delete()
    return Desk(desk.budget) if change.has_reshaped else desk


def told(change):
    """Return what was brought back, in sentences."""
    said = [_rows_told(model, change) for model in (LINE, COLUMN)]
    said.append("Budgetens text står som förut." if change.texts else "")
    number = len(change.amounts)
    if number == 1:
        (kronor,) = change.amounts.values()
        said.insert(0, f"1 belopp står som förut: {written(kronor) or 'inget belopp'}.")
    elif number:
        said.insert(0, f"{number} belopp står som förut.")
    return " ".join(filter(None, said))


def _rows_told(model, change):
    one, many = NOUNS[model]
    found = [
        (change.of(model, coming=True), "är tillbaka"),
        (change.of(model, going=True), "är borttagen", "är borttagna"),
        (change.of(model, coming=False, going=False), "står som förut"),
    ]
    parts = []
    for rows, said, *plural in found:
        if len(rows) == 1:
            parts.append(f"{one} {_name(rows[0])} {said}.")
        elif rows:
            parts.append(f"{len(rows)} {many} {plural[0] if plural else said}.")
    return " ".join(parts)


def _name(was):
    values = was.before or was.after
    if was.model is LINE:
        return values["label"]
    return COLUMN(year=values["year"], kind=values["kind"]).label


def _kronor(values):
    return None if values is None else values["kronor"]


def _standing(desk, lines):
    """Return model → key → the row as it stands now."""
    return {COLUMN: desk.columns, LINE: LINE.objects.filter(budget=desk.budget).in_bulk(lines)}


def _see_texts(desk, was, change):
    for name in was.fields:
        if getattr(desk.budget, name) != was.after[name]:
            raise InTheWay("Någon annan har ändrat texten sedan dess.")
        change.texts[name] = was.before[name]


def _see_row(row, was):
    """Raise InTheWay unless ``row`` stands as the save left it; its place only where that changed.

    What a line that comes back points at must be there still.
    """
    if was.after is None:
        if row is not None:
            raise InTheWay(f"{NOUNS[was.model][0]} {_name(was)} finns redan.")
    elif row is None:
        raise InTheWay(NO_LONGER)
    else:
        names = set(FIELDS[was.model]) - {"position"} | was.fields
        if any(getattr(row, name) != was.after[name] for name in names):
            raise InTheWay(
                f"Någon annan har ändrat {NOUNS[was.model][0].lower()} {_name(was)} sedan dess."
            )
    if was.model is LINE and was.before is not None:
        try:
            LINE(**was.before).clean_fields(exclude=["budget"])
        except ValidationError:
            raise InTheWay("Det som raden hörde ihop med finns inte längre.") from None


def _see_amounts(desk, change):
    """Raise InTheWay unless each cell holds what the save left in it, and can hold the old."""
    coming = {model: {was.key for was in change.of(model, coming=True)} for model in NOUNS}
    for (line, column), (before, after) in change.amounts.items():
        has_line = line is None or line in desk.keys | coming[LINE]
        has_column = column in desk.columns.keys() | coming[COLUMN]
        if not has_line or not has_column:
            raise InTheWay(NO_LONGER)
        stored = _stored(desk, (line, column))
        chained = line is None and desk.columns[column].opens_from_id is not None
        if stored != after or (chained and before is not None):
            by, _ = editing.last_writer((line, column))
            raise InTheWay(f"{by or 'Någon annan'} har skrivit där sedan dess.")


def _stored(desk, place):
    line, column = place
    return desk.columns[column].opening if line is None else desk.amounts.get(place)


def _see_what_goes(desk, change):
    """Raise InTheWay when a line or a column that goes holds more than what goes with it."""
    lines = {was.key for was in change.of(LINE, going=True)}
    columns = {was.key for was in change.of(COLUMN, going=True)}
    for place in desk.amounts.keys() - change.amounts.keys():
        if place[0] in lines or place[1] in columns:
            by, _ = editing.last_writer(place)
            raise InTheWay(
                f"{by or 'Någon annan'} har skrivit på raden eller i kolumnen sedan dess."
            )


def _see_chain(desk, change):
    """Raise InTheWay when two columns would be of one year and kind, or the chain would break."""
    if not change.of(COLUMN):
        return
    final = {
        key: {name: getattr(column, name) for name in FIELDS[COLUMN]}
        for key, column in desk.columns.items()
    }
    for was in change.of(COLUMN):
        final[was.key] = was.before
    final = {key: values for key, values in final.items() if values is not None}
    if len({(each["year"], each["kind"]) for each in final.values()}) < len(final):
        raise InTheWay("Någon annan har lagt till en kolumn av samma slag för året.")
    for key in final:
        seen, at = set(), key
        while at is not None:
            if at in seen or at not in final:
                raise InTheWay("En annan kolumn öppnar med resultatet i kolumnen.")
            seen.add(at)
            at = final[at]["opens_from_id"]


def _update(was, values):
    if not values:
        return
    row = was.model.objects.get(pk=was.key)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[name.removesuffix("_id") for name in values])
