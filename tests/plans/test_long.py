"""A budget of 300 lines and five columns, and every kind of block, in valid files."""

import re
import subprocess

import page as page_validation
import pikepdf
import pytest

from budgets.models import BudgetLine
from finsam import pdf, pdf_writer
from plans import blocks
from plans.models import Plan
from plans.printing import printed

pytestmark = pytest.mark.django_db
EVERY_BLOCK = """[[bidrag]]\n\n[[kapital]]\n\n[[effekter]]\n\n[[styrelse]]\n\n[[medlemmar]]

[[vision]]\n\n[[kostnadsandelar]]\n\n[[mål enter]]\n\n[[budget kolumner: 2020, plan 2021]]\n"""


@pytest.fixture
def draft(portal_data):
    """A draft to write in."""
    return Plan.objects.get(association__slug="sodra-vatterbygden", year=2020, adopted_on=None)


def _faults(data):
    reports = [page_validation.validate_pdf_bytes(data, profile=name) for name in ("ua1", "3a")]
    assert all(report.rules.total > 10 for report in reports)
    return [(each.rule_id, each.message) for report in reports for each in report.failures]


def test_300_lines_in_five_columns(draft, tmp_path):
    columns = list(draft.budget.columns.all())
    for number in range(300 - draft.budget.lines.count()):
        line = BudgetLine.objects.create(
            budget=draft.budget, section="cost", position=1000 + number,
            label=f"Insats {number:03d} med ett namn som tar plats", individual=100,
            structural=0, competence=0, administration=0,
        )  # fmt: skip
        for column in columns:
            line.amounts.create(column=column, kronor=1_000 * number + 7)
    data = pdf_writer.from_html(**pdf.job_of(printed(draft)))
    assert len(columns) == 5 and _faults(data) == []
    path = tmp_path / "long.pdf"
    path.write_bytes(data)
    command = ["pdftotext", "-layout", str(path), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    pages = [page for page in text.split("\f") if re.search(r"Insats \d{3} med", page)]
    assert len(pages) > 5
    assert all("Budget 2019" in page and "Plan 2022" in page for page in pages)
    rows = re.findall(r"Insats (\d{3}) med ett.*", text)
    assert len(set(rows)) == len(rows) > 260
    for number in (1, 137, 260):
        amount = f"{1_000 * number + 7:,}".replace(",", " ")
        lines = text.replace("\u00a0", " ").splitlines()
        line = next(each for each in lines if f"Insats {number:03d} med" in each)
        assert line.count(amount) == 5, line


def test_every_block_in_one_valid_file(draft, tmp_path):
    for role, person in (("chair", "Ada Ek"), ("member", "Bo Al"), ("deputy", "Cia Asp")):
        draft.association.seats.create(role=role, person=person, known_year=2020)
    chapter = draft.chapters.get(position=1)
    chapter.body = EVERY_BLOCK
    chapter.save()
    used = {words.split()[0] for words in blocks.BLOCK_LINE.findall(EVERY_BLOCK)}
    assert used | {"målgrupper"} == set(blocks.REGISTRY)
    draft = Plan.objects.get(pk=draft.pk)
    assert draft.problems() == ["Planen saknar diarienummer."]
    data = pdf_writer.from_html(**pdf.job_of(printed(draft)))
    assert _faults(data) == []
    path = tmp_path / "blocks.pdf"
    path.write_bytes(data)
    with pikepdf.open(path) as document:
        assert len(document.pages) > 8
