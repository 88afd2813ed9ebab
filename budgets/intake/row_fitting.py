"""Finds what each row of a sheet is in a budget, once its columns are found. Pure."""

import re

from budgets.intake import binding, doubts, heads, names, row_kinds
from budgets.intake.heads import folded
from budgets.intake.matching import (
    ASKED,
    COMPUTED,
    HEAD,
    LABELS,
    LEAVE,
    MATCHED,
    NAMELESS,
    NEW,
    OPENING,
    SKIP,
    SKIPPED,
    TIMES,
    UNMATCHED,
    Fit,
)
from budgets.intake.outline import Line, Part
from budgets.intake.row_kinds import AMOUNT, BALANCE, SHARE, SUM, TEXT

SEVERAL = "flera rader heter så"
UNKNOWN_SIDE = "vi vet inte om raden är en intäkt eller en kostnad"
UNKNOWN_PAYER = "vi vet inte vem som betalar"
A_SUM = "heter som en rad i budgeten, men är summan av andra rader i bladet"
LIKE_ANOTHER = "liknar raden ”{}” i budgeten, som bladet annars inte har"
BY_NUMBERS = "summa, eftersom den är summan av andra rader"
_BLANK = Part(TEXT)
# What stands after a name in our own public table when it is copied as text.
_COPIED = re.compile(r"(?:,\s?[a-zåäö]{1,2})?(?: beslut)?$")


