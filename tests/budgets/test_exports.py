"""Files: what is exported is read back and changes nothing, and no text in them can execute."""

import csv
import io
import json
import re

import pytest
from django.db.models import F
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from associations import sheets
from budgets.intake import importing, reading
from budgets.models import Amount, Budget, BudgetColumn, BudgetLine
from budgets.public import exports
from budgets.public.downloads import SCHEMA
from tests.factories import BudgetFactory, InterventionFactory, budget_column

pytestmark = pytest.mark.django_db

FORMS = ("csv", "xlsx", "json", "data.csv")
ODD = [
    "=cmd|'/c calc'!A1",
    "+46 36 10 50 00",
    "-Avdrag",
    "@SUMMA(A1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "＝1+1",
    '"Citat"; och semikolon, komma',
    "Två\nrader",
    "'Apostrof",
    "Intäkter",
    "Kostnader",
    "Summa kostnader",
    "Resultat",
    "Administration",
    "Administration, procent",
    "Balanserat resultat",
    "Vem som betalar",
    "Budget 2020",
    "2020",
    "Övrigt",
    "Övrigt:",
    "Övrigt a)",
    "Övrigt (1)",
    ":",
    "klocka\x07 och \x1f annat",
]


def fetched(budget):
    """Return the budget with its table."""
    return Budget.objects.with_table().get(pk=budget.pk)


def read_back(budget, write):
    """Return the preview of the budget's own file against itself."""
    budget = fetched(budget)
    sheet = sheets.uploaded(write(budget))
    return reading.preview(sheet, importing.target_of(budget))


def assert_unchanged(preview, cells):
    """What comes back is all there, understood, and changes nothing."""
    assert not preview.changes
    assert not preview.problems
    assert not preview.unmatched_rows
    assert not preview.unmatched_columns
    assert preview.unchanged == cells


@pytest.mark.parametrize("write", [exports.excel_csv, exports.xlsx])
@pytest.mark.parametrize(("slug", "year"), [("sodra-vatterbygden", 2020), ("hoglandet", 2018)])
def test_an_exported_budget_comes_back_without_a_change(slug, year, write):
    budget = Budget.objects.published().get(association__slug=slug, year=year)
    preview = read_back(budget, write)
    assert_unchanged(preview, len(importing.target_of(fetched(budget)).cells) - _unshown(budget))
    assert {"Summa intäkter", "Summa kostnader"} <= set(preview.computed_rows)


@pytest.mark.parametrize("position", [0, 99], ids=["before", "after"])
def test_other_income_beside_contributions_agrees_with_the_files_own_sums(position):
    budget = BudgetFactory()
    budget.lines.update(position=F("position") + 1)
    line = budget.lines.create(section="income", position=position, label="Ränteintäkter")
    Amount.objects.create(line=line, column=budget_column(budget), kronor=10_000)
    preview = read_back(budget, exports.xlsx)
    assert preview.sums.sums and not preview.sums.differences


def _unshown(budget):
    """Return how many typed cells the table doesn't show: openings, where no column has one."""
    table = fetched(budget).table()
    return 0 if table.has_opening else len(table.columns)


@pytest.mark.parametrize("write", [exports.excel_csv, exports.xlsx])
def test_odd_labels_come_back(write):
    budget = _odd_budget(ODD, ODD)
    assert_unchanged(read_back(budget, write), 4 * len(ODD) + 1)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    labels=st.lists(
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1,
                max_size=30).filter(str.strip),
        min_size=1, max_size=8,
    ),
)  # fmt: skip
@example(["=1", "'=1", "''=1"])
@example(["a)", ":", "'", "Rad", "Rad (1)"])
@example(["0\x1b0", "0\x9f0", "0\x85"])
def test_any_labels_come_back(labels):
    budget = _odd_budget(labels, list(reversed(labels)))
    assert_unchanged(read_back(budget, exports.excel_csv), 4 * len(labels) + 1)


