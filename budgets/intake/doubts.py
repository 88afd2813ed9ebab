"""Rows that words say nothing of and whose numbers say that they sum others. Pure.

The sheet's own sums settle it: the reading under which more of them agree is taken. Where they say
nothing a row that equals the rows above (or below) it in several columns is a sum, and is told;
any other is asked about. Arithmetic alone never drops a line.
"""

from dataclasses import dataclass, field

from associations.cells import Refused
from budgets.intake import heads
from budgets.intake.binding import Binder
from budgets.intake.heads import folded
from budgets.intake.outline import Outline
from budgets.intake.row_kinds import AMOUNT, BALANCE, RESULT, SHARE, SUM

ASKED = "asked"
MOST_LINES = 400  # of a sheet in which sums without a name are looked for
HEADS_OF_PARTS = ("insatser", "bidrag", "medlemsbidrag", "anslag")
MOST_DOUBTS = 30
MOST_SUMS = 150
TOO_MANY = f"Bladet har fler än {MOST_SUMS} summor. Läs in en tabell i taget."
NEAR = 20  # a sum is nearly so within a twentieth
SUMS_OTHERS = "ser ut som summan av raderna {}"
NEARLY = "är nästan summan av raderna {}"
LEFT_OVER = "är just det som intäkterna lämnar när de andra kostnaderna är betalda"
A_HEAD = "ser ut som en rubrik med summan av raderna under"


@dataclass(frozen=True)
class Doubt:
    """A line that may be a sum: ``sure`` when it is so exactly, in columns that differ."""

    index: int
    why: str
    sure: bool = False


@dataclass
class Settled:
    """What the sheet's rows are: its outline, its sums bound, and what arithmetic decided.

    ``told`` are the indexes of lines taken for sums or results by their numbers alone; ``asked``
    maps an index to why the person is asked what the line is.
    """

    outline: Outline
    binder: Binder
    told: list[int] = field(default_factory=list)
    asked: dict[int, str] = field(default_factory=dict)


def settle(lines, own, step=0):
    """Return what ``lines`` (outline.Line) are; ``own`` and ``step`` as for Outline and Binder.

    Raises Refused for more sums than anybody would look through.
    """
    if sum(line.kind == SUM for line in lines) > MOST_SUMS:
        raise Refused(TOO_MANY)
    decided, doubts = {}, []
    if len(lines) <= MOST_LINES:
        doubts = _doubts(lines, own, step, decided)
    decided = _decide(doubts, lines, own, step)
    decided = _counted(lines, own, step, decided)
    outline, binder = _read(lines, own, step, decided)
    if _results(outline, binder, decided):
        outline, binder = _read(lines, own, step, decided)
    whys = {doubt.index: doubt.why for doubt in doubts}
    asked = {i: whys[i] for i, kind in decided.items() if kind == ASKED}
    told = [i for i, kind in decided.items() if kind in (SUM, RESULT)]
    return Settled(outline, binder, told, asked)


def _read(lines, own, step, decided):
    outline = Outline(lines, own, decided)
    return outline, Binder(outline, step)


def _doubts(lines, own, step, decided):
    """Return the lines in doubt, each taken for a sum in ``decided`` when the next is looked at."""
    found = []
    outline, binder = _read(lines, own, step, decided)
    for i, line in enumerate(lines):
        if line.kind or len(found) == MOST_DOUBTS:
            continue
        doubt = _doubt(i, line, binder)
        if doubt:
            found.append(doubt)
            decided[i] = SUM
            outline, binder = _read(lines, own, step, decided)
    return found


def _doubt(i, line, binder):
    """Return why a line may be a sum, or None."""
    near = None
    for where, spans in (("ovanför", binder.above(i)[:3]), ("under", binder.below(i)[:1])):
        for span in spans if any(line.values) else ():
            expected = binder.expected(span)
            exact = binder.agrees(i, expected, 0, exact=True)
            if not exact and (line.known or not _is_near(line.values, expected)):
                continue
            members = [m for m, _ in binder.members(span) if any(binder.lines[m].values)]
            if len(members) < 2:
                continue
            if exact:
                sure = _differing(line, members, binder) > 1
                return Doubt(i, SUMS_OTHERS.format(where), sure=sure)
            near = near or Doubt(i, NEARLY.format(where))
    if near:
        return near
    if _is_head(i, line, binder):
        return Doubt(i, A_HEAD)
    return Doubt(i, LEFT_OVER) if _is_left_over(i, line, binder) else None


