"""Filters, tags and the geometry of charts."""

import datetime
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.html import escape
from hypothesis import example, given
from hypothesis import strategies as st

from associations import letters
from finsam import charts, share_bar, words
from finsam.templatetags import cells

NBSP = "\N{NO-BREAK SPACE}"
BUDGET_2020 = (
    charts.Part("Individinriktade insatser", 4_880_050, 67, "individual"),
    charts.Part("Strukturövergripande insatser", 1_252_550, 17, "structural"),
    charts.Part("Kompetensutveckling", 237_000, 3, "competence"),
    charts.Part("Administration", 959_200, 13, "administration"),
)


def draw(source, **context):
    return Template("{% load finsam charts %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "written"),
    [
        ("{{ x|kr }}", 1_345_100, "1 345 100"),
        ("{{ x|kr }}", 0, "0"),
        ("{{ x|kr }}", -648_800, "−648 800"),
        ("{{ x|kr_unit }}", 950, "950 kr"),
        ("{{ x|kr_text }}", None, "–"),
        ("{{ x|mnkr }}", 7_465_670, "7,5 mnkr"),
        ("{{ x|mnkr }}", -648_800, "−0,6 mnkr"),
        ("{{ x|mnkr }}", 57_000, "57 000 kr"),
        ("{{ x|mnkr }}", 0, "0 mnkr"),
        ("{{ x|tkr }}", 7_465_670, "7 466 tkr"),
        ("{{ x|signed }}", 136_870, "+136 870"),
        ("{{ x|signed }}", 0, "0"),
        ("{{ x|percent }}", Fraction(2, 3), "67 %"),
        ("{{ x|percent }}", Decimal("0.125"), "13 %"),
        ("{{ x|percent:1 }}", 0.672, "67,2 %"),
        ("{{ x|percent_of_100 }}", 67, "67 %"),
        ("{{ x|decimal_sv }}", 13.9, "13,9"),
        ("{{ x|swedish_date }}", datetime.date(2016, 2, 26), "26 februari 2016"),
        ("{{ x|swedish_date }}", "hösten 2014", "hösten 2014"),
    ],
)
def test_figures_are_written_as_swedes_write_them(source, value, written):
    assert draw(source, x=value).replace(NBSP, " ") == written


@pytest.mark.parametrize("name", ["kr", "kr_unit", "mnkr", "tkr", "signed", "percent"])
def test_a_missing_figure_is_a_dash_that_can_be_heard(name):
    html = draw("{{ x|" + name + " }}", x=None)
    assert "–" in html
    assert "uppgift saknas" in html


def test_an_amount_never_breaks_across_lines():
    assert " " not in words.kronor(-1_345_100)


@given(st.integers(-(10**12), 10**12))
def test_an_amount_reads_back_as_the_same_number(value):
    assert int(words.number(value).replace(NBSP, "").replace(words.MINUS, "-")) == value


def test_period():
    assert words.period(2019, 2021) == "2019–2021"
    assert words.period(2019, None) == "sedan 2019"
    assert words.period(None, 2021) == "till och med 2021"
    assert words.period(2020, 2020) == "2020"
    assert words.period(None, None) == "–"


def test_markdown_keeps_the_pages_heading_order():
    assert "<h3>Ett</h3>" in draw("{{ x|markdown:3 }}", x="## Ett\n\n### Två")
    assert "<h4>Två</h4>" in draw("{{ x|markdown:3 }}", x="## Ett\n\n### Två")
    assert "<h2>Ett</h2>" in draw("{{ x|markdown }}", x="# Ett")
    assert draw("{{ x|markdown }}", x="") == ""


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        '[x](https://example.se "a" onclick="b")',
        "![x](data:image/svg+xml;base64,AAAA)",
        '<p style="color:red">x</p>',
    ],
)
def test_markdown_lets_no_code_through(attack):
    html = draw("{{ x|markdown }}", x=attack)
    for forbidden in ("<script", "<img", 'href="javascript', "<p style"):
        assert forbidden not in html
    assert "onclick=" not in html.replace("&quot;", '"').split("<a ")[-1].split(">")[0]


def test_markdown_tables_and_footnotes():
    html = draw("{{ x|markdown }}", x="| a |\n| --- |\n| b |\n\nText[^1].\n\n[^1]: Noten.")
    assert '<div class="table-scroll" tabindex="0" role="region"' in html
    assert '<th scope="col">a</th>' in html
    assert "Noten." in html
    assert ' aria-label="Not 1" ' in html
    assert ' aria-label="Tillbaka till not 1 i texten" ' in html


def test_two_markdown_texts_on_a_page_do_not_share_ids():
    first, second = (draw("{{ x|markdown }}", x=f"{n}[^1]\n\n[^1]: {n}") for n in "ab")
    ids = [set(html.split('id="')[1:][0].split('"')[:1]) for html in (first, second)]
    assert ids[0].isdisjoint(ids[1])