def _odd_budget(income, cost):
    """Return a budget of two chained columns, whose every line has an odd label and a note."""
    budget = BudgetFactory(year=2020, opening_note="=not", result_label="Summa kostnader")
    budget.lines.all().delete()
    first = budget_column(budget)
    first.opening = -1500
    first.save()
    second = BudgetColumn.objects.create(
        budget=budget, year=2021, kind="plan", position=1, opens_from=first
    )
    for section, labels in (("income", income), ("cost", cost)):
        for position, label in enumerate(labels):
            line = BudgetLine.objects.create(
                budget=budget, section=section, position=position, label=label, note=label * 50,
                individual=100 if section == "cost" else 0,
            )  # fmt: skip
            Amount.objects.create(line=line, column=first, kronor=-position)
            if position % 2:
                Amount.objects.create(line=line, column=second, kronor=999_999_999_999 - position)
    return budget


@pytest.mark.parametrize("write", [exports.excel_csv, exports.data_csv])
def test_no_text_of_a_csv_can_execute(write):
    text = write(fetched(_odd_budget(ODD, ODD))).decode("utf-8-sig")
    delimiter = ";" if write is exports.excel_csv else ","
    cells = [
        c for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for c in row
    ]
    dangerous = [c for c in cells if re.match(r"[\s]*[=+@＝-]|[\t\r]", c)]
    assert len(cells) > 100
    assert dangerous and all(re.fullmatch(r"-[0-9]+(,[0-9])?", cell) for cell in dangerous)
    assert sum(cell.startswith("'") for cell in cells) >= 16


