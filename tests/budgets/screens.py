"""The staff's screens as roads to a budget: the editor, the import, the states, the admin."""

from dataclasses import asdict

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from associations.signed import sign
from budgets import grid
from budgets.intake import import_forms
from budgets.intake.import_saving import Plan
from budgets.models import Amount
from tests.budgets.test_editing import post_whole, save


def admin_page(row, what, *args):
    return reverse(f"admin:budgets_{row._meta.model_name}_{what}", args=args)


def change_in_admin(client, row, **values):
    fields = {name: "" if value is None else value for name, value in vars(row).items()}
    fields = {name.removesuffix("_id"): value for name, value in fields.items() if name[0] != "_"}
    return client.post(admin_page(row, "change", row.pk), fields | values)


def inline(c):
    """Return what the budget's admin page sends with a changed line."""
    forms = {}
    for prefix, row in (("columns", c.a.column), ("lines", c.a.line)):
        forms |= {f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-INITIAL_FORMS": 1}
        forms |= {f"{prefix}-0-id": row.pk, f"{prefix}-0-budget": c.a.budget.pk}
        forms |= {f"{prefix}-0-DELETE": "on"}
    return forms


def upload(client, row, text):
    """Import a file with one row, and confirm it if the page lets one."""
    file = SimpleUploadedFile("rader.csv", text.encode())
    answer = client.post(admin_page(row, "import"), {"import_file": file, "format": "0"})
    form = answer.context and answer.context.get("confirm_form")
    if form:
        answer = client.post(admin_page(row, "process_import"), form.initial)
    return answer


def action(client, row):
    data = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    return client.post(admin_page(row, "changelist"), data)


def page(client, name, c, **data):
    return client.post(reverse(name, args=[c.a.budget.pk]), data)


def read_in(client, c):
    """Press the import's button on a preview of another amount, shown before the budget closed."""
    admin = get_user_model().objects.get(username="admin")
    stored = Amount.objects.get(pk=c.a.amount.pk).kronor
    cells = [[str(c.a.line.pk), str(c.a.column.pk), stored, 2]]
    rows = [["+9", "+cost:individual", "Ny rad", 0]]
    columns = [["+9", "+plan:2033"]]
    plan = Plan(c.a.budget.pk, admin.pk, rows=rows, columns=columns, cells=cells)
    how = {"unit": "kr", "skip_empty": False, "add_missing": True, "chain": True}
    how |= {"new_cost": "individual", "rows": {}, "columns": {}}
    sheet = {"budget": c.a.budget.pk, "user": admin.pk, "rows": [["a", "1"]]}
    sheet |= {"described": "", "anchor": ""}
    signed = {
        "plan": sign({"plan": asdict(plan), "how": how}, import_forms.PLAN),
        "sheet": sign(sheet, import_forms.SHEET),
    }
    return page(client, "budget_import_do", c, **signed)


SCREENS = {
    "paste": lambda b, c: page(
        b, "budget_import", c, text="1 234", anchor=grid.line_cell(c.a.line.pk, c.a.column.pk),
        unit="kr", new_cost="individual",
    ),
    "read in": read_in,
    "undo": lambda b, c: page(b, "budget_undo", c),
    "redo": lambda b, c: page(b, "budget_redo", c),
    "new line": lambda b, c: page(
        b, "budget_line_new", c, section="cost", label="Ny", individual="100"
    ),
    "new column": lambda b, c: page(b, "budget_column_new", c, year="2034", kind="plan"),
    "comment": lambda b, c: page(b, "budget_comment", c, comment="x", seen=c.a.budget.comment),
    "cell": lambda b, c: save(
        b, c.a.budget, grid.line_cell(c.a.line.pk, c.a.column.pk), "1", 900_000
    ),
    "opening": lambda b, c: save(b, c.a.budget, grid.opening_cell(c.a.column.pk), "1", None),
    "its cell by the draft's address": lambda b, c: save(
        b, c.d.budget, grid.line_cell(c.a.line.pk, c.a.column.pk), "1", 900_000
    ),
    "whole form": lambda b, c: post_whole(
        b, c.a.budget, changes={grid.line_cell(c.a.line.pk, c.a.column.pk): "1"}
    ),
    "propose": lambda b, c: page(b, "budget_propose", c, on="2019-01-01"),
    "withdraw": lambda b, c: page(b, "budget_withdraw", c),
    "adopt again": lambda b, c: page(
        b, "budget_adopt", c, on="2020-01-01", paragraph="1", dnr="1", version=1
    ),
    "admin: change budget": lambda b, c: change_in_admin(b, c.a.budget, comment="x"),
    "admin: change parts": lambda b, c: change_in_admin(b, c.a.budget, **inline(c)),
    "admin: change line": lambda b, c: change_in_admin(b, c.a.line, label="x"),
    "admin: change column": lambda b, c: change_in_admin(b, c.a.column, opening="5"),
    "admin: change amount": lambda b, c: change_in_admin(b, c.a.amount, kronor="5"),
    "admin: delete budget": lambda b, c: b.post(
        admin_page(c.a.budget, "delete", c.a.budget.pk), {"post": "yes"}
    ),
    "admin: delete amount": lambda b, c: b.post(
        admin_page(c.a.amount, "delete", c.a.amount.pk), {"post": "yes"}
    ),
    "admin: delete chosen budgets": lambda b, c: action(b, c.a.budget),
    "admin: delete chosen amounts": lambda b, c: action(b, c.a.amount),
    "admin: add amount": lambda b, c: b.post(
        admin_page(c.a.amount, "add"), {"line": c.a.line.pk, "column": c.a.later.pk, "kronor": "5"}
    ),
    "admin: add line": lambda b, c: b.post(
        admin_page(c.a.line, "add"),
        {"budget": c.a.budget.pk, "section": "income", "position": 9, "label": "x",
         "individual": 0, "structural": 0, "competence": 0, "administration": 0},
    ),
    "admin: move draft's line in": lambda b, c: change_in_admin(
        b, c.d.line, budget=c.a.budget.pk
    ),
    "import: amount": lambda b, c: upload(
        b, c.a.amount, f"id,line,column,kronor\n{c.a.amount.pk},{c.a.line.pk},{c.a.column.pk},5\n"
    ),
    "import: new amount": lambda b, c: upload(
        b, c.a.amount, f"id,line,column,kronor\n,{c.a.line.pk},{c.a.later.pk},5\n"
    ),
    "import: line": lambda b, c: upload(b, c.a.line, f"id,label\n{c.a.line.pk},x\n"),
    "import: column": lambda b, c: upload(b, c.a.column, f"id,opening\n{c.a.column.pk},5\n"),
    "import: budget": lambda b, c: upload(b, c.a.budget, f"id,comment\n{c.a.budget.pk},x\n"),
}  # fmt: skip
