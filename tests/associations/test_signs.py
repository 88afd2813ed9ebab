"""Signs that our PDFs can't print: known, told where people write, and never drawn by chance."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from associations import signs

FONTS = sorted(Path("static/fonts").glob("finsam-sans-whole-*.woff2"))


def test_the_list_of_signs_is_what_each_of_our_fonts_holds():
    assert len(FONTS) == 4
    for path in FONTS:
        held = set(map(chr, TTFont(path).getBestCmap()))
        assert held == signs.printed() - signs.INVISIBLE - set(map(chr, signs.DROPPED)) | (
            held & signs.INVISIBLE
        )
    assert set("Åäö Привет Ωμέγα ☑☐✔→≥½ﬁ") <= signs.printed()


@pytest.mark.parametrize("sign", ["中", "🙂", "ع", "☕", "\ue000", "\x07"])
def test_a_sign_that_the_font_lacks_is_told_by_name(sign):
    (told,) = signs.sentences(f"Insats {sign} Enter")
    assert f"U+{ord(sign):04X}" in told and f"[U+{ord(sign):04X}]" in told and "Insats" in told
    assert signs.sentences("Insats Привет ☑\ufe0f") == ()


def test_html_is_made_printable_and_its_addresses_left():
    page = '<p title="中"><a href="/中">a中\u2028b</a> x\u0323 e\u0301 \ufe0f</p>'
    assert signs.printable(page) == (
        '<p title="中"><a href="/中">a[U+4E2D]\nb</a> ẋ e\u0301 </p>'.replace("ẋ", "x\u0323")
    )


def test_many_signs_are_counted():
    told = signs.sentences("".join(map(chr, range(0x4E00, 0x4E14))))
    assert len(told) == signs.MOST + 1 and "12 tecken till" in told[-1]


def test_the_stylesheets_ranges_are_what_the_web_fonts_hold():
    faces = re.findall(
        r'url\("\.\./fonts/([\w-]+\.woff2)"\)[^;]*;\s*unicode-range: ([^;]+);',
        Path("static/css/finsam.css").read_text(),
    )
    assert len(faces) == 6
    told = [(name, set(_signs_of(ranges))) for name, ranges in faces]
    for name, ranges in told:
        held = set(TTFont(f"static/fonts/{name}").getBestCmap())
        assert ranges <= held, name
        assert name.count("more") or ranges == held
    assert told[0][1] == told[1][1] and not told[0][1] & told[2][1]
    assert told[0][1] | told[2][1] == set(
        TTFont("static/fonts/finsam-sans-more-bold.woff2").getBestCmap()
    )
    assert {ord(sign) for sign in "åäöÅÄÖéü§½–−”’€→✓\u00a0\u202f"} <= told[0][1]


def _signs_of(ranges):
    for each in ranges.split(","):
        first, _, last = each.strip().removeprefix("U+").partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)
