"""A budget as the import sees it: which rows and columns a sheet can match."""

from budgets import layout
from budgets.intake.matching import Place, Stored, Target, folded


def target_of(budget):
    """Return the matching.Target of ``budget`` (fetched ``with_table()``).

    Row ids are a line's key as text, and ``opening``; column ids the column's key as text. Cell
    ids are the grid's. Opening balances that come from another column are not typed, so they are
    no cells here.
    """
    sheet = layout.of_budget(budget, editing=True)
    typed = [row for row in sheet.rows if row.kind in layout.TYPED]
    return Target(
        rows=tuple(Place(_ident(row), row.name, row.section) for row in typed),
        columns=tuple(_column(each.column) for each in sheet.columns),
        cells={
            (_ident(row), str(cell.column.key)): (cell.ident, cell.value)
            for row in typed
            for cell in row.cells
            if cell.typed
        },
        computed=_computed(sheet),
        sections={
            folded(row.name): row.section
            for row in sheet.rows
            if row.kind == layout.HEAD and row.section
        },
        members=_members(budget.association),
        year=budget.year,
        stored=_stored(budget),
    )


def _column(column):
    """Return the Place of a sums.Column."""
    return Place(str(column.key), column.label, year=column.year, kind=column.kind)


def _stored(budget):
    """Return what the budget's sums after the import start from."""
    columns = tuple(column.as_plain() for column in budget.columns.all())
    return Stored(columns, tuple(line.as_plain() for line in budget.lines.all()))


def _members(association):
    """Return a Place for each word that a member goes by."""
    return tuple(
        Place(str(member.pk), name, kind=member.kind)
        for member in association.members.all()
        for name in dict.fromkeys((member.name, member.short_name))
    )


def _ident(row):
    return layout.OPENING if row.kind == layout.OPENING else str(row.key)


def _computed(sheet):
    """Return the names of the rows that the budget computes."""
    return tuple(row.name for row in sheet.rows if row.kind not in (layout.HEAD, *layout.TYPED))
