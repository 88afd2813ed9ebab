"""A budget's charts: a title that is a sentence, and the parts or series to draw."""

from dataclasses import dataclass

from budgets.numbers import write

PAYER_KINDS = {"state_agency": "a", "region": "b", "municipality": "c"}


@dataclass(frozen=True)
class Picture:
    """What a chart tag is given. ``base`` says in words what the shares are parts of."""

    title: str
    parts: tuple = ()
    labels: tuple = ()
    base: str = ""


def categories(column):
    """Return the picture of what the cost goes to, or None when nothing has a share."""
    largest = _largest(column.categories)
    if largest is None:
        return None
    return Picture(
        title=f"{largest.rounded} procent av kostnaderna går till {largest.label.lower()}",
        parts=_parts(column.categories, {}),
        base=f"Procent av summa kostnader {column.column.year}, {write(column.cost)} kr.",
    )


def payers(column):
    """Return the picture of who pays the contributions, or None when nobody does."""
    largest = _largest(column.payers)
    if largest is None:
        return None
    return Picture(
        title=f"{largest.label} betalar {largest.rounded} procent av bidragen",
        parts=_parts(column.payers, PAYER_KINDS),
        base=(
            f"Procent av medlemmarnas bidrag {column.column.year}, {write(column.contributions)} "
            "kr. Pengar från tidigare år är inget bidrag."
        ),
    )


def years(table):
    """Return the picture of income, cost and what is left, over the columns."""
    series = (
        {"label": "Intäkter", "values": tuple(c.income for c in table.columns), "kind": "income"},
        {"label": "Kostnader", "values": tuple(c.cost for c in table.columns), "kind": "cost"},
        {"label": "Kvar", "values": tuple(c.result for c in table.columns), "kind": "c"},
    )
    labels = tuple(c.column.label for c in table.columns)
    return Picture(title=_years_title(table), parts=series, labels=labels)


def _years_title(table):
    short = [column for column in table.columns if column.result < 0]
    if short:
        worst = min(short, key=lambda column: column.result)
        return (
            f"{worst.column.label} kostar {write(-worst.result)} kr mer än de intäkter "
            "som står i tabellen"
        )
    last = table.columns[-1]
    return f"Pengarna räcker: {write(last.result)} kr är kvar efter {last.column.year}"


def _largest(shares):
    known = [share for share in shares if share.rounded]
    return max(known, key=lambda share: share.amount, default=None)


def _parts(shares, kinds):
    return tuple(
        {
            "label": share.label,
            "value": share.amount,
            "percent": share.rounded,
            "kind": kinds.get(share.key, share.key),
        }
        for share in shares
        if share.amount
    )
