"""Reads the cells of a sheet that fits a budget: what would change, and what cannot be read."""

from associations.sheets import Refused
from budgets import rolling
from budgets.intake import questions
from budgets.intake.after import After
from budgets.intake.fitting import Columns
from budgets.intake.matching import OPENING, Change, Choice, Preview, Problem, Target
from budgets.intake.reconciling import Reconciler, Reconciliation
from budgets.intake.row_fitting import Rows

OUTSIDE = "utanför tabellen"
LONGEST_LABEL = 120
AS_IT_IS = Choice()


def preview(sheet, target: Target, choice: Choice = AS_IT_IS, anchor=None):
    """Return the matching.Preview of ``sheet`` (cells.Sheet) against ``target``."""
    problems = []
    if anchor is not None and not _is_place(anchor, target):
        anchor = None
        problems.append(Problem("", "", "Välj en cell i tabellen att klistra in från."))
    try:
        columns = Columns(sheet, target, choice, anchor)
        rows = Rows(columns)
    except Refused as refused:
        problems.append(Problem("", "", str(refused)))
        return Preview((), (), {}, tuple(problems), (), choice.unit, sheet.described)
    cells = _Cells(target, choice, columns, rows, problems)
    openers = _openers(columns.fits, target) if choice.chain and not _types_openings(rows) else {}
    return Preview(
        rows.fits,
        columns.fits,
        cells.read,
        tuple(problems),
        tuple(cells.computed),
        "" if columns.say_their_units() else choice.unit,
        sheet.described,
        tuple(cells.left),
        openers,
        _reconciled(target, columns, rows, cells, openers),
        tuple(_questions(columns, choice, cells)),
    )


def _reconciled(target, columns, rows, cells, openers):
    """Return how the printed sums agree with what is read, and with what would be saved."""
    names = [cells.name_of(fit) for fit in columns.fits if fit.used]
    if rows.settled is None or not names:
        return Reconciliation()
    after = None
    if target.stored is not None and not cells.problems:
        after = After(target, (rows.fits, columns.fits), cells, openers)
    return Reconciler(rows, names, after).result()


def _questions(columns, choice, cells):
    if not columns.say_their_units():
        yield from questions.unit_questions(choice.chosen_unit, choice.said_units)
    names = [cells.name_of(fit) for fit in columns.fits if fit.used]
    yield from questions.sign_questions(choice.signs, cells.negative, names)
    changes = [change for change in cells.read.values() if change]
    yield from questions.size_questions(changes, choice.unit)
    yield from questions.part_questions(columns.texts_above(), columns.read_heads())
    yield from questions.stale_questions(columns, cells.places)


def _types_openings(rows):
    """True when the sheet has a row of opening money: what is empty there is then none."""
    return any(fit.used and OPENING in (fit.ident, fit.add) for fit in rows.fits)


def _openers(fits, target):
    """Return new column's id → (kind, year) of the column with whose result it opens.

    The budget's year and those after it open so, as in a new draft.
    """
    new = {fit.ident: _kind_and_year(fit.add) for fit in fits if fit.add}
    columns = {(place.kind, place.year) for place in target.columns} | set(new.values())
    found = {
        ident: rolling.best_known(year - 1, columns)
        for ident, (_, year) in new.items()
        if year >= target.year
    }
    return {ident: opener for ident, opener in found.items() if opener}


def _kind_and_year(add):
    kind, _, year = add[1:].partition(":")
    return kind, int(year)


def _is_place(anchor, target):
    return anchor[0] in {place.ident for place in target.rows} and anchor[1] in {
        place.ident for place in target.columns
    }


class _Cells:
    """Every cell where a used row meets a used column.

    ``places`` are those that are read, as (row, column, name) counted from 0; ``negative`` the
    (part, column) places where every amount is below zero, and ``turned`` those to turn.
    """

    def __init__(self, target, choice, columns, rows, problems):
        self.target, self.choice, self.problems = target, choice, problems
        self.columns, self.rows = columns, rows
        self.names = {place.ident: place.label for place in (*target.rows, *target.columns)}
        self.read, self.computed, self.left, self.places = {}, [], [], []
        used = [fit for fit in columns.fits if fit.used]
        self.at = {fit.number: at for at, fit in enumerate(used)}
        self.negative = questions.negative(rows, len(used))
        self.turned = self.negative if choice.signs == questions.TURN else frozenset()
        for fit in rows.fits:
            row = columns.rows[fit.number - 1]
            if fit.used:
                self._row(fit, row)
            elif fit.why == OUTSIDE and any(row):
                self._outside(f"rad {fit.number}", "", next(filter(None, row)))
        self._additions(rows.fits, columns.fits)

    def name_of(self, fit):
        """Return what a row or column is called: the budget's own words, or the sheet's."""
        return self.names.get(fit.ident, fit.label)

    def _row(self, row_fit, row):
        for fit in self.columns.fits:
            text = row[fit.number - 1]
            if fit.used:
                self._cell(row_fit, fit, text)
            elif fit.why == OUTSIDE and text:
                self._outside(f"rad {row_fit.number}, {row_fit.label}", fit.label, text)

    def _outside(self, row, column, text):
        self.problems.append(Problem(row, column, f"”{text}” hamnar {OUTSIDE}."))

    def _cell(self, row, column, text):
        """Read one cell: a change, the same, a refusal, or what the budget computes itself."""
        place = (row.ident, column.ident)
        name, head = self.name_of(row), self.name_of(column)
        is_new = row.add or column.add
        if not is_new and place not in self.target.cells:
            if text:
                self.computed.append(f"{name}, {head}")
            return
        ident, old = ("", None) if is_new else self.target.cells[place]
        where = (f"rad {row.number}, {name}", head)
        try:
            new = self._amount(row, column)
        except ValueError as error:
            self.problems.append(Problem(*where, str(error)))
            return
        if place in self.read:
            sentence = "Raden finns två gånger i bladet. Ta bort den ena eller hoppa över den."
            self.problems.append(Problem(*where, sentence))
            return
        if self.choice.skip_empty and not text and old is not None:
            self.left.append(place)
            new = old
        self.places.append((row.number - 1, column.number - 1, f"{name}, {head}"))
        change = Change(ident, name, head, old, new, text, *place)
        self.read[place] = None if new == old else change

    def _amount(self, row, column):
        """Return a cell's kronor, turned where the person chose so."""
        kronor = self.columns.amount(row.number - 1, column.number - 1)
        turned = (self.rows.side(row), self.at[column.number]) in self.turned
        return -kronor if turned and kronor else kronor

    def _additions(self, rows, columns):
        """Refuse a new row without a name that can stand, and a column that is there already."""
        for fit in rows:
            if fit.add and len(fit.label) > LONGEST_LABEL:
                sentence = f"Radens text är längre än {LONGEST_LABEL} tecken."
                self.problems.append(Problem(f"rad {fit.number}", "", sentence))
        taken = {f"+{place.kind}:{place.year}" for place in self.target.columns}
        for fit in columns:
            if fit.add in taken:
                sentence = "Budgeten har redan en kolumn av det slaget för året."
                self.problems.append(Problem("", fit.label, sentence))
