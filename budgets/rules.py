"""The rules of a budget as findings: what is wrong or worth a look, where, and why.

Pure: a computed ``sums.Table`` and what else is known go in, findings come out. A finding points
at its cell and goes away when the cell is right. Rule numbers are those of the domain.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from associations.decimals import half_up, write, write_decimal
from budgets import sums

ERROR, WARNING, NOTICE = "error", "warning", "notice"
SEVERITY_LABELS = {ERROR: "Fel", WARNING: "Varning", NOTICE: "Att veta"}

# A contribution rounded to a thousand kronor is at most this far from its exact share.
SHARE_TOLERANCE = 500  # kronor


@dataclass(frozen=True)
class Finding:
    """One thing to look at. ``line`` and ``column`` are keys of the table, None for the whole."""

    severity: str
    rule: str
    sentence: str
    formula: str
    source: str
    column: int | None = None
    line: int | None = None

    @property
    def severity_label(self):
        """The severity in the words of the page."""
        return SEVERITY_LABELS[self.severity]


@dataclass(frozen=True)
class Shared:
    """A shared intervention in one year: what all payers have budgeted, and what was agreed."""

    budgeted: int
    agreed: int


@dataclass(frozen=True)
class Known:
    """What the rules need beside the table. All amounts are kronor.

    ``granted`` and ``shared`` are by (line key, column key); ``published`` gives (label, amount)
    of the income that a source prints, by column key.
    """

    capital_cap_percent: float | None = None
    deficit_explained: bool = False
    granted: Mapping[tuple[int, int], int] = field(default_factory=dict)
    shared: Mapping[tuple[int, int], Shared] = field(default_factory=dict)
    published: Mapping[int, tuple[tuple[str, int], ...]] = field(default_factory=dict)


NOTHING_KNOWN = Known()


def findings(table: sums.Table, known: Known = NOTHING_KNOWN):
    """Return every finding of ``table``, errors first, then in the order of columns and lines."""
    rank = [ERROR, WARNING, NOTICE]
    found = [finding for rule in RULES for finding in rule(table, known)]
    return sorted(found, key=lambda finding: rank.index(finding.severity))


def shares(table, known) -> Iterator[Finding]:
    """Rule 3: the state half, the region a quarter, the municipalities a quarter."""
    for column in table.columns:
        for share in column.payers:
            percent = sums.LAWFUL_SHARES[share.key]
            exact = column.contributions * percent / 100
            off = share.amount - exact
            if column.contributions and abs(off) > SHARE_TOLERANCE:
                direction = "mer" if off > 0 else "mindre"
                yield Finding(
                    WARNING,
                    "shares",
                    f"{share.label} betalar {write(half_up(abs(off)))} kr {direction} än "
                    f"{percent} procent av bidragen i {column.column.label.lower()}.",
                    f"{write(share.amount)} − {percent} % × {write(column.contributions)}",
                    "Lagens fördelning: staten hälften, regionen och kommunerna en fjärdedel var",
                    column.column.key,
                )


def closing_balance(table, known) -> Iterator[Finding]:
    """Rules 6 and 11: no debt; a year may cost more than it brings in when saved money covers it.

    Without a line for carried-forward money nobody can see whether it does: a warning.
    """
    for column in table.columns:
        result, of_year = column.result, column.result_of_year
        if result >= 0 and of_year >= 0:
            continue
        label = column.column.label
        formula = f"{write(column.income)} − {write(column.cost)} = {write(result)}"
        if column.opening is not None and result < 0:
            yield Finding(
                ERROR, "debt",
                f"{label} slutar {write(-result)} kr under noll. Förbundet får inte ta lån.",
                formula, "Förbundet får inte skuldsätta sig", column.column.key,
            )  # fmt: skip
        elif column.opening is None and result < 0:
            yield Finding(
                WARNING, "deficit-uncovered",
                f"{label} kostar {write(-result)} kr mer än den ger, och tabellen har ingen rad "
                "för sparade pengar. Skriv in de pengar som täcker det.",
                formula, "Budget i balans", column.column.key,
            )  # fmt: skip
        elif of_year < 0:
            yield Finding(
                NOTICE if known.deficit_explained else WARNING, "deficit-covered",
                f"{label} kostar {write(-of_year)} kr mer än årets intäkter. Sparade pengar täcker "
                f"det och {write(result)} kr blir kvar."
                + ("" if known.deficit_explained else " Förklara det i kommentaren."),
                f"{write(of_year)} utan sparade pengar, {write(result)} med dem",
                "Budget i balans, med och utan sparade pengar", column.column.key,
            )  # fmt: skip


def chain(table, known) -> Iterator[Finding]:
    """A year opens with another's result, and that one's chain must begin somewhere."""
    for column in table.columns:
        if column.ringed:
            yield Finding(
                ERROR, "ring",
                f"{column.column.label} öppnar med en kolumn som i sin tur öppnar med den, eller "
                "som inte finns. Välj en annan att öppna från.",
                "Öppnar från varandra i en ring", "Årets ingående pengar", column.column.key,
            )  # fmt: skip


def own_capital(table, known) -> Iterator[Finding]:
    """Rule 5: the largest saved capital that the National Council recommends."""
    if known.capital_cap_percent is None:
        return
    percent, part = (
        write_decimal(known.capital_cap_percent),
        Fraction(known.capital_cap_percent) / 100,
    )
    for column in table.columns:
        cap = part * column.contributions
        if column.contributions and column.result > cap:
            yield Finding(
                WARNING, "capital",
                f"{column.column.label} slutar med {write(column.result)} kr sparade. Det är mer "
                f"än {percent} procent av bidragen, {write(half_up(cap))} kr.",
                f"{percent} % × {write(column.contributions)} = {write(half_up(cap))}",
                "Nationella rådets rekommendation", column.column.key,
            )  # fmt: skip


def cells(table, known) -> Iterator[Finding]:
    """Rules 12 and 13 and negative amounts: what can be said of one cell."""
    places = set()
    if min(table.amounts.values(), default=0) < 0:
        places = {place for place, kronor in table.amounts.items() if kronor < 0}
    places |= known.granted.keys() | known.shared.keys()
    if not places:
        return
    lines = {line for line, _ in places}
    for row in (*table.income, *table.cost):
        if row.line.key not in lines:
            continue
        for column, kronor in zip(table.columns, row.amounts, strict=True):
            place = (row.line.key, column.column.key)
            if kronor is not None and place in places:
                yield from _cell(row.line, column.column, kronor, place, known)


def _cell(line, column, kronor, place, known):
    where = f"{line.label}, {column.label.lower()}"
    if kronor < 0:
        yield Finding(
            WARNING, "negative", f"{where}: beloppet är negativt.", f"{write(kronor)} < 0",
            "Intäkter och kostnader skrivs som positiva tal", column.key, line.key,
        )  # fmt: skip
    granted = known.granted.get(place)
    if granted is not None and kronor > granted:
        yield Finding(
            WARNING, "over-granted",
            f"{where}: {write(kronor)} kr är budgeterat men bara {write(granted)} kr är beviljat.",
            f"{write(kronor)} − {write(granted)} = {write(kronor - granted)}",
            "Styrelsens beslut om insatsen", column.key, line.key,
        )  # fmt: skip
    shared = known.shared.get(place)
    if shared is not None and shared.budgeted > shared.agreed:
        yield Finding(
            WARNING, "shared-total",
            f"{where}: alla betalare har tillsammans budgeterat {write(shared.budgeted)} kr, mer "
            f"än de {write(shared.agreed)} kr som är överenskomna.",
            f"{write(shared.budgeted)} > {write(shared.agreed)}",
            "Överenskommelsen mellan betalarna", column.key, line.key,
        )  # fmt: skip


def cost_split(table, known) -> Iterator[Finding]:
    """Rule 7: a cost's four parts are the whole of it."""
    splits = {row.line.split for row in table.cost}
    wholes = {split: sum(percent for _, percent in split) for split in splits}
    if all(whole == 100 for whole in wholes.values()):
        return
    for row in table.cost:
        whole = wholes[row.line.split]
        if whole != 100:
            yield Finding(
                ERROR, "split",
                f"{row.line.label}: delarna blir {whole} procent, inte 100.",
                " + ".join(str(percent) for _, percent in row.line.split) + f" = {whole}",
                "Delningen på fyra slags kostnader", None, row.line.key,
            )  # fmt: skip


def published(table, known) -> Iterator[Finding]:
    """Rule 8: what a source prints and what the rows give may disagree. Both are told."""
    for column in table.columns:
        for label, amount in known.published.get(column.column.key, ()):
            if amount not in (column.income, column.contributions):
                yield Finding(
                    NOTICE, "published",
                    f"{column.column.label}: {label} anger {write(amount)} kr, raderna ger "
                    f"{write(column.income)} kr.",
                    f"{write(amount)} − {write(column.income)} = {write(amount - column.income)}",
                    "Den räknade summan gäller", column.column.key,
                )  # fmt: skip


RULES = (shares, chain, closing_balance, own_capital, cells, cost_split, published)
