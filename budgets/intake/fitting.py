"""Finds what each column of a sheet is in a budget. Pure; ``row_fitting.py`` does so for the rows.

A sheet has a row of heads and a column of labels, or one of them, or neither. Where one is
missing the sheet is laid out from the cell ``anchor`` (row id, column id), right and down, as a
spreadsheet does.
"""

from budgets.intake import heads
from budgets.intake.heads import folded
from budgets.intake.matching import (
    LABELS,
    MATCHED,
    NAMELESS,
    NEW,
    SKIP,
    SKIPPED,
    UNMATCHED,
    Fit,
)

HEADS_WITHIN = 20  # rows from the top
NAMED = 1_000  # a head that names a column; a kind beside the year adds one


class Columns:
    """The row of heads, and a Fit for each column that holds anything."""

    def __init__(self, sheet, target, choice, anchor):
        self.rows, self.target, self.choice, self.anchor = sheet.rows, target, choice, anchor
        self.head_at, self.heads = self._find_heads()
        self.first = 0 if self.head_at is None else self.head_at + 1
        known = {i for i, head in enumerate(self.heads) if self._known(head)}
        chosen = {number - 1 for number in choice.columns}
        self.labels_at = self._find_labels(known | chosen)
        self.fits = self._fits()

    def _find_heads(self):
        """Return (index, heads): the row that names most columns with amounts under it."""
        best, at, found = 0, None, [""] * len(self.rows[0])
        for i, row in enumerate(self.rows[:HEADS_WITHIN]):
            if any(heads.is_amount(cell) for cell in row):
                continue
            above = self.rows[i - 1] if i else [""] * len(row)
            joined = [f"{over} {cell}".strip() for over, cell in zip(above, row, strict=True)]
            for texts in (list(row), joined, _under_merged(above, row)):
                score = sum(self._score(texts[j], i, j) for j in range(len(row)))
                if score > best:
                    best, at, found = score, i, texts
        if at is None and not self.anchor:
            return self._above_the_amounts()
        lone_number = at is not None and best == NAMED and self.anchor and self._is_bare(found)
        return (None, [""] * len(found)) if lone_number else (at, found)

    def _above_the_amounts(self):
        """Return (index, heads) of a row of unknown heads: the one just over the first amounts."""
        first = next((i for i, row in enumerate(self.rows) if any(map(heads.is_amount, row))), 0)
        over = self.rows[first - 1] if first else ()
        named = any(text and heads.is_amount(self.rows[first][i]) for i, text in enumerate(over))
        return (first - 1, list(over)) if named else (None, [""] * len(self.rows[0]))

    def _score(self, head, at, column):
        """Return how well a head names a column with amounts: its year, or its kind too."""
        below = (row[column] for row in self.rows[at + 1 :])
        if not head or not self._known(head) or not any(map(heads.is_amount, below)):
            return 0
        said = heads.read(head)
        return NAMED + (said is None or said.kind is not None)

    def _is_bare(self, texts):
        """True for a row of nothing but numbers: 2 020 kronor as likely as the year."""
        return all(not text or text.isdigit() for text in texts)

    def _known(self, head):
        return heads.read(head) is not None or bool(self._of_head(head))

    def _of_head(self, head):
        """Return the id of the column that a head names: as remembered, by label or in words."""
        before = self._of_memory(head)
        if before:
            return before
        for place in self.target.columns:
            if folded(place.label) == folded(head):
                return place.ident
        said = heads.read(head)
        if said is None:
            return ""
        same = [
            place.ident
            for place in self.target.columns
            if place.year == said.year and said.kind in (None, place.kind)
        ]
        return same[0] if len(same) == 1 else ""

    def _of_memory(self, head):
        """Return what is remembered of a head: an id, SKIP, or a column to add if one may."""
        kept = self.choice.remembered_columns.get(heads.remembered(head, self.target.year), "")
        if not kept.startswith("+"):
            return kept
        for place in self.target.columns:
            if kept == f"+{place.kind}:{place.year}":
                return place.ident
        return kept if self.choice.add_missing else ""

    def _find_labels(self, taken):
        """Return the index of the column of labels, or None."""
        known = {folded(place.label) for place in self.target.rows}
        known |= {label for _, label in self.choice.remembered_rows}
        rows = self.rows[self.first :]
        free = [i for i in range(len(self.rows[0])) if i not in taken]
        counts = {i: len({folded(row[i]) for row in rows} & known) for i in free}
        best = max(counts, key=counts.get, default=None)
        if best is not None and counts[best]:
            return best
        if self.anchor and self.head_at is None:
            return None
        texts = {i: {folded(row[i]) for row in rows if _is_text(row[i])} - {""} for i in free}
        most = max(texts, key=lambda i: len(texts[i]), default=None)
        return most if most is not None and texts[most] else None

    def _fits(self):
        width = len(self.rows[0])
        data = [i for i in range(width) if i != self.labels_at]
        if self.head_at is None and self.anchor:
            fits = self._from_anchor(data)
        else:
            fits = [self._fit(i) for i in data if self._holds(i)]
        if self.labels_at is not None:
            name = self.heads[self.labels_at] or f"Kolumn {heads.letter(self.labels_at)}"
            fits.append(Fit(self.labels_at + 1, name, LABELS))
        return tuple(sorted(_once(fits), key=lambda fit: fit.number))

    def _holds(self, i):
        return bool(self.heads[i]) or any(row[i] for row in self.rows[self.first :])

    def _from_anchor(self, data):
        idents = [place.ident for place in self.target.columns]
        left = idents.index(self.anchor[1])
        fits = []
        for step, i in enumerate(data):
            at, name = left + step, f"kolumn {step + 1}"
            if at < len(idents):
                fits.append(Fit(i + 1, self.target.columns[at].label, MATCHED, idents[at]))
            else:
                fits.append(Fit(i + 1, name, UNMATCHED, why="utanför tabellen"))
        return fits

    def _fit(self, i):
        head = self.heads[i]
        label = head or f"Kolumn {heads.letter(i)}"
        chosen = self.choice.columns.get(i + 1) or self._of_head(head) or self._guess(i)
        why = "" if head else NAMELESS
        if chosen == SKIP:
            return Fit(i + 1, label, SKIPPED, why=why)
        if chosen.startswith("+"):
            return Fit(i + 1, label, NEW, f"+{i + 1}", chosen, why=why)
        if chosen:
            return Fit(i + 1, label, MATCHED, chosen, why=why)
        return Fit(i + 1, label, UNMATCHED, why=why)

    def _guess(self, i):
        """Return the column to add for a head that says its year, when one is to add at all."""
        said = heads.read(self.heads[i])
        if not self.choice.add_missing or said is None:
            return ""
        kind = said.kind or ("budget" if said.year <= self.target.year else "plan")
        taken = any(p.year == said.year and p.kind == kind for p in self.target.columns)
        return "" if taken else f"+{kind}:{said.year}"


def _is_text(cell):
    return bool(cell) and not heads.is_amount(cell) and not cell.endswith("%")


def _under_merged(above, row):
    """Return the heads with what a merged cell over several of them says put before each."""
    said, found = "", []
    for over, cell in zip(above, row, strict=True):
        said = over or said
        found.append(f"{said} {cell}".strip() if cell else over)
    return found


def _once(fits):
    """Let a column of the budget be named once; the later ones are left out, and said."""
    taken = set()
    for fit in fits:
        key = fit.add or fit.ident
        if fit.used and key in taken:
            yield Fit(fit.number, fit.label, UNMATCHED, why="samma kolumn står tidigare i bladet")
            continue
        taken.add(key)
        yield fit
