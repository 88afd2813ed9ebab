"""Tables too wide for the page: hung out, set smaller, turned or broken by columns; never cut.

A table that by a rough count of letters could be too wide is laid out by itself as narrow as its
words allow. From those widths follows the first step at which it fits. Lengths are in points.
"""

import copy
import xml.etree.ElementTree as etree
from dataclasses import dataclass

from weasyprint import HTML
from weasyprint.formatting_structure import boxes

MM = 72 / 25.4
POINTS_A_PIXEL = 0.75
FULL, SMALL, SMALLEST = 8.5, 7.5, 6.5  # type sizes
PADDING = 8  # beside each column's words
# A letter's width as part of the type size, somewhat wide, so that no wide table is passed by.
LETTER, WIDTHS = 0.57, {" ": 0.2, "\u00a0": 0.2}
WIDTHS |= dict.fromkeys("0123456789", 0.53) | dict.fromkeys("iljtfrI.,:;-–()|'", 0.36)
WIDTHS |= dict.fromkeys("mMwWQOGDHNÖ%@&—", 0.92)
INDENTED, HUNG, SHEET, TURNED = 130 * MM, 160 * MM, 154 * MM, 247 * MM  # rooms, as paper.css has
FIXED_FIRST, LEAST_FIRST = 52 * MM, 40 * MM  # a budget's first column
INDENT = 5 * MM  # of a list's point, or a quote
WIDEST = 4  # rows of each column that are measured, by count of letters
SLACK = 2
LINE, MOST_LINES = 26, 40  # letters in a cell's line at least, and lines that surely fit a page
STEPS = [(HUNG, FULL, "hung"), (HUNG, SMALL, "hung small"), (TURNED, FULL, "turned"),
         (TURNED, SMALL, "turned small"), (TURNED, SMALLEST, "turned smallest")]  # fmt: skip
MEASURE = """<!doctype html><html lang="sv"><head><style>@page { size: 9000mm 9000mm; margin: 0 }
table { width: 0 !important; min-width: 0 !important; table-layout: auto !important }
table th, table td { width: auto !important }</style></head><body>{}</body></html>"""


@dataclass(frozen=True)
class Place:
    """Where a table stands: the element around it, its parents upwards, and its room."""

    scroll: etree.Element
    parents: tuple
    room: float

    @property
    def table(self):
        """The table itself."""
        return self.scroll.find("table")

    @property
    def is_fixed(self):
        """True for tables whose columns are as wide as each other, as budgets have them."""
        classes = self.table.get("class", "").split()
        return "budget" in classes and "fit" not in classes


def fit(root, render):
    """Change the html tree ``root`` so that no table is wider than its page.

    ``render`` lays an HTML out with our stylesheet.
    """
    places = list(_places(root, ()))
    for place in places:
        if _is_long(place):
            _add(place.scroll, "breaks")
    wide = [place for place in places if _may_be_wide(place)]
    for place, widths in zip(wide, _measured(wide, render), strict=True):
        _set(place, widths)


def _places(element, parents):
    classes = element.get("class", "").split() if isinstance(element.tag, str) else ()
    if "table-scroll" in classes and element.find("table") is not None:
        around = " ".join(each.get("class", "") for each in parents).split()
        if "sheets" in around:
            room = SHEET
        else:
            hangs = "plan-table" in classes or "prose" not in around
            room = HUNG if hangs else INDENTED
        indents = sum(each.tag in ("li", "blockquote") for each in parents)
        yield Place(element, parents, room - indents * INDENT)
        return
    for kid in element:
        yield from _places(kid, (element, *parents))


def _rows(table):
    return [list(row) for row in table.iter("tr")]


