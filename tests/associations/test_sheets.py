"""Sheets from outside: what is read, and each bad file refused in a sentence, soon and cheaply."""

import io
import logging
import resource
import struct
import subprocess
import sys
import time
import zipfile

import pytest
from openpyxl import Workbook

from associations import sheets

SECONDS = 2  # of processor time, here and in the child
DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'


def book(rows, **edit):
    """Return an XLSX of ``rows``: bytes."""
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    for place, value in edit.items():
        workbook.active[place] = value
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def repacked(content, **parts):
    """Return the zip with parts replaced or added (__ in a name is /, the last _ its dot)."""
    out = io.BytesIO()
    names = {".".join(key.replace("__", "/").rsplit("_", 1)): value for key, value in parts.items()}
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for entry in old.infolist():
            if entry.filename not in names:
                new.writestr(entry.filename, old.read(entry))
        for name, value in names.items():
            new.writestr(name, value)
    return out.getvalue()


def bomb():
    """Return a small file that unpacks to more than 50 MB."""
    zeros = b"<worksheet>" + b" " * (51 * sheets.MEGABYTE) + b"</worksheet>"
    return repacked(book([[1]]), xl__worksheets__sheet1_xml=zeros)


def lying():
    """Return the bomb, whose zip directory says that each part is 100 bytes."""
    content = bytearray(bomb())
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = content.find(signature)
        while at >= 0:
            struct.pack_into("<I", content, at + offset, 100)
            at = content.find(signature, at + 4)
    return bytes(content)


def far():
    """Return a file with one cell at the end of the world."""
    return book([["a", 1]], XFD1048576=1)


def sheet_of(body):
    """Return an XLSX whose sheet has this XML."""
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return repacked(book([[1]]), xl__worksheets__sheet1_xml=b"<worksheet %b>%b" % (space, body))


def strict():
    """Return a workbook saved as Strict Open XML, which openpyxl opens with no sheets."""
    made = zipfile.ZipFile(io.BytesIO(book([["a", 1]]))).read("xl/workbook.xml")
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strict_one = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    return repacked(book([["a", 1]]), xl__workbook_xml=made.replace(space, strict_one))


def unclosed():
    """Return a sheet that makes a careless reader look again and again for an end."""
    return sheet_of(b'<row r="1">' * 100_000)


def many_nothings():
    """Return a sheet of millions of cells that hold nothing."""
    row = b'<row r="1">%b</row>' % (b'<c r="A1"/>' * 1_000)
    return sheet_of(b"<sheetData>%b</sheetData></worksheet>" % (row * 4_000))


EMPTY = b"PK\x05\x06" + b"\0" * 18  # a zip of nothing
BAD = {
    "more than 5 MB": (b"1;2\n" * 1_400_000, "större än 5 MB"),
    "zip bomb": (bomb, "större än 50 MB när den packas upp"),
    "lying sizes": (lying, "går inte att läsa som XLSX"),
    "one far cell": (far, "rad 1048576"),
    "one far row": (lambda: book([["a", 1]], A900000=1), "rad 900000"),
    "unclosed rows": (unclosed, "går inte att läsa som XLSX"),
    "millions of empty cells": (many_nothings, "tog för lång tid"),
    "DTD": (lambda: repacked(book([[1]]), xl__workbook_xml=DTD), "dokumenttyp (DTD)"),
    "DTD in UTF-16": (
        lambda: repacked(book([[1]]), xl__styles_xml=DTD.decode().encode("utf-16")),
        "dokumenttyp (DTD)",
    ),
    "macro": (lambda: repacked(book([[1]]), xl__vbaProject_bin=b"x"), "makron"),
    "old XLS": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "gamla formatet XLS"),
    "Numbers": (lambda: repacked(EMPTY, Index__Document_iwa=b"x"), "Numbers eget format"),
    "strict": (strict, "Spara som och filformatet ”Excel-arbetsbok (*.xlsx)”"),
    "no letters' table": (b"\x81\xb2\xb0\xdb;1\n", "Filens tecken"),
    "letters read twice": ("Efterstöd;1\n".encode().decode("cp1252").encode(), "ö är sönder"),
    "broken UTF-16": ("Enter;1\n".encode("utf-16") + b"\x00\xd8", "Filens tecken"),
    "image by another name": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "en bild"),
    "web page called XLS": (b"\xef\xbb\xbf\r\n<HTML><table><tr><td>1", "en webbsida"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", "en PDF"),
    "other bytes": (bytes(range(256)) * 4, "varken CSV eller XLSX"),
    "ODS": (lambda: repacked(book([[1]]), content_xml=b"<x/>"), "formatet ODS"),
    "truncated": (lambda: book([["a", 1]] * 50)[:-400], "skadad"),
    "another zip": (
        lambda: b"PK\x03\x04" + book([[1]])[4:].replace(b"xl/workbook.xml", b"xx/workbook.xml"),
        "inte ett kalkylark",
    ),
    "5001 rows": (lambda: book([["a", 1]] * 5_001), "rad 5001"),
    "61 columns": (lambda: book([list(range(61))]), "kolumn BI"),
    "5001 rows, CSV": (b"1;2\n" * 5_001, "fler än 5000 rader"),
    "61 columns, CSV": (b";".join([b"1"] * 61), "högst 60"),
    "millions of blank rows": (b"\n" * 5_000_000 + b"1;2", "fler än 5000 rader"),
    "millions of columns": (b";" * 5_000_000 + b"1", "högst 60"),
    "one endless quote": (b'"' + b"x" * 4_000_000, "dela upp i celler"),
    "a long cell": (b"a;" + b"x" * 2_001, "längre än 2000 tecken"),
    "nothing": (b"", "inga celler"),
    "only blanks": (b" ; ;\r\n\r\n", "inga celler"),
}