class Rows:
    """A Fit for each row that holds anything, in order; ``settled`` is what the rows are."""

    def __init__(self, columns):
        self.columns, self.target = columns, columns.target
        self.choice, self.anchor = columns.choice, columns.anchor
        self.data = [fit.number - 1 for fit in columns.fits if fit.used]
        self.data = self.data or [fit.number - 1 for fit in columns.fits if fit.state != LABELS]
        self.body = list(enumerate(columns.rows[columns.first :], columns.first + 1))
        if columns.labels_at is None and self.anchor:
            self.settled, self.parts = None, {}
            self.fits = self._from_anchor([number for number, _ in self.body])
            return
        self._look()
        self.fits = tuple(fit for fit in (self._fit(*each) for each in self.body) if fit)

    def _look(self):
        """Find what the rows are before any is matched."""
        self.places = {}
        for place in self.target.rows:
            self.places.setdefault(folded(place.label), []).append(place)
        self.computed = {folded(each) for each in self.target.computed}
        labels = [(self._key(self._label(row)), self._amounts(row)) for _, row in self.body]
        self.with_amounts = {key for key, texts in labels if not _are_per_cents(texts)}
        lines = [*self._head_as_line(), *self._lines()]
        step = binding.step(lines, TIMES[self.choice.unit])
        self.settled = doubts.settle(tuple(lines), self.target.sections, step)
        self.parts = {
            line.number: part for line, part in zip(lines, self.settled.outline.parts, strict=True)
        }
        self.asked = {lines[i].number: why for i, why in self.settled.asked.items()}
        self.by_numbers = {lines[i].number for i in self.settled.told}

    def side(self, fit):
        """Return the part of the budget that a fitted row's amounts are of, or ""."""
        part = self.parts.get(fit.number, _BLANK)
        return part.section or part.lean

    def _head_as_line(self):
        """Return the head over the labels as a line when it begins a part of the budget."""
        at, number = self.columns.labels_at, self.columns.first
        label = "" if at is None or self.columns.head_at is None else self.columns.heads[at]
        begins = folded(label) in self.target.sections or heads.section_of(label)
        return [Line(number, label, (None,) * len(self.data), TEXT)] if begins else []

    def _lines(self):
        """Yield an outline.Line for each row, after one for the group that it begins."""
        last = ""
        for number, row in self.body:
            group = self.columns.group(row)
            if group and group != last:
                yield Line(number, group, (None,) * len(self.data), TEXT)
            last = group or last
            line = self._line(number, row)
            if line:
                yield line

    def _label(self, row):
        return self.columns.label(row)

    def _amounts(self, row):
        return [row[i] for i in self.data if row[i]]

    def _line(self, number, row):
        """Return the outline.Line of one row, or None for a blank one."""
        label, texts = self._label(row), self._amounts(row)
        if not label and not texts:
            return None
        key = self._key(label)
        places = self.places.get(key, ())
        if places and not texts and self._is_line_without_amounts(key):
            texts = ["-"]
        values = tuple(self._value(number - 1, i) for i in self.data)
        section = places[0].section if len(places) == 1 else ""
        chosen = self.choice.rows.get(number, SKIP)
        if chosen not in (SKIP, LEAVE):
            return Line(number, label, values, AMOUNT, True, self._chosen_section(chosen))
        return Line(number, label, values, self._kind(label, texts, places), bool(places), section)

    def _chosen_section(self, chosen):
        if chosen.startswith("+"):
            return chosen[1:].partition(":")[0]
        return next((place.section for place in self.target.rows if place.ident == chosen), "")

    def _kind(self, label, texts, places):
        if not texts:
            return TEXT
        key = self._key(label)
        if _are_per_cents(texts) and (not places or key in self.with_amounts):
            return SHARE
        if any(place.ident == OPENING for place in places):
            return BALANCE
        if places:
            return ""
        if row_kinds.is_bare_section(label):
            return SUM
        said = row_kinds.of_words(label, texts) or (SUM if key in self.computed else "")
        return said or (AMOUNT if self._is_payer(label) else "")

    def _is_payer(self, label):
        """True for one payer's name: a member's, or that of its kind."""
        members = self.target.members
        named = any(
            names.names(each.label, label) or names.is_place_of(each, label) for each in members
        )
        return named or row_kinds.is_payer(label)

    def _key(self, label):
        """Return a label folded, and without our note marks' words when the rest is known."""
        key = folded(label)
        bare = _COPIED.sub("", key)
        known = bare in self.places or bare in self.computed
        return bare if known and key not in self.places else key

    def _value(self, row, column):
        try:
            return self.columns.amount(row, column)
        except ValueError:
            return None

    def _is_line_without_amounts(self, key):
        """True for a known line's name that is neither a head nor has its amounts elsewhere."""
        return key not in self.with_amounts and key not in self.target.sections

    def _from_anchor(self, numbers_):
        places = self.target.rows
        top = [place.ident for place in places].index(self.anchor[0])
        fits = []
        for step, number in enumerate(numbers_):
            if top + step < len(places):
                place = places[top + step]
                fits.append(Fit(number, place.label, MATCHED, place.ident, section=place.section))
            else:
                fits.append(Fit(number, f"rad {number}", UNMATCHED, why="utanför tabellen"))
        return tuple(fits)

    def _fit(self, number, row):
        """Return the Fit of one row, or None for a blank one."""
        label, amounts = self._label(row), self._amounts(row)
        if not label and not amounts:
            return None
        part = self.parts.get(number, _BLANK)
        name, why = label or f"Rad {number}", "" if label else NAMELESS
        chosen = self._chosen(number, label, part)
        if chosen:
            return self._as(chosen, number, name, part, why)
        known = self._known(number, name, self._key(label), part, bool(amounts))
        if known:
            return known
        if not amounts:
            return Fit(number, name, HEAD, section=part.lean)
        return self._unknown(number, name, label, part)

    def _known(self, number, name, key, part, has_amounts):
        """Return the Fit of a row that the budget has, or computes; None for any other."""
        places = self.places.get(key, ())
        if not has_amounts and not self._is_line_without_amounts(key):
            return None
        if places and part.kind == AMOUNT:
            own = part.section or part.lean
            same = [place for place in places if place.section == own] or places
            if len(same) == 1:
                return self._as(same[0].ident, number, name, part)
            return Fit(number, name, UNMATCHED, section=part.lean, why=SEVERAL)
        if places and number in {*self.asked, *self.by_numbers}:
            return Fit(number, name, ASKED, section=part.lean, why=A_SUM)
        if places and not has_amounts and len(places) == 1:
            return self._as(places[0].ident, number, name, part)
        if key in self.computed:
            return Fit(number, name, COMPUTED, section=part.lean)
        return None

    def _as(self, chosen, number, name, part, why=""):
        more = {"section": part.lean, "why": why, "choice": self._chosen(number, name, part)}
        if chosen in (SKIP, LEAVE):
            return Fit(number, name, SKIPPED, **more)
        if chosen.startswith("+"):
            return Fit(number, name, NEW, f"+{number}", chosen, **more)
        return Fit(number, name, MATCHED, chosen, **more)

    def _chosen(self, number, label, part):
        """Return what was chosen for a row, now or at an earlier import; or ""."""
        before = self.choice.remembered_rows.get((part.lean, folded(label)), "")
        return self.choice.rows.get(number) or before

    def _unknown(self, number, name, label, part):
        """Return the Fit of a row that the budget doesn't have: to add, asked about, left out."""
        if number in self.asked:
            return Fit(number, name, ASKED, section=part.lean, why=self.asked[number])
        if part.kind != AMOUNT:
            why = BY_NUMBERS if number in self.by_numbers else row_kinds.WORDS[part.kind]
            return Fit(number, name, UNMATCHED, section=part.lean, why=why)
        if not label:
            return Fit(number, name, UNMATCHED, section=part.lean, why=NAMELESS)
        if not self.choice.add_missing:
            return Fit(number, name, UNMATCHED, section=part.lean)
        near = self._near(label, part)
        if near:
            why = LIKE_ANOTHER.format(near)
            return Fit(number, name, ASKED, section=part.lean, why=why)
        guess, why = self._guess(label, part)
        if guess:
            return self._as(guess, number, name, part)
        return Fit(number, name, ASKED, section=part.lean, why=why)

    def _near(self, label, part):
        """Return a line with amounts that a new label may be another name of, or ""."""
        found = (
            place.label
            for place in self.target.rows
            if folded(place.label) not in self.with_amounts
            and part.section in ("", place.section)
            and names.are_near(label, place.label)
        )
        return next((each for each in found if each in self._filled()), "")

    def _filled(self):
        """Return the labels of the budget's lines that have amounts."""
        filled = {row for (row, _), (_, old) in self.target.cells.items() if old is not None}
        return {place.label for place in self.target.rows if place.ident in filled}

    def _guess(self, label, part):
        """Return (what to add, why not): one of them is ""."""
        if part.section == "cost":
            return f"+cost:{part.category or self.choice.new_cost}", ""
        if part.section != "income":
            return "", UNKNOWN_SIDE
        if row_kinds.of_words(label) == BALANCE:
            free = folded(self._opening()) not in self.with_amounts
            return (OPENING, "") if free else ("", UNKNOWN_SIDE)
        members = self._payers(label)
        if len(members) == 1:
            return f"+income:{members.pop()}", ""
        unsure = members and not row_kinds.is_of_several(label)
        if unsure or folded(label).startswith("statlig"):
            return "", UNKNOWN_PAYER
        return "+income", ""

    def _payers(self, label):
        """Return the ids of the members that a label names, or is the only one of its kind.

        The state has two members; its grant comes through Försäkringskassan (domain.md).
        """
        members = self.target.members
        named = {place.ident for place in members if names.names(place.label, label)}
        named = named or {place.ident for place in members if names.is_place_of(place, label)}
        kind = row_kinds.payer_kind(label)
        if named or not kind:
            return named
        same = [place for place in self.target.members if place.kind == kind]
        paying = [p for p in same if folded(p.label).startswith("försäkringskassan")]
        return {place.ident for place in paying or same}

    def _opening(self):
        """Return the label of the budget's row of opening money, or "" without one."""
        return next((place.label for place in self.target.rows if place.ident == OPENING), "")


def _are_per_cents(texts):
    return not texts or all(text.endswith("%") for text in texts)
