"""The tag tree of a PDF, mended after WeasyPrint has written it: one element for each thing.

WeasyPrint tags boxes, so a list on two pages becomes two, and what it wraps in boxes of its own
becomes a heading in a heading. Here the tree is read together with the html elements that its
parts come from, pieces of one element are put together again, and what stands in no tree (heads
repeated on later pages, running heads) is marked as artifact. What each part is called is decided
in ``pdf_roles.py``. ISO 32000-1, 14.7 and 14.8.
"""

import pydyf
from weasyprint.pdf import tags

from finsam import pdf_roles

HOLDS_TEXT = {"/P", "/Span", "/Link", "/LBody", "/TD", "/TH", "/Lbl", "/Caption", "/Code", "/Note",
              "/Reference", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6"}  # fmt: skip
MAY_GO_EMPTY = {"/NonStruct", "/Div", "/Span", "/P", "/Sect", "/Reference"}

_build = tags._build_box_tree


def _remembering(box, *more):
    """Build as WeasyPrint does, and let each element know which html element it comes from."""
    source = getattr(box, "_box", box).element
    for element in _build(box, *more):
        if not hasattr(element, "source"):  # page, html and body hand on what is within them
            element.source = source
        yield element


tags._build_box_tree = _remembering


class Mark:
    """A piece of a page's content: the page's reference, and its number there."""

    __slots__ = ("number", "page")

    def __init__(self, page, number):
        self.page, self.number = page, number


class Area:
    """A link's area on a page: the reference to its object, and the annotation itself."""

    def __init__(self, reference, annotation):
        self.reference, self.annotation = reference, annotation


class Node:
    """An element of the tree, the html element it comes from, and its kids in order."""

    __slots__ = ("element", "kids", "source")

    def __init__(self, element, source=None, kids=()):
        self.element, self.source, self.kids = element, source, list(kids)

    @property
    def role(self):
        """What the element is, such as ``/P``."""
        return self.element["S"]

    @role.setter
    def role(self, role):
        self.element["S"] = role

    @property
    def nodes(self):
        """The kids that are elements."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def walk(self):
        """Yield this node and all below it, in reading order."""
        left = [self]
        while left:
            node = left.pop()
            yield node
            left += reversed(node.nodes)


def mend(document, pdf):
    """Mend the tag tree of ``pdf`` (pydyf), which WeasyPrint has made of ``document``."""
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    whole = _read(pdf, _object(pdf, root["K"][0]))
    _join(whole, {})
    pdf_roles.name_parts(whole, _Maker(pdf))
    pdf_roles.place_figures(whole, _heights(document, pdf))
    _prune(whole)
    owners = _write(whole, root.reference)
    _point_back(pdf, root, owners)
    _name_tree(root, whole)
    _forget_the_rest(pdf, whole)


def _object(pdf, reference):
    return pdf.objects[int(reference.split()[0])]


def _heights(document, pdf):
    """Return the height in points of each page, by its reference."""
    heights = [page.height * 0.75 for page in document.pages]
    return dict(zip(pdf.page_references, heights, strict=True))


class _Maker:
    """Makes new elements in the file."""

    def __init__(self, pdf):
        self.pdf = pdf

    def make(self, role, kids, page):
        """Return a new node ``role`` around ``kids``."""
        element = pydyf.Dictionary({"Type": "/StructElem", "S": role, "Pg": page})
        self.pdf.add_object(element)
        return Node(element, kids=kids)


def _read(pdf, element):
    node = Node(element, getattr(element, "source", None))
    for kid in element["K"]:
        if isinstance(kid, int):
            node.kids.append(Mark(element["Pg"], kid))
            continue
        found = _object(pdf, kid)
        if found.get("Type") == "/OBJR":
            node.kids.append(Area(kid, _object(pdf, found["Obj"])))
        else:
            node.kids.append(_read(pdf, found))
    return node


def _join(node, renamed):
    """Put together what is one html element, from here on down.

    ``renamed`` collects names of heads that are repeated on later pages → of the first ones.
    """
    kids, known = [], {}
    for kid in _flat(node):
        if isinstance(kid, Node) and kid.source is not None:
            first = known.setdefault((kid.source, kid.role), kid)
            if first is not kid:
                if kid.role == "/THead":
                    renamed.update(_pairs(kid, first))
                else:
                    first.kids += kid.kids
                continue
        kids.append(kid)
    node.kids = kids
    for kid in node.nodes:
        _join(kid, renamed)
    if node.role == "/Table" and renamed:
        _rename_headers(node, renamed)


def _flat(node):
    """Yield the kids of ``node``, with the boxes that stand for the same html element opened."""
    for kid in node.kids:
        if isinstance(kid, Node) and _is_same(node, kid):
            yield from _flat(kid)
        else:
            yield kid


def _is_same(node, kid):
    if kid.source is None:  # the span that WeasyPrint puts around each piece of text
        return node.role in HOLDS_TEXT and kid.role == "/Span"
    return kid.source is node.source and kid.role in (node.role, "/NonStruct")


def _pairs(later, first):
    """Yield (name in ``later``, name in ``first``) of two copies of a table's head."""
    for copy, head in zip(later.walk(), first.walk(), strict=False):
        if "ID" in copy.element and "ID" in head.element:
            yield copy.element["ID"].string, head.element["ID"]


def _rename_headers(table, renamed):
    for cell in table.walk():
        headers = cell.element.get("A", {}).get("Headers") if cell.role == "/TD" else None
        if headers:
            names = [renamed.get(header.string, header) for header in headers]
            cell.element["A"]["Headers"] = pydyf.Array(names)


def _prune(node):
    for kid in node.nodes:
        _prune(kid)
    node.kids = [
        kid
        for kid in node.kids
        if not isinstance(kid, Node) or kid.kids or kid.role not in MAY_GO_EMPTY
    ]


def _write(node, parent):
    """Write the tree back; return the owner of each (page, number) and each link annotation."""
    owners, own = {}, node.element.reference
    node.element["P"], kids = parent, pydyf.Array()
    for kid in node.kids:
        if isinstance(kid, Node):
            owners |= _write(kid, own)
            kids.append(kid.element.reference)
        elif isinstance(kid, Area):
            owners[kid.annotation["StructParent"]] = own
            kids.append(kid.reference)
        else:
            owners[kid.page, kid.number] = own
            kids.append(_mark(kid, node.element.get("Pg")))
    node.element["K"] = kids
    return owners


def _mark(mark, page):
    if mark.page == page:
        return mark.number
    return pydyf.Dictionary({"Type": "/MCR", "Pg": mark.page, "MCID": mark.number})


def _point_back(pdf, root, owners):
    """Let each piece of content and each link know its element; the rest becomes artifacts."""
    numbers = _object(pdf, root["ParentTree"])["Nums"]
    for place in range(0, len(numbers), 2):
        key, value = numbers[place], numbers[place + 1]
        if not isinstance(value, list):
            numbers[place + 1] = owners.get(key, value)
            continue
        page = pdf.page_references[key]
        free = {number for number in range(len(value)) if (page, number) not in owners}
        free = _as_artifacts(_object(pdf, _object(pdf, page)["Contents"]), free)
        numbers[place + 1] = pydyf.Array(
            owners.get((page, number), "null" if number in free else value[number])
            for number in range(len(value))
        )


def _as_artifacts(stream, numbers):
    """Mark those pieces of a page's content as artifacts; return the numbers that were found."""
    found, parts = set(), stream.stream
    for place, part in enumerate(parts):
        if isinstance(part, pydyf.Dictionary) and part.get("MCID") in numbers:
            found.add(part["MCID"])
            parts[place - 1 : place + 1] = [
                "/Artifact",
                pydyf.Dictionary({"Type": "/Pagination"}),
            ]
    return found


def _name_tree(root, whole):
    """Write where each named element stands (ISO 32000-1, 14.7.2, IDTree)."""
    named = {
        node.element["ID"].string: node.element for node in whole.walk() if "ID" in node.element
    }
    names = pydyf.Array()
    for name in sorted(named):
        names += [pydyf.String(name), named[name].reference]
    if names:
        root["IDTree"] = pydyf.Dictionary({"Names": names})


def _forget_the_rest(pdf, whole):
    """Empty the elements that no longer stand in the tree."""
    kept = {id(node.element) for node in whole.walk()}
    for each in pdf.objects:
        is_element = isinstance(each, pydyf.Dictionary) and each.get("Type") == "/StructElem"
        if is_element and id(each) not in kept:
            each.clear()
