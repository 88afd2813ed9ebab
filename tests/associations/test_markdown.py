"""Markdown as people write and paste it: nothing vanishes or turns into another thing unseen."""

import html
import re
import time

import pytest

from associations import holding, markdown, numbering

GAP = "\N{NO-BREAK SPACE}"


def words(text):
    """Return what a reader sees of a text, on one line."""
    return " ".join(html.unescape(re.sub("<[^>]+>", "", markdown.rendered(text))).split())


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("14. mars 2020 beslutade styrelsen.", "14\\. mars"),
        ("2019. Då startade insatsen.", "2019\\."),
        ("14. 11. 2019 beslutade styrelsen.", "14\\. 11."),
        ("1. mars 2020 började vi.", "1\\. mars"),
        ("Text.\n\n7. Ett ensamt tal.", "7\\."),
        ("Text.\n\n3) Dec 2019 var sista.", "3\\)"),
        ("- 500 000 kr är underskottet.", "\\- 500"),
        ("* avser helår", "\\* avser"),
        ("+ 5 % jämfört med i fjol", "\\+ 5"),
        ("> 65 år är för gammal", "\\> 65"),
        ("- Vi behöver mer tid, sade en.", "\\- Vi"),
    ],
)
def test_a_line_that_becomes_a_list_is_told_with_how_it_stays(text, written):
    (hint,) = markdown.read(text).hints
    assert written.split()[0] in hint and text.split("\n")[-1][:12] in hint
    start = text.split("\n")[-1]
    escaped = text.replace(start, written + start[len(written.replace("\\", "")) :])
    read = markdown.read(escaped)
    assert read.hints == () and "<li" not in read.html and "<blockquote" not in read.html
    assert words(escaped).endswith(start)


@pytest.mark.parametrize(
    "text",
    [
        "1. Mål\n2. Metod\n\nEmellan.\n\n3. Resultat",
        "- Mål\n- Metod",
        "1. Ett\n1. Två\n1. Tre",
        "## Rubrik\n\nText.\n\n---\n\nMer.",
        "Den 14. mars var bra.",
        "Se [sidan](https://a.se/).[^1]\n\n[^1]: Not.",
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "> Ett citat.",
    ],
)
def test_what_is_written_as_meant_is_not_told(text):
    read = markdown.read(text)
    assert (read.problems, read.hints) == ((), ())


def test_each_point_keeps_the_number_it_was_written_with():
    read = markdown.rendered("2019. Då.\n\n14. 11. 2019 beslut.\n\n15. Sist.")
    assert '<ol start="2019">' in read and '<li value="14">' in read and '<ol start="11">' in read
    assert read.count("value=") == 1
    assert 'value="5"' in markdown.rendered("1. a\n2. b\n5. c")
    assert "value=" not in markdown.rendered("1. a\n1. b\n1. c")


@pytest.mark.parametrize("sign", ["-----", "==="])
def test_a_head_made_by_dashes_is_told(sign):
    (hint,) = markdown.read(f"Budgeten är 500 000 kr.\n{sign}\nText.").hints
    assert "Budgeten är 500 000 kr." in hint and "rubrik" in hint
    assert markdown.read(f"Budgeten är 500 000 kr.\n\n{sign}\n\nText.").hints == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ett[^1] och ett som saknas[^9].\n\n[^1]: Not.", "[^9] saknas"),
        ("Text.\n\n[^3]: Ingen pekar hit.", "[^3] visas inte"),
        ("Text[^1].\n\n[^1]: Första.\n\n[^1]: Andra.", "[^1] är skriven två gånger"),
        ("Text.\n\n[a]: prognos", "[a]: visas inte"),
        ("![Karta](https://a.se/k.png)", "Bilden ”Karta” kan inte visas"),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", "fler celler"),
        ("[fil](ftp://a.se/b)", "ftp://a.se/b leder ingenstans"),
    ],
)
def test_what_would_vanish_is_told(text, said):
    (problem,) = markdown.read(text).problems
    assert said in problem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("5*3*2 kr", "Skriv \\*"),
        ("• Ett\n• Två", "löpande text"),
        ("Text.\n\n    kod", "ordagrant"),
        ("Insats\t2027\nEnter\t1 500 000", "Raden ”Insats 2027” och den efter har tabbar"),
        ("Så här:\nInsats\t2027\t2028\n\t5\t6\nText.", "skriv | mellan cellerna"),
    ],
)
def test_what_reads_otherwise_is_told(text, said):
    (hint,) = markdown.read(text).hints
    assert said in hint