def _is_left_over(i, line, binder):
    """True for a last, new cost that is what income leaves after the others: maybe a result."""
    income, cost = binder.outline.of("income"), binder.outline.of("cost")
    if line.known or len(cost) < 2 or i != cost[-1] or not any(line.values):
        return False
    others = [(m, -1) for m in cost if m != i]
    left = binder.added([*((m, 1) for m in income), *others])
    return bool(income) and binder.agrees(i, left, 0, exact=True)


def _differing(line, members, binder):
    """Return how many columns say the same independently of each other."""
    rows = [line.values, *(binder.lines[m].values for m in members)]
    return len({column for column in zip(*rows, strict=True) if column[0]})


def _is_near(values, expected):
    pairs = [(v, e) for v, e in zip(values, expected, strict=True) if v is not None and e]
    same = [v == e for v, e in pairs]
    close = [abs(v - e) * NEAR <= abs(e) for v, e in pairs]
    return bool(pairs) and (any(same) or all(close))


def _is_head(i, line, binder):
    """True for the words of a head with amounts, right above rows with amounts."""
    key = folded(line.label)
    is_group = heads.category_of(key) and "insatser" in key
    after = binder.kinds[i + 1] if i + 1 < len(binder.kinds) else ""
    is_part = heads.sums_section(key) or key in HEADS_OF_PARTS
    return not line.known and bool(is_part or is_group) and after == AMOUNT


def _decide(doubts, lines, own, step):
    """Return what each line in doubt is: by the sheet's own sums, by its numbers, or ASKED."""

    def score(kinds):
        return _score(lines, own, step, kinds)

    if not doubts:
        return {}
    best = max(
        (dict.fromkeys((d.index for d in doubts), kind) for kind in (AMOUNT, SUM)), key=score
    )
    for doubt in doubts:
        best = max(best, {**best, doubt.index: _other(best[doubt.index])}, key=score)
    decided = dict(best)
    for doubt in doubts:
        if score(best) == score({**best, doubt.index: _other(best[doubt.index])}):
            decided[doubt.index] = _by_numbers(doubt, lines[doubt.index])
    return decided


def _score(lines, own, step, kinds):
    """Return how many of the sheet's named sums agree with its rows."""
    _, binder = _read(lines, own, step, kinds)
    named = [each for each in binder.bound if each.index not in kinds]
    return sum(each.fits for each in named), sum(each.follows for each in named)


def _counted(lines, own, step, decided):
    """Return ``decided`` with the lines that words call a share or a balance but a sum counts.

    ”Andel i gemensam webbplats” and an intervention called ”Balans” are costs in such a sum.
    """
    outline, binder = _read(lines, own, step, decided)
    if len(lines) > MOST_LINES or all(each.fits for each in binder.bound):
        return decided
    maybe = [i for i, part in enumerate(outline.parts) if part.kind in (SHARE, BALANCE)]
    maybe = [i for i in maybe if any(lines[i].values)][:MOST_DOUBTS]
    best, found = _fitting(binder), decided
    for counted in (*([i] for i in maybe), maybe):
        tried = {**found, **dict.fromkeys(counted, AMOUNT)}
        fitting = _fitting(_read(lines, own, step, tried)[1])
        if fitting > best:
            best, found = fitting, tried
    return found


def _fitting(binder):
    """Return how many sums of amounts agree with the rows."""
    return sum(each.fits for each in binder.sums)


def _other(kind):
    return AMOUNT if kind == SUM else SUM


def _by_numbers(doubt, line):
    """Return what a line is when the sheet's sums agree as well either way."""
    if line.known:
        return ASKED if doubt.sure else AMOUNT
    return SUM if doubt.sure else ASKED


def _results(outline, binder, decided):
    """Decide that what income leaves after cost is a result, whatever its name; tell if any is."""
    income, cost = outline.of("income"), outline.of("cost")
    if not income or not cost:
        return False
    found = False
    left = binder.added([*((m, 1) for m in income), *((m, -1) for m in cost)])
    for i, part in enumerate(outline.parts):
        unnamed = part.kind == AMOUNT and not part.section and not outline.lines[i].kind
        if unnamed and any(left) and binder.agrees(i, left, 2, exact=True):
            decided[i], found = RESULT, True
    return found
