"""What the admin reads in from a file and gives out as one: whole, or refused in words."""

import datetime
import io
import time
import unicodedata
import zipfile

import openpyxl
import pytest

from associations import import_formats, sealing, sheets
from associations.models import Association, Document, Seat
from budgets.models import Amount, Budget, BudgetLine
from interventions.models import Intervention
from tests.admin_pages import address, confirm, refusals, upload, workbook
from tests.associations.test_sheets import BAD


def test_kronor_are_read_as_in_the_editor(chef, draft):
    amount = Amount.objects.filter(line__budget=draft).first()
    head = "id;belopp (kronor)"
    answer = upload(chef, Amount, f"{head}\n{amount.pk};1 345 100 kr\n")
    assert refusals(answer) == []
    confirm(chef, Amount, answer)
    amount.refresh_from_db()
    assert amount.kronor == 1_345_100
    assert amount.history.first().history_user.username == "chef-sodra"
    for written in ("1.345", "1e6", "=1+1", "0,5", "1_000"):
        answer = upload(chef, Amount, f"{head}\n{amount.pk};{written}\n")
        assert len(refusals(answer)) == 1 and "confirm_form" not in answer.context, written
    amount.refresh_from_db()
    assert amount.kronor == 1_345_100


def test_one_bad_row_keeps_the_whole_file_out(chef, draft):
    first, second = Amount.objects.filter(line__budget=draft)[:2]
    text = f"id;belopp (kronor)\n{first.pk};77\n{second.pk};1.000\n"
    answer = upload(chef, Amount, text)
    assert "Rad" in answer.content.decode() and '<th scope="row">3</th>' in answer.content.decode()
    assert not Amount.objects.filter(kronor=77).exists()


def test_what_is_adopted_refuses_the_file(chef, adopted, draft):
    amount = Amount.objects.filter(line__budget=adopted).first()
    answer = upload(chef, Amount, f"id;belopp (kronor)\n{amount.pk};1\n")
    assert refusals(answer) == [sealing.MESSAGE]
    line = BudgetLine.objects.filter(budget=draft).first()
    answer = upload(chef, BudgetLine, f"id;budget\n{line.pk};{adopted.pk}\n")
    assert refusals(answer) == [sealing.MESSAGE]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id;hittepå\n1;2\n", "Rubrikerna stämmer inte: ”hittepå”"),
        ("namn;namn\n1;2\n", "Samma rubrik två gånger"),
        ("ID;Namn ;namn\n1;2;3\n", "Samma rubrik två gånger"),
        ("id ;känt år\n7;2020\n8;2020\n07;2021\n", "Samma id står på flera rader: 7."),
        ("sep=;\nID;känt år\n999999;2020\n", "Id 999999 finns inte"),
        ("förbund;namn;uppdrag\nsodra-vatterbygden;A;kung\n", "”kung” går inte att välja"),
        ("förbund;namn;uppdrag\nsodra-vatterbygden;;ordförande\n", "Fyll i det här"),
        ("id;känt år\n999999;2020\n", "Id 999999 finns inte bland dina förbunds uppdrag"),
        ("förbund;känt år\nsodra-vatterbygden;20 20\n", "”20 20” är inget heltal"),
        ("förbund;från och med\nsodra-vatterbygden;i fjol\n", "”i fjol” är inget datum"),
    ],
)
def test_refusals_say_what_is_wrong(chef, text, said):
    seat = Association.objects.first().seats.model
    answer = upload(chef, seat, text)
    assert "confirm_form" not in answer.context
    assert any(said in sentence for sentence in refusals(answer)), refusals(answer)


