"""The import's pages from end to end: what is shown is what is done, wholly or not at all."""

import re
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from budgets.models import Amount, Budget, BudgetLine, ImportMemory
from budgets.public import exports
from tests.factories import AssociationFactory

pytestmark = pytest.mark.django_db

HIDDEN = re.compile(r'<input type="hidden" name="(plan|sheet)" value="([^"]*)"')


@pytest.fixture
def budget(draft):
    """The draft that sheets are read into."""
    return draft


def show(client, budget, text="", **sent):
    """Send a sheet; return the answer."""
    url = reverse("budget_import", args=[budget.pk])
    return client.post(url, {"text": text, "unit": "kr", "new_cost": "individual", **sent})


def hidden(answer):
    """Return the signed fields of a preview."""
    return dict(HIDDEN.findall(answer.content.decode()))


def do(client, budget, answer, confirm=(), **kwargs):
    """Press the button of a preview, with the boxes ``confirm`` ticked."""
    sent = {**hidden(answer), "confirm": list(confirm)}
    return client.post(reverse("budget_import_do", args=[budget.pk]), sent, **kwargs)


def undo(client, budget):
    return client.post(reverse("budget_undo", args=[budget.pk]), follow=True)


def stored(budget):
    """Return every amount of the budget: (line's label, section, column) → kronor."""
    amounts = Amount.objects.filter(line__budget=budget).select_related("line", "column")
    cells = {(a.line.label, a.line.section, a.column.label): a.kronor for a in amounts}
    openings = {("ingående", "", c.label): c.opening for c in budget.columns.all()}
    return cells | openings


def block(budget, rows, columns, *, bad=None):
    """Return (text, anchor): a bare block of amounts over the budget's first cost lines."""
    for number in range(rows):
        BudgetLine.objects.create(
            budget=budget, section="cost", position=100 + number, label=f"Rad {number}",
            individual=100,
        )  # fmt: skip
    lines = [["1 000"] * columns for _ in range(rows)]
    if bad:
        lines[bad[0]][bad[1]] = "1.000"
    first = budget.lines.get(label="Rad 0")
    anchor = f"cell-{first.pk}-{budget.columns.first().pk}"
    return "".join("\t".join(line) + "\r\n" for line in lines), anchor


def test_labels_and_heads_show_old_and_new_and_the_button_does_it(chef, budget):
    text = "\tBudget 2020\nEnter\t2 915 000\nSumma kostnader\t99\nOkänd rad\t5\n"
    answer = show(chef, budget, text)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "inklistrat, tabb mellan cellerna, belopp i kronor" in page
    assert "Räknas av sig självt</dt><dd>Summa kostnader" in page
    assert "Rader som budgeten inte har</dt><dd>Okänd rad" in page
    assert answer.context["preview"].changes[0].old == 2_914_000
    assert "Summa kostnader</strong> (rad 3)" in page and "bladet skriver 99" in page
    before = stored(budget)
    unticked = do(chef, budget, answer)
    assert unticked.status_code == 409 and "Kryssa i varje ruta" in unticked.text
    assert stored(budget) == before
    done = do(chef, budget, answer, confirm=answer.context["preview"].to_confirm)
    assert done.status_code == 302
    assert stored(budget) == before | {("Enter", "cost", "Budget 2020"): 2_915_000}
    page = chef.get(reverse("budget_edit", args=[budget.pk])).content.decode()
    assert "Du kan ångra hela inläsningen på en gång." in page
    undo(chef, budget)
    assert stored(budget) == before


def test_a_paste_of_40_by_5_with_one_bad_cell_changes_nothing_and_names_it(chef, budget):
    text, anchor = block(budget, 40, 5, bad=(16, 2))
    before = stored(budget)
    answer = show(chef, budget, text, anchor=anchor)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "1 cell" in page and "Rad 17, Rad 16, Budget 2020: Beloppet ”1.000”" in page
    assert 'action="' + reverse("budget_import_do", args=[budget.pk]) not in page
    assert stored(budget) == before


def test_a_good_paste_of_40_by_5_is_one_undo(chef, budget):
    text, anchor = block(budget, 40, 5)
    before, version = stored(budget), Budget.objects.get(pk=budget.pk).version
    answer = show(chef, budget, text, anchor=anchor)
    assert answer.status_code == 200
    assert do(chef, budget, answer).url.endswith(f"#{anchor}")
    changed = {key: value for key, value in stored(budget).items() if before.get(key) != value}
    assert len(changed) == 200 and set(changed.values()) == {1000}
    budget.refresh_from_db()
    assert budget.version == version + 1
    undo(chef, budget)
    assert stored(budget) == before
    assert "ingen egen ändring att ångra" in undo(chef, budget).content.decode()


