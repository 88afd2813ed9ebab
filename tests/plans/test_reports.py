"""Half-year and annual reports: begun, filled from data, adopted, and read at their own address."""

import datetime
import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgets import comparison
from budgets.models import Budget, BudgetColumn
from interventions.models import Goal, Intervention, Result
from plans import kinds, reading, starting
from plans.models import Chapter, Plan, StartingChapter

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 3, 3)


@pytest.fixture
def half_year(portal_data):
    """Södra Vätterbygden's draft of a half-year report for 2019."""
    return Plan.objects.get(association__slug="sodra-vatterbygden", kind="half_year", year=2019)


@pytest.fixture
def annual(portal_data):
    """Its draft of an annual report for 2019."""
    return Plan.objects.get(association__slug="sodra-vatterbygden", kind="annual", year=2019)


def drawn(plan, words):
    """Return (html, problems) of one block in a chapter of ``plan``."""
    chapter = Chapter(plan=plan, position=9, title="Prov", body=f"[[{words}]]")
    read = reading.read_chapter(plan, chapter)
    return re.sub(r"[ \n]+", " ", read.html), " ".join(read.problems)


def _file(page):
    return b"%PDF-1.7 " + page.html.encode()


def test_outcome_stands_against_budget_line_by_line(half_year):
    html, problems = drawn(half_year, "utfall")
    table = half_year.budget.table()
    a, b = (table.column_of(2019, kinds=(kind,)) for kind in ("budget", "forecast"))
    found = comparison.deviation(table, a.column.key, b.column.key)
    assert not problems and (a.cost, b.cost) == (7_925_150, 7_409_300)
    rows = re.findall(r"<tr[^>]*> <th scope=\"row\">(.*?)</tr>", html)
    assert len(rows) == len(found.income) + len(found.cost) + 5
    assert "515\u00a0850" in html and "−6,5" in html  # the whole cost
    enter = next(row for row in rows if row.startswith("Enter<"))
    assert "−147\u00a0200" in enter and "−5,4" in enter
    new = next(row for row in rows if row.startswith("Tillgängligt nya projekt"))
    assert "går inte att räkna" in new and "0,0" not in new  # no per cent of nothing


def test_the_best_outcome_is_taken_and_named(half_year, annual):
    budget = half_year.newest_budget()  # the demo's draft revision
    column = budget.columns.get(kind="forecast", year=2019)
    actual = BudgetColumn.objects.create(budget=budget, position=9, year=2019, kind="actual")
    for line in budget.lines.all():
        for amount in line.amounts.filter(column=column):
            line.amounts.create(column=actual, kronor=amount.kronor - 1)
    Plan.objects.filter(year=2019).update(budget=budget)
    html, _ = drawn(Plan.objects.get(pk=annual.pk), "utfall")
    assert "Utfall 2019 mot budget 2019" in html and "Kostnaderna blev" in html
    html, _ = drawn(Plan.objects.get(pk=half_year.pk), "utfall")
    assert "Prognos 2019 mot budget 2019" in html and "väntas bli" in html


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("utfall", "Budgettabellen har ingen ifylld kolumn Budget 2016"),
        ("måluppfyllelse", "Det finns inga mål för 2016 i Södra Vätterbygden"),
        ("resultat", "Det finns inga resultat för 2016 i Södra Vätterbygden"),
        ("resultat finns-inte", "har ingen publik insats med adressen ”finns-inte”"),
    ],
)
def test_a_block_that_lacks_its_data_says_so_with_its_place(half_year, words, said):
    half_year.year = 2016
    _, problems = drawn(half_year, words)
    assert problems.startswith("Kapitel 9, Prov: [[") and said in problems
    half_year.budget = None
    assert "Rapporten har ingen budget" in drawn(half_year, "utfall")[1]


def test_results_and_goals_pass_the_gate(annual):
    enter = annual.association.interventions.get(slug="enter")
    goal = Goal.objects.create(
        intervention=enter, kind="percent", text="Hälften ska börja studera.", target=50,
        base="deltagare", year=2019,
    )  # fmt: skip
    _, problems = drawn(annual, "måluppfyllelse enter")
    assert "Resultat för 2019 saknas för målet ”Hälften ska börja studera.” (Enter)" in problems
    small = Result.objects.create(
        intervention=enter, goal=goal, measure="började studera", year=2019, period="2019",
        total=3, base_count=8, base="deltagare",
    )  # fmt: skip
    html, problems = drawn(annual, "måluppfyllelse enter")
    assert not problems and "<td>Visas inte</td>" in html
    assert "Nått" not in html and "38" not in html
    html, _ = drawn(annual, "resultat enter")
    assert "började studera" in html.lower() and "Så skyddas den enskilde" in html
    assert ">3<" not in html.replace(" ", "")
    Result.objects.filter(pk=small.pk).update(total=30, base_count=40)
    html, _ = drawn(annual, "måluppfyllelse enter")
    assert "30 av 40 deltagare (75\u00a0%)" in html and ">Nått<" in html


