"""What is hidden can't be worked out: a linear-programming attacker tries random tables."""

import itertools
import random
from collections import defaultdict

import pytest

from interventions.hiding import CHOICES, FEW, WITHHELD, Cell, Sum, hide
from tests import attacker

TABLES = 1_000


def numbers_left(key, cells, sums, labels):
    """Return how many numbers the attacker can't rule out for ``key``, or that they are enough."""
    shown = {cell.key: cell.value for cell in cells if cell.published and cell.key not in labels}
    value = next(cell.value for cell in cells if cell.key == key)
    few = {name for name, label in labels.items() if label == FEW}
    pairs = [(each.whole, each.parts) for each in sums]
    return attacker.numbers_left(key, value, shown, pairs, few, CHOICES)


class Tables:
    """Random result tables: women and men, years of a period, interventions of a whole, bases."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.cells, self.sums = {}, []
        self.small = self.chance.choice([4, 8, 15, 40])
        self.zeros = self.chance.choice([0, 0.1, 0.4])
        self.based = self.chance.choice([0, 0.5, 1])
        years = self.chance.randrange(1, 5)
        interventions = self.chance.randrange(1, 4 if years < 3 else 2)
        self.table(range(years), range(interventions))

    def count(self):
        return 0 if self.chance.random() < self.zeros else self.chance.randrange(self.small)

    def put(self, key, value, rank, published=True):
        self.cells[key] = Cell(key, value, rank, published)

    def value(self, key):
        return self.cells[key].value

    def table(self, years, interventions):
        for place in itertools.product(interventions, years):
            for sex in "wm":
                self.put((sex, *place), self.count(), 0)
        if len(years) > 1 and self.chance.random() < 0.8:
            for each in interventions:
                self.margin([(each, year) for year in years], (each, "all"))
            years = [*years, "all"]
        if len(interventions) > 1 and self.chance.random() < 0.8:
            for year in years:
                if ("w", interventions[0], year) in self.cells:
                    self.margin([(each, year) for each in interventions], ("all", year))
        for _, *place in [key for key in self.cells if key[0] == "w"]:
            self.row(tuple(place))

    def margin(self, places, whole):
        for sex in "wm":
            parts = tuple((sex, *place) for place in places)
            self.put((sex, *whole), sum(map(self.value, parts)), 0)
            self.sums.append(Sum((sex, *whole), parts))
        parts = tuple(("t", *place) for place in places)
        self.sums.append(Sum(("t", *whole), parts))

    def row(self, place):
        sexes = (("w", *place), ("m", *place))
        total = sum(map(self.value, sexes))
        self.put(("t", *place), total, 1)
        self.sums.append(Sum(("t", *place), sexes, together=True))
        if self.chance.random() < self.based:
            rest = self.chance.choice([0, 1, 2, 4, 7, 30])
            self.put(("base", *place), total + rest, 2)
            self.put(("rest", *place), rest, 3, published=False)
            self.sums.append(Sum(("base", *place), (("t", *place), ("rest", *place))))


def test_an_attacker_by_linear_programming_is_left_with_three_numbers():
    hidden = shown = 0
    for seed in range(TABLES):
        tables = Tables(seed)
        cells, sums = list(tables.cells.values()), tables.sums
        labels = hide(cells, sums)
        for cell in cells:
            if cell.is_few and cell.published:
                assert cell.key in labels, (seed, cell)
            elif cell.published and cell.key not in labels:
                shown += 1
            if cell.key in labels or (cell.is_few and not cell.published):
                hidden += 1
                assert numbers_left(cell.key, cells, sums, labels) >= CHOICES, (seed, cell)
    assert hidden > 5_000 and shown > 5_000


def test_the_attacker_is_able():
    cells = [Cell("w", 2), Cell("m", 10), Cell("t", 12, 1)]
    sums = [Sum("t", ("w", "m"))]
    assert numbers_left("w", cells, sums, {"w": WITHHELD}) == 1
    assert numbers_left("w", cells, sums, {"w": WITHHELD, "m": WITHHELD}) >= CHOICES


def one_row(women, men, rest):
    cells = [
        Cell("women", women),
        Cell("men", men),
        Cell("total", women + men, 1),
        Cell("base", women + men + rest, 2),
        Cell("rest", rest, 3, published=False),
    ]
    labels = hide(
        cells,
        [Sum("total", ("women", "men"), together=True), Sum("base", ("total", "rest"))],
    )
    return tuple(labels.get(cell.key, cell.value) for cell in cells[:4]), labels, cells


def test_who_knows_how_it_is_reckoned_is_left_with_three_numbers_too():
    """Every table of one row, gathered by what is shown of it: none tells a hidden count."""
    behind = defaultdict(list)
    for women, men, rest in itertools.product(range(13), range(13), range(13)):
        shown, labels, cells = one_row(women, men, rest)
        behind[shown].append({cell.key: cell.value for cell in cells} | {"hidden": labels})
    assert len(behind) > 200
    for shown, tables in behind.items():
        for key in tables[0]["hidden"]:
            if max(table["base"] for table in tables) < 13:  # none is beyond what was tried
                assert len({table[key] for table in tables}) >= CHOICES, (shown, key)


@pytest.mark.parametrize(
    ("values", "sums", "shown"),
    [
        ({"w": 36, "m": 34, "t": 70}, [("t", "wm")], {}),
        ({"w": 2, "m": 10, "t": 12}, [("t", "wm")], {"w": WITHHELD, "m": WITHHELD}),
        ({"w": 1, "m": 2, "t": 3}, [("t", "wm")], {"w": WITHHELD, "m": WITHHELD, "t": FEW}),
        ({"w": 0, "m": 12, "t": 12}, [("t", "wm")], {}),
        ({"t": 3}, [], {"t": FEW}),
        ({"t": 0}, [], {}),
        # the third year gives the first away, and the smallest of the others goes with it
        ({"a": 3, "b": 9, "c": 20, "t": 32}, [("t", "abc")], {"a": WITHHELD, "b": WITHHELD}),
    ],
)
def test_what_is_hidden(values, sums, shown):
    cells = [Cell(key, value, 1 if key == "t" else 0) for key, value in values.items()]
    assert hide(cells, [Sum(whole, tuple(parts)) for whole, parts in sums]) == shown