def _is_long(place):
    """Say whether a table may need more than a page: it is broken then, from its first page on.

    Were it kept together it would leave its heading alone on the page before.
    """
    lines = 0
    for row in _rows(place.table):
        lines += max((len("".join(cell.itertext())) // LINE + 1 for cell in row), default=1)
    return lines > MOST_LINES


def _may_be_wide(place):
    """Say whether a table could be too wide, by the letters of its longest words."""
    longest = [max(column) for column in _letters(place.table)]
    widths = [width * FULL + PADDING for width in longest]
    if place.is_fixed:
        return len(widths) > 1 and not _fits_fixed(widths, HUNG)
    return sum(widths) > place.room


def _width(word):
    return sum(WIDTHS.get(letter, LETTER) for letter in word)


def _letters(table):
    """Return for each column about how wide its cells' widest words are, in type sizes."""
    columns = []
    for at, row in enumerate(_rows(table)):
        for number, cell in enumerate(row):
            if number == len(columns):
                columns.append([0] * at)
            held = "amount" in cell.get("class", "").split()
            words = ["".join(cell.itertext())] if held else " ".join(cell.itertext()).split(" ")
            columns[number].append(max(map(_width, words)))
    return columns


def _sample(table):
    """Return a copy of the table with those rows only that could hold its columns' widest words."""
    wanted = {
        row
        for column in _letters(table)
        for row in sorted(range(len(column)), key=column.__getitem__)[-WIDEST:]
    }
    sample = etree.Element("table", dict(table.attrib))
    numbers = iter(range(len(_rows(table))))
    for section in table:
        if section.tag in ("thead", "tbody"):
            kept = etree.SubElement(sample, section.tag)
            kept.extend([row for row in section if next(numbers) in wanted])
    return sample


def _fits_fixed(widths, room):
    share = (room - FIXED_FIRST) / (len(widths) - 1)
    return widths[0] <= FIXED_FIRST and max(widths[1:]) <= share


def _measured(places, render):
    """Return the least widths of each table's columns in points, at the full type size."""
    if not places:
        return []
    html = "".join(
        f"<div>{etree.tostring(_sample(place.table), encoding='unicode', method='html')}</div>"
        for place in places
    )
    pages = render(HTML(string=MEASURE.replace("{}", html))).pages
    found = [
        box.column_widths
        for page in pages
        for box in page._page_box.descendants()
        if isinstance(box, boxes.TableBox)
    ]
    return [[width * POINTS_A_PIXEL for width in widths] for widths in found]


def _at(widths, size):
    """Return the widths at another type size; the room beside the words stays."""
    return [(width - PADDING) * size / FULL + PADDING for width in widths]


def _set(place, widths):
    """Give the table the first step at which it fits, or break it by its columns."""
    if place.is_fixed:
        if _fits_fixed(widths, HUNG):
            return
        widths = [max(widths[0], LEAST_FIRST), *widths[1:]]
        _add(place.table, "loose")
    if not place.is_fixed and sum(widths) + SLACK <= place.room:
        return
    in_sheet = any("sheets" in each.get("class", "").split() for each in place.parents)
    fitting = [
        classes
        for room, size, classes in STEPS
        if sum(_at(widths, size)) + SLACK <= (SHEET if in_sheet and room == HUNG else room)
    ]
    classes = fitting[0] if fitting else STEPS[-1][-1]
    if not fitting:
        _break(place, _at(widths, SMALLEST))
    _add(place.scroll, classes)
    if "turned" in classes:
        _turn_beside(place)


def _add(element, classes):
    element.set("class", f"{element.get('class', '')} {classes}".strip())


def _turn_beside(place):
    """Let the headings before a turned table and its notes after it stand on its page."""
    parent = place.parents[0]
    kids = list(parent)
    at = kids.index(place.scroll)
    before = at
    while before and kids[before - 1].tag in ("h2", "h3", "h4", "h5", "h6"):
        before -= 1
        _add(kids[before], "turned")
    if before == 0 and len(place.parents) > 1:
        for kid in place.parents[1]:
            if kid is parent:
                break
            _add(kid, "turned")
    for kid in kids[at + 1 : at + 2]:
        if "plan-notes" in kid.get("class", "") or kid.get("class") == "meta":
            _add(kid, "turned")


def _break(place, widths):
    """Break a table by its columns into several, each with the first column before its own."""
    parts, room = [[]], max(TURNED - widths[0], TURNED / 2) - SLACK
    for number, width in enumerate(widths[1:], 1):
        if parts[-1] and sum(widths[each] for each in parts[-1]) + width > room:
            parts.append([])
        parts[-1].append(number)
    table = place.table
    _add(table, "torn" if max(widths[1:], default=widths[0]) > room else "parted")
    for part in reversed(parts[1:]):
        more = _part_of(table, part)
        for element in more.iter():
            element.attrib.pop("id", None)
        place.scroll.insert(list(place.scroll).index(table) + 1, more)
    place.scroll.insert(list(place.scroll).index(table), _part_of(table, parts[0]))
    place.scroll.remove(table)


def _part_of(table, columns):
    """Return a copy of a table with its first column and ``columns``."""
    part = copy.deepcopy(table)
    for row in part.iter("tr"):
        for number, cell in reversed(list(enumerate(row))):
            if number and number not in columns:
                row.remove(cell)
    return part
