#!/usr/bin/env bash
# openpyxl 3.1.5 (with XlsxWriter 3.2.9): the text of the built-in number format 44, accounting with
# currency, has no semicolons between its sections, though 41, 42 and 43 have.
# One would guess that `cell.number_format` of a built-in format can be split at ";" into what is
# shown of positive, negative and zero. For 44 it is one section with brackets in it, so a reader
# that asks "is this shown as negative?" says yes of every positive amount.
# Exits with 1 if this changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet openpyxl==3.1.5 XlsxWriter==3.2.9
cd "$work"
venv/bin/python - <<'PY'
import openpyxl
import xlsxwriter

book = xlsxwriter.Workbook("a.xlsx")
sheet = book.add_worksheet()
for row, number in enumerate((41, 42, 43, 44)):
    sheet.write(row, 0, 860000, book.add_format({"num_format": number}))
book.close()
read = openpyxl.load_workbook("a.xlsx").active
sections = [read.cell(row, 1).number_format.count(";") + 1 for row in range(1, 5)]
print("openpyxl", openpyxl.__version__, "sections of 41, 42, 43, 44:", sections)
print(read.cell(4, 1).number_format)
raise SystemExit(sections != [4, 4, 4, 1])
PY