def test_texts_of_a_workbook_are_texts_and_amounts_are_numbers():
    book = load_workbook(io.BytesIO(exports.xlsx(fetched(_odd_budget(ODD, ODD)))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    page = book.worksheets[0]
    assert page.freeze_panes == "B2"
    amounts = {row[0].value: row[1].value for row in page.iter_rows() if row[1].value is not None}
    assert amounts["Balanserat resultat (2)"] == -1500
    quoted = [cell for cell in cells if cell.quotePrefix]
    assert {cell.value for cell in quoted} >= {"=cmd|'/c calc'!A1", "-Avdrag", "@SUMMA(A1)"}


def test_the_swedish_csv_is_what_excel_in_sweden_reads():
    budget = fetched(
        Budget.objects.published().get(association__slug="sodra-vatterbygden", year=2020)
    )
    content = exports.excel_csv(budget)
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.decode("utf-8-sig").split("\r\n")
    assert lines[0] == (
        '"Södra Vätterbygden, budget 2020, kronor";"Budget 2019";"Prognos 2019";'
        '"Budget 2020";"Plan 2021";"Plan 2022"'
    )
    assert '"Habo kommun";106400;106400;118400;118400;118400' in lines
    assert any(re.match(r'"Årets resultat .*;-[0-9]{6};', line) for line in lines)
    shares = next(line for line in lines if line.startswith('"Individinriktade'))
    assert re.fullmatch(r'"[^"]+"(;[0-9]{2},[0-9]){5}', shares)


def test_the_machines_csv_has_a_row_for_each_line_and_column():
    budget = fetched(
        Budget.objects.published().get(association__slug="sodra-vatterbygden", year=2020)
    )
    rows = list(csv.DictReader(io.StringIO(exports.data_csv(budget).decode())))
    assert len(rows) == (budget.lines.count() + 1) * 5
    of_2020 = [row for row in rows if (row["column_year"], row["phase"]) == ("2020", "budget")]
    amount = {
        section: sum(int(row["amount_sek"] or 0) for row in of_2020 if row["section"] == section)
        for section in ("income", "opening", "cost")
    }
    assert amount == {"income": 6_680_000, "opening": 785_670, "cost": 7_328_800}
    assert {row["organisation_kind"] for row in of_2020 if row["section"] == "income"} >= {
        "municipality", "region", "state_agency"
    }  # fmt: skip


@pytest.mark.parametrize(("slug", "year"), [("sodra-vatterbygden", 2020), ("hoglandet", 2018)])
def test_the_json_follows_its_schema(visitor, slug, year):
    schema = visitor.get(reverse("budget_schema")).json()
    found = visitor.get(reverse("budget_file", args=[slug, year, "json"])).json()
    assert found["$schema"] == schema["$id"] == "http://testserver/schema/budget.json"
    assert check(found, SCHEMA) > 300
    assert {column["phase"] for column in found["columns"]} <= {"budget", "forecast", "plan"}


def test_the_schema_refuses_what_is_not_so():
    found = exports.document(fetched(BudgetFactory()), "x")
    assert check(found, SCHEMA) > 20
    for change in ({"year": "2020"}, {"currency": "EUR"}, {"extra": 1}, {"status": "ny"}):
        with pytest.raises(AssertionError):
            check({**found, **change}, SCHEMA)


KINDS = {
    "object": dict, "array": list, "string": str, "integer": int, "number": (int, float),
    "null": type(None),
}  # fmt: skip


def check(value, schema, root=SCHEMA, path="$"):
    """Check a value by the words of JSON Schema that ours uses; return how many were checked."""
    known = {"$schema", "$id", "title", "description", "$defs", "$ref", "type", "enum", "const",
             "minimum", "required", "properties", "additionalProperties", "items"}  # fmt: skip
    assert set(schema) <= known, path
    if "$ref" in schema:
        return check(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, path)
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    assert not kinds or any(isinstance(value, KINDS[kind]) for kind in kinds), path
    assert "enum" not in schema or value in schema["enum"], path
    assert "const" not in schema or value == schema["const"], path
    assert value >= schema.get("minimum", value) if isinstance(value, int) else True, path
    count = 1
    if isinstance(value, list):
        count += sum(check(each, schema["items"], root, f"{path}[]") for each in value)
    if isinstance(value, dict):
        assert set(schema.get("required", ())) <= set(value), path
        for name, each in value.items():
            rule = schema.get("properties", {}).get(name, schema["additionalProperties"])
            assert rule is not False, f"{path}.{name}"
            count += check(each, rule, root, f"{path}.{name}")
    return count


@pytest.mark.parametrize("form", FORMS)
def test_anybody_fetches_a_published_budget(visitor, form):
    address = reverse("budget_file", args=["sodra-vatterbygden", 2020, form])
    answer = visitor.get(address)
    name = f"budget-sodra-vatterbygden-2020{'-data' if form == 'data.csv' else ''}"
    suffix = form.rpartition(".")[2]
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="{name}.{suffix}"'
    again = visitor.get(address, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    edition = visitor.get(
        reverse("budget_edition_file", args=["sodra-vatterbygden", 2020, 1, form])
    )
    assert edition["ETag"] == answer["ETag"]


@pytest.mark.parametrize("form", FORMS)
def test_a_draft_is_for_its_own_staff_only(visitor, client_for, form):
    own = BudgetFactory(year=2031, association=_association("sodra-vatterbygden"))
    public = reverse("budget_file", args=["sodra-vatterbygden", 2031, form])
    staff = reverse("budget_export", args=[own.pk, form])
    assert visitor.get(public).status_code == 404
    assert visitor.get(staff).status_code == 302
    assert client_for("chef-hoglandet").get(staff).status_code == 404
    for reader in ("chef-sodra", "styrelse-sodra", "revisor-sodra"):
        answer = client_for(reader).get(staff)
        assert answer.status_code == 200
        assert "utkast" in answer["Content-Disposition"]
        assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize("who", ["chef-sodra", "styrelse-sodra"])
def test_a_draft_s_page_links_to_its_files(client_for, who):
    own = Budget.objects.get(adopted_on=None, association__slug="sodra-vatterbygden")
    page = client_for(who).get(reverse("budget_edit", args=[own.pk])).text
    for form in ("xlsx", "csv"):
        assert reverse("budget_export", args=[own.pk, form]) in page


def test_other_forms_and_years_are_not_found(visitor):
    for year, form in ((2020, "pdf"), (2020, "ods"), (1999, "csv")):
        address = reverse("budget_file", args=["sodra-vatterbygden", year, form])
        assert visitor.get(address).status_code == 404


def test_an_intervention_that_is_not_public_is_not_named():
    hidden = InterventionFactory(public=False, name="Hemlig insats", slug="hemlig-insats")
    budget = fetched(BudgetFactory(costs=[(hidden, 5)]))
    for write in (exports.excel_csv, exports.data_csv, exports.as_json):
        assert b"emlig" not in write(budget)
    json.loads(exports.as_json(budget))


def _association(slug):
    return Budget.objects.filter(association__slug=slug).first().association