def test_a_file_that_is_too_large_or_unfolds_too_far_is_refused(chef):
    answer = upload(chef, Document, b"x" * (import_formats.MOST_BYTES + 1))
    assert "större än 5 MB" in refusals(answer)[0]
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (sheets.LARGEST_UNPACKED + 1))
    assert "packas upp" in refusals(upload(chef, Document, bomb.getvalue(), "bomb.xlsx"))[0]
    typed = io.BytesIO()
    with zipfile.ZipFile(typed, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<!DOCTYPE x><x/>")
    assert "dokumenttyp" in refusals(upload(chef, Document, typed.getvalue(), "typ.xlsx"))[0]
    assert "packa upp" in refusals(upload(chef, Document, b"PK\x03\x04nej", "nej.xlsx"))[0]
    far = openpyxl.Workbook()
    far.active["XFD3"] = 1
    out = io.BytesIO()
    far.save(out)
    assert "kolumner" in refusals(upload(chef, Document, out.getvalue(), "far.xlsx"))[0]
    assert "UTF-8" in refusals(upload(chef, Document, b"\x81\xb2\xb0;1\n"))[0]
    assert "lästa som Mac Roman" in refusals(upload(chef, Document, "å;ä\n".encode("mac_roman")))[0]


@pytest.mark.parametrize("name", ["one far cell", "millions of columns", "zip bomb"])
def test_a_workbook_is_read_by_a_process_of_its_own(chef, name):
    content, _sentence = BAD[name]
    before = time.process_time()
    answer = upload(chef, Document, content() if callable(content) else content, "ond.xlsx")
    assert refusals(answer) and "confirm_form" not in answer.context
    assert time.process_time() - before < 2


def test_days_and_halves_of_a_workbook_are_read(chef):
    rows = [["förbund", "namn", "uppdrag", "från och med"]]
    rows.append(["sodra-vatterbygden", "Ny", "ordförande", datetime.date(2020, 1, 31)])
    answer = upload(chef, Seat, workbook(rows), "uppdrag.xlsx")
    assert refusals(answer) == []
    confirm(chef, Seat, answer)
    assert Seat.objects.get(person="Ny").valid_from == datetime.date(2020, 1, 31)


@pytest.mark.parametrize("name", ["rader.csv", "rader.xlsx"])
def test_what_is_exported_reads_back_unchanged(chef, draft, name):
    for model in (Intervention, Document, BudgetLine, Amount, Budget):
        form = "1" if name.endswith("xlsx") else "0"
        file = chef.post(address(model, "export"), {"format": form})
        answer = upload(chef, model, file.content, name)
        said = set(refusals(answer))
        assert said <= {sealing.MESSAGE}, (model, said)


def test_csv_has_its_mark_and_runs_nothing(chef, draft):
    line = BudgetLine.objects.filter(budget=draft).first()
    line.label = "=HYPERLINK(1)"
    line.save()
    amount = line.amounts.first()
    amount.kronor = -5
    amount.save()
    lines = chef.post(address(BudgetLine, "export"), {"format": "0"})
    assert lines.content.startswith(b"\xef\xbb\xbf")
    assert "'=HYPERLINK(1)" in lines.content.decode()
    book = chef.post(address(BudgetLine, "export"), {"format": "1"}).content
    cells = [c for row in openpyxl.load_workbook(io.BytesIO(book)).active for c in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    amounts = chef.post(address(Amount, "export"), {"format": "0"}).content.decode()
    assert f"{amount.pk};{line.pk};{amount.column_id};-5" in amounts
    book = chef.post(address(Amount, "export"), {"format": "1"}).content
    rows = list(openpyxl.load_workbook(io.BytesIO(book)).active.values)
    assert (amount.pk, str(line.pk), str(amount.column_id), -5) in rows


def test_a_workbook_reads_in(chef, draft):
    amount = Amount.objects.filter(line__budget=draft).first()
    rows = [["id", "belopp (kronor)"], [amount.pk, 4711.0], [None, None]]
    answer = upload(chef, Amount, workbook(rows), "belopp.xlsx")
    assert refusals(answer) == []
    confirm(chef, Amount, answer)
    amount.refresh_from_db()
    assert amount.kronor == 4711


def test_heads_are_known_however_they_are_written_and_told_after_a_refusal(chef, draft):
    amount = Amount.objects.filter(line__budget=draft).first()
    before = Amount.objects.count()
    text = unicodedata.normalize("NFD", f"sep=;\n\nID ; Belopp\u00a0(kronor)\n{amount.pk};78\n")
    answer = upload(chef, Amount, text.encode())
    assert refusals(answer) == []
    confirm(chef, Amount, answer)
    amount.refresh_from_db()
    assert (amount.kronor, Amount.objects.count()) == (78, before)
    refused = upload(chef, Amount, "id;fel\n1;2\n")
    assert "belopp (kronor)" in refused.content.decode()
    unread = upload(chef, Amount, b"%PDF-1.7")
    assert "en PDF" in refusals(unread)[0] and "belopp (kronor)" in unread.content.decode()


def test_a_workbook_with_anything_to_ask_about_is_refused(chef, draft):
    amount = Amount.objects.filter(line__budget=draft).first()
    made = openpyxl.Workbook()
    for row in (["id", "belopp (kronor)"], [amount.pk, 77], [amount.pk + 1, 99]):
        made.active.append(row)
    made.active.row_dimensions[3].hidden = True
    made.active["B2"].number_format = '0 "tkr"'
    made.create_sheet("Mer").append(["id", 5])
    out = io.BytesIO()
    made.save(out)
    [said] = refusals(upload(chef, Amount, out.getvalue(), "belopp.xlsx"))
    for words in ("dold rad 3", "cellernas format säger tkr", "inte ”Mer”"):
        assert words in said, (words, said)
