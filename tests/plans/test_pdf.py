"""The plan as PDF, read back from the file: text, figures, page numbers, tags, metadata."""

import csv
import io
import json
import re
import subprocess

import page as page_validation
import pikepdf
import pydyf
import pytest
from django.db.models import F

from budgets.models import Budget
from finsam import pdf, pdf_writer
from plans.models import Plan
from plans.printing import printed
from tests import every_pdf

pytestmark = pytest.mark.django_db

MINUS = "\N{MINUS SIGN}"


def _text(path, *options):
    command = ["pdftotext", *options, str(path), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _flat(text):
    """Return ``text`` on one line, with hyphens at line ends taken away."""
    return re.sub(r"\s+", " ", re.sub(r"(?<=\w)-\n(?=[a-zåäö])", "", text))


def _amount(number):
    return f"{number:,}".replace(",", " ").replace("-", MINUS)


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    """The adopted plan of 2020 and a draft that revises it, each as (plan, bytes, path)."""
    folder = tmp_path_factory.mktemp("pdf")
    with django_db_blocker.unblock():
        adopted = Plan.objects.get(association__slug="sodra-vatterbygden", year=2020, edition=1)
        found = {"adopted": adopted, "table": adopted.budget.table()}
        page = printed(adopted)
        found["html"], found["printed"] = page.html, page
        found["goals"] = [
            goal.text
            for slug in ("enter", "fia", "it-sparet", "sams", "efterstod", "se-n")
            for goal in adopted.association.interventions.get(slug=slug).goals.filter(year=2020)
        ]
        found["chapters"] = list(adopted.chapters.values_list("title", flat=True))
    found["bytes"] = pdf_writer.from_html(**pdf.job_of(page))
    found["path"] = folder / "plan.pdf"
    found["path"].write_bytes(found["bytes"])
    draft = {**pdf.job_of(page), "mark": "Utkast 3 mars 2020\nVersion 2.14"}
    found["draft_bytes"] = pdf_writer.from_html(**draft)
    found["draft_path"] = folder / "draft.pdf"
    found["draft_path"].write_bytes(found["draft_bytes"])
    found["text"] = _flat(_text(found["path"]))
    return found


def test_every_figure_of_the_table_is_read_back(made):
    table = made["table"]
    layout = _text(made["path"], "-layout").splitlines()
    rows = [(row.line.label, row.amounts) for row in [*table.income, *table.cost]]
    rows.append((table.opening_label, tuple(s.opening for s in table.columns)))
    rows.append(("Summa intäkter", tuple(s.income for s in table.columns)))
    rows.append(("Summa kostnader", tuple(s.cost for s in table.columns)))
    rows.append(("Prel balanserat resultat", tuple(s.result for s in table.columns)))
    assert len(rows) > 25
    for label, amounts in rows:
        wanted = [_amount(amount) for amount in amounts]
        found = [
            re.sub(r"[\u00a0\u202f]", " ", line)
            for line in layout
            if line.strip().lower().startswith(label.lower())
        ]
        read = [re.split(r" {2,}", line.strip())[1:] for line in found]
        assert wanted in read, (label, wanted, read)


def test_text_notes_chapters_and_goals_are_read_back(made):
    text = made["text"]
    assert len(made["chapters"]) == 9 and len(made["goals"]) >= 20
    for title in made["chapters"]:
        assert text.count(title) >= 2  # in the contents, and where the chapter begins
    for goal in made["goals"]:
        assert _flat(goal) in text, goal
    assert [letter for letter, _ in made["table"].notes] == list("abcde")
    for letter, note in made["table"].notes:
        assert f"{letter} {_flat(note)}" in text, letter
    adopted = made["adopted"]
    for words in (adopted.association.name, adopted.dnr, adopted.vision, "19 november 2019"):
        assert words in text.replace("\u00a0", " ")


def test_page_numbers_of_the_contents_are_right(made):
    pages = _text(made["path"], "-layout").split("\f")[:-1]
    contents = re.findall(r"^\s*(\d)\s+(\S.*?)\s{2,}(\d+)$", pages[1], re.M)
    assert [title for _, title, _ in contents] == made["chapters"]
    for number, title, page_number in contents:
        begins = re.compile(rf"^\s*{number}\s+{re.escape(title)}\s*$", re.M)
        found = [place for place, text in enumerate(pages, 1) if place > 1 and begins.search(text)]
        assert found == [int(page_number)], title


HEADING = re.compile(r"<h[234][^>]*>(.*?)</h[234]>", re.S)


@pytest.mark.parametrize("name", ["plan-2020", "half-year-report", "annual-report"])
def test_no_page_is_left_half_empty_and_no_heading_stands_alone(portal_data, tmp_path, name):
    page = every_pdf.KINDS[name]()
    headings = {_flat(re.sub("<[^>]+>", " ", each)).strip() for each in HEADING.findall(page.html)}
    headings |= {re.sub(r"^\d+ ", "", each) for each in headings}  # the number stands by itself
    path = tmp_path / "plan.pdf"
    path.write_bytes(pdf_writer.from_html(**pdf.job_of(page)))
    pages = _text(path, "-bbox-layout").split("<page ")[1:]
    for number, text in enumerate(pages[1:], 2):
        lines = [
            (float(line[1]), " ".join(re.findall(r">([^<]+)</word>", line[2])))
            for line in re.finditer(r'<line [^>]*yMax="([\d.]+)">(.*?)</line>', text, re.S)
        ]
        body = [line for line in lines if 70 < line[0] < 775]  # points; between head and foot
        lowest, words = max(body)
        least = 0.33 if number == len(pages) else 0.7
        assert lowest > least * 842, (number, words)
        assert words not in headings, (number, words)
    assert len(headings) > 4


def test_every_page_says_which_it_is_of_how_many(made):
    pages = _text(made["path"]).split("\f")[:-1]
    assert len(pages) > 6
    for number, text in enumerate(pages, 1):
        assert f"Sida {number} av {len(pages)}" in text


def test_a_draft_is_marked_on_every_page_and_an_adopted_plan_on_none(made):
    with pikepdf.open(made["draft_path"]) as document:
        number = len(document.pages)
    pages = _text(made["draft_path"]).split("\f")[:-1]
    assert len(pages) == number
    for words in ("Utkast 3 mars 2020", "Version 2.14"):
        assert all(words in text for text in pages[1:])
    assert "Utkast" not in made["text"] and "Version" not in made["text"]


def test_a_drafts_version_grows_with_each_change_of_text_and_budget(portal_data):
    draft = every_pdf.draft_of_2020()
    seen = []

    def look():
        page = printed(Plan.objects.get(pk=draft.pk))
        day, version = page.mark.split("\nVersion ")
        assert day.startswith("Utkast ") and f"-utkast-{version}.pdf" in page.filename
        cover = page.html[page.html.index("<header") : page.html.index("</header>")]
        assert page.mark in cover
        edition, number = version.split(".")
        assert edition == "2"
        seen.append(int(number))

    look()
    chapter = draft.chapters.get(position=1)
    chapter.body += "\n\nMer."
    chapter.save()
    look()
    Budget.objects.filter(pk=draft.budget_id).update(version=F("version") + 1)
    look()
    draft.budget = None
    draft.save()
    look()
    assert seen == sorted(set(seen))


@pytest.mark.parametrize("name", ["bytes", "draft_bytes"])
@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_it_is_valid(made, name, profile):
    report = page_validation.validate_pdf_bytes(made[name], profile=profile)
    assert report.checks.failed == 0, [(f.rule_id, f.message) for f in report.failures]
    assert report.is_compliant and report.rules.total > 10


def test_language_title_author_and_date_are_set(made):
    with pikepdf.open(made["path"]) as document:
        assert str(document.Root.Lang) == "sv"
        assert str(document.docinfo["/Title"]).startswith("Verksamhetsplan 2020 – Samordnings")
        assert "Södra Vätterbygden" in str(document.docinfo["/Author"])
        # Rendered here after an older document: no pretence that the file was made in 2019.
        made_on = made["adopted"].last_changed()
        assert f"{made_on:%Y%m%d}" in str(document.docinfo["/CreationDate"])
        assert made_on > made["adopted"].adopted_on
        with document.open_outline() as outline:
            titles = [item.title for item in outline.root]
        metadata = document.Root.Metadata.read_bytes()
    assert titles[0] == "Innehåll" and len(titles) == 10
    assert b"pdfuaid:part>1<" in metadata


def _cells(node, name):
    """Yield the structure elements of type ``name`` below ``node``."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if str(kid.S) == name:
                yield kid
            yield from _cells(kid, name)


def test_each_amount_has_its_row_and_its_column_as_headers(made):
    with pikepdf.open(made["path"]) as document:
        tables = list(_cells(document.Root.StructTreeRoot.K[0], "/Table"))
        amounts = 0
        for table in tables:
            heads = {str(cell.ID) for cell in _cells(table, "/TH")}
            for cell in _cells(table, "/TD"):
                headers = [str(head) for head in cell.A.get("/Headers", [])]
                assert set(headers) <= heads
                amounts += len(headers) == 2
        figures = list(_cells(document.Root.StructTreeRoot.K[0], "/Figure"))
        alternatives = [str(figure.get("/Alt", "")) for figure in figures]
    assert amounts >= 25 * 5
    assert alternatives and all("67" in text for text in alternatives)


def test_notes_are_linked_both_ways(made):
    with pikepdf.open(made["path"]) as document:
        names = document.Root.Names.Dests.Names
        known = {str(name) for name in list(names)[::2]}
        targets = [
            str(annotation.Dest)
            for leaf in document.pages
            for annotation in leaf.get("/Annots", [])
            if "/Dest" in annotation
        ]
    for letter in "abcde":
        assert [t for t in targets if t.endswith(f"-not-{letter}")]
        assert [t for t in targets if t.endswith(f"-rad-{letter}")]
    assert set(targets) <= known


def test_the_same_data_give_the_same_bytes(made):
    assert {pdf.wait(made["printed"]), pdf_writer.from_html(**pdf.job_of(made["printed"]))} == {
        made["bytes"]
    }


def test_the_budget_lies_in_the_file_as_data(made):
    with pikepdf.open(made["path"]) as document:
        names = [str(file.F) for file in document.Root.AF]
        kinds = {str(file.AFRelationship) for file in document.Root.AF}
        data, schema = (document.attachments[name].get_file().read_bytes() for name in names)
    assert kinds == {"/Data"}
    assert names == [f"budget-sodra-vatterbygden-2020.{kind}" for kind in ("csv", "schema.json")]
    rows = list(csv.DictReader(io.StringIO(data.decode())))
    assert list(rows[0]) == [field["name"] for field in json.loads(schema)["fields"]]
    assert len(rows) > 100
    layout = _text(made["path"], "-layout").splitlines()
    for label, sections in (
        ("Summa intäkter", {"income", "opening"}),
        ("Summa kostnader", {"cost"}),
    ):
        printed_row = next(line for line in layout if line.strip().startswith(label))
        printed_sums = re.split(r" {2,}", re.sub("[\u00a0\u202f]", " ", printed_row.strip()))[1:]
        sums = [
            sum(
                int(row["amount_sek"] or 0)
                for row in rows
                if row["section"] in sections
                and (row["column_year"], row["phase"]) == (str(s.column.year), s.column.kind)
            )
            for s in made["table"].columns
        ]
        assert printed_sums == [_amount(number) for number in sums], label


def test_no_stream_ends_in_a_carriage_return():
    document = pydyf.PDF()
    unlucky = pydyf.Stream([b"\x0c"], compress=True)  # its checksum's last byte is 13
    assert unlucky.data.endswith(b"\r\nendstream")
    document.add_object(unlucky)
    pdf_writer._end_streams_plainly(document)
    assert not unlucky.compress and not unlucky.data.endswith(b"\r\nendstream")