def spent():
    """Return the processor seconds of this process and its children."""
    return sum(
        getattr(resource.getrusage(who), name)
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        for name in ("ru_utime", "ru_stime")
    )


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_a_sentence_and_soon(name, caplog):
    content, words = BAD[name]
    content = content() if callable(content) else content
    before, began = spent(), time.monotonic()
    with caplog.at_level(logging.DEBUG), pytest.raises(sheets.Refused) as refused:
        sheets.uploaded(content)
    assert words in str(refused.value)
    assert str(refused.value).endswith(".")
    assert spent() - before < SECONDS + 1 and time.monotonic() - began < sheets.PATIENCE
    assert not caplog.records


@pytest.mark.parametrize("name", ["zip bomb", "one far cell", "millions of columns"])
def test_memory_stays_bounded(name, tmp_path):
    """The web process and its child together stay under what the child may use."""
    content, _ = BAD[name]
    path = tmp_path / "bad"
    path.write_bytes(content() if callable(content) else content)
    program = (
        "import resource, sys; from associations import sheets\n"
        "try: sheets.uploaded(open(sys.argv[1], 'rb').read())\n"
        "except sheets.Refused: pass\n"
        # Not ru_maxrss of itself: that one remembers the process that started it.
        "own = [line for line in open('/proc/self/status') if line.startswith('VmHWM')]\n"
        "child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss\n"
        "sys.stdout.write(f'{own[0].split()[1]} {child}')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, path], capture_output=True, text=True, check=True
    )
    used = [int(kilobytes) for kilobytes in done.stdout.split()]
    assert len(used) == 2
    assert max(used) < 400 * 1024


def test_the_web_process_never_parses_an_xlsx():
    program = (
        "import sys; from associations import sheets\n"
        "sheets.uploaded(sys.stdin.buffer.read())\n"
        "sys.exit('openpyxl' in sys.modules)\n"
    )
    content = book([["a", 1]])
    done = subprocess.run([sys.executable, "-c", program], input=content, check=False)
    assert done.returncode == 0


def test_an_xlsx_is_read_exactly():
    content = book(
        [["Rad", "Budget 2020", 2021], ["Enter", 2_914_000, -5], ["Tkr", 1345.1, 0.1 + 0.2],
         [None, None, None], ["Ja", True, "1 000"]]
    )  # fmt: skip
    sheet = sheets.uploaded(content)
    assert sheet.described == "XLSX, bladet ”Sheet”"
    assert sheet.rows == (
        ("Rad", "Budget 2020", "2021"),
        ("Enter", "2914000", "-5"),
        ("Tkr", "1345,1", "0,3"),
        ("", "", ""),
        ("Ja", "SANT", "1 000"),
    )


def test_printer_settings_are_no_macro_and_the_first_visible_sheet_is_read():
    workbook = Workbook()
    workbook.active.append(["hemligt", 1])
    workbook.active.sheet_state = "hidden"
    workbook.create_sheet("Budget").append(["Enter", 2])
    workbook.create_sheet("Noter").append(["x"])
    out = io.BytesIO()
    workbook.save(out)
    content = repacked(out.getvalue(), xl__printerSettings__printerSettings1_bin=b"\0")
    sheet = sheets.uploaded(content)
    assert sheet.rows == (("Enter", "2"),)
    assert sheet.described == "XLSX, bladet ”Budget”"
    assert sheet.told == ("Filen har fler blad. ”Budget” läses, inte ”Sheet” (dolt), ”Noter”.",)
    assert sheet.turned_to("Sheet").rows == (("hemligt", "1"),)
    assert sheets.uploaded(content, sheet="Noter").rows == (("x",),)
    with pytest.raises(sheets.Refused, match="inget blad som heter ”Fel”"):
        sheets.uploaded(content, sheet="Fel")


def test_a_formula_without_a_value_and_an_error_come_as_written():
    sheet = sheets.uploaded(book([["a", "=SUM(1,2)", "#REF!"]]))
    assert sheet.rows == (("a", "=SUM(1,2)", "#REF!"),)


