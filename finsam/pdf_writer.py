"""From html to PDF: PDF/UA-1 and PDF/A-3a in one file, and the same data give the same bytes.

Html from the rooms holds no stylesheet, font or picture of its own; what the file looks like is
read here from ``static/`` once. WeasyPrint may open nothing else: every address that an editor
could write, also a redirect or a local file, is refused by ``FETCHER``. Only the process of
``pdf_engine.py`` imports this; it knows nothing of Django. A sign that our font lacks is printed
as its number (``signs.py``), since another font would make the file differ between machines.
"""

import base64
import datetime
import io
import logging
from functools import cache, partial
from pathlib import Path

import pydyf
import pyphen
from fontTools.ttLib import woff2
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from associations import signs
from finsam import pdf_roles, pdf_tables, pdf_tags

FETCHER = URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
BAD_END = b"\r\nendstream"
TRIES = 9
STATIC = Path(__file__).resolve().parent.parent / "static"
FACES = [("regular", 400, "normal"), ("italic", 400, "italic"),
         ("semibold", 600, "normal"), ("bold", 700, "normal")]  # fmt: skip

# The PDF/UA identification in the file's XMP, with the description that PDF/A-3 demands of a
# schema that it does not know itself (ISO 19005-3, 6.6.2.3).
PDFUA_XMP = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""

logging.getLogger("weasyprint").setLevel(logging.ERROR)


class OurFonts(URLFetcher):
    """Gives our stylesheet our own fonts, by name. Their decompressing is what takes long."""

    def fetch(self, url, headers=None):
        """Return the font that ``url`` (font:bold) names. Raises KeyError for anything else."""
        fonts = {f"font:{name}": name for name, *_ in FACES}
        return URLFetcherResponse(url, font(fonts[url]))


def get_ready():
    """Read beforehand what takes long and lays out nothing, so that whoever is forked has it."""
    stylesheet()
    pyphen.Pyphen(lang="sv")
    for name, *_ in FACES:
        font(name)


@cache
def stylesheet():
    """Return our stylesheet, parsed once a process; it names no fonts."""
    return CSS(filename=STATIC / "css" / "paper.css", url_fetcher=FETCHER)


@cache
def house_style():
    """Return (font configuration, stylesheets) of all our documents, read once a process."""
    fonts = FontConfiguration()
    text = "".join(_font_face(*face, f"font:{face[0]}") for face in FACES)
    return fonts, [CSS(string=text, font_config=fonts, url_fetcher=OurFonts()), stylesheet()]


@cache
def font(name):
    """Return one of our fonts, decompressed."""
    plain = io.BytesIO()
    woff2.decompress(STATIC / "fonts" / f"finsam-sans-whole-{name}.woff2", plain)
    return plain.getvalue()


def _font_face(name, weight, style, address):
    return (
        f'@font-face {{ font-family: "Finsam Sans"; font-weight: {weight}; font-style: {style};'
        f' src: url("{address}"); }}\n'
    )


def _css_string(text):
    """Return ``text`` as a CSS string, whatever it holds."""
    return '"' + "".join(f"\\{ord(letter):x} " for letter in text) + '"'


def _own_style(colour, mark):
    """Return the few rules that differ between documents: the colour, and the draft's mark."""
    rules = f":root {{ --accent: {colour}; }}"
    if mark:
        word = mark.split()[0].upper()
        picture = (
            '<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" '
            'viewBox="0 0 210 297"><text x="105" y="170" text-anchor="middle" '
            'transform="rotate(-52 105 160)" font-family="Finsam Sans" font-weight="700" '
            f'font-size="46" letter-spacing="4" fill="#f1efea">{word}</text></svg>'
        )
        data = base64.b64encode(picture.encode()).decode()
        rules += (
            f"@page {{ @top-center {{ content: {_css_string(mark)}; }}"
            f' background: url("data:image/svg+xml;base64,{data}") center / 210mm 297mm'
            " no-repeat; }"
            "@page turned { background-size: 148mm 210mm; }"
            "@page cover { background: none; }"
        )
    return rules


def _finish(document, pdf, *, spare):
    """Make the file PDF/UA-1 beside PDF/A-3a: its own word for it, and a tag tree of the text.

    ``spare`` empty objects that nothing refers to are added.
    """
    pdf_roles.describe_links(document)
    pdf_tags.mend(document, pdf)
    for _ in range(spare):
        pdf.add_object(pydyf.Dictionary())
    if "AF" in pdf.catalog:  # WeasyPrint names each attached file twice
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    whole = b"".join(metadata.stream)
    metadata.stream = [whole.replace(b"</rdf:RDF>", PDFUA_XMP + b"</rdf:RDF>", 1)]
    metadata.compress = False  # ISO 19005-3, 6.6.2.1
    _end_streams_plainly(pdf)


def _end_streams_plainly(pdf):
    """Leave uncompressed a stream that by chance would end in a carriage return.

    With the line feed before ``endstream`` that reads as one line end, and the stream's length
    would be one more than what stands in the file (ISO 19005-3, 6.1.7.1).
    """
    for each in pdf.objects:
        if isinstance(each, pydyf.Stream) and each.data.endswith(BAD_END):
            each.compress = False


def _only_anchors(document):
    """Drop the link areas that WeasyPrint gives also to what stands inside a link."""
    for page in document.pages:
        page.links = [link for link in page.links if link[3].element_tag.split(":")[0] == "a"]


def _attachment(file, day):
    """Return ``file`` (name, description, text) as data that the document is made from."""
    when = datetime.datetime.fromisoformat(day)
    return Attachment(
        file_obj=io.BytesIO(file["text"].encode()),
        name=file["name"],
        description=file["description"],
        created=when,
        modified=when,
        relationship="Data",
    )


def from_html(html, *, colour, mark="", attachments=(), day="2000-01-01"):
    """Return ``html`` as the bytes of a PDF.

    ``colour`` is ``#rrggbb``; ``mark``, such as "Utkast 3 mars 2020", stands on every page.
    ``attachments`` are dicts of name, description and text, dated ``day`` (YYYY-MM-DD).
    """
    fonts, house = house_style()
    own = CSS(string=_own_style(colour, mark), font_config=fonts, url_fetcher=FETCHER)
    render = partial(
        HTML.render, font_config=fonts, stylesheets=[*house, own], presentational_hints=True
    )
    page = HTML(string=signs.printable(html), url_fetcher=FETCHER)
    pdf_tables.fit(page.etree_element, render)
    document = render(page)
    _only_anchors(document)
    for spare in range(TRIES):  # the stream of objects is made last; see _end_streams_plainly
        data = document.write_pdf(
            pdf_variant="pdf/a-3a",
            finisher=partial(_finish, spare=spare),
            attachments=[_attachment(file, day) for file in attachments],
        )
        if BAD_END not in data:
            return data
    raise ValueError("Every try ended a stream in a carriage return.")