def test_a_picture_leaves_its_words_and_a_link():
    read = markdown.rendered("![Karta](https://a.se/k.png) ![](bild.png)")
    assert '<a href="https://a.se/k.png">[Bild: Karta]</a>' in read
    assert "[Bild: utan beskrivning]" in read


def test_a_note_used_twice_has_one_number_and_two_ways_back():
    read = markdown.rendered("A[^1] b[^2] c[^1].\n\n[^1]: Ett,\n\n    i två stycken.\n[^2]: Två.")
    assert re.findall(r">(\[[\d:]+\])<", read) == ["[1]", "[2]", "[1]"]
    ids = re.findall(r' id="([^"]+)"', read)
    assert len(ids) == len(set(ids)) == 5
    assert {each[1:] for each in re.findall(r'href="([^"]+)"', read)} == set(ids)
    assert read.count("<p>") == 4 and read.count("Tillbaka till not 1") == 2


def test_numbers_days_and_names_are_held_together():
    held = holding.hold("7 328 800 kr, 20 procent, 2 § och § 5, 5,6 MSEK, kl 13, 14 mars 2020")
    wanted = "7_328_800_kr, 20_procent, 2_§ och §_5, 5,6_MSEK, kl_13, 14_mars 2020"
    assert held == wanted.replace("_", GAP)
    assert holding.hold("14 personer kom") == "14 personer kom"
    read = markdown.rendered(
        "Åren 2019–2022, tel 036-10 50 00, i Vaggeryds kommun, Region Jönköpings län och Södra "
        "Vätterbygdens hus.",
        names=["Södra Vätterbygden", "Enter"],
    )
    for whole in ("2019–2022", f"036-10{GAP}50{GAP}00", f"Södra{GAP}Vätterbygdens"):
        assert f'<span class="whole">{whole}</span>' in html.unescape(read)
    region = f"Region{GAP}Jönköpings{GAP}län"
    assert f"Vaggeryds{GAP}kommun" in html.unescape(read) and region in html.unescape(read)
    assert holding.held_name("Vaggeryds kommun") == f"Vaggeryds{GAP}kommun"
    assert " " in holding.held_name("Samordningsförbundet " * 3)
    association = markdown.rendered("Finnvedens samordningsförbund köper.")
    assert f">Finnvedens{GAP}samordningsförbund</span>" in html.unescape(association)
    assert holding.pattern_of([]) is None and holding.pattern_of(["Enter"]) is None


@pytest.mark.parametrize(
    ("title", "position", "found"),
    [
        ("1. Öppnande", 1, ("1.", "Öppnande")),
        ("§ 2 Val av justerare", 2, ("§ 2", "Val av justerare")),
        ("12) Övrigt", 3, ("12)", "Övrigt")),
        ("Punkt 4: Budget", 4, ("Punkt 4:", "Budget")),
        ("2.1 Ekonomi", 2, ("2.1", "Ekonomi")),
        ("3 Val", 3, ("3", "Val")),
        ("3 Val", 4, None),
        ("3 insatser", 3, None),
        ("2020 års budget", 2, None),
        ("Öppnande", 1, None),
    ],
)
def test_a_heading_pasted_with_its_number_is_known(title, position, found):
    assert numbering.own_number(title, position) == found


NASTY = [
    "1",
    "1-",
    "- 1\n",
    "1. ",
    "1\n",
    "[^a]",
    "[^a]: b\n\n",
    "• a\n",
    "|a|\n|-|\n",
    "2. x\n\na\n\n",
]


@pytest.mark.parametrize("sign", NASTY)
def test_proofreading_takes_as_long_as_the_text(sign):
    def seconds(length):
        began = time.process_time()
        markdown.read((sign * length)[:length], names=["Vaggeryds kommun"])
        return time.process_time() - began

    assert seconds(20_000) < 2