def test_a_cell_changed_meanwhile_stops_all_and_shows_both(chef, budget, client_for):
    answer = show(chef, budget, "\tBudget 2020\nEnter\t1\nFINK\t2\nIT-spåret\t3\n")
    amount = Amount.objects.get(
        line__budget=budget, line__label="Enter", column__year=2020, column__kind="budget"
    )
    amount.kronor = 7
    amount.save()
    before = stored(budget)
    refused = do(chef, budget, answer)
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "Enter, Budget 2020: du ville skriva 1, men där står nu 7" in page
    assert stored(budget) == before
    assert do(chef, budget, refused).status_code == 302
    assert stored(budget)["Enter", "cost", "Budget 2020"] == 1


def test_an_undo_stops_when_somebody_has_written_since(chef, budget):
    do(chef, budget, show(chef, budget, "\tBudget 2020\nEnter\t1\nIT-spåret\t3\n"))
    amount = Amount.objects.get(
        line__budget=budget, line__label="Enter", column__year=2020, column__kind="budget"
    )
    amount.kronor = 7
    amount.save()
    before = stored(budget)
    assert "har skrivit där sedan dess. Inget ångrades." in undo(chef, budget).content.decode()
    assert stored(budget) == before


def test_what_is_shown_is_what_is_done(chef, budget, client_for):
    """The plan is signed: nothing that the browser adds is done, nor another's plan."""
    answer = show(chef, budget, "\tBudget 2020\nEnter\t1\n")
    fields = hidden(answer)
    url = reverse("budget_import_do", args=[budget.pk])
    before = stored(budget)
    for plan in (fields["plan"] + "x", fields["sheet"], ""):
        back = chef.post(url, {**fields, "plan": plan}, follow=True)
        assert "Läs in bladet igen" in back.content.decode()
    other = client_for("admin")
    assert "Läs in bladet igen" in other.post(url, fields, follow=True).content.decode()
    elsewhere = Budget.objects.create(association=budget.association, year=1999)
    another = hidden(show(chef, elsewhere, "\tBudget 2020\nEnter\t9\n", add_missing="on"))
    for strange in (another, {**fields, "sheet": another["sheet"]}):
        assert "Läs in bladet igen" in chef.post(url, strange, follow=True).content.decode()
    assert stored(budget) == before


def test_a_button_pressed_twice_does_it_once(chef, budget):
    text = "\tBudget 2020\tPlan 2023\nKostnader\t\t\nNy\t5\t\nNy\t6\t\n"
    answer = show(chef, budget, text, add_missing="on")
    assert do(chef, budget, answer).status_code == 302
    once, version = stored(budget), Budget.objects.get(pk=budget.pk).version
    again = do(chef, budget, answer)
    assert again.status_code == 409 and "har lagts till" in again.content.decode()
    assert (stored(budget), Budget.objects.get(pk=budget.pk).version) == (once, version)
    assert budget.lines.filter(label="Ny").count() == 2
    amounts = show(chef, budget, "\tBudget 2020\nEnter\t7\n")
    do(chef, budget, amounts)
    version = Budget.objects.get(pk=budget.pk).version
    do(chef, budget, amounts)
    assert Budget.objects.get(pk=budget.pk).version == version


def test_a_choice_matches_a_row_and_is_remembered(chef, budget):
    text = "\tBudg 2020 rev\nEnter (nya)\t1\nAlkohol\t9\n"
    first = show(chef, budget, text)
    assert first.context["preview"].unmatched_columns == ("Budg 2020 rev",)
    enter = budget.lines.get(label="Enter")
    column = budget.columns.get(year=2020, kind="budget")
    chosen = {"row-2": enter.pk, "column-2": column.pk, "row-3": "-"}
    fields = {"sheet": hidden(first)["sheet"], "unit": "kr", "new_cost": "individual"}
    url = reverse("budget_import", args=[budget.pk])
    again = chef.post(url, fields | chosen)
    assert [c.row for c in again.context["preview"].changes] == ["Enter"]
    do(chef, budget, again)
    assert ImportMemory.objects.count() == 3
    assert set(ImportMemory.objects.values_list("target", flat=True)) == {"enter", "budget:0", "-"}
    next_time = show(chef, budget, text.replace("\t1\n", "\t2\n")).context["preview"]
    assert [(c.row, c.column, c.new) for c in next_time.changes] == [("Enter", "Budget 2020", 2)]
    assert not next_time.unmatched_rows


def test_memory_is_the_associations_own(chef, budget, chef_hoglandet, chef_sodra):
    association = budget.association
    ImportMemory.objects.create(association=association, axis="row", label="x", target="-")
    assert ImportMemory.objects.for_user(chef_sodra).count() == 1
    assert ImportMemory.objects.for_user(chef_hoglandet).count() == 0


