"""What the parts of a PDF's tag tree are called, and how its links are described.

Standard structure types of ISO 32000-1, 14.8.4: notes are notes, the contents are contents, a
chart's caption lies in its figure, and a nested list in its point.
"""

import pydyf

from associations.decimals import half_up

PLAIN = {"header": "/Div", "nav": "/Sect", "figure": "/Div", "details": "/Div", "strong": "/Span",
         "b": "/Span", "em": "/Span", "i": "/Span", "code": "/Code", "pre": "/P"}  # fmt: skip
WITHIN_LINES = {"/P", "/Span", "/Link", "/TD", "/TH", "/Caption", "/Code", "/LBody", "/H1", "/H2",
                "/H3", "/H4", "/H5", "/H6"}  # fmt: skip
NOTES = {"footnotes-list", "plan-notes"}


def name_parts(whole, maker):
    """Call each part of the tree below ``whole`` (pdf_tags.Node) by its right name."""
    notes = 0
    for node in list(whole.walk()):
        tag, classes = _tag(node), _classes(node)
        if node.role == "/L":
            _place_nested_lists(node)
        for kid in node.nodes:
            if kid.role == "/NonStruct":
                other = "/Span" if node.role in WITHIN_LINES else "/Div"
                kid.role = PLAIN.get(_tag(kid), other)
        if tag == "sup":
            node.role = "/Reference" if any(kid.role == "/Link" for kid in node.nodes) else "/Span"
        elif tag == "figure":
            _caption_in_figure(node)
        elif "chapters" in classes:
            _contents(node, maker)
        elif NOTES & classes:
            notes = _notes(node, maker, notes)
        elif node.role == "/L":
            _list(node, tag, maker)
        elif node.role == "/TH":
            scope = "/Row" if node.source.get("scope") == "row" else "/Column"
            node.element["A"]["Scope"] = scope


def _tag(node):
    return "" if node.source is None else str(node.source.tag)


def _classes(node):
    return set() if node.source is None else set(node.source.get("class", "").split())


def _open_bodies(item):
    """Put what stands in the bodies of a list's point directly in it."""
    kids = []
    for kid in item.kids:
        kids += kid.kids if getattr(kid, "role", "") == "/LBody" else [kid]
    item.kids = kids


def _place_nested_lists(node):
    """Put a list that stands between points into the point before it."""
    kids = []
    for kid in node.kids:
        if getattr(kid, "role", "") == "/L" and kids:
            kids[-1].kids.append(kid)
        else:
            kids.append(kid)
    node.kids = kids


def _list(node, tag, maker):
    """Give each point one body, and say how the list is numbered (14.8.5.5)."""
    labelled = False
    for item in node.nodes:
        labels = [kid for kid in item.kids if getattr(kid, "role", "") == "/Lbl"]
        labelled |= bool(labels)
        _open_bodies(item)
        rest = [kid for kid in item.kids if kid not in labels]
        item.kids = [*labels, maker.make("/LBody", rest, item.element.get("Pg"))]
    numbering = "/None" if not labelled else "/Decimal" if tag == "ol" else "/Disc"
    node.element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": numbering})


def _contents(node, maker):
    """Make the list of chapters a table of contents, each entry a reference."""
    node.role = "/TOC"
    for item in node.nodes:
        item.role = "/TOCI"
        _open_bodies(item)
        item.kids = [maker.make("/Reference", item.kids, item.element["Pg"])]


def _notes(node, maker, before):
    """Make each point of a list of notes a note with a name of its own; return how many now."""
    node.role = "/Div"
    for number, item in enumerate(node.nodes, before + 1):
        item.role = "/Note"
        item.element["ID"] = pydyf.String(f"not-{number}")
        _open_bodies(item)
        if item.kids and getattr(item.kids[0], "role", "") == "/Link":
            item.kids[0] = maker.make("/Lbl", item.kids[:1], item.element["Pg"])
    return before + len(node.nodes)


def _caption_in_figure(node):
    captions = [kid for kid in node.nodes if kid.role == "/Caption"]
    figure = next((kid for kid in node.nodes if kid.role == "/Figure"), None)
    if figure is not None:
        figure.kids = [*captions, *figure.kids]
        node.kids = [kid for kid in node.kids if kid not in captions]


def place_figures(whole, heights):
    """Write each figure's box in points from the page's lower left corner (14.8.5.4.3).

    WeasyPrint writes it in CSS pixels from the upper left one. ``heights`` are the pages', in
    points.
    """
    for node in whole.walk():
        if node.role == "/Figure":
            left, top, right, bottom = (side * 0.75 for side in node.element["A"]["BBox"])
            height = heights[node.element["Pg"]]
            box = (left, height - bottom, right, height - top)
            node.element["A"]["BBox"] = pydyf.Array(float(half_up(side, 3)) for side in box)


def describe_links(document):
    """Describe each link in words, and write its area from the lower left to the upper right."""
    for page in document.pages:
        for kind, target, _, box in page.links:
            annotation = box.link_annotation
            if annotation:
                words = _described(box.element, kind, target)
                annotation["Contents"] = pydyf.String(words)
                x1, y1, x2, y2 = annotation["Rect"]
                annotation["Rect"] = pydyf.Array((x1, min(y1, y2), x2, max(y1, y2)))


def _described(element, kind, target):
    text = " ".join("".join(element.itertext()).split())
    text = element.get("aria-label") or ". ".join(filter(None, (text, element.get("title"))))
    if kind == "internal":
        return f"Till kapitel {text}" if target.startswith("kapitel-") else text
    return text if not text or text in target or target in text else f"{text} ({target})"
