"""One column of a stored table as a side of a comparison, the same for every page that compares."""

from dataclasses import replace

from budgets import comparison, sums


def side_of(budget, column, name):
    """Return one column of ``budget`` (fetched ``with_table()``) as comparison.Side."""
    return side(budget.table(), budget.lines.all(), column.pk, name)


def side(table, lines, key, name):
    """Return the column ``key`` of a table, each line known by its member, intervention or words.

    ``lines`` are the table's BudgetLines.
    """
    entries = (
        comparison.Entry(
            line.section,
            line.label,
            table.amounts.get((line.pk, key)),
            _identities(line),
            _url(line.intervention),
        )
        for line in lines
    )
    return comparison.Side(name, tuple(entries), table.by_key[key])


def no_side(column, name):
    """Return the empty side of a ``column`` (sums.Column) that a table doesn't have."""
    empty = sums.table([replace(column, opens_from=None, opening=None)], [], {})
    return comparison.Side(name, (), empty.columns[0])


def _identities(line):
    """Return what a line may be known by, the surest first; None where it has no such thing."""
    return (
        ("line", line.pk),
        ("member", line.organisation_id) if line.organisation_id else None,
        ("intervention", line.intervention_id) if line.intervention_id else None,
        comparison.words_of(line.label),
    )


def _url(intervention):
    public = intervention is not None and intervention.public
    return intervention.get_absolute_url() if public else ""
