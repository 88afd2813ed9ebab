"""A calculation of effects as CSV: every assumption with its source, and every result."""

from associations import spreadsheets
from associations.decimals import MINUS, NO_BREAK_SPACE, write_decimal

BOM = "\ufeff"
HEAD = ("del", "post", "värde", "enhet", "gäller", "källa", "plats i källan")
KRONOR = "kronor på ett år"


def as_csv(calculation, form, sheet):
    """Return the file that Excel opens by itself in Sweden: bytes, semicolons, decimal comma.

    The numbers are those of the page, unrounded to four decimals.
    """
    rows = [HEAD, *_assumptions(calculation, form), *_choices(form), *_results(sheet)]
    return (BOM + "".join(_line(row) for row in rows)).encode()


def _assumptions(calculation, form):
    for each in [*form.assumption_fields, *form.money_fields]:
        if each.value is None:
            continue
        part, told = "antagande, ändrat", ("", "", "")
        if not each.is_changed:
            part, source = "antagande", each.stored.source
            shown = source.title if source and source.public else ""
            when = str(each.stored.date or calculation.year)
            told = (when, shown, each.stored.source_note)
        yield part, each.field.label, each.value, each.unit, *told


def _choices(form):
    for field in form.switch_fields.values():
        yield "val", field.label, "ja" if form.cleaned_data[field.name] else "nej"
    yield "val", form.deadweight.label, form.choices.deadweight, "procent"
    if form.cleaned_data[form.spread.name] is not None:
        yield "val", form.spread.label, form.cleaned_data[form.spread.name], "procent"


def _results(sheet):
    for row in sheet.rows:
        yield "resultat", row.label, row.kronor, KRONOR
    yield "resultat", "Totalt", sheet.answer.total, KRONOR
    for switch in sheet.switches:
        if switch.alone is not None:
            yield "val, ensamt", switch.field.label, switch.alone, KRONOR
    for bar in sheet.bars[1:-1]:
        yield "val, i tur och ordning", bar.label, bar.change, KRONOR
    yield "resultat", "Totalt med allt som utelämnats", sheet.all_on.total, KRONOR
    if sheet.range:
        for label, end in zip(("Låg", "Mitten", "Hög"), sheet.range, strict=True):
            yield "spann", label, end.total, KRONOR
    for row in sheet.payers:
        yield "betalare, får", row.label, row.payback.gain, KRONOR
        yield "betalare, lade in", row.label, row.payback.paid, "kronor"
        yield "betalare, har fått igen", row.label, row.answer


def _line(cells):
    return ";".join(map(_cell, [*cells, *[""] * (len(HEAD) - len(cells))])) + "\r\n"


def _cell(value):
    if value is None:
        return ""
    if not isinstance(value, str):
        return write_decimal(value).replace(NO_BREAK_SPACE, "").replace(MINUS, "-")
    doubled = spreadsheets.marked(value).replace('"', '""')
    return f'"{doubled}"'
