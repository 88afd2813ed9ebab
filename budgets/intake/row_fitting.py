"""Finds what each row of a sheet is in a budget, once its columns are found. Pure."""

from budgets.intake import heads
from budgets.intake.heads import folded
from budgets.intake.matching import (
    COMPUTED,
    HEAD,
    LABELS,
    MATCHED,
    NAMELESS,
    NEW,
    OPENING,
    SKIP,
    SKIPPED,
    UNMATCHED,
    Fit,
)

BOTH = {"income", "cost"}


class Rows:
    """A Fit for each row that holds anything, in order."""

    def __init__(self, columns):
        self.columns, self.target = columns, columns.target
        self.choice, self.anchor = columns.choice, columns.anchor
        self.data = [fit.number - 1 for fit in columns.fits if fit.used]
        self.data = self.data or [fit.number - 1 for fit in columns.fits if fit.state != LABELS]
        self.section = self.category = ""
        body = columns.rows[columns.first :]
        found = {self.target.sections.get(folded(self._label(row))) for row in body}
        self.own_heads = found >= BOTH
        self.with_amounts = {folded(self._label(row)) for row in body if self._amounts(row)}
        numbered = enumerate(body, columns.first + 1)
        if columns.labels_at is None and self.anchor:
            self.fits = self._from_anchor([number for number, _ in numbered])
        else:
            self.fits = tuple(fit for fit in (self._fit(*each) for each in numbered) if fit)

    def _label(self, row):
        return "" if self.columns.labels_at is None else row[self.columns.labels_at]

    def _amounts(self, row):
        return [row[i] for i in self.data if row[i]]

    def _from_anchor(self, numbers):
        places = self.target.rows
        top = [place.ident for place in places].index(self.anchor[0])
        fits = []
        for step, number in enumerate(numbers):
            if top + step < len(places):
                place = places[top + step]
                fits.append(Fit(number, place.label, MATCHED, place.ident, section=place.section))
            else:
                fits.append(Fit(number, f"rad {number}", UNMATCHED, why="utanför tabellen"))
        return tuple(fits)

    def _fit(self, number, row):
        """Return the Fit of one row, or None for a blank one; remember the head it may be."""
        label, amounts = self._label(row), self._amounts(row)
        if not label and not amounts:
            return None
        key = folded(label)
        self.section = self.target.sections.get(key, self.section)
        name = label or f"Rad {number}"
        if number in self.choice.rows:
            return self._as(self.choice.rows[number], number, name, "" if label else NAMELESS)
        fit = self._known(number, name, key, bool(amounts))
        if fit is None and not amounts:
            self._begin(label)
            fit = Fit(number, name, HEAD, section=self.section)
        if fit is None:
            fit = self._unknown(number, name, label, row)
        if not self.own_heads and heads.ends_income(label):
            self.section, self.category = "cost", ""
        return fit

    def _known(self, number, name, key, has_amounts):
        """Return the Fit of a row that the budget has, by memory, by label, or computed."""
        kept = self.choice.remembered_rows.get((self.section, key))
        if kept:
            return self._as(kept, number, name)
        places = [place for place in self.target.rows if folded(place.label) == key]
        if len(places) > 1:
            places = [place for place in places if place.section == self.section] or places
        if not has_amounts and (key in self.with_amounts or key in self.target.sections):
            return None
        if len(places) == 1:
            return self._as(places[0].ident, number, name)
        if places:
            why = "flera rader heter så"
            return Fit(number, name, UNMATCHED, section=self.section, why=why)
        if key in {folded(each) for each in self.target.computed}:
            return Fit(number, name, COMPUTED, section=self.section)
        return None

    def _as(self, chosen, number, name, why=""):
        if chosen == SKIP:
            return Fit(number, name, SKIPPED, section=self.section, why=why)
        if chosen.startswith("+"):
            return Fit(number, name, NEW, f"+{number}", chosen, self.section, why)
        return Fit(number, name, MATCHED, chosen, section=self.section, why=why)

    def _begin(self, label):
        """Take a row without amounts for the head of what follows."""
        if not self.own_heads:
            section = heads.section_of(label)
            self.section = section or self.section
            self.category = "" if section else self.category
        category = heads.category_of(label)
        if category and self.section != "income":
            self.category, self.section = category, "cost"

    def _unknown(self, number, name, label, row):
        """Return the Fit of a row that the budget doesn't have: to add, or left out."""
        if heads.is_sum(label, self._amounts(row)):
            why = "summa eller andel"
            return Fit(number, name, UNMATCHED, section=self.section, why=why)
        guess = self._guess(label) if self.choice.add_missing and label else ""
        if guess:
            return self._as(guess, number, name)
        return Fit(number, name, UNMATCHED, section=self.section, why="" if label else NAMELESS)

    def _guess(self, label):
        if self.section == "cost":
            return f"+cost:{self.category or self.choice.new_cost}"
        if self.section != "income":
            return ""
        if heads.is_opening(label):
            free = OPENING in {place.ident for place in self.target.rows}
            return OPENING if free and folded(self._opening()) not in self.with_amounts else ""
        members = {place.ident for place in self.target.members if _names(place.label, label)}
        if len(members) == 1:
            return f"+income:{members.pop()}"
        return "" if members or folded(label).startswith("stat") else "+income"

    def _opening(self):
        return next(place.label for place in self.target.rows if place.ident == OPENING)


def _names(member, label):
    """True when a label names a member, as a whole word or several."""
    return bool(member) and f" {folded(member)} " in f" {folded(label)} ".replace(",", " ")
