"""A budget's charts: a title that is a sentence, and the parts or series to draw."""

from dataclasses import dataclass

from associations.decimals import NO_BREAK_SPACE, write, write_decimal

BEST_KNOWN = ("actual", "forecast", "budget", "plan")
PAYER_KINDS = {"state_agency": "a", "region": "b", "municipality": "c"}


@dataclass(frozen=True)
class Picture:
    """What a chart tag is given. A title about shares names what they are shares of."""

    title: str
    parts: tuple = ()
    labels: tuple = ()


def categories(column):
    """Return the picture of what the cost goes to, or None when nothing has a share."""
    largest = _largest(column.categories)
    if largest is None:
        return None
    return Picture(
        title=(
            f"Av kostnaderna, {_kr(column.cost)}, går {write_decimal(largest.rounded)} procent "
            f"till {largest.label.lower()}"
        ),
        parts=_parts(column.categories, {}),
    )


def payers(column):
    """Return the picture of who pays the contributions, or None when nobody does."""
    largest = _largest(column.payers)
    if largest is None:
        return None
    return Picture(
        title=(
            f"Av medlemmarnas bidrag, {_kr(column.contributions)}, betalar "
            f"{largest.label.lower()} {write_decimal(largest.rounded)} procent"
        ),
        parts=_parts(column.payers, PAYER_KINDS),
    )


def years(table):
    """Return the picture of income, cost and what is left, year by year."""
    columns = _best_known(table.columns)
    series = (
        {"label": "Intäkter", "values": tuple(c.income for c in columns), "kind": "income"},
        {"label": "Kostnader", "values": tuple(c.cost for c in columns), "kind": "cost"},
        {"label": "Kvar", "values": tuple(c.result for c in columns), "kind": "c"},
    )
    labels = tuple(str(c.column.year) for c in columns)
    return Picture(title=_years_title(columns), parts=series, labels=labels)


def _best_known(columns):
    """Return one column a year: the outcome before the forecast, and that before the budget."""
    best = {}
    for column in columns:
        other = best.get(column.column.year)
        if other is None or _rank(column) < _rank(other):
            best[column.column.year] = column
    return [best[year] for year in sorted(best)]


def _rank(column):
    return BEST_KNOWN.index(column.column.kind)


def comparison(found):
    """Return the picture of two columns side by side (comparison.Comparison)."""
    series = tuple(
        {
            "label": side.name,
            "values": (side.sums.income, side.sums.cost, side.sums.result),
            "kind": kind,
        }
        for side, kind in ((found.a, "b"), (found.b, "accent"))
    )
    labels = ("Intäkter", "Kostnader", "Kvar")
    return Picture(title=_comparison_title(found), parts=series, labels=labels)


def _comparison_title(found):
    more = found.sums["cost"].kronor
    if not more:
        return f"Kostnaderna är lika stora: {write(found.b.sums.cost)} kr"
    return (
        f"Kostnaderna är {write(abs(more))} kr {'större' if more > 0 else 'mindre'} i "
        f"{found.b.name} än i {found.a.name}"
    )


def _years_title(columns):
    short = [column for column in columns if column.result < 0]
    if short:
        worst = min(short, key=lambda column: column.result)
        return (
            f"{worst.column.label} kostar {_kr(-worst.result)} mer än de intäkter "
            "som står i tabellen"
        )
    last = columns[-1]
    left = "är" if last.column.kind == "actual" else "beräknas vara"
    return f"Pengarna räcker: {_kr(last.result)} {left} kvar efter {last.column.year}"


def _kr(kronor):
    return f"{write(kronor)}{NO_BREAK_SPACE}kr"


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