def test_a_goal_that_was_not_measured_is_listed_and_counted(annual):
    enter = annual.association.interventions.get(slug="enter")
    goals = [
        enter.goals.create(kind="count", text=f"Mål {n}.", target=10, year=2019) for n in range(4)
    ]
    problems = drawn(annual, "måluppfyllelse enter")[1]
    assert "saknas för målet ”Mål 0.” (Enter), ”Mål 1.” (Enter), ”Mål 2.” (Enter) och 1" in problems
    for goal, total in zip(goals, (12, 9, 2), strict=False):
        Result.objects.create(
            intervention=enter, goal=goal, measure=f"antal {total}", year=2019, period="2019",
            total=total,
        )  # fmt: skip
    html, problems = drawn(annual, "måluppfyllelse enter")
    assert not problems and "Inget resultat för 2019" in html
    assert re.findall(r"<td>(Nått|Inte nått|Visas inte|Inte mätt)</td>", html) == [
        "Nått", "Inte nått", "Visas inte", "Inte mätt",
    ]  # fmt: skip
    said = "Mål med tal för 2019: 4. Nått: 1. Inte nått: 1. Visas inte: 1. Inte mätt: 1."
    assert said in html


def test_blocks_hold_their_query_count(annual):
    def seen():
        with CaptureQueriesContext(connection) as queries:
            assert drawn(annual, "resultat")[1] == drawn(annual, "måluppfyllelse")[1] == ""
        return len(queries)

    def add(number):
        one = Intervention.objects.create(
            name=f"Prov {number}", slug=f"prov-{number}", form="other", summary="Prov.",
            lead=annual.association, public=True,
        )  # fmt: skip
        one.associations.add(annual.association)
        goal = one.goals.create(kind="count", text="Tio.", target=10, year=2019)
        one.results.create(goal=goal, measure="slutade", year=2019, period="2019", total=20)

    add(0)
    seen()  # whose plan it is, and what its members are called, is asked for once
    before = seen()
    for number in range(1, 21):
        add(number)
    assert seen() == before


def test_an_annual_report_is_not_adopted_on_a_forecast(annual, half_year):
    (said,) = annual.missing_to_adopt()
    assert "fastställs på årets utfall" in said and "bara Prognos 2019" in said
    assert half_year.missing_to_adopt() == []  # a half-year report is a forecast
    with pytest.raises(ValueError, match="årets utfall"):
        annual.adopt(DAY, "1", dnr="1", pdf_of=_file)


def test_a_report_is_adopted_read_and_revised_like_a_plan(half_year, visitor):
    page = "/sodra-vatterbygden/delarsrapport/2019/"
    assert visitor.get(page).status_code == 404  # a draft
    half_year.adopt(DAY, "14", dnr="2020:4", pdf_of=_file)
    html = visitor.get(page).content.decode()
    assert half_year.get_absolute_url() == page and half_year.sealed_file.sha256 in html.replace(
        "<wbr>", ""
    )
    assert visitor.get("/sodra-vatterbygden/delarsrapport/2019.pdf").content == bytes(
        half_year.sealed_file.data
    )
    assert half_year.sealed_file.filename == "delarsrapport-2019-sodra-vatterbygden.pdf"
    check = visitor.get("/kontrollera/", {"sha256": half_year.sealed_file.sha256}).content.decode()
    assert "Ja, det är den fastställda filen" in check and "Rapporten gäller." in check
    for other in ("verksamhetsplan", "arsredovisning"):
        assert visitor.get(f"/sodra-vatterbygden/{other}/2019/").status_code == 404
        assert visitor.get(f"/sodra-vatterbygden/{other}/2019.pdf").status_code == 404
    assert page in visitor.get("/sodra-vatterbygden/delarsrapport/").content.decode()
    assert page not in visitor.get("/sodra-vatterbygden/verksamhetsplan/").content.decode()
    draft = half_year.revise(half_year.budget)
    assert (draft.kind, draft.edition) == ("half_year", 2)
    again = half_year.roll_forward()
    assert (again.kind, again.title) == ("half_year", "Delårsrapport 2020")


def test_a_new_report_begins_with_the_usual_headings(client_for):
    client = client_for("chef-sodra")
    page = client.get("/arbeta/planer/").content.decode()
    address = reverse("plan_start")
    assert address in page and "Delårsrapport 2019" in page
    assert client.get(address).status_code == 200
    usual = list(StartingChapter.objects.filter(kind="annual").values_list("title", flat=True))
    own = {"kind": "annual", "association": 3, "year": 2020}
    answer = client.post(address, own | {"year": 9})
    assert answer.status_code == 422
    answer = client.post(address, own, follow=True)
    plan = Plan.objects.get(association=3, kind="annual", year=2020)
    assert answer.redirect_chain[0][0] == reverse("plan_edit", args=[plan.pk])
    assert list(plan.chapters.values_list("title", flat=True)) == usual and len(usual) > 5
    assert plan.budget is None and "Ingen budgettabell har" in answer.content.decode()
    answer = client.post(address, own, follow=True)  # once more leads to the same one
    assert answer.redirect_chain[0][0] == reverse("plan_edit", args=[plan.pk])
    assert "har redan en årsredovisning" in answer.content.decode()
    answer = client.post(address, own | {"association": 2})  # another director's
    assert answer.status_code == 422 and not Plan.objects.filter(association=2).exists()
    for reader in ("styrelse-sodra", "revisor-sodra"):
        assert client_for(reader).get(address).status_code == 403


