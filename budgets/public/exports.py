"""A budget's table as files: CSV for Swedish Excel, CSV for machines, XLSX, and JSON.

Writers only: every number comes from ``sums.Table`` through ``layout`` and ``grid``. What people
wrote stays text in a spreadsheet: a text that a program could take for a formula gets an
apostrophe before it in CSV, and is marked as text in XLSX. Numbers are numbers, negative ones too.
"""

import hashlib
import io
import json

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from associations import spreadsheets
from budgets import layout, sums

BOM = "\ufeff"
NOTE_PIECE = 1_000  # characters of a note in one cell; the import reads cells of up to 2 000
DATA_FIELDS = (
    "association", "association_name", "year", "edition", "status", "column_year", "phase",
    "section", "label", "organisation", "organisation_kind", "intervention",
    *(f"{category}_percent" for category in sums.CATEGORIES), "amount_sek",
)  # fmt: skip
PROPERTIES = ("contributions", "other_income", "opening", "income", "cost", "result")


def as_text(text):
    """Return ``text`` so that no spreadsheet takes it for a formula when it opens a CSV file.

    An apostrophe goes before it, as ``spreadsheets.py`` says. Signs that no file can hold become
    spaces.
    """
    return spreadsheets.marked(ILLEGAL_CHARACTERS_RE.sub(" ", text))


def excel_csv(budget):
    """Return the table as CSV that Excel opens by itself in Sweden: bytes.

    UTF-8 with a mark, semicolons, decimal comma, whole kronor without spaces. All texts stand
    within quotes, so that no comma in them is taken for the delimiter.
    """
    sheet = layout.of_budget(budget, table=budget.told_table())
    rows = [[_quoted(_corner(budget)), *(_quoted(each.column.label) for each in sheet.columns)]]
    rows += [[_quoted(row.name), *map(_written, row.values)] for row in sheet.rows]
    for name, note in sheet.notes:
        for start in range(0, len(note), NOTE_PIECE):
            rows.append([_quoted(f"Not till {name}: {note[start : start + NOTE_PIECE]}")])
    return (BOM + "".join(";".join(cells) + "\r\n" for cells in rows)).encode()


def _quoted(text):
    doubled = as_text(text).replace('"', '""')
    return f'"{doubled}"'


def _written(value):
    return "" if value is None else str(value).replace(".", ",")


def data_csv(budget):
    """Return the table for machines, one row for each line and column: bytes.

    UTF-8, commas, CRLF, names in English; an empty ``amount_sek`` is no amount, which is not 0.
    Opening balances are rows of the section ``opening``; nothing else is computed.
    """
    rows = [DATA_FIELDS]
    table = budget.told_table()
    own = [budget.association.slug, as_text(budget.association.name)]
    own += [budget.year, budget.edition, budget.state]
    for each in table.columns:
        head = [*own, each.column.year, each.column.kind]
        for line in budget.lines.all():
            amount = table.amounts.get((line.pk, each.column.key))
            rows.append([*head, line.section, *_described(line), amount])
        if table.has_opening:
            empty = [""] * (3 + len(sums.CATEGORIES))
            rows.append([*head, "opening", as_text(table.opening_label), *empty, each.opening])
    return "".join(",".join(map(_machine, row)) + "\r\n" for row in rows).encode()


def _machine(value):
    return "" if value is None else spreadsheets.in_csv(str(value))


def _described(line):
    """Return a line's label, member, intervention and split as cells."""
    member, split = line.organisation, [""] * len(sums.CATEGORIES)
    if line.section == "cost":
        split = [getattr(line, category) for category in sums.CATEGORIES]
    return [
        as_text(line.label),
        as_text(member.name) if member else "",
        member.kind if member else "",
        line.intervention.slug if _is_public(line.intervention) else "",
        *split,
    ]


def xlsx(budget):
    """Return the table as a workbook: bytes. The first sheet is the table, the second its notes."""
    sheet = layout.of_budget(budget, table=budget.told_table())
    book = Workbook()
    book.properties.creator = _legal(budget.association.name)
    book.properties.title = _legal(_corner(budget))
    page = book.active
    page.title = f"Budget {budget.year}"
    _head(page, [_corner(budget), *(each.column.label for each in sheet.columns)])
    for number, row in enumerate(sheet.rows, 2):
        _text(page.cell(number, 1), row.name)
        for at, value in enumerate(row.values, 2):
            _number(page.cell(number, at), value, row.kind)
        _drawn(page[number], row.kind)
    page.freeze_panes = "B2"
    page.column_dimensions["A"].width = 46
    for at in range(2, len(sheet.columns) + 2):
        page.column_dimensions[get_column_letter(at)].width = 16
    if sheet.notes:
        _notes(book.create_sheet("Noter"), sheet.notes)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _head(page, labels):
    for at, label in enumerate(labels, 1):
        cell = page.cell(1, at)
        _text(cell, label)
        cell.font = Font(bold=True)
        cell.border = Border(bottom=Side(style="thin"))
        cell.alignment = Alignment(horizontal="left" if at == 1 else "right", wrap_text=True)


