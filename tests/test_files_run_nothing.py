"""No file that is downloaded makes a spreadsheet run what somebody wrote, however it is opened."""

import csv
import io
import re
from itertools import cycle

import openpyxl
import pytest
from django.contrib import admin
from django.db import models

from associations import foreign, spreadsheets
from tests.addresses import every_address, of_a_row
from tests.admin_pages import address, refusals, upload

pytestmark = pytest.mark.django_db

EVIL = ["x,=1,x", '=1;=1,=1\t=1"=1,"=1|=1\n=1', "x;=1;x", "\uff1d1\t=1", "x\n=1", 'x";=1;"', " =1"]
PLAIN = (models.CharField, models.TextField)
FORMS = ("csv", "data.csv", "xlsx")


def evil(model, user):
    """Write EVIL in the texts of one of the user's rows, in turn; return how many they were."""
    rows = model.objects.for_user(user)
    if model._meta.model_name == "result":
        rows = rows.filter(intervention__slug="fia")
    if model._meta.model_name in ("budgetline", "budgetcolumn"):
        rows = rows.filter(budget__association__slug="sodra-vatterbygden")
    row = next((each for each in rows if not each.is_sealed), None)
    fields = [
        field
        for field in model.written_texts()
        if type(field) in PLAIN and not field.unique and (field.max_length or 99) > len(EVIL[1])
    ]
    turn = cycle(EVIL[len(model.__name__) % len(EVIL) :] + EVIL)
    texts = {field.name: next(turn) for field in fields}
    if row is None or not texts:
        return 0
    model._base_manager.filter(pk=row.pk).update(**texts)
    return len(texts)


def as_libreoffice(text):
    """Yield the cells of a CSV file split at every usual separator; quotes begin a cell only."""
    cell, quoted, start = "", False, True
    for at, sign in enumerate(text):
        if quoted:
            if sign == '"' and text[at + 1 : at + 2] != '"' and text[at - 1] != '"':
                quoted = False
            cell += sign
        elif start and sign == '"':
            quoted, start = True, False
        elif sign in ";,\t|\r\n":
            yield cell
            cell, start = "", True
        else:
            cell, start = cell + sign, False
    yield cell


def runs(answer):
    """Return the cells of a downloaded file that a spreadsheet would run."""
    content = answer.getvalue()
    if content.startswith(b"PK"):
        cells = (
            cell
            for sheet in openpyxl.load_workbook(io.BytesIO(content))
            for row in sheet
            for cell in row
        )
        return [cell.value for cell in cells if cell.data_type == "f"]
    text = content.decode("utf-8-sig").replace('""', "”")
    return [cell for cell in as_libreoffice(text) if is_run(cell)]


def is_run(cell):
    return spreadsheets.looks_like_formula(cell) and not re.fullmatch(r"[-+]?[0-9.,]+", cell)


def test_the_reader_of_this_test_sees_what_runs():
    for text in EVIL:
        assert any(map(is_run, as_libreoffice(f"a;b\n1;{text}\n-5;1")))
    assert not [each for each in as_libreoffice('a;"\'x,=1,y";2\n') if is_run(each)]


def test_no_download_runs_what_was_written(client_for, chef_sodra):
    owned = [model for model in admin.site._registry if foreign.is_owned(model)]
    assert sum(evil(model, chef_sodra) for model in owned) > 60
    chef, looked, held = client_for("chef-sodra"), 0, 0
    answers = [chef.post(address(m, "export"), {"format": n}) for m in owned for n in "01"]
    for route, _view in every_address():
        if "<str:form>" in route or route.endswith(".csv"):
            answers += [chef.get(of_a_row(route, form)) for form in FORMS]
        elif route.startswith("arbeta/") and "<" not in route:
            answers += [chef.get(f"/{route}", {"format": form}) for form in ("csv", "xlsx")]
    for answer in answers:
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code == 200 and ("csv" in kind or "sheet" in kind):
            assert not runs(answer), answer.request["PATH_INFO"]
            looked += 1
            held += "=1" in answer.getvalue().decode(errors="replace")
    assert looked > 90 and held > 25


def test_what_was_made_harmless_reads_back_as_it_was(client_for, chef_sodra):
    chef = client_for("chef-sodra")
    for model in (m for m in admin.site._registry if foreign.is_owned(m)):
        evil(model, chef_sodra)
        file = chef.post(address(model, "export"), {"format": "0"}).content
        rows = csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline=""), delimiter=";")
        written = [value for row in rows for value in row.values()]
        assert all(spreadsheets.unmarked(each) in EVIL for each in written if "=1" in each)
        answer = upload(chef, model, file)
        assert not [said for said in refusals(answer) if "Läs" in said]