def test_a_report_begins_with_the_table_where_its_year_stands(half_year):
    association = half_year.association
    half_year.chapters.all().delete()
    half_year.delete()
    begun = starting.start(association, kinds.HALF_YEAR, 2019)
    newest = Budget.objects.filter(association=association, year=2020).in_force_first().first()
    assert begun.budget == newest and drawn(begun, "utfall")[1] == ""


def test_chapters_come_and_go(client_for, half_year):
    client = client_for("redaktor-sodra")
    titles = list(half_year.chapters.values_list("title", flat=True))
    page = client.get(reverse("plan_edit", args=[half_year.pk])).content.decode()
    new = reverse("plan_chapter_new", args=[half_year.pk])
    assert new in page
    answer = client.post(new)
    assert answer["Location"] == reverse("plan_chapter", args=[half_year.pk, len(titles) + 1])
    remove = reverse("plan_chapter_remove", args=[half_year.pk, 2])
    assert remove in client.get(remove.replace("ta-bort/", "")).content.decode()
    loaded = {"loaded": client.get(remove).context["form"]["loaded"].value()}
    second = half_year.chapters.get(position=2)
    second.body += " Ändrad."
    second.save()
    answer = client.post(remove, loaded)
    assert answer.status_code == 422 and "Någon ändrade kapitlet" in answer.content.decode()
    loaded = {"loaded": answer.context["form"]["loaded"].value()}
    assert client.post(remove, loaded).status_code == 302
    left = [title for title in titles if title != second.title]
    assert list(half_year.chapters.values_list("position", "title")) == list(
        enumerate([*left, "Nytt kapitel"], 1)
    )
    assert Chapter.history.filter(id=second.pk, history_type="-").exists()
    for username, status in (("styrelse-sodra", 403), ("chef-hoglandet", 404)):
        assert client_for(username).post(new).status_code == status
        assert client_for(username).post(remove, loaded).status_code == status
    half_year.chapters.filter(body="").update(body="Skrivet.")
    half_year.adopt(DAY, "14", dnr="1", pdf_of=_file)
    assert client.post(new).status_code == client.post(remove, loaded).status_code == 403


def test_chapters_change_places(client_for, half_year):
    client = client_for("redaktor-sodra")
    edit = reverse("plan_edit", args=[half_year.pk])
    first, second, *others = half_year.chapters.all()
    half_year.chapters.filter(pk=others[-1].pk).update(position=90)  # the admin leaves gaps
    move = reverse("plan_chapter_move", args=[half_year.pk, 2])
    page = client.get(edit).content.decode()
    assert page.count("Flytta upp<") == page.count("Flytta ned<") == len(others) + 1
    up = {"chapter": second.pk, "way": "upp"}
    assert client.post(move, up)["Location"] == f"{edit}#kapitel-1"
    rest = [each.pk for each in others]
    assert list(half_year.chapters.values_list("pk", flat=True)) == [second.pk, first.pk, *rest]
    assert list(second.history.values_list("position", flat=True))[:1] == [1]
    told = Chapter.history.filter(plan_id=half_year.pk, position__gt=90)
    assert not told and first.history.latest().position == 2
    assert "Inget flyttades" in client.post(move, up, follow=True).content.decode()  # once more
    top = reverse("plan_chapter_move", args=[half_year.pk, 1])
    assert "ytterst" in client.post(top, up, follow=True).content.decode()
    assert client.post(move, {"chapter": first.pk, "way": "bort"}).status_code == 302
    last = reverse("plan_chapter_move", args=[half_year.pk, 90])
    client.post(last, {"chapter": rest[-1], "way": "upp"})
    half_year.chapters.get(pk=rest[-2], position=90)
    assert half_year.chapters.first() == second and client.get(move).status_code == 405
    for username, status in (("styrelse-sodra", 403), ("chef-hoglandet", 404)):
        assert client_for(username).post(move, up).status_code == status
        assert "Flytta upp" not in client_for("styrelse-sodra").get(edit).content.decode()
    half_year.chapters.filter(body="").update(body="Skrivet.")
    half_year.adopt(DAY, "14", dnr="1", pdf_of=_file)
    assert client.post(move, {"chapter": first.pk, "way": "upp"}).status_code == 403
    assert "Flytta upp" not in client.get(edit).content.decode()


def test_a_report_and_a_plan_of_the_same_year_are_apart(half_year):
    for kind in ("plan", "annual"):
        other = Plan.objects.filter(association=half_year.association, kind=kind, year=2019).first()
        other = other or Plan.objects.create(
            association=half_year.association, kind=kind, year=2019, title="Prov"
        )
        assert other.edition == half_year.edition == 1
    assert half_year.next_edition() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(
            association=half_year.association, kind="half_year", year=2019, title="Dubbel"
        )
