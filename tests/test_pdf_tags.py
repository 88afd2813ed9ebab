"""The tag tree and the links of every kind of PDF, read back with pikepdf."""

import io
import re

import pikepdf
import pytest

from associations import markdown
from finsam import pdf_writer
from tests.every_pdf import KINDS, made_pdf_of

pytestmark = pytest.mark.django_db
HEADING = re.compile(r"/H[1-6]$")
OWN_PARENT = {"/LI": "/L", "/LBody": "/LI", "/TOCI": "/TOC", "/THead": "/Table", "/TBody": "/Table"}
PAGE = """<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Prov</title></head>
<body class="sheets"><h1>Prov</h1><div class="prose">{}</div></body></html>"""


def walk(node, above=()):
    """Yield (element, the roles above it) from ``node`` down."""
    yield node, above
    for kid in kids(node):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from walk(kid, (*above, str(node.S)))


def kids(node):
    """Return the kids of a structure element as a list."""
    found = node.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def tree(document):
    """Return every (element, roles above it) of a file."""
    return list(walk(document.Root.StructTreeRoot.K[0]))


def of(document, role):
    """Return the elements of one role, such as "/L"."""
    return [node for node, _ in tree(document) if str(node.S) == role]


def opened(html):
    """Return a made PDF of a text, opened."""
    data = pdf_writer.from_html(PAGE.format(html), colour="#0b5a82")
    return pikepdf.open(io.BytesIO(data))


def marks_of(document):
    """Return the (page, number) of each piece of content that the tree holds."""
    found = []
    for node, _ in tree(document):
        for kid in kids(node):
            if isinstance(kid, int):
                found.append((node.Pg.objgen, kid))
            elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/MCR":
                found.append((kid.Pg.objgen, int(kid.MCID)))
    return found


@pytest.mark.parametrize("name", KINDS)
def test_every_part_stands_where_it_belongs(name):
    with pikepdf.open(io.BytesIO(made_pdf_of(name))) as document:
        seen = tree(document)
        assert len(seen) > 20
        for node, above in seen:
            role = str(node.S)
            if HEADING.match(role) or role == "/P":
                held = [each for each in above if HEADING.match(each) or each in ("/P", "/Lbl")]
                assert not held, (role, above)
            assert role != "/NonStruct"
            assert role not in OWN_PARENT or above[-1] == OWN_PARENT[role], (role, above)
            if role == "/Figure":
                left, bottom, right, top = map(float, node.A.BBox)
                _, _, width, height = map(float, node.Pg.MediaBox)
                assert 0 <= left < right <= width and 0 <= bottom < top <= height
                assert str(node.Alt)
            if role == "/Table":
                assert sum(str(kid.S) == "/THead" for kid in kids(node)) == 1
        names = [str(node.ID) for node, _ in seen if "/ID" in node]
        assert len(names) == len(set(names))
        if names:
            listed = [str(each) for each in list(document.Root.StructTreeRoot.IDTree.Names)[::2]]
            assert listed == sorted(names)
        for table in of(document, "/Table"):
            heads = {str(node.ID) for node, _ in walk(table) if str(node.S) == "/TH"}
            for cell, _ in walk(table):
                if str(cell.S) == "/TD":
                    assert {str(each) for each in cell.A.get("/Headers", [])} <= heads


@pytest.mark.parametrize("name", KINDS)
def test_all_content_is_in_the_tree_once_or_an_artifact(name):
    with pikepdf.open(io.BytesIO(made_pdf_of(name))) as document:
        marks = marks_of(document)
        assert len(marks) == len(set(marks))
        drawn, artifacts = set(), 0
        for page in document.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "BDC" and "/MCID" in operands[1]:
                    drawn.add((page.objgen, int(operands[1].MCID)))
                artifacts += bool(operands) and str(operands[0]) == "/Artifact"
        assert drawn == set(marks) and artifacts
        owners = document.Root.StructTreeRoot.ParentTree.Nums
        by_key = {int(owners[place]): owners[place + 1] for place in range(0, len(owners), 2)}
        for page in document.pages:
            for number, owner in enumerate(by_key[int(page.StructParents)]):
                assert ((page.objgen, number) in drawn) == (owner is not None)
            for area in page.get("/Annots", []):
                areas = [each.Obj.objgen for each in kids(by_key[int(area.StructParent)])
                         if isinstance(each, pikepdf.Dictionary) and "/Obj" in each]  # fmt: skip
                assert area.objgen in areas


