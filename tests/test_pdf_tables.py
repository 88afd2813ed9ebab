"""Tables, addresses and headings on paper: nothing is cut, nothing stands alone."""

import re
import subprocess

import pytest

from associations import markdown
from finsam import pdf_writer
from plans.models import Plan
from plans.printing import printed
from tests import every_pdf
from tests.test_pdf_tags import PAGE

PLAN = PAGE.replace(' class="sheets"', "").replace(
    '<div class="prose">', '<section class="plan-chapter"><h2>Kapitel</h2><div class="prose">'
).replace("</div></body>", "</div></section></body>")  # fmt: skip
LONG_HEADS = (
    "Kommun", "Befolkning 16–64 år", "Arbetslöshet", "Ohälsotal", "Sjukpenningtal",
    "Aktivitetsersättning", "Försörjningsstöd", "Långtidsarbetslöshet", "Ungdomsarbetslöshet",
)  # fmt: skip


def amount(row, column):
    """Return a made-up amount that no other cell has."""
    return f"{(row + 3) * 1_234_567 + column:,}".replace(",", " ")


def table(heads, rows=4, first="Insats {}"):
    """Return a Markdown table of amounts."""
    lines = [" | ".join(heads), " | ".join("---" for _ in heads)]
    lines += [
        " | ".join([first.format(row), *(amount(row, each) for each in range(1, len(heads)))])
        for row in range(rows)
    ]
    return "\n".join(f"| {line} |" for line in lines)


def made(tmp_path, html):
    """Return (pages' text, [(page's width, rightmost word)]) of a made PDF."""
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_writer.from_html(html, colour="#0b5a82"))

    def read(*options):
        command = ["pdftotext", *options, str(path), "-"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    extents = [
        (float(re.search(r'width="([\d.]+)"', page)[1]),
         max(map(float, re.findall(r'xMax="([\d.]+)"', page))))
        for page in read("-bbox").split("<page ")[1:]
    ]  # fmt: skip
    return read("-layout").replace("\u00a0", " ").split("\f")[:-1], extents


def within(extents):
    """Say whether all words stand left of the right margin."""
    return all(right < width - 60 for width, right in extents)


@pytest.mark.parametrize("page", [PLAN, PAGE], ids=["chapter", "item"])
@pytest.mark.parametrize(
    ("heads", "turned"),
    [
        (("Insats", "Budget 2020", "Plan 2021"), False),
        (("Insats", *(f"Budget {2015 + each}" for each in range(7))), False),
        (LONG_HEADS, True),
        (("Insats", *(f"Budget {2015 + each}" for each in range(12))), True),
        (("Insats", *(f"Budget {2015 + each}" for each in range(28))), True),
    ],
)
def test_a_wide_table_is_whole_on_the_paper(tmp_path, page, heads, turned):
    text = f"## Läget\n\n{table(heads)}\n\nEfter tabellen."
    pages, extents = made(tmp_path, page.format(markdown.rendered(text, 3)))
    whole = " ".join(" ".join(pages).split())
    assert within(extents), extents
    assert any(width > 800 for width, _ in extents) == turned
    for head in {word for each in heads for word in each.split()}:
        assert head in whole, head
    for row in range(4):
        for column in range(1, len(heads)):
            assert amount(row, column) in whole
    (heading,) = [each for each in pages if "Läget" in each]
    assert amount(0, 1) in heading


def test_a_budget_of_many_columns_is_whole_on_the_paper(tmp_path):
    head = "".join(
        f'<th scope="col" class="amount">Budget {2010 + each}</th>' for each in range(12)
    )
    rows = "".join(
        f'<tr><th scope="row">Insats {row}</th>'
        + "".join(f'<td class="amount">{amount(row, each)}</td>' for each in range(12))
        + "</tr>"
        for row in range(5)
    )
    html = (
        f'<div class="table-scroll plan-table together"><table class="budget wide"><caption>Budget'
        f"</caption><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        '<ul class="plain plan-notes"><li id="n"><a href="#n">a</a> En not.</li></ul>'
    )
    pages, extents = made(tmp_path, PLAN.format(html.replace(" ", " ")))
    assert within(extents) and "Insats 0" in pages[-1] and "En not." in pages[-1]
    for row in range(5):
        for column in range(12):
            assert amount(row, column) in pages[-1]


def test_an_address_breaks_where_it_may_and_a_long_word_stays_on_the_page(tmp_path):
    address = "https://www.samordningsforbundet.se/dokument/" + "plan_2020_med_bilagor/" * 6
    text = f"Se {address} och {'x' * 150}.\n\n| Namn | Adress |\n| --- | --- |\n| a | {address} |"
    pages, extents = made(tmp_path, PLAN.format(markdown.rendered(text, 3)))
    assert within(extents)
    assert "".join(" ".join(pages).split()).count(address) == 2


@pytest.mark.parametrize("before", [27, 36, 47])
@pytest.mark.parametrize("rows", [4, 25, 90])
def test_a_heading_stands_with_its_table(tmp_path, before, rows):
    filling = "\n\n".join(["Fyllnad."] * before)
    text = f"{filling}\n\n## Ensam\n\n{table(('Insats', 'Antal'), rows, 'Rad{:03d}')}"
    pages, _ = made(tmp_path, PLAN.format(markdown.rendered(text, 3)))
    (heading,) = [each for each in pages if "Ensam" in each]
    assert "Rad000" in heading


@pytest.mark.django_db
@pytest.mark.parametrize("words", range(0, 500, 125))
def test_the_notes_of_a_table_stand_with_it(portal_data, tmp_path, words):
    draft = every_pdf.draft_of_2020()
    draft.chapters.exclude(position=9).delete()
    draft.chapters.update(body=f"{'Ord och åter ord. ' * words}\n\n## Tabellen\n\n[[budget]]")
    pages, _ = made(tmp_path, printed(Plan.objects.get(pk=draft.pk)).html)
    notes = [letter for letter, _ in draft.budget.table().notes]
    (last,) = [each for each in pages if "Prel balanserat resultat" in each]
    assert "Tabellen" in last and "Habo kommun" in last
    for letter in notes:
        assert re.search(rf"^ *{letter} +[A-ZÅÄÖ]", last, re.M), letter
