"""A budget of 300 lines and five columns, every kind of block, and chapters that hold too much."""

import re
import subprocess

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from finsam import pdf, pdf_writer
from plans import blocks, limits, reading
from plans.models import Chapter, Plan
from plans.printing import printed
from tests import every_pdf

pytestmark = pytest.mark.django_db
TOO_MUCH = {
    "blocks": ("[[budget]]\n\n" * 500, "500 block. Det får ha högst 40. Det första som är för "
               "mycket står på rad 81: [[budget]]"),
    "blocks in a sentence": ("[[a]]" * 9_000, "9\N{NO-BREAK SPACE}000 block."),
    "text": ("[[a]]" * 20_000, "Texten är 100\N{NO-BREAK SPACE}000 tecken."),
}  # fmt: skip
# What makes careless readers of Markdown slow, or ends them.
NASTY = ["[", "[a](", ">", "*a ", "_a*", "`a", "![", "<", "www.", "&", "**a", "- ", "#", "|a", "1 "]


@pytest.fixture
def draft(portal_data):
    """A draft to write in."""
    return every_pdf.draft_of_2020()


def test_300_lines_in_five_columns(draft, tmp_path):
    path = tmp_path / "long.pdf"
    path.write_bytes(every_pdf.pdf_of("plan-300-x-5"))
    assert draft.budget.lines.count() == 300 and draft.budget.columns.count() == 5
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


def test_every_block_stands_in_some_file(draft, tmp_path):
    used = {words.split()[0] for words in blocks.BLOCK_LINE.findall(every_pdf.EVERY_BLOCK)}
    assert used | every_pdf.OF_REPORTS == set(blocks.REGISTRY)
    whole = every_pdf.draft_with_every_block()
    assert whole.problems() == ["Planen saknar diarienummer."]
    path = tmp_path / "blocks.pdf"
    path.write_bytes(pdf_writer.from_html(**pdf.job_of(printed(whole))))
    with pikepdf.open(path) as document:
        assert len(document.pages) > 8
    command = ["pdftotext", str(path), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for words in ("Ada Ek", "Enter: ", "Staten genom", "Antagandena bakom"):
        assert words in text.replace("\u00a0", " "), words


@pytest.mark.parametrize("kind", TOO_MUCH)
def test_a_chapter_that_holds_too_much_is_refused_and_stays_in_the_form(client_for, draft, kind):
    body, said = TOO_MUCH[kind]
    client, chapter = client_for("redaktor-sodra"), draft.chapters.get(position=1)
    typed = {"title": chapter.title, "body": body, "loaded": chapter.fingerprint}
    answer = client.post(reverse("plan_chapter", args=[draft.pk, 1]), typed)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert answer.context["form"]["body"].value() == body
    assert Chapter.objects.get(pk=chapter.pk).body == chapter.body
    preview = client.post(reverse("plan_chapter_preview", args=[draft.pk, 1]), typed)
    assert said in preview.context["preview"].html
    with pytest.raises(ValidationError, match="högst"):
        Chapter(plan=draft, position=50, title="x", body=body).full_clean()


@pytest.mark.parametrize("kind", TOO_MUCH)
def test_one_that_is_stored_all_the_same_is_told_in_its_place(client_for, draft, kind, monkeypatch):
    body, said = TOO_MUCH[kind]
    draft.chapters.filter(position=1).update(body=body)
    monkeypatch.delattr("plans.reading._laid_out")
    draft.chapters.exclude(position=1).delete()
    html = client_for("redaktor-sodra").get(reverse("plan_edit", args=[draft.pk])).content.decode()
    assert f"Kapitel 1, Inledning: {limits.too_much(body)[0]}" in html and html.count(said) == 2
    stored = Plan.objects.get(pk=draft.pk)
    assert any(said in sentence for sentence in stored.missing_to_adopt())


@pytest.mark.parametrize("sign", NASTY)
def test_nasty_markdown_is_read_to_the_end(draft, sign):
    body = (sign * limits.LONGEST)[: limits.LONGEST // 5]
    chapter = Chapter(plan=draft, position=1, title="x", body=body)
    assert reading.read_chapter(draft, chapter, printed=True).html


def test_a_plan_of_as_much_as_it_holds_is_read(draft):
    chapter = draft.chapters.get(position=1)
    chapter.body = ("[[budget]]\n\n" * limits.MOST_BLOCKS).ljust(limits.LONGEST, "x")
    chapter.full_clean()
    read = reading.read_chapter(draft, chapter, printed=True)
    assert read.problems == () and read.html.count("<table") == limits.MOST_BLOCKS
    idents = re.findall(r'id="([^"]+)"', read.html)
    assert len(set(idents)) == len(idents) > limits.MOST_BLOCKS