@pytest.mark.parametrize("name", KINDS)
def test_links_have_room_and_words_and_notes_lead_back(name):
    with pikepdf.open(io.BytesIO(made_pdf_of(name))) as document:
        areas = [area for page in document.pages for area in page.get("/Annots", [])]
        there = {str(area.Dest) for area in areas if "/Dest" in area}
        for area in areas:
            left, bottom, right, top = map(float, area.Rect)
            assert right - left > 3 and top - bottom > 5
            words = str(area.Contents)
            assert words and words not in there and not re.search(r"-[0-9a-f]{8}-|block-", words)
        for mark, back in ((r"fn-(.+)", r"fnref-\1"), (r"(block-.+)-not-(.)", r"\1-rad-\2")):
            for target in there:
                if re.fullmatch(mark, target):
                    assert re.sub(mark, back, target) in there
        assert len(of(document, "/Note")) >= len({each for each in there if "fn-" in each})


def test_a_plan_has_contents_notes_and_figures_with_captions():
    with pikepdf.open(io.BytesIO(made_pdf_of("plan-2020"))) as document:
        (contents,) = of(document, "/TOC")
        entries = kids(contents)
        assert len(entries) == 9 and {str(each.S) for each in entries} == {"/TOCI"}
        assert all(str(kids(each)[0].S) == "/Reference" for each in entries)
        notes = of(document, "/Note")
        assert len(notes) == 8 and len({str(note.ID) for note in notes}) == 8
        (figure,) = of(document, "/Figure")
        assert str(kids(figure)[0].S) == "/Caption"


def test_what_is_broken_over_pages_is_one():
    paragraph = "Ord och åter ord. " * 900
    points = "\n".join(f"{number}. Punkt {number}" for number in range(1, 121))
    rows = "\n".join(f"| Rad {number} | {number} |" for number in range(120))
    text = f"{paragraph}\n\n{points}\n\n| Namn | Antal |\n| --- | --- |\n{rows}"
    with opened(markdown.rendered(text)) as document:
        assert len(document.pages) > 5
        (whole,) = of(document, "/L")
        assert len(kids(whole)) == 120 and str(whole.A.ListNumbering) == "/Decimal"
        (table,) = of(document, "/Table")
        heads = [node for node, _ in walk(table) if str(node.S) == "/TH"]
        assert [str(kid.S) for kid in kids(table)] == ["/THead", "/TBody"] and len(heads) == 2
        last = [node for node, _ in walk(table) if str(node.S) == "/TD"][-1]
        assert [str(each) for each in last.A.Headers] == [str(heads[1].ID)]
        assert len(of(document, "/P")) == 1
        assert len({page for page, _ in marks_of(document)}) == len(document.pages)


def test_nested_lists_notes_of_several_paragraphs_and_links_over_lines():
    text = (
        "- Ett\n  - Inre\n- Två\n\nSe [en länk med många ord som inte ryms på en enda rad utan "
        "behöver två av dem för att få plats på sidan](https://a.se/).[^1] Och igen.[^1]\n\n"
        "[^1]: Första.\n\n    Andra."
    )
    with opened(markdown.rendered(text)) as document:
        outer, inner = of(document, "/L")
        points = kids(outer)
        assert [str(each.S) for each in points] == ["/LI", "/LI"] and len(kids(inner)) == 1
        assert inner in kids(kids(points[0])[-1])
        (note,) = of(document, "/Note")
        assert [str(kid.S) for kid in kids(note)] == ["/Lbl", "/P", "/P"]
        links = of(document, "/Link")
        areas = [area for page in document.pages for area in page.Annots]
        assert len(links) == 5 and len(areas) == 6
        assert str(areas[0].Contents).startswith("en länk") and "https://a.se/" in str(
            areas[0].Contents
        )
