"""How choices at an import are remembered from one year to the next."""

from budgets.intake import heads
from budgets.intake.heads import folded
from budgets.intake.matching import LEAVE, NAMELESS, OPENING, SKIP
from budgets.models import ImportMemory

ROW, COLUMN = ImportMemory.Axis.ROW, ImportMemory.Axis.COLUMN
LONGEST = ImportMemory._meta.get_field("label").max_length


def recall(association, target):
    """Return (remembered rows, remembered columns) as matching.Choice wants them.

    What leads to a line that this budget doesn't have is left out.
    """
    rows, columns = {}, {}
    for memory in ImportMemory.objects.filter(association=association):
        if memory.axis == COLUMN:
            columns[memory.label] = _column(memory.target, target)
        else:
            rows[memory.section, memory.label] = _row(memory, target)
    return _known(rows), _known(columns)


def _known(choices):
    return {key: chosen for key, chosen in choices.items() if chosen}


def _row(memory, target):
    if memory.target in (SKIP, OPENING):
        return memory.target
    found = [
        place.ident
        for place in target.rows
        if folded(place.label) == memory.target and place.section == memory.target_section
    ]
    return found[0] if len(found) == 1 else ""


def _column(stored, target):
    if stored == SKIP:
        return SKIP
    kind, _, distance = stored.partition(":")
    return f"+{kind}:{target.year + int(distance)}"


def lessons(sheet_preview, target, rows, columns):
    """Return what is to be remembered of the chosen ``rows`` and ``columns`` (number → choice).

    A list of plain lists, as ``keep`` takes them. A row that was added goes by its own label
    from now on, and needs no memory.
    """
    fits = {fit.number: fit for fit in sheet_preview.rows}
    places = {place.ident: place for place in target.rows}
    kept = []
    for number, chosen in rows.items():
        fit, place = fits.get(number), places.get(chosen)
        if fit is None or fit.why == NAMELESS or chosen == LEAVE or chosen.startswith("+"):
            continue
        key = [ROW, fit.section, folded(fit.label)]
        where = [place.section, folded(place.label)] if place else ["", SKIP]
        kept.append([*key, *(["", OPENING] if chosen == OPENING else where)])
    places = {place.ident: f"{place.kind}:{place.year - target.year}" for place in target.columns}
    for fit in sheet_preview.columns:
        chosen = columns.get(fit.number)
        if chosen in (None, LEAVE) or fit.why == NAMELESS:
            continue
        to = places.get(chosen) or (SKIP if chosen == SKIP else _added(chosen, target.year))
        kept.append([COLUMN, "", heads.remembered(fit.label, target.year), "", to])
    return [each for each in kept if len(each[2]) <= LONGEST]


def _added(chosen, year):
    kind, _, added = chosen[1:].partition(":")
    return f"{kind}:{int(added) - year}"


def keep(association, learnt):
    """Store the lessons; a newer choice takes an older one's place."""
    for axis, section, label, target_section, to in learnt:
        ImportMemory.objects.update_or_create(
            association=association,
            axis=axis,
            section=section,
            label=label,
            defaults={"target_section": target_section, "target": to},
        )