def test_breadcrumbs_begin_at_the_start_and_end_here():
    html = draw('{% breadcrumbs "Höglandet" "/hoglandet/" "Budget" %}')
    assert html.index('href="/"') < html.index('href="/hoglandet/"') < html.index("aria-current")
    assert '<span aria-current="page">Budget</span>' in html


@pytest.mark.parametrize(
    ("path", "current"),
    [("/moten/", 'aria-current="page"'), ("/moten/2015/", 'aria-current="true"'), ("/", "")],
)
def test_navigation_knows_where_it_is(path, current):
    html = draw('{% nav_link "/moten/" "Möten" %}', request=RequestFactory().get(path))
    assert current in html if current else "aria-current" not in html


def test_share_bar_fills_the_width_whatever_the_rounding():
    segments = share_bar.share_bar(BUDGET_2020)
    assert [segment.figure_fits for segment in segments] == [True, True, False, True]
    assert sum(segment.width for segment in segments) == pytest.approx(100, abs=0.05)
    for one, following in zip(segments, segments[1:], strict=False):
        assert following.x == pytest.approx(one.x + one.width, abs=0.02)


def test_a_label_away_from_its_figure_says_it():
    labels = [segment.label for segment in share_bar.share_bar(BUDGET_2020)]
    assert [(label.text.replace(NBSP, " "), label.row) for label in labels] == [
        ("Individinriktade insatser", 0),
        ("Strukturövergripande insatser", 0),
        ("Kompetensutveckling 3 %", 1),
        ("Administration 13 %", 2),
    ]


LETTERS = st.sampled_from("aå iW—名")
NAMES = st.integers(1, 120).flatmap(lambda n: st.text(LETTERS, min_size=n, max_size=n))


@given(st.lists(st.tuples(NAMES, st.integers(0, 10**7)), min_size=1, max_size=8))
@example([("A", 400_000), ("B", 390_000), ("N" * 64, 380_000)])
def test_labels_have_room_or_stand_in_the_list(named):
    """No label leaves the chart, meets another, or is led through one; none is lost."""
    parts = [charts.Part(name, value, 12.5) for name, value in named]
    segments = share_bar.share_bar(parts)
    assert [segment.part for segment in segments] == [part for part in parts if part.value]
    places, lines = {}, []
    for label in filter(None, (segment.label for segment in segments)):
        at = label.x * share_bar.REFERENCE_WIDTH / 100
        length = letters.width(label.text) * share_bar.LETTER_WIDTH
        begin, end = (at - length, at) if label.anchor == "end" else (at, at + length)
        assert begin >= -1 and end <= share_bar.REFERENCE_WIDTH + 1
        assert 0 <= label.row < share_bar.LABEL_ROWS
        places.setdefault(label.row, []).append((begin, end))
        lines += [(row, at) for row in range(1, label.row)]
    for row in places.values():
        assert all(one[1] <= other[0] + 1 for one, other in zip(row, row[1:], strict=False))
    for row, at in lines:
        assert not any(begin + 1 < at < end - 1 for begin, end in places.get(row, ()))
    html = draw('{% share_bar "Så" parts %}', parts=parts).split("<details")[0]
    for segment in segments:
        assert f"{escape(segment.part.label)} 13{NBSP}%" in html


def test_what_has_no_room_on_the_bar_stands_below_it_at_any_width():
    parts = [charts.Part("K" * 120, 90, 90, "a"), charts.Part("Regionen", 10, 10, "b")]
    key = draw('{% share_bar "Så" parts %}', parts=parts).partition('<ul class="key"')[2]
    assert f"{'K' * 120} 90{NBSP}%" in key and '<li class="kind-a">' in key
    assert '<li class="kind-b labels-narrow">' in key
    fits = draw('{% share_bar "Så" parts %}', parts=BUDGET_2020)
    assert '<ul class="key labels-narrow"' in fits


@pytest.mark.parametrize(
    ("values", "sentence"),
    [((5, -1), "”b” är mindre än noll"), ((0, None), "alla delar är noll")],
)
def test_a_share_bar_that_cannot_be_drawn_is_a_sentence(values, sentence):
    parts = [charts.Part(name, value, None) for name, value in zip("ab", values, strict=True)]
    html = draw('{% share_bar "Så" parts %}', parts=parts)
    assert sentence in html and "<svg" not in html
    assert "<details open>" in html and '<th scope="row">b</th>' in html
    assert share_bar.share_bar([]) == []
    with pytest.raises(ValueError, match="negative"):
        share_bar.share_bar([charts.Part("a", -1, 0)])


