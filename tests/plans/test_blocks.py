"""Named blocks in a chapter: data instead of typed figures, or a sentence that says what lacks."""

import pytest

from associations.models import Figure
from plans import blocks, reading
from plans.models import Chapter, Plan


@pytest.fixture
def plan(portal_data):
    """Södra Vätterbygden's adopted plan for 2020."""
    return Plan.objects.get(association__slug="sodra-vatterbygden", year=2020, edition=1)


@pytest.fixture
def draft(plan):
    """A revision of it, to write in."""
    Plan.objects.filter(replaces=plan).delete()
    return Plan.objects.get(pk=plan.pk).revise(plan.budget)


def _read(draft, body):
    chapter = draft.chapters.first()
    chapter.body = body
    return reading.read_chapter(draft, chapter)


def test_the_adopted_plan_has_no_problem_and_every_kind_of_block(plan):
    assert plan.problems() == []
    text = "\n".join(plan.chapters.values_list("body", flat=True))
    used = {words.split()[0] for words in blocks.BLOCK_LINE.findall(text)}
    assert used == {"budget", "kostnadsandelar", "mål", "medlemmar", "vision"}
    more = {"bidrag", "kapital", "effekter", "styrelse", "målgrupper"}
    more |= {"utfall", "måluppfyllelse", "resultat"}
    assert set(blocks.REGISTRY) == used | more
    html = "".join(chapter.html for chapter in reading.read(plan, printed=True))
    assert "[[" not in html


def test_the_budget_block_prints_every_amount_of_the_one_table(plan):
    table = plan.budget.table()
    html = _read(plan, "[[budget]]").html
    for number in {amount for row in [*table.income, *table.cost] for amount in row.amounts}:
        assert f"{number:,}".replace(",", "\u00a0") in html
    for sums in table.columns:
        assert sums.column.label in html
    assert len(table.notes) == 5
    for letter, note in table.notes:
        assert f'href="#block-1-1-not-{letter}"' in html and f'id="block-1-1-not-{letter}"' in html
        assert f'href="#block-1-1-rad-{letter}"' in html and f'id="block-1-1-rad-{letter}"' in html
        assert note in html


def test_category_shares_name_their_base(plan):
    html = _read(plan, "[[kostnadsandelar]]").html
    for part in ("67\u00a0%", "17\u00a0%", "3\u00a0%", "13\u00a0%", "7\u00a0328\u00a0800\u00a0kr"):
        assert part in html
    assert "budget 2020" in html


def test_goals_say_what_the_intervention_is_and_for_whom(plan):
    html = _read(plan, "[[mål efterstod]]").html
    goals = plan.association.interventions.get(slug="efterstod").goals.filter(year=2020)
    assert goals.count() >= 3
    assert all(goal.text in html for goal in goals)
    assert "50\u00a0% individinriktad, 50\u00a0% strukturövergripande" in html
    assert "För vem:" in html


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("[[budgett]]", "Det finns inget block som heter ”budgett”"),
        ("[[mål]]", "Skriv insatsens adress"),
        ("[[mål finns-inte]]", "har ingen insats med adressen ”finns-inte”"),
        ("[[vision 2020]]", "tar inget mer än sitt namn"),
        ("[[budget 2020]]", "Skriv vilka kolumner så här"),
        ("[[budget kolumner:]]", "Skriv vilka kolumner så här"),
        (
            "[[budget kolumner: 2020, 1999]]",
            "ingen ifylld kolumn ”1999”. De som finns är Budget 2019",
        ),
        ("[[styrelse]]", "vilka som sitter i styrelsen 2020"),
        ("Se [[budget]] här.", "[[budget]] visas inte"),
        ("", "har ingen text"),
        ("[[]]", "Det finns inget block som heter ””"),
    ],
)
def test_a_faulty_block_names_chapter_and_reason(draft, body, said):
    chapter = draft.chapters.get(position=1)
    chapter.body = body
    chapter.save()
    problems = [problem for problem in draft.problems() if problem.startswith("Kapitel 1, ")]
    assert len(problems) == 1
    assert said in problems[0]