@pytest.mark.parametrize(
    ("content", "described"),
    [
        ("Rad;Äskat\r\nEnter;1 000\r\n".encode("cp1252"), "semikolon mellan cellerna, Windows"),
        ("Rad;Äskat\r\nEnter;1 000\r\n\r\n".encode("utf-8-sig"), "semikolon mellan cellerna, UTF"),
        ("Rad,Äskat\nEnter,1 000".encode(), "komma mellan cellerna, UTF-8"),
        ("Rad\tÄskat\r\nEnter\t1 000\r\n;\r\n".replace(";", "").encode(), "tabb mellan"),
        ("Rad\tÄskat\r\nEnter\t1 000\r\n".encode("utf-16"), "tabb mellan cellerna, UTF-16"),
        ("\"Rad\";\"Äskat\"\n\"Enter\";\"1 000\"\n".encode(), "semikolon"),
        ("Rad;Äskat;;\nEnter;1 000;;\n;;;\n".encode(), "semikolon"),
        ("sep=;\r\nRad;Äskat\r\nEnter;1 000\r\n".encode("cp1252"), "semikolon mellan"),
        ("\ufeffSEP=,\nRad,Äskat\nEnter,1 000\n".encode(), "komma mellan"),
        ("sep=|\nRad|Äskat\nEnter|1 000\n".encode(), "lodstreck mellan"),
        ("Rad\tÄskat\r\nEnter\t1 000\r\n".encode("utf-16-le"), "UTF-16"),
        ("Rad;Äskat\rEnter;1 000\r".encode("mac_roman"), "Mac Roman"),
        ("Rad;Äskat\nEnter;1 000\n".encode("cp850"), "CP850"),
    ],
)  # fmt: skip
def test_a_csv_is_read_however_it_was_saved(content, described):
    sheet = sheets.uploaded(content)
    assert sheet.rows == (("Rad", "Äskat"), ("Enter", "1 000"))
    assert described in sheet.described
    is_guess = "Mac" in described or "CP850" in described
    assert bool(sheet.told) == is_guess and all("Se efter att å, ä" in t for t in sheet.told)


def test_a_separator_is_one_that_most_rows_have():
    """Amounts with commas don't outvote the semicolons between the cells."""
    sheet = sheets.uploaded(b"Rad;2020;2021\nEnter;1,345,100;2,000,000\n")
    assert sheet.rows[1] == ("Enter", "1,345,100", "2,000,000")
    sheet = sheets.uploaded(b'Budget\n\nRad,2020\nEnter,"1 000,00"\n')
    assert sheet.rows[3] == ("Enter", "1 000,00")


@pytest.mark.parametrize("text", ["118 400 / 120 000", "118 400\n120 000", "400 (varav 20)",
    "118 400  120 000", "106 400 kr, 118 400 kr", "2 914 000 2 991 000", "1000-2000"])  # fmt: skip
def test_a_cell_with_two_amounts_is_refused_by_name(text):
    quoted = f'Rad;2020\nEnter;"{text}"\n'.encode()
    assert "två tal" in sheets.uploaded(quoted).format_at(1, 1).refused
    for one in ("118 400", "1 345 100,00 kr", "-5", "1.345.100,00", "2019-03-31", "1e6", "30 %"):
        assert sheets.uploaded(f'Rad;2020\nEnter;"{one}"\n'.encode()).cells == {}


def test_a_large_block_is_pasted_soon():
    text = "\n".join("\t".join(f"{r * c} 000" for c in range(60)) for r in range(5_000))
    began = time.process_time()
    sheet = sheets.pasted(text)
    assert (len(sheet.rows), len(sheet.rows[0])) == (5_000, 60)
    assert time.process_time() - began < SECONDS


def test_quotes_hold_delimiters_and_line_ends():
    sheet = sheets.uploaded(b'"Utbildning; styrelse\r\noch ""beredning""";1\r\n')
    assert sheet.rows == (('Utbildning; styrelse\r\noch "beredning"', "1"),)


def test_a_paste_ends_as_excel_ends_it():
    rows = (("1", "2"), ("", "4"))
    for text in ("1\t2\r\n\t4\r\n", "1\t2\r\n\t4\r\n\r\n", "1\t2\n\t4", "1\t2\r\t4\r"):
        assert sheets.pasted(text).rows == rows
    assert sheets.pasted("1\t2\n\t4" + "\r\n" * 1_000_000).rows == rows


def test_a_long_cell_of_many_lines_is_no_quotation_mark_without_an_end():
    text = "\n".join(f"rad {number}; mer" for number in range(90))
    content = f'insats;text\r\nEnter;"{text}"\r\nFIA;kort\r\n'.encode()
    assert sheets.uploaded(content).rows[1:] == (("Enter", text), ("FIA", "kort"))