@pytest.mark.parametrize("form", ["excel_csv", "xlsx"])
def test_an_exported_file_uploaded_changes_nothing(chef, budget, form):
    content = getattr(exports, form)(Budget.objects.with_table().get(pk=budget.pk))
    answer = show(chef, budget, file=SimpleUploadedFile("x.csv", content))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Inget skulle ändras" in page and "Läs in allt" not in page


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": ""}, "Klistra in celler eller välj en fil, ett av dem."),
        ({"text": " \n\t\n"}, "Klistra in celler eller välj en fil, ett av dem."),
        ({"text": "1\t" * 61 + "2"}, "Det får vara högst 60."),
        ({"text": "1\n" * 5001}, "fler än 5000 rader"),
    ],
)
def test_what_cannot_be_read_is_said_and_kept(chef, budget, sent, sentence):
    answer = show(chef, budget, **sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_too_large_file_is_refused_before_it_is_read(chef, budget):
    file = SimpleUploadedFile("x.csv", b"1;2\n" * 1_400_000)
    answer = show(chef, budget, file=file)
    assert answer.status_code == 422
    assert "Filen är större än 5 MB." in answer.content.decode()


@pytest.mark.parametrize("name", ["budget_import", "budget_import_do"])
def test_others_budgets_are_not_there(client_for, budget, name):
    answer = client_for("chef-hoglandet").post(reverse(name, args=[budget.pk]))
    assert answer.status_code == 404


def test_those_who_may_only_read_and_adopted_budgets_are_refused(client_for, budget, chef):
    board = client_for("styrelse-sodra").get(
        reverse("budget_import", args=[budget.pk]), follow=True
    )
    assert "Din roll får läsa budgeten" in board.content.decode()
    adopted = Budget.objects.filter(association=budget.association, adopted_on__isnull=False)[0]
    answer = chef.get(reverse("budget_import", args=[adopted.pk]), follow=True)
    assert "fastställd och kan inte ändras" in answer.content.decode()


def test_a_budget_adopted_after_the_preview_is_left_alone(chef, budget):
    answer = show(chef, budget, "\tBudget 2020\nEnter\t1\n")
    Budget.objects.get(pk=budget.pk)
    budget.adopted_on = "2020-01-02"
    budget.save()
    before = stored(budget)
    assert "fastställd" in do(chef, budget, answer, follow=True).content.decode()
    assert stored(budget) == before


def test_a_stranger_association_begins_with_an_empty_draft(client_for, admin):
    association = AssociationFactory(members=2)
    client = client_for("admin")
    url = reverse("budget_start")
    form = client.get(url).context["form"]
    assert form["columns"].initial == ["budget:-1", "forecast:-1", "budget:0", "plan:1", "plan:2"]
    sent = {"association": association.pk, "year": 2021, "members": "on",
            "columns": form["columns"].initial}  # fmt: skip
    assert client.post(url, sent).status_code == 302
    budget = Budget.objects.get(association=association)
    columns = {column.label: column.opens_from for column in budget.columns.all()}
    assert list(columns) == ["Budget 2020", "Prognos 2020", "Budget 2021", "Plan 2022", "Plan 2023"]
    opened = {label: each.label for label, each in columns.items() if each}
    assert opened == {
        "Budget 2021": "Prognos 2020", "Plan 2022": "Budget 2021", "Plan 2023": "Plan 2022",
    }  # fmt: skip
    assert {line.organisation for line in budget.lines.all()} == set(association.members.all())
    again = client.post(url, sent, follow=True)
    assert again.context["budget"] == budget and "redan en budget för 2021" in again.text


def test_only_ones_own_associations_are_offered(client_for, chef_hoglandet):
    page = client_for("chef-hoglandet").get(reverse("budget_start"))
    offered = page.context["form"].fields["association"].queryset
    assert [each.slug for each in offered] == ["hoglandet"]
    assert client_for("styrelse-sodra").get(reverse("budget_start")).status_code == 403


def test_thousands_of_unknown_rows_are_refused_until_they_are_left(chef, budget):
    rows = "".join(f"Okänd {number}\t5\n" for number in range(1000))
    text = f"\tBudget 2020\nEnter\t1\n{rows}"
    answer = show(chef, budget, text)
    assert answer.status_code == 422 and len(answer.content) < 2_000_000
    assert answer.text.count("<select") < 310
    assert "Budgeten saknar 700 rader till, utöver de 300" in answer.text
    assert list(hidden(answer)) == ["sheet"]
    left = show(chef, budget, **hidden(answer), leave_rest="on")
    assert left.status_code == 200 and "för många rader" not in left.text
    before = stored(budget)
    assert do(chef, budget, left).status_code == 302
    assert stored(budget) == before | {("Enter", "cost", "Budget 2020"): 1}
    many = show(chef, budget, f"\tBudget 2020\nKostnader\t\n{rows}", add_missing="on")
    assert many.status_code == 422 and "plan" not in hidden(many)
    assert "En inläsning lägger till högst 300." in many.text


def test_a_choice_for_a_row_that_no_sheet_has_is_not_read(chef, budget):
    kept = hidden(show(chef, budget, "\tBudget 2020\nEnter\t1\n"))
    sent = {**kept, "unit": "kr", "new_cost": "individual", f"row-{'9' * 5000}": "-"}
    form = {"content_type": "application/x-www-form-urlencoded"}
    url = reverse("budget_import", args=[budget.pk])
    assert chef.post(url, urlencode(sent), **form).status_code == 200