def test_a_block_lacking_data_is_shown_as_an_error_where_it_stands(draft):
    draft.budget = None
    shown = _read(draft, "Före.\n\n[[budget]]\n\nEfter.")
    assert (
        shown.html.index("Före.")
        < shown.html.index("Planen har ingen budget")
        < shown.html.index("Efter.")
    )
    assert "Planen har ingen budget" in shown.problems[0]


def test_what_people_write_is_shown_as_text(draft):
    html = _read(
        draft, "<script>x</script>\n\n[[<b>]]\n\n`[[budget]]`\n\n![b](http://a.se/b.png)"
    ).html
    assert "<script" not in html and "<b>" not in html and "<img" not in html


def test_reading_a_plan_takes_few_queries(plan, django_assert_max_num_queries):
    plan = Plan.objects.select_related("association", "budget").get(pk=plan.pk)
    with django_assert_max_num_queries(22):
        reading.read(plan, printed=True)
    assert Chapter.objects.filter(plan=plan).count() == 9


def test_columns_of_the_budget_are_chosen(plan):
    table = plan.budget.table()
    html = _read(plan, "[[budget kolumner: 2020, plan 2021]]").html
    assert html.count('scope="col"') == 2
    assert "Budget 2020" in html and "Plan 2021" in html and "Prognos 2019" not in html
    for row in (*table.income, *table.cost):
        assert f"{row.amounts[2]:,}".replace(",", "\u00a0") in html
    assert "7\u00a0465\u00a0670" in html and "98\u00a0570" in html and "785\u00a0670</td>" in html


def test_contributions_sum_to_the_tables(plan):
    html = _read(plan, "[[bidrag]]").html
    column = plan.budget.table().column_of(2020)
    assert f"{column.contributions:,}".replace(",", "\u00a0") in html
    assert "1\u00a0345\u00a0100" in html and "Staten" in html and "50\u00a0%" in html


def test_own_capital_stands_beside_its_limit(plan):
    html = _read(plan, "[[kapital]]").html
    assert "136\u00a0870\u00a0kr" in html and "1\u00a0336\u00a0000\u00a0kr" in html
    assert "20\u00a0%" in html


def test_a_recommendation_that_lacks_says_where_it_is_entered(plan):
    Figure.objects.filter(key="capital-cap-percent").delete()
    (problem,) = _read(plan, "[[kapital]]").problems
    assert "Uppgifter ur källor" in problem and "capital-cap-percent" in problem


def test_effects_show_their_assumptions(plan):
    chapter = _read(plan, "[[effekter]]")
    assert chapter.problems == ()
    assert "17,9\u00a0mnkr" in chapter.html and chapter.html.count("<tr>") > 7


def test_target_groups_are_told_or_what_lacks_is_named(plan):
    read = _read(plan, "[[målgrupper]]")
    lacking = [
        line.intervention.name
        for line in plan.budget.lines.exclude(intervention=None)
        if not line.intervention.target_group
    ]
    if lacking:
        assert lacking[0] in read.problems[0]
    else:
        assert read.problems == () and "Enter" in read.html


def test_the_board_is_listed_by_role(plan):
    for role, person in (("chair", "Ada Ek"), ("member", "Bo Al"), ("deputy", "Cia Asp")):
        plan.association.seats.create(role=role, person=person, known_year=2020)
    html = _read(plan, "[[styrelse]]").html.replace("\u00a0", " ")
    assert html.index("Ordförande") < html.index("Ada Ek") < html.index("Ledamöter")
    assert html.index("Bo Al") < html.index("Ersättare") < html.index("Cia Asp")


def test_no_heading_skips_a_level():
    html = "<h4>a</h4><p>x</p><h5 id='q'>b</h5><h3>c</h3><h4>d</h4>"
    nested = "<h3>a</h3><p>x</p><h4 id='q'>b</h4><h3>c</h3><h4>d</h4>"
    assert reading.nest_headings(html) == nested
