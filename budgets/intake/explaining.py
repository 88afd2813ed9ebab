"""What may explain that a printed sum differs from its rows: said, never mended. Pure."""

from associations.decimals import write
from budgets.intake.row_kinds import RESULT, SUM

MOST_NAMED = 8  # rows named in one explanation


def why(read, bound, at, apart):
    """Return sentences on the rows that may explain a difference.

    ``read`` is the reconciling.Reconciler, ``bound`` the sum, ``at`` its column and ``apart`` by
    how much. Only the first kind of explanation that fits is given.
    """
    by = apart.by
    members = [m for m, _ in bound.members]
    left_out = [m for m in members if not read.used[m] and read.lines[m].values[at]]
    if left_out:
        return [_left_out(read, left_out, at)]
    used = set(members)
    others = [i for i in range(len(read.lines)) if i not in used and i != bound.index]
    return [
        *_same_amount(read, others, at, by),
        *_in_members(read, members, at, by),
    ] or ["Ingen enskild rad förklarar det."]


def _left_out(read, lines, at):
    named = [f"{_name(read, m)} ({write(read.lines[m].values[at])})" for m in lines[:MOST_NAMED]]
    more = f" och {len(lines) - MOST_NAMED} till" if len(lines) > MOST_NAMED else ""
    return f"Läses inte, men räknas i bladets summa: {', '.join(named)}{more}."


def _same_amount(read, others, at, by):
    """Name the rows outside of the sum with just that amount."""
    found = [
        i for i in others
        if read.lines[i].values[at] in (by, -by) and read.parts[i].kind not in (SUM, RESULT)
    ]  # fmt: skip
    return [
        f"Raden {_name(read, i)} är på just det beloppet, men räknas inte i summan."
        for i in found[:2]
    ]


def _in_members(read, members, at, by):
    """Name the rows of the sum that by one common slip would give the difference."""
    said = []
    for m in members:
        value = read.lines[m].values[at]
        slip = value and _slip(value, by)
        if slip:
            said.append(f"Raden {_name(read, m)} ({write(value)}): {slip}")
    return said[:3]


def _slip(value, by):
    """Return what may be wrong with an amount when the sum would agree with ``value + by``."""
    meant = value + by
    if by == -value:
        return "beloppet kan vara räknat två gånger, eller en del av en annan rad."
    if by == value:
        return "bladet kan räkna raden två gånger."
    if meant == -value:
        return "tecknet kan vara fel."
    if meant in (value * 10, value * 1000) or value in (meant * 10, meant * 1000):
        return f"det kan vara nollor för mycket eller för lite; {write(meant)} ger summan."
    if _transposed(value, meant):
        return f"två siffror kan ha bytt plats; {write(meant)} ger summan."
    return ""


def _transposed(one, other):
    """True when two neighbouring digits have changed places."""
    a, b = str(one), str(other)
    if len(a) != len(b):
        return False
    apart = [i for i in range(len(a)) if a[i] != b[i]]
    return len(apart) == 2 and apart[1] == apart[0] + 1 and sorted(a) == sorted(b)


def _name(read, i):
    return f"”{read.lines[i].label or f'rad {read.lines[i].number}'}”"