def _text(cell, text):
    """Write a text that stays text: never a formula, and marked so for whoever edits it."""
    cell.value = _legal(text)
    cell.data_type = "s"
    cell.quotePrefix = as_text(text) != text


def _number(cell, value, kind):
    """Write whole kronor, or per cent as the share of one that a spreadsheet reckons with."""
    if kind == layout.SHARE:
        cell.value, cell.number_format = None if value is None else float(value) / 100, "0.0%"
    else:
        cell.value, cell.number_format = value, "#,##0"


def _drawn(cells, kind):
    """Make heads and sums look like what they are."""
    for cell in cells:
        if kind in (layout.HEAD, "subtotal", "sum", "result"):
            cell.font = Font(bold=True)
        if kind in ("sum", "result"):
            cell.border = Border(
                top=Side(style="thin"),
                bottom=Side(style="double") if kind == "result" else None,
            )


def _notes(page, notes):
    _head(page, ["Rad", "Not"])
    page.cell(1, 2).alignment = Alignment(horizontal="left")
    for number, (name, note) in enumerate(notes, 2):
        _text(page.cell(number, 1), name)
        _text(page.cell(number, 2), note[:32_000])  # Excel's cell holds 32 767 characters
        page.cell(number, 2).alignment = Alignment(wrap_text=True, vertical="top")
    page.freeze_panes = "A2"
    page.column_dimensions["A"].width = 46
    page.column_dimensions["B"].width = 90


def document(budget, schema_url=""):
    """Return the budget as plain values for JSON, as ``schemas/budget.json`` describes it.

    Amounts are whole kronor, and null where there is none.
    """
    table = budget.told_table()
    ids = {each.column.key: f"{each.column.year}-{each.column.kind}" for each in table.columns}
    return {
        "$schema": schema_url,
        "association": {"slug": budget.association.slug, "name": budget.association.name},
        "year": budget.year,
        "edition": budget.edition,
        "status": budget.state,
        "adopted_on": budget.adopted_on.isoformat() if budget.adopted_on else None,
        "registry_number": budget.dnr or None,
        "currency": "SEK",
        "opening_label": budget.opening_label,
        "opening_note": budget.opening_note,
        "columns": [_column(each, ids) for each in table.columns],
        "lines": [_line(line, table, ids) for line in budget.lines.all()],
    }


def _column(each, ids):
    return {
        "id": ids[each.column.key],
        "year": each.column.year,
        "phase": each.column.kind,
        "label": each.column.label,
        "opens_from": ids.get(each.column.opens_from),
        **{name: getattr(each, name) for name in PROPERTIES},
        "result_without_opening": each.result_of_year,
        "payers": _shares(each.payers),
        "categories": _shares(each.categories),
    }


def _shares(shares):
    """Return the parts by their keys, in kronor and in per cent with one decimal."""
    return {
        share.key: {
            "amount": share.amount,
            "percent": None if share.percent is None else float(layout.tenths(share.percent)),
        }
        for share in shares
    }


def _line(line, table, ids):
    member, intervention = line.organisation, line.intervention
    public = _is_public(intervention)
    is_cost = line.section == "cost"
    return {
        "section": line.section,
        "label": line.label,
        "organisation": {"name": member.name, "kind": member.kind} if member else None,
        "intervention": (
            {"slug": intervention.slug, "name": intervention.name} if public else None
        ),
        "split": {name: getattr(line, name) for name in sums.CATEGORIES} if is_cost else None,
        "note": line.note,
        "amounts": {ids[key]: table.amounts.get((line.pk, key)) for key in ids},
    }


def as_json(budget, schema_url=""):
    """Return ``document`` as JSON: bytes."""
    return json.dumps(document(budget, schema_url), ensure_ascii=False, indent=2).encode()


def fingerprint(budget, form, schema_url):
    """Return a short text that changes when anything does that a file of the budget holds."""
    held = [document(budget, schema_url), budget.result_label, budget.association.short_name, form]
    whole = json.dumps(held, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:24]


def _corner(budget):
    """Return the words in the table's corner: whose, which year, which unit."""
    return f"{budget.association.short_name}, budget {budget.year}, kronor"


def _legal(text):
    return ILLEGAL_CHARACTERS_RE.sub(" ", text)


def _is_public(intervention):
    """True for an intervention that a visitor may read of."""
    return intervention is not None and intervention.public