def test_columns_stand_on_and_hang_from_one_zero_line():
    chart = charts.columns(["2019", "2020"], [charts.Series("Resultat", (-50, 100))], height=200)
    hanging, standing = (group.columns[0] for group in chart.groups)
    assert hanging.y == standing.y + standing.height == pytest.approx(chart.zero, abs=0.02)
    assert standing.height == pytest.approx(2 * hanging.height, abs=0.02)
    assert standing.label_y < standing.y
    assert hanging.label_y > hanging.y + hanging.height


def test_a_gap_is_not_zero_and_columns_stay_inside():
    chart = charts.columns(["a", "b"], [charts.Series("x", (None, 0)), charts.Series("y", (3, 4))])
    assert [group.columns[0].text for group in chart.groups] == ["–", "0"]
    for group in chart.groups:
        for column in group.columns:
            assert 0 <= column.x < column.x + column.width <= 100
    with pytest.raises(ValueError, match="one value for each"):
        charts.columns(["a"], [charts.Series("x", (1, 2))])


def test_goal_and_result_share_a_scale():
    assert charts.goal(63, 70, maximum=100) == charts.Goal(63.0, 70.0, False)
    assert charts.goal(30, 20).reached is True
    assert charts.goal(None, 20) == charts.Goal(None, 80.0, None)
    assert charts.goal(None, None) == charts.Goal(None, None, None)
    assert charts.goal(120, 70, maximum=100).result == 100.0


def test_charts_carry_title_description_and_table():
    html = draw('{% share_bar "Två tredjedelar" parts %}', parts=BUDGET_2020)
    assert "<figcaption>Två tredjedelar</figcaption>" in html
    assert f"Diagram: Individinriktade insatser 67{NBSP}%" in html.split("</title>")[0]
    assert '<caption class="visually-hidden">Två tredjedelar</caption>' in html
    assert "style=" not in html
    assert f"1{NBSP}252{NBSP}550" in html
    assert 'width="66.59%"' in html  # a point, not the Swedish comma


def test_column_chart_chooses_a_unit_for_its_figures():
    series = [charts.Series("Resultat", (785_670, 136_870), "result")]
    html = draw('{% column_chart "Resultat" years s %}', years=[2019, 2020], s=series)
    assert "Tusen kronor" in html
    assert ">786<" in html
    assert f"785{NBSP}670" in html


def test_a_figure_is_readable_on_a_light_hue():
    light = [charts.Part("Regionen", 1, 25, "b"), charts.Part("Staten", 3, 75, "a")]
    assert [part.figure_ink for part in light] == [charts.INK, charts.PAPER]


def test_the_same_chart_is_drawn_the_same():
    source = '{% column_chart "x" years s %}'
    context = {"years": [2019], "s": [{"label": "a", "values": [1]}]}
    assert draw(source, **context) == draw(source, **context)


def test_goal_bar_says_the_base_in_words():
    html = draw('{% goal_bar 63 70 unit="percent" base="av 19 avslutade" year=2019 %}')
    assert "av 19 avslutade, 2019" in html
    assert "inte nått" in html
    other_year = draw("{% goal_bar 63 50 comparable=False %}")
    assert "ett annat år" in other_year
    assert "nått" not in other_year
    assert "Inget resultat redovisat" in draw('{% goal_bar None 25 unit="deltagare" %}')
    assert "<svg" not in draw('{% goal_bar 31 None unit="deltagare" %}')


@pytest.mark.parametrize("numbers", ["None 70", "None 0", "-5 70", "63 -1"])
def test_a_goal_without_a_result_has_no_bar_that_reads_as_nought(numbers):
    html = draw("{% goal_bar " + numbers + " %}")
    assert "<svg" not in html and "Mål:" in html
    assert "<svg" in draw("{% goal_bar 0 70 %}")


def test_an_address_in_a_text_breaks_at_its_slashes():
    html = draw(
        "{{ text|markdown }}", text="Se www.a.se/b?c=1&d=2. `www.kod.se` [x](http://a.se/b)"
    )
    assert (
        '<span class="address">www<wbr>.a<wbr>.se<wbr>/b<wbr>?c<wbr>=1<wbr>&amp;d<wbr>=2</span>.'
        in html
    )
    assert "<code>www.kod.se</code>" in html and 'href="http://a.se/b"' in html
    nasty = draw(
        "{{ text|markdown }}", text='www.a.se/"onclick=<b> [y](http://a.se "t>www.b.se/c")'
    )
    assert "onclick=&lt;b&gt;" in nasty and nasty.count("<span") == 1


@pytest.mark.parametrize("value", [None, 0, -648_800])
@pytest.mark.parametrize("unit", cells.SHOWN)
def test_a_computed_cell_reads_the_same_on_the_page_and_in_an_answer(unit, value):
    cell = SimpleNamespace(ident="sum-1", unit=unit, value=value)
    again = cells.computed_again([cell])
    assert again == cells.computed(cell)
    assert "&lt;" not in again
